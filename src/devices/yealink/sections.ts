import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { ServerFacts } from '../driver.ts'
import type { Hold, Parts } from '../parts.ts'
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
type Subjects = Readonly<Record<string, Lines | Parts>>

/**
 * What a template lays out: a subject a name. They are functions since their values are made harmless one by one
 * already, and a plain string would lose its line ends on the way to the template.
 */
export type Sections = Readonly<Record<string, () => Lines>>

/** Everything a device is told. A name stands once: what the operator sets himself leaves its section. */
export function sections(device: DeviceIntent, server: ServerFacts, hold: Hold): Sections {
  const own = ownParameters(device)
  const subjects: Subjects = {
    ...common(device, server),
    ...special[dialectOf(device).layout](device),
    own: lines(own),
  }
  const laid: Record<string, () => Lines> = {}
  for (const [subject, said] of Object.entries(subjects)) {
    const kept = own.length === 0 || subject === 'own' ? said : without(said, own)
    const text = typeof kept === 'string' ? kept : written(kept, hold)
    laid[subject] = () => text
  }
  return laid
}

function written(parts: Parts, hold: Hold): Lines {
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : hold(part)
  return text
}

function common(device: DeviceIntent, server: ServerFacts): Subjects {
  return {
    provisioning: provisioning(device, server),
    trustAndFirmware: trustAndFirmware(device, server),
    remoteControl: lines(remoteControl(device)),
    language: lines(language(device)),
    clock: clock(device.timezone),
    phoneBook: phoneBookSettings(device, server),
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
    handsetDefaults: handsetDefaults(device),
    handsets: lines(handsets(device)),
  }),
  'multi-cell': (device) => ({
    serverTemplates: lines(serverTemplates(device)),
    handsetDefaults: handsetDefaults(device),
  }),
}
