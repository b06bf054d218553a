import type { Transport } from '../../domain/intent.ts'
import { keySlots } from '../../domain/key-layout.ts'
import type { Family, Files, Hardware } from '../family.ts'
import {
  type Account,
  portOr,
  type Understood,
  type UnderstoodKey,
  type UnderstoodLine,
  type Values,
} from '../understood.ts'

/** Values under names with slashes; a line that begins with `;` or `#` is a comment. */
export function readPathValues(body: string): Values {
  const values = new Map<string, string>()
  for (const line of body.split(/\r?\n/)) {
    const at = line.indexOf('=')
    if (/^\s*[;#]/.test(line) || at < 1) continue
    values.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  return values
}

/** How the older phones sign, and the newer ones, which say no address and ask for it in capitals. */
const userAgents: Readonly<Record<string, (hardware: Hardware) => string>> = {
  hd2: ({ mac, model }) => `AUDC-IPPhone/2.2.8.61 (${model.userAgent}-Rev0; ${mac.toUpperCase()})`,
  hd3: ({ model }) => `AUDC/3.4.6.604 AUDC-IPPhone-${model.userAgent}_UC_3.4.6.604/1`,
}

/** Desk phones that look at an image first, and then take one file of all their settings. */
export const deskPhone: Family = {
  userAgent: (hardware) => userAgents[hardware.model.generation]?.(hardware),
  async start(visit) {
    const { mac, model } = visit.hardware
    await visit.peek(`${model.userAgent}.img`)
    const name = `${model.generation === 'hd3' ? mac.toUpperCase() : mac}.cfg`
    const { status, text } = await visit.get(name)
    const values = readPathValues(text)
    const account = accountIn(values.get('provisioning/configuration/url'))
    if (account) visit.signIn(account)
    const files = new Map(status === 200 || status === 304 ? [[name, text]] : [])
    const ca = values.get('security/ca_certificate/0/uri')?.split('/').at(-1)
    if (ca) await visit.get(ca)
    return files
  },
  read: readDeskPhone,
  former,
  loses: /[;]/g,
}

function readDeskPhone(files: Files, hardware: Hardware, former: Values): Understood {
  const [body = ''] = files.values()
  const values = new Map([...former, ...readPathValues(body)])
  const type = values.get('system/type')
  if (type !== hardware.model.userAgent) {
    return {
      lines: [],
      keys: [],
      codes: {},
      faults: [`the file is refused: it is for a ${type ?? 'nothing'}`],
    }
  }
  const account = accountIn(values.get('provisioning/configuration/url'))
  const language = values.get('personal_settings/language')
  return {
    lines: pathLines(values, 6),
    keys: keysOf(values, hardware),
    codes: {
      directedPickup: values.get('voip/services/call_pickup/access_code') ?? '',
      voicemail: values.get('voip/services/msg_waiting_ind/voice_mail_number') ?? '',
    },
    ...clockOf(values),
    ...(language === undefined ? {} : { language: languages[language] ?? language }),
    ...(account ? { account } : {}),
    faults: [],
  }
}

const languages: Readonly<Record<string, string>> = { French: 'fr', English: 'en' }
const transports: Readonly<Record<string, Transport>> = { UDP: 'udp', TCP: 'tcp', TLS: 'tls' }

/** Lines count from 0; all of them share one server. */
export function pathLines(values: Values, count: number): readonly UnderstoodLine[] {
  const sip = (name: string): string => values.get(`voip/signalling/sip/${name}`) ?? ''
  const transport = transports[sip('transport_protocol')] ?? 'unknown'
  const through = sip('sip_outbound_proxy/enabled') === '1'
  const registers = sip('use_proxy') === '1' && sip('sip_registrar/enabled') === '1'
  return Array.from({ length: count }, (_, i) => i).flatMap((i): readonly UnderstoodLine[] => {
    const of = (name: string): string => values.get(`voip/line/${i}/${name}`) ?? ''
    if (of('enabled') !== '1') return []
    return [
      {
        port: i + 1,
        name: of('description'),
        user: of('id'),
        authUser: of('auth_name'),
        password: of('auth_password'),
        domain: registers ? sip('proxy_gateway') : 'no registrar',
        via: through ? sip('sip_outbound_proxy/addr') : sip('proxy_address'),
        viaPort: portOr(through ? sip('sip_outbound_proxy/port') : sip('proxy_port'), transport),
        transport,
      },
    ]
  })
}

/** On these the twelve programmable keys have the first indexes, and the line keys follow; people count the line first. */
const linesFollow = /^(430|440)HD$/

function keysOf(values: Values, { model, expansion }: Hardware): readonly UnderstoodKey[] {
  const slots = keySlots(model, expansion)
  const indexes = slots.map((_, i) => i)
  const ordered = linesFollow.test(model.userAgent ?? '') ? [12, ...indexes.filter((i) => i !== 12)] : indexes
  return ordered.flatMap((index, i): readonly UnderstoodKey[] => {
    const of = (name: string): string => values.get(`personal_settings/functional_key/${index}/${name}`) ?? ''
    const type = of('type')
    if (type === '' || type === 'EMPTY') return []
    const key = { place: i + 1, label: of('key_label') }
    const target = of('speed_dial_number')
    if (type === 'SIP_ACCOUNT') return [{ ...key, kind: 'line' }]
    if (type === 'SPEED_DIAL_BLF') return [{ ...key, kind: 'supervision', target }]
    return [{ ...key, kind: type === 'SPEED_DIAL' ? 'dial' : 'other', target }]
  })
}

function clockOf(values: Values): Pick<Understood, 'clock'> {
  const [, sign, hours, minutes] =
    /^([+-])(\d\d):(\d\d)$/.exec(values.get('system/ntp/gmt_offset') ?? '') ?? []
  if (hours === undefined) return {}
  const offsetMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return { clock: { offsetMinutes, summerTime: values.get('system/daylight_saving/activate') === 'ENABLE' } }
}

/** They know no other place for it than the address they look at. */
function accountIn(address: string | undefined): Account | undefined {
  const url = address && URL.canParse(address) ? new URL(address) : undefined
  if (!url || url.username === '') return undefined
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
}

function former({ model }: Hardware): Values {
  const values = new Map<string, string>()
  for (let i = 0; i < (model.keys ?? 0); i++) {
    const key = `personal_settings/functional_key/${i}`
    values.set(`${key}/type`, 'SPEED_DIAL').set(`${key}/speed_dial_number`, '0100000000')
  }
  for (let i = 0; i < model.lines; i++)
    values.set(`voip/line/${i}/enabled`, '1').set(`voip/line/${i}/id`, 'former')
  return values
}
