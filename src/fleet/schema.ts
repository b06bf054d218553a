import { z } from 'zod'
import {
  deviceAccesses,
  duringCallActions,
  lineKinds,
  locales,
  portUses,
  rebootWays,
  transports,
  userSettingsChoices,
} from '../domain/intent.ts'

/**
 * The shape of a fleet file: which fields there are and of what type. What their values may be is the domain's affair.
 * A field left out keeps what the server has (or gets its default); `null` clears it.
 */
const number = z
  .string()
  .describe('A phone number: +33483050173, 04 83 05 01 73, or a short one such as 3899')
const text = z.string()
const parameters = z
  .record(z.string(), z.string())
  .describe("Extra parameters: the vendor's own names and values")

const shortcut = z.union([
  z.literal('interception').describe('The key that takes a call ringing in the pickup group'),
  z.strictObject({ number, label: text.describe('What the key shows, up to 40 characters') }),
])

export const keysSchema = z.strictObject({
  supervision: z.array(number).nullish().describe('Supervised lines of this company, in order, at most 45'),
  shortcuts: z.array(shortcut).nullish().describe('Keys after the supervision keys, in order'),
})

export const equipmentSchema = z.strictObject({
  model: text.describe('A model as `bootline models` lists it, such as polycom/vvx-450'),
  mac: text.nullish().describe("The device's MAC address; left out until the installer knows it"),
  port: z.number().nullish().describe('Handset of a DECT base or port of an adapter; default 1'),
  use: z.enum(portUses).nullish().describe('What the port of an adapter is for; default fax'),
  expansion: z.array(text).nullish().describe('Attached modules, in order'),
  parameters: parameters.nullish(),
})

export const lineSchema = z.strictObject({
  number: number.describe('E.164, unique on the server'),
  kind: z.enum(lineKinds),
  site: text.describe('The name of a site of this company'),
  firstName: text.nullish(),
  lastName: text.nullish(),
  name: text.nullish().describe("The name of a line that is not a person's"),
  email: text.nullish(),
  shortNumber: text.nullish().describe('Private number of 4 to 9 digits'),
  internetAccess: text
    .nullish()
    .describe('The internet access that the line hangs on: it cannot leave its company'),
  sip: z
    .strictObject({ user: text.nullish(), password: text.nullish() })
    .nullish()
    .describe('Made by the server when left out'),
  equipment: equipmentSchema.nullish().describe('null removes it, and its keys with it'),
  keys: keysSchema.nullish(),
})

export const siteSchema = z.strictObject({
  name: text,
  address: text.nullish(),
  timezone: text.nullish().describe("IANA name, over the company's"),
  pickupGroups: z.array(z.strictObject({ name: text, members: z.array(number).nullish() })).nullish(),
})

/** A company without its sites and lines, which are read one by one. */
export const companySchema = z.strictObject({
  name: text.describe('Unique; lines may supervise each other only inside one company'),
  locale: z.enum(locales).nullish().describe('Default fr'),
  timezone: text.nullish().describe('IANA name, default Europe/Paris'),
  deviceAccess: z.enum(deviceAccesses).nullish().describe('Default first-contact'),
  openNetworks: z.array(text).nullish().describe('With open access: the networks let in, as 192.0.2.0/24'),
  sip: z
    .strictObject({
      domain: text.describe('What the lines register with'),
      proxy: text.nullish().describe('Outbound proxy'),
      port: z.number().nullish(),
      transport: z.enum(transports).nullish().describe('Default udp'),
    })
    .nullish(),
  keyDuringCall: z
    .enum(duringCallActions)
    .nullish()
    .describe('What a supervision key does in a call; default hold'),
  userSettings: z
    .enum(userSettingsChoices)
    .nullish()
    .describe('Whether a device gets back what its user changed on it; default ignored'),
  codes: z
    .strictObject({ groupPickup: text.nullish(), directedPickup: text.nullish(), voicemail: text.nullish() })
    .nullish(),
  quietHours: z.strictObject({ from: text, to: text }).nullish().describe('When non-urgent reboots happen'),
  reboot: z
    .strictObject({
      by: z.enum(rebootWays).nullish().describe('By whom devices are told; default sip, the SIP server'),
      server: text.nullish().describe('Management port of the switch, as 127.0.0.1:5038'),
      user: text.nullish().describe('Who signs in there'),
      password: text.nullish(),
      profile: text.nullish().describe('The profile that the devices register with; default internal'),
    })
    .nullish()
    .describe('How devices are told that they have new files'),
  parameters: z.record(z.string(), parameters).nullish().describe('Extra parameters by maker or model'),
  numberBlocks: z
    .array(z.strictObject({ from: text, to: text }))
    .nullish()
    .describe('Direct numbers that go to another company only together, as +33483050100 to +33483050199'),
})

export const fleetSchema = z.strictObject({
  companies: z.array(
    companySchema.extend({ sites: z.array(siteSchema).nullish(), lines: z.array(lineSchema).nullish() }),
  ),
})

export type CompanyEntry = z.infer<typeof companySchema>
export type SiteEntry = z.infer<typeof siteSchema>
export type LineEntry = z.infer<typeof lineSchema>
export type EquipmentEntry = z.infer<typeof equipmentSchema>
export type KeysEntry = z.infer<typeof keysSchema>

/** The JSON Schema that editors complete and check fleet files with. */
export function fleetJsonSchema(): object {
  return { ...z.toJSONSchema(fleetSchema, { io: 'input' }), title: 'Bootline fleet file' }
}
