import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { ServerFacts } from '../driver.ts'
import { accounts } from './accounts.ts'
import { callHandling, remoteControl } from './calls.ts'
import { clock } from './clock.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { handsetDefaults, handsets } from './handsets.ts'
import { expansionKeys, phoneKeys } from './keys.ts'
import { language } from './language.ts'
import { type Lines, lines } from './lines.ts'
import { ownParameters, without } from './parameters.ts'
import { phoneBookSettings } from './phone-book.ts'
import { provisioning, trustAndFirmware } from './provisioning.ts'
import { serverTemplates } from './server-templates.ts'

/** What a configuration says, by subject. */
type Subjects = Readonly<Record<string, Lines>>

/**
 * What a template lays out: a subject a name. They are functions since their values are made harmless one by one
 * already, and a plain string would lose its line ends on the way to the template.
 */
export type Sections = Readonly<Record<string, () => Lines>>

/** Everything a device is told. A name stands once: what the operator sets himself leaves its section. */
export function sections(device: DeviceIntent, server: ServerFacts): Sections {
  const own = ownParameters(device)
  const subjects: Subjects = {
    ...common(device, server),
    ...special[dialectOf(device).layout](device),
  }
  const kept = Object.entries(subjects).map(([subject, text]) => [subject, without(text, own)] as const)
  const all = [...kept, ['own', lines(own)] as const]
  return Object.fromEntries(all.map(([subject, text]) => [subject, () => text]))
}

function common(device: DeviceIntent, server: ServerFacts): Subjects {
  return {
    provisioning: lines(provisioning(device, server)),
    trustAndFirmware: lines(trustAndFirmware(device, server)),
    remoteControl: lines(remoteControl(device)),
    language: lines(language(device)),
    clock: lines(clock(device.timezone)),
    phoneBook: lines(phoneBookSettings(device, server)),
    accounts: accounts(device),
  }
}

const special: Readonly<Record<Dialect['layout'], (device: DeviceIntent) => Subjects>> = {
  phone: (device) => ({
    callHandling: lines(callHandling(device)),
    phoneKeys: phoneKeys(device),
    expansionKeys: expansionKeys(device),
  }),
  dect: (device) => ({
    handsetDefaults: lines(handsetDefaults(device)),
    handsets: lines(handsets(device)),
  }),
  'multi-cell': (device) => ({
    serverTemplates: lines(serverTemplates(device)),
    handsetDefaults: lines(handsetDefaults(device)),
  }),
}
