import type { DeviceIntent } from '../domain/device-intent.ts'
import type { DeviceAccess } from '../domain/intent.ts'
import { portOr, type Understood, type UnderstoodKey, type UnderstoodLine } from './understood.ts'

/** A device that should be there, and what the fleet says of it. */
export interface Wanted {
  readonly intent: DeviceIntent
  readonly company: string
  readonly access: DeviceAccess
  readonly openNetworks?: readonly string[]
  /** Lines, by number, whose password only the server knows. */
  readonly unknownPasswords: ReadonlySet<string>
}

/** What a phone should make of its files, told from the intent alone. */
export type Expected = Omit<Understood, 'faults' | 'account'>

export function expectedOf({ intent }: Wanted): Expected {
  const { sip, codes, keyDuringCall, locale, ports } = intent
  const { transport } = sip
  const lines = ports.map((port): UnderstoodLine => {
    const use = port.use === undefined ? {} : { use: port.use }
    return {
      port: port.port,
      name: port.displayName,
      user: port.sipUser,
      authUser: port.sipUser,
      password: port.sipPassword,
      domain: sip.domain,
      via: sip.proxy ?? sip.domain,
      viaPort: portOr(sip.port === undefined ? undefined : `${sip.port}`, transport),
      transport,
      ...(intent.model.kind === 'ata' ? { use: 'fax', ...use } : {}),
    }
  })
  const clock = clockOf(intent.timezone)
  return {
    lines,
    keys: intent.keys.map((key): UnderstoodKey => {
      const common = { place: key.slot.number, label: key.label }
      if (key.role === 'line') return { ...common, kind: 'line' }
      if (key.role !== 'supervision') return { ...common, kind: 'dial', target: key.number }
      const pickup = codes.directedPickup
      return { ...common, kind: 'supervision', target: key.sipUser, dials: key.number, pickup }
    }),
    codes,
    duringCall: keyDuringCall === 'hold' ? 'hold' : 'pass',
    ...(clock ? { clock } : {}),
    language: locale,
  }
}

const clocks = new Map<string, Understood['clock']>()

/** What wall clocks do this year in January and July; a zone that changes in another way is left to its devices. */
function clockOf(timezone: string): Understood['clock'] {
  if (!clocks.has(timezone)) clocks.set(timezone, lookedUp(timezone))
  return clocks.get(timezone)
}

function lookedUp(timezone: string): Understood['clock'] {
  const year = new Date().getUTCFullYear()
  const [january, july] = [0, 6].map((month) => offsetAt(timezone, Date.UTC(year, month, 15)))
  if (january === undefined || july === undefined || Math.abs(january - july) > 60) return undefined
  return { offsetMinutes: Math.min(january, july), summerTime: january !== july }
}

function offsetAt(timezone: string, at: number): number | undefined {
  const form = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
  const name = form.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? []
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}
