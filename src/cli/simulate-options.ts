import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deviceUrl } from '../delivery/device-url.ts'
import { catalogue } from '../devices/catalogue.ts'
import type { Reach } from '../simulate/http-client.ts'
import type { Mix } from '../simulate/made-up.ts'
import { ownAddress } from '../simulate/own-address.ts'
import type { Registering } from '../simulate/sip-agent.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'

export function countMeant(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new Refusal('usage', `--${name} takes a whole number, not "${text}"`, `give --${name} 100`)
}

/** `polycom/vvx-450=5,yealink/t54w=3`; a model alone is one. */
export function mixMeant(text: string | undefined): Mix | undefined {
  if (text === undefined) return undefined
  const mix = new Map(
    text.split(',').map((part) => {
      const [, id = '', count = '1'] = /^\s*([^=\s]+)(?:=([1-9]\d{0,6}))?\s*$/.exec(part) ?? []
      const model = catalogue.find(id)
      if (model) return [model, Number(count)] as const
      const meant = catalogue.similar(id)[0]
      const remedy = meant === undefined ? 'bootline models lists them' : `did you mean ${meant}?`
      throw new Refusal('usage', `"${part}" is no model with its number`, remedy)
    }),
  )
  return mix
}

/** Where the devices are pointed to: a folder, whatever ends the address. */
export function urlMeant(context: Context, text: string | undefined): URL {
  const given = text ?? deviceUrl(context.settings())
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !['http:', 'https:', 'tftp:'].includes(url.protocol)) {
    throw new Refusal(
      'usage',
      `"${given}" is no address of a server`,
      'give --url https://prov.example.net:8443/',
    )
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

export function registrarMeant(text: string | undefined): Registering | undefined {
  if (text === undefined) return undefined
  const [, host, port] = /^\[?([\w.:-]+?)\]?:(\d{1,5})$/.exec(text) ?? []
  if (host !== undefined && Number(port) > 0 && Number(port) < 65_536) return { host, port: Number(port) }
  throw new Refusal('usage', `"${text}" is no registrar`, 'give --register 192.0.2.5:5060')
}

/** Where it comes from, and the device's own certificate and key, where the folder has them. */
export async function reachOf(mac: string, url: URL, certificates: string | undefined): Promise<Reach> {
  const localAddress = ownAddress(mac, url.hostname)
  const from = localAddress === undefined ? {} : { localAddress }
  if (certificates === undefined) return from
  const read = (ending: string) =>
    readFile(join(certificates, `${mac}.${ending}`), 'utf8').catch(() => undefined)
  const [cert, key] = await Promise.all([read('crt'), read('key')])
  return cert === undefined || key === undefined ? from : { ...from, certificate: { cert, key } }
}
