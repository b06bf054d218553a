import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { DeviceFile, ServerFacts, Templates } from '../driver.ts'
import { isFax } from './port-use.ts'
import { holdsSecrets, wiped } from './secrets.ts'
import { pathNames, type Setting, set, withParameters } from './settings.ts'
import { standardPorts } from './transports.ts'
import { treeOf } from './tree.ts'

/**
 * An MP-202B or MP-204B. Little of their format is established, so everything that may turn out otherwise lies in the
 * template, which an operator replaces by the export of a device of his own: the values stand there by plain names
 * beside the settings we would write.
 */
export function adapter(
  device: DeviceIntent,
  server: ServerFacts,
  templates: Templates,
): readonly DeviceFile[] {
  const { mac, sip, codes, locale, timezone } = device
  const sockets = socketsOf(device)
  const sections = withParameters(
    { lines: lines(sockets), sip: registration(device) },
    device.parameters,
    pathNames,
  )
  const values = {
    mac,
    MAC: mac.toUpperCase(),
    version: server.generation,
    url: server.url,
    account: { user: server.account?.user ?? '', password: server.account?.password ?? '' },
    domain: sip.domain,
    proxy: sip.proxy ?? sip.domain,
    port: String(sip.port ?? standardPorts[sip.transport]),
    transport: sip.transport,
    voicemail: codes.voicemail,
    locale,
    timezone,
    sockets,
    settings: sections,
    tree: treeOf(Object.values(sections).flat()),
  }
  return [
    {
      name: confName(mac),
      contentType: 'application/octet-stream',
      body: templates.render('mp-20x.conf.hbs', values),
      secret: holdsSecrets(device, server),
    },
  ]
}

export function confName(mac: string): string {
  return `${mac}.conf`
}

/** One telephone socket with all a template may want of it; every text is empty where the socket has no line. */
interface Socket {
  readonly index: number
  readonly used: boolean
  readonly enabled: '0' | '1'
  readonly fax: boolean
  readonly user: string
  readonly password: string
  readonly name: string
  readonly number: string
}

function socketsOf({ model, ports }: DeviceIntent): readonly Socket[] {
  return Array.from({ length: model.ports }, (_, index) => {
    const line = ports.find(({ port }) => port === index + 1)
    return {
      index,
      used: line !== undefined,
      enabled: line ? '1' : '0',
      fax: line !== undefined && isFax(line),
      user: line?.sipUser ?? '',
      password: line?.sipPassword ?? '',
      name: line?.displayName ?? '',
      number: line?.number ?? '',
    }
  })
}

/** The names of the desk phones' tree, which grew from the same one. */
function lines(sockets: readonly Socket[]): readonly Setting[] {
  return sockets.flatMap(({ index, enabled, user, password, name }) => [
    set(`voip/line/${index}/enabled`, enabled),
    set(`voip/line/${index}/id`, user || wiped),
    set(`voip/line/${index}/auth_name`, user || wiped),
    set(`voip/line/${index}/auth_password`, password || wiped),
    set(`voip/line/${index}/description`, name),
  ])
}

function registration(device: DeviceIntent): readonly Setting[] {
  const { domain, proxy, port, transport } = device.sip
  const used = device.ports.length > 0
  const path = 'voip/signalling/sip'
  return [
    set(`${path}/use_proxy`, used),
    set(`${path}/proxy_address`, used ? (proxy ?? domain) : '0.0.0.0'),
    set(`${path}/proxy_port`, port ?? standardPorts[transport]),
    set(`${path}/proxy_gateway`, used ? domain : ''),
    set(`${path}/sip_registrar/enabled`, used),
    set(`${path}/sip_registrar/addr`, used ? domain : '0.0.0.0'),
    set(`${path}/transport_protocol`, transport.toUpperCase()),
  ]
}
