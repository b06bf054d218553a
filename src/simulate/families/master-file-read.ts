import type { Transport } from '../../domain/intent.ts'
import type { Files, Hardware } from '../family.ts'
import { portOr, type Understood, type UnderstoodLine, type Values } from '../understood.ts'
import { type Favourite, favouritesOf, keysOf } from './master-file-keys.ts'
import { type Element, readXml } from './xml.ts'

/** Parameters are attributes of whatever element; of two files that have the same one, the first wins. */
export function readMasterFile(files: Files, hardware: Hardware): Understood {
  const faults: string[] = []
  const values = new Map<string, string>()
  let favourites: readonly Favourite[] = []
  for (const [name, body] of files) {
    try {
      const element = readXml(body)
      if (name.endsWith('-directory.xml')) favourites = favouritesOf(element)
      else if (name !== `${hardware.mac}.cfg`) gather(element, values)
    } catch (error) {
      faults.push(`${name} is dropped: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const lines = linesOf(values, hardware)
  return {
    lines,
    keys: keysOf(values, favourites, lines, hardware),
    ...servicesOf(values),
    ...accountOf(values),
    faults,
  }
}

/** All attributes of a text, or none when it is no XML. */
export function valuesNamed(text: string): Values {
  const values = new Map<string, string>()
  try {
    gather(readXml(text), values)
  } catch {
    return new Map()
  }
  return values
}

function gather(element: Element, values: Map<string, string>): void {
  for (const [name, value] of element.attributes) if (!values.has(name)) values.set(name, value)
  for (const child of element.children) gather(child, values)
}

const transports: Readonly<Record<string, Transport>> = { UDPOnly: 'udp', TCPOnly: 'tcp', TLS: 'tls' }

function linesOf(values: Values, { model }: Hardware): readonly UnderstoodLine[] {
  const lines: UnderstoodLine[] = []
  for (let n = 1; n <= Math.max(model.lines, 1); n++) {
    const of = (name: string): string => values.get(`reg.${n}.${name}`) ?? ''
    if (of('address') === '') continue
    const transport = transports[of('server.1.transport')] ?? 'unknown'
    const proxy = of('outboundProxy.address')
    lines.push({
      port: n,
      name: of('displayName'),
      user: of('address'),
      authUser: of('auth.userId'),
      password: of('auth.password'),
      domain: of('server.1.address'),
      via: proxy || of('server.1.address'),
      viaPort: portOr(of(proxy === '' ? 'server.1.port' : 'outboundProxy.port'), transport),
      transport,
    })
  }
  return lines
}

const languages: Readonly<Record<string, string>> = { French_France: 'fr', English_United_States: 'en' }

function servicesOf(values: Values): Pick<Understood, 'codes' | 'duringCall' | 'clock' | 'language'> {
  const type = values.get('attendant.resourceList.1.type')
  const offset = values.get('tcpIpApp.sntp.gmtOffset')
  const language = values.get('lcl.ml.lang')
  return {
    codes: {
      directedPickup: values.get('call.directedCallPickupString') ?? '',
      voicemail: values.get('msg.mwi.1.callBack') ?? '',
    },
    ...(type === undefined ? {} : { duringCall: type === 'normal' ? 'hold' : 'pass' }),
    ...(offset === undefined
      ? {}
      : {
          clock: {
            offsetMinutes: Number(offset) / 60,
            summerTime: values.get('tcpIpApp.sntp.daylightSavings.enable') === '1',
          },
        }),
    ...(language === undefined ? {} : { language: languages[language] ?? language }),
  }
}

/** A parameter of the flash counts only when it says of itself that it is to be set. */
function accountOf(values: Values): Pick<Understood, 'account'> {
  const set = (name: string): string | undefined =>
    values.get('device.set') === '1' && values.get(`${name}.set`) === '1' ? values.get(name) : undefined
  const [user, password] = [set('device.prov.user'), set('device.prov.password')]
  return user && password ? { account: { user, password } } : {}
}
