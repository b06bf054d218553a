import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { DeviceFile, Driver, ServerFacts, Templates } from '../driver.ts'
import { adapter, confName } from './adapter.ts'
import { deskPhone } from './desk-phone.ts'
import { caName } from './desk-phone-upkeep.ts'
import { audiocodesDictionary } from './dictionary.ts'
import { escapes, unfitPassword } from './escapes.ts'
import { gateway, iniName } from './gateway.ts'
import { audiocodesModels, audiocodesPrefixes } from './models.ts'
import { deviceName, requests } from './requests.ts'
import { readUserAgent } from './user-agents.ts'
import { wake } from './wake.ts'
import { audiocodesDhcp } from './zero-touch.ts'

/** Three families of software share the brand; each has its own file, and understands no other's. */
interface Family {
  render(device: DeviceIntent, server: ServerFacts, templates: Templates): readonly DeviceFile[]
  /** The file's name as rendered, by the ending of the name asked. */
  nameOf(mac: string, ending: string): string | undefined
}

const phones: Family = {
  render: deskPhone,
  nameOf: (mac, ending) => ({ '.cfg': `${mac}.cfg`, '-ca.pem': caName(mac) })[ending],
}
const gateways: Family = {
  render: gateway,
  nameOf: (mac, ending) => (ending === '.ini' || ending === '' ? iniName(mac) : undefined),
}
/** The operator chooses what these ask for, and the vendor's own choice is not known: any name is theirs. */
const adapters: Family = {
  render: adapter,
  nameOf: (mac, ending) => (ending === '-ca.pem' ? undefined : confName(mac)),
}

const families: Readonly<Record<string, Family>> = {
  hd2: phones,
  hd3: phones,
  'mp-1xx': gateways,
  'mp-20x': adapters,
}

function familyOf(generation: string): Family {
  const family = families[generation]
  if (!family) throw new Error(`no AudioCodes file is known for the generation ${generation}`)
  return family
}

export const audiocodes: Driver = {
  name: 'audiocodes',
  models: audiocodesModels,
  prefixes: audiocodesPrefixes,
  requests,
  escapes,
  dictionary: audiocodesDictionary,
  dhcp: audiocodesDhcp,
  readUserAgent,
  wake,
  unfitPassword,
  render: (device, server, templates) => familyOf(device.model.generation).render(device, server, templates),
  canonicalName(name, model) {
    const asked = deviceName(name)
    return asked && familyOf(model.generation).nameOf(asked.mac, asked.ending)
  },
  // Nothing is asked under a name that several devices have in common.
  shared: () => undefined,
}
