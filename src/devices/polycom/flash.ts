import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { ServerFacts } from '../driver.ts'
import { type Attribute, flash } from './attributes.ts'
import { type Feature, featuresOf } from './generations.ts'

/** The phone's number for each way to reach us. */
const serverTypes: Readonly<Record<string, string>> = { 'tftp:': '1', 'http:': '2', 'https:': '3' }

const byFeature: Partial<Record<Feature, (server: ServerFacts) => readonly Attribute[]>> = {
  'base profile': () => flash('device.baseProfile', 'Generic'),
  'zero touch': () => flash('device.prov.ztpEnabled', '0'),
  'platform certificates': ({ caPem }) => (caPem === undefined ? [] : trust(caPem)),
}

/**
 * What the phone keeps through a reset of its configuration. Each value is the same in every rendering: one that
 * changes makes the phone restart at every poll.
 */
export function flashSettings(device: DeviceIntent, server: ServerFacts): readonly Attribute[] {
  return [
    ['device.set', '1'],
    ...serverAddress(server.url),
    ...account(device, server),
    ...flash('device.prov.tagSerialNo', '1'),
    ...[...featuresOf(device.model)].flatMap((feature) => byFeature[feature]?.(server) ?? []),
  ]
}

/** Few addresses, one for each name this server goes by, and thousands of phones. */
const addresses = new Map<string, readonly Attribute[]>()

function serverAddress(address: string): readonly Attribute[] {
  const known = addresses.get(address) ?? addressSettings(new URL(address))
  addresses.set(address, known)
  return known
}

function addressSettings(url: URL): readonly Attribute[] {
  const type = serverTypes[url.protocol]
  if (type === undefined) throw new Error(`phones cannot be told to use ${url.protocol}`)
  return [
    ...flash('device.prov.serverType', type),
    ...flash('device.prov.serverName', (url.host + url.pathname).replace(/\/+$/, '')),
  ]
}

/** Its account with us. A phone that has no line any more and no account must forget the one it had. */
function account(device: DeviceIntent, { account }: ServerFacts): readonly Attribute[] {
  if (!account && device.ports.length > 0) return []
  return [
    ...flash('device.prov.user', account?.user ?? ''),
    ...flash('device.prov.password', account?.password ?? ''),
  ]
}

/** The certificate in the first slot, and the profile with that slot to judge our server by. */
function trust(caPem: string): readonly Attribute[] {
  return [
    ...flash('device.sec.TLS.customCaCert1', caPem.trim()),
    ...flash('device.sec.TLS.profile.caCertList1', 'Platform1'),
    ...flash('device.sec.TLS.profileSelection.provisioning', 'PlatformProfile1'),
  ]
}
