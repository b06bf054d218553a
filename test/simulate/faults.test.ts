import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { makePhone } from '../../src/simulate/phone.ts'
import { fleetOf } from './fleets.ts'
import { type Edit, proxyTo } from './proxy.ts'
import { type Server, serverWith } from './server.ts'

/** Exchanges two texts wherever they stand. */
const swap =
  (a: string, b: string) =>
  (text: string): string =>
    text
      .split(a)
      .map((part) => part.replaceAll(b, a))
      .join(b)

/** What may go wrong in a file, each with where a phone should notice. */
const mutations: readonly (readonly [
  what: string,
  model: string,
  edit: (text: string) => string,
  notices: RegExp,
])[] = [
  ['two keys are swapped', 'polycom/vvx-450', swap('lineKey.3.', 'lineKey.14.'), /^key 3$/],
  ['two keys are swapped', 'yealink/t54w', swap('linekey.3.', 'linekey.12.'), /^key 3$/],
  ['two keys are swapped', 'audiocodes/440hd', swap('functional_key/0/', 'functional_key/1/'), /^key 2$/],
  [
    'two keys of a module are swapped',
    'yealink/t27g',
    swap('expansion_module.1.key.2.', 'expansion_module.1.key.3.'),
    /^key 2\d$/,
  ],
  ['an escape is dropped', 'polycom/vvx-450', (text) => text.replaceAll('&amp;', '&'), /^files$/],
  ['a quote is not escaped', 'polycom/vvx-450', (text) => text.replaceAll('&quot;', '"'), /^files$/],
  [
    'a value ends its line',
    'yealink/t54w',
    (text) => text.replace('linekey.4.label = ', 'linekey.4.label = A\nlinekey.5.type = 0\n#'),
    /^key 4$/,
  ],
  [
    'the registrar is another',
    'polycom/vvx-450',
    (text) => text.replaceAll('sip.example.net', 'sip.example.com'),
    /registrar/,
  ],
  [
    'the registrar is another',
    'yealink/w60b',
    (text) => text.replaceAll('sip.example.net', 'sip.example.com'),
    /registrar/,
  ],
  [
    'the registrar is another',
    'audiocodes/mp-118',
    (text) => text.replace(/RegistrarName = .*/, 'RegistrarName = x.invalid'),
    /registrar/,
  ],
  [
    'the transport is another',
    'yealink/t46s',
    (text) => text.replaceAll('transport_type = 0', 'transport_type = 1'),
    /transport/,
  ],
  [
    'the port is another',
    'yealink/t46s',
    (text) => text.replaceAll('sip_server.1.port = 5060', 'sip_server.1.port = 5061'),
    /first hop/,
  ],
  [
    'the password is another',
    'poly/edge-e220',
    (text) => text.replace(/(auth\.password=")/, '$1x'),
    /password/,
  ],
  [
    'the password is missing',
    'audiocodes/mp-202b',
    (text) => text.replace(/auth_password=.*/, 'auth_password='),
    /password/,
  ],
  [
    'the interception key is missing',
    'yealink/t54w',
    (text) => text.replace(/linekey\.(\d+)\.type = 13(\n.*\n.*value = \*98)/, 'linekey.$1.type = 0$2'),
    /^key 10$/,
  ],
  [
    'the interception key is missing',
    'polycom/vvx-450',
    (text) => text.replaceAll(/<item>.*\*98.*<\/item>/g, ''),
    /^key 10$/,
  ],
  [
    'a shortcut stands before supervision',
    'polycom/vvx-450',
    swap('lineKey.9.', 'lineKey.10.'),
    /^key (9|10)$/,
  ],
  [
    'a key that takes calls has no code',
    'yealink/t54w',
    (text) => text.replace(/(linekey\.2\.extension = ).*/, '$1%NULL%'),
    /^key 2$/,
  ],
  [
    'the code that takes a call is another',
    'polycom/vvx-450',
    (text) => text.replace('"*95"', '"*59"'),
    /takes a call/,
  ],
  [
    'a fax is on another port',
    'audiocodes/mp-118',
    (text) => text.replace(/(TrunkGroup 1 = 0, 255, )2, 2/, '$13, 3'),
    /port [23]/,
  ],
  [
    'a fax is told to be a telephone',
    'audiocodes/mp-118',
    (text) => text.replace('CallWaitingPerPort 0 = 0', 'CallWaitingPerPort 0 = 1'),
    /use/,
  ],
  [
    'the account of a port is another’s',
    'audiocodes/mp-118',
    swap('Authentication 0', 'Authentication 1'),
    /signs in/,
  ],
  [
    'a handset has the line of another',
    'yealink/w60b',
    (text) => text.replace('handset.1.incoming_lines = 1', 'handset.1.incoming_lines = 2'),
    /port 1/,
  ],
  [
    'a handset calls with another line',
    'yealink/w60b',
    (text) => text.replace('handset.2.dial_out_default_line = 2', 'handset.2.dial_out_default_line = 1'),
    /port 2/,
  ],
  [
    'a handset nobody has rings',
    'yealink/w60b',
    (text) => text.replace('handset.3.incoming_lines = %NULL%', 'handset.3.incoming_lines = 1'),
    /port 3/,
  ],
  [
    'a cleared key is left',
    'polycom/vvx-250',
    (text) => text.replace(/lineKey\.8\.category="Unassigned"/, 'lineKey.8.category="BLF"'),
    /^key 8$/,
  ],
  ['a cleared key is left out', 'yealink/t28p', (text) => text.replace(/^linekey\.4\..*\n/gm, ''), /^key 4$/],
  [
    'a cleared key is left out',
    'audiocodes/440hd',
    (text) => text.replace(/^.*functional_key\/9\/.*\n/gm, ''),
    /^key 11$/,
  ],
  [
    'a line that is off stays on',
    'audiocodes/440hd',
    (text) => text.replace(/^voip\/line\/2\/enabled.*\n/gm, ''),
    /port 3/,
  ],
  [
    'the language is another',
    'yealink/t54w',
    (text) => text.replace('lang.gui = French', 'lang.gui = English'),
    /language/,
  ],
  [
    'the clock is another’s',
    'polycom/vvx-450',
    (text) => text.replace(/gmtOffset="3600"/, 'gmtOffset="7200"'),
    /UTC/,
  ],
  [
    'summer time is not kept',
    'audiocodes/440hd',
    (text) => text.replace('activate=ENABLE', 'activate=DISABLE'),
    /summer/,
  ],
  [
    'the first line of the file is another',
    'yealink/t54w',
    (text) => text.replace(/^#!version/, ' #!version'),
    /^files$/,
  ],
  [
    'the file is for another model',
    'audiocodes/440hd',
    (text) => text.replace('type=440HD', 'type=430HD'),
    /^files$/,
  ],
]

const few = [
  ...['polycom/vvx-450', 'polycom/vvx-250', 'poly/edge-e220', 'yealink/t54w', 'yealink/t46s', 'yealink/t28p'],
  ...['yealink/t27g', 'yealink/w60b', 'audiocodes/440hd', 'audiocodes/mp-118', 'audiocodes/mp-202b'],
]

/** On these some keys are free. */
const withRoom = new Set(['polycom/vvx-250', 'yealink/t28p', 'audiocodes/440hd'])

interface Fleet {
  readonly companies: readonly { readonly lines: readonly FleetLine[] }[]
}

interface FleetLine {
  readonly equipment?: { readonly model: string }
  keys?: { readonly supervision: readonly string[]; readonly shortcuts: readonly unknown[] }
}

let server: Server
const signal = new AbortController().signal

beforeAll(async () => {
  const models = few.flatMap((id) => catalogue.find(id) ?? [])
  const fleet = fleetOf(models, { deviceAccess: 'open' }) as Fleet
  for (const line of fleet.companies.flatMap(({ lines }) => lines)) {
    if (!line.keys || !withRoom.has(line.equipment?.model ?? '')) continue
    line.keys = { supervision: line.keys.supervision.slice(0, 2), shortcuts: [] }
  }
  server = await serverWith(fleet)
})

afterAll(() => server.close())

describe('a phone notices what is wrong with its files', () => {
  test.each(mutations)('%s: %s', async (_, id, edit, notices) => {
    const model = catalogue.find(id)
    const wanted = server.wanted.find(({ intent }) => intent.model === model)
    if (!wanted) throw new Error(`${id} is not in the fleet`)
    let edited = false
    const change: Edit = (path, text) => {
      const after = path.endsWith('.boot') ? text : edit(text)
      edited ||= after !== text
      return after
    }
    const proxy = await proxyTo(server.http, { edit: change })
    const { outcome, differences } = await makePhone(wanted, proxy.url, {}).boot(signal)
    expect(edited, 'the file has nothing to change').toBe(true)
    expect(outcome).toBe('wrong')
    expect(differences.map(({ where }) => where)).toContainEqual(expect.stringMatching(notices))
    expect(JSON.stringify(differences)).not.toContain(wanted.intent.ports[0]?.sipPassword)
  })

  test('and nothing where nothing is', async () => {
    const proxy = await proxyTo(server.http, {})
    for (const wanted of server.wanted) {
      const { outcome, differences } = await makePhone(wanted, proxy.url, {}).boot(signal)
      expect({ outcome, differences }).toEqual({ outcome: 'ok', differences: [] })
    }
  })

  test('a boot file that leads nowhere', async () => {
    const wanted = server.wanted.find(({ intent }) => intent.model.id === 'yealink/t54w')
    if (!wanted) throw new Error('the phone is not in the fleet')
    const proxy = await proxyTo(server.http, {
      edit: (path, text) => (path.endsWith('.boot') ? `\n${text}` : text),
    })
    const { outcome, differences } = await makePhone(wanted, proxy.url, {}).boot(signal)
    expect(outcome).toBe('wrong')
    expect(differences[0]).toMatchObject({ where: 'files', is: expect.stringContaining('.boot is ignored') })
  })
})
