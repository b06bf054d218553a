import { z } from 'zod'
import {
  type CompanySettings,
  deviceAccesses,
  duringCallActions,
  locales,
  type Parameters,
  rebootWays,
  transports,
  userSettingsChoices,
} from '../../domain/intent.ts'
import { judge } from '../../domain/permissions.ts'
import { maskedParameters } from '../../domain/secret-names.ts'
import { defined } from '../../fleet/kept.ts'
import type { FleetReader } from '../../store/store.ts'
import { nothingThere } from '../http/failure.ts'
import type { Principal } from '../principal.ts'

const scopes = z.record(z.string(), z.record(z.string(), z.string()))

export const companyOf = z.object({
  name: z.string(),
  locale: z.enum(locales),
  timezone: z.string(),
  keyDuringCall: z.enum(duringCallActions),
  codes: z.object({ groupPickup: z.string(), directedPickup: z.string(), voicemail: z.string() }),
  quietHours: z.object({ from: z.string(), to: z.string() }).optional(),
  deviceAccess: z.enum(deviceAccesses).optional().describe('From here on only for those who manage it'),
  openNetworks: z.array(z.string()).optional(),
  userSettings: z.enum(userSettingsChoices).optional(),
  sip: z
    .object({
      domain: z.string(),
      proxy: z.string().optional(),
      port: z.int().optional(),
      transport: z.enum(transports),
    })
    .optional(),
  reboot: z
    .object({
      by: z.enum(rebootWays),
      server: z.string().optional(),
      user: z.string().optional(),
      profile: z.string().optional(),
    })
    .optional()
    .describe('How devices are told; the password stays on the server'),
  parameters: scopes.optional(),
  numberBlocks: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
})

export type ShownCompany = z.output<typeof companyOf>

/** A company without its secrets; whoever does not manage it sees what its lines have in common, no more. */
export function shownCompany(settings: CompanySettings, who: Principal): ShownCompany {
  const { name, locale, timezone, keyDuringCall, codes, quietHours } = settings
  const common = { name, locale, timezone, keyDuringCall, codes, ...defined({ quietHours }) }
  if (judge(who, 'company.settle', { company: name }) !== 'may') return common
  const state: ShownCompany = companyState(settings)
  return state
}

/** What a change of the settings is meant for. */
export function companyState(settings: CompanySettings): ShownCompany {
  const { name, locale, timezone, keyDuringCall, codes, quietHours } = settings
  const { deviceAccess, openNetworks, userSettings, sip, reboot, parameters, numberBlocks } = settings
  const { password, ...told } = reboot ?? { by: undefined }
  return {
    name,
    locale,
    timezone,
    keyDuringCall,
    codes,
    deviceAccess,
    userSettings,
    sip,
    ...defined({
      quietHours,
      openNetworks: openNetworks && [...openNetworks],
      parameters: parameters && maskedScopes(parameters),
      numberBlocks: numberBlocks?.map((block) => ({ ...block })),
    }),
    ...(told.by === undefined ? {} : { reboot: { ...told, by: told.by } }),
  }
}

function maskedScopes(scopes: Readonly<Record<string, Parameters>>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(scopes).map(([scope, values]) => [scope, { ...maskedParameters(values) }]),
  )
}

/** A company's own settings and sites, with none of its lines. */
export async function companyAlone(reader: Pick<FleetReader, 'readFleet'>, name: string) {
  const around = { numbers: [], macs: [], watched: [] }
  const [company] = await reader.readFleet({ companies: [name], secrets: false, around })
  if (!company) throw nothingThere()
  return company
}
