import type { Transport } from '../../domain/intent.ts'
import type { Files, Hardware } from '../family.ts'
import { portOr, type Understood, type UnderstoodLine, type Values } from '../understood.ts'
import { namesOf, overwrites, readCfg, valuesOf } from './boot-file-format.ts'
import { bootFileKeys } from './boot-file-keys.ts'
import { readXml } from './xml.ts'

/** A value as the device has it: the word for nothing is none, and a blank one changes nothing. */
type Has = (name: string) => string | undefined

export function readBootFile(files: Files, hardware: Hardware, former: Values): Understood {
  const { model } = hardware
  const values = new Map(overwrites(files) ? [] : former)
  for (const [name, value] of valuesOf(files)) {
    if (value === '%NULL%') values.delete(name)
    else if (value !== '') values.set(name, value)
  }
  const has: Has = (name) => values.get(name)
  const { provisioning } = namesOf(model.generation)
  const [user, password] = [has(`${provisioning}server.username`), has(`${provisioning}server.password`)]
  return {
    lines: model.kind === 'dect-base' ? handsets(has, hardware) : lines(has, hardware),
    keys: bootFileKeys(values, hardware),
    codes: codes(has),
    ...duringCall(has),
    ...clock(has),
    ...language(has, hardware),
    ...(user && password ? { account: { user, password } } : {}),
    faults: faults(files),
  }
}

const transports: Readonly<Record<string, Transport>> = { '0': 'udp', '1': 'tcp', '2': 'tls' }

function lines(has: Has, { model }: Hardware): readonly UnderstoodLine[] {
  const found: UnderstoodLine[] = []
  for (let n = 1; n <= model.lines; n++) {
    const line = account(has, n, n)
    if (line) found.push(line)
  }
  return found
}

/** A handset is the account that rings it; it should call with the same one. */
function handsets(has: Has, { model }: Hardware): readonly UnderstoodLine[] {
  const found: UnderstoodLine[] = []
  for (let n = 1; n <= model.ports; n++) {
    const list = (name: string): readonly number[] =>
      (has(`handset.${n}.${name}`) ?? '').split(',').filter(Boolean).map(Number)
    const rings = list('incoming_lines')
    const calls = list('dial_out_default_line')
    // Where nothing is said, account n is handset n's.
    for (const line of rings.length === 0 ? [n] : rings) {
      const used = account(has, line, n)
      if (used)
        found.push(
          calls.length === 0 || calls.includes(line) ? used : { ...used, via: 'no line to call with' },
        )
    }
  }
  return found
}

function account(has: Has, n: number, port: number): UnderstoodLine | undefined {
  const of: Has = (name) => has(`account.${n}.${name}`)
  if (of('enable') !== '1') return undefined
  const template = of('sip_server.template')
  const server = (name: string, old: string): string | undefined =>
    template === undefined
      ? (of(`sip_server.1.${name}`) ?? of(old))
      : has(`template.${template}.sip_server.1.${name}`)
  const proxy = (name: string, old: string): string | undefined =>
    template === undefined
      ? (of(`outbound_proxy.1.${name}`) ?? of(old))
      : has(`template.${template}.outbound.1.${name}`)
  const through =
    (template === undefined ? of('outbound_proxy_enable') : has(`template.${template}.outbound.enable`)) ===
    '1'
  const domain = server('address', 'sip_server_host') ?? ''
  const transport = transports[server('transport_type', 'transport') ?? ''] ?? 'unknown'
  return {
    port,
    name: of('display_name') ?? '',
    user: of('user_name') ?? '',
    authUser: of('auth_name') ?? '',
    password: of('password') ?? '',
    domain,
    via: through ? (proxy('address', 'outbound_host') ?? '') : domain,
    viaPort: portOr(through ? proxy('port', 'outbound_port') : server('port', 'sip_server_port'), transport),
    transport,
  }
}

function codes(has: Has): Understood['codes'] {
  const pickup = (which: string): string =>
    has(`features.pickup.${which}_pickup_enable`) === '1'
      ? (has(`features.pickup.${which}_pickup_code`) ?? '')
      : ''
  const known = has('features.pickup.direct_pickup_enable') !== undefined
  const voicemail = has('voice_mail.number.1')
  return {
    ...(known ? { directedPickup: pickup('direct'), groupPickup: pickup('group') } : {}),
    ...(voicemail === undefined ? {} : { voicemail }),
  }
}

function duringCall(has: Has): Pick<Understood, 'duringCall'> {
  const type = has('transfer.dsskey_deal_type')
  return type === undefined ? {} : { duringCall: type === '0' ? 'hold' : 'pass' }
}

/** `+1`, `-3:30`: hours, and minutes where they are not whole. */
function clock(has: Has): Pick<Understood, 'clock'> {
  const [, sign, hours, minutes = '0'] =
    /^([+-]?)(\d{1,2})(?::(\d\d))?$/.exec(has('local_time.time_zone') ?? '') ?? []
  if (hours === undefined) return {}
  const offsetMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return { clock: { offsetMinutes, summerTime: has('local_time.summer_time') === '1' } }
}

const languages: Readonly<Record<string, string>> = { French: 'fr', English: 'en' }
const ofHandsets: Readonly<Record<string, string>> = { '1': 'fr', '0': 'en' }

/** Handsets have a language of their own, which the base hands on when it is told to. */
function language(has: Has, { model }: Hardware): Pick<Understood, 'language'> {
  if (model.kind === 'dect-base') {
    const spoken = ofHandsets[has('custom.handset.language') ?? '']
    return spoken === undefined ? {} : { language: spoken }
  }
  const name = has('lang.gui') ?? ''
  return name === '' ? {} : { language: languages[name] ?? name }
}

function faults(files: Files): readonly string[] {
  return [...files].flatMap(([name, body]) => {
    if (/\.(cfg|boot)$/.test(name) && readCfg(body) === undefined)
      return [`${name} is ignored: its first line is another`]
    if (!name.endsWith('.xml')) return []
    try {
      readXml(body)
      return []
    } catch (error) {
      return [`${name} is dropped: ${error instanceof Error ? error.message : String(error)}`]
    }
  })
}
