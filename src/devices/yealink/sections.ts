import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { ServerFacts } from '../driver.ts'
import { accounts } from './accounts.ts'
import { callHandling, remoteControl } from './calls.ts'
import { clock } from './clock.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import type { Entry } from './entry.ts'
import { handsetDefaults, handsets } from './handsets.ts'
import { expansionKeys, phoneKeys } from './keys.ts'
import { language } from './language.ts'
import { ownParameters, without } from './parameters.ts'
import { noPhoneBook } from './phone-book.ts'
import { provisioning, trustAndFirmware } from './provisioning.ts'
import { serverTemplates } from './server-templates.ts'

/** What the templates lay out: one list of parameters a subject, in the order they are written. */
export type Sections = Readonly<Record<string, readonly Entry[]>>

/** Everything a device is told. A name stands once: what the operator sets himself leaves its section. */
export function sections(device: DeviceIntent, server: ServerFacts): Sections {
  const own = ownParameters(device)
  const ours = { ...common(device, server), ...special[dialectOf(device).layout](device) }
  const kept = Object.entries(ours).map(([subject, entries]) => [subject, without(entries, own)])
  return { ...Object.fromEntries(kept), own }
}

function common(device: DeviceIntent, server: ServerFacts): Sections {
  return {
    provisioning: provisioning(device, server),
    trustAndFirmware: trustAndFirmware(device, server),
    remoteControl,
    language: language(device),
    clock: clock(device.timezone),
    phoneBook: noPhoneBook,
    accounts: accounts(device),
  }
}

const special: Readonly<Record<Dialect['layout'], (device: DeviceIntent) => Sections>> = {
  phone: (device) => ({
    callHandling: callHandling(device),
    phoneKeys: phoneKeys(device),
    expansionKeys: expansionKeys(device),
  }),
  dect: (device) => ({ handsetDefaults: handsetDefaults(device), handsets: handsets(device) }),
  'multi-cell': (device) => ({
    serverTemplates: serverTemplates(device),
    handsetDefaults: handsetDefaults(device),
  }),
}
