import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { readXml } from '../../src/simulate/families/xml.ts'
import { familyOf } from '../../src/simulate/families.ts'
import type { Understood } from '../../src/simulate/understood.ts'

const mac = '0011223344aa'

/** What a device makes of files that somebody wrote by hand. */
function read(
  id: string,
  files: Readonly<Record<string, string>>,
  more: { readonly expansion?: readonly string[]; readonly former?: ReadonlyMap<string, string> } = {},
): Understood {
  const model = catalogue.find(id)
  if (!model) throw new Error(`there is no ${id}`)
  const { expansion = [], former = new Map() } = more
  return familyOf(model).read(new Map(Object.entries(files)), { mac, model, expansion }, former)
}

describe('phones with a master file', () => {
  const master = `<?xml version="1.0"?><APPLICATION CONFIG_FILES="a.cfg, b.cfg"/>`
  const lines = `<?xml version="1.0" standalone="yes"?>
<!-- the older notation spreads parameters over any elements -->
<phone1>
  <reg reg.1.displayName='M &amp; Mme "X"' reg.1.address="4001" reg.1.auth.userId="auth4001" reg.1.auth.password="p&lt;w"
       reg.1.label="4001" reg.1.server.1.address="pbx.test" reg.1.server.1.transport="TCPOnly" reg.1.server.1.port="0"/>
  <keys lineKey.reassignment.enabled="1" lineKey.1.category="Line" lineKey.1.index="1" lineKey.2.category="SpeedDial"
        lineKey.2.index="2" lineKey.3.category="BLF" lineKey.3.index="0" lineKey.4.category="Unassigned" lineKey.5.category="EFK"/>
  <attendant attendant.resourceList.1.address="4002" attendant.resourceList.1.label="Bob" attendant.resourceList.1.type="normal"/>
</phone1>`
  const directory = `<directory><item_list>
    <item><fn>Taxi</fn><ct>555</ct><sd>2</sd></item><item><lb>Home</lb><fn>H</fn><ct>556</ct><sd>1</sd></item>
    <item><fn>No key</fn><ct>557</ct></item></item_list></directory>`

  test('are their lines and keys', () => {
    const files = { [`${mac}.cfg`]: master, 'a.cfg': lines, [`${mac}-directory.xml`]: directory }
    const { lines: found, keys, duringCall, faults } = read('polycom/vvx-450', files)
    expect(faults).toEqual([])
    expect(found).toEqual([
      {
        port: 1,
        name: 'M & Mme "X"',
        user: '4001',
        authUser: 'auth4001',
        password: 'p<w',
        domain: 'pbx.test',
        via: 'pbx.test',
        viaPort: 5060,
        transport: 'tcp',
      },
    ])
    expect(keys).toEqual([
      { place: 1, kind: 'line', label: '4001' },
      { place: 2, kind: 'dial', label: 'Taxi', target: '555' },
      { place: 3, kind: 'supervision', label: 'Bob', target: '4002', dials: '4002' },
      { place: 5, kind: 'other', label: 'EFK' },
    ])
    expect(duringCall).toBe('hold')
  })

  test('believe the first of two files', () => {
    const files = {
      'a.cfg': '<x lcl.ml.lang="French_France"/>',
      'b.cfg': '<x lcl.ml.lang="English_United_States"/>',
    }
    expect(read('polycom/vvx-450', files).language).toBe('fr')
  })

  test('without key assignment fill their keys by themselves', () => {
    const files = {
      'a.cfg': lines.replace('lineKey.reassignment.enabled="1"', ''),
      [`${mac}-directory.xml`]: directory,
    }
    const keys = read('polycom/vvx-450', files).keys.map(({ label }) => label)
    expect(keys).toEqual(['4001', 'Bob', 'Home', 'Taxi'])
  })

  test('set in their flash only what says that it is to be set', () => {
    const set = '<x device.set="1" device.prov.user="u" device.prov.user.set="1" device.prov.password="p"'
    expect(read('polycom/vvx-450', { 'a.cfg': `${set}/>` }).account).toBeUndefined()
    const both = read('polycom/vvx-450', { 'a.cfg': `${set} device.prov.password.set="1"/>` })
    expect(both.account).toEqual({ user: 'u', password: 'p' })
  })

  test.each([
    ['an ampersand', '<a b="x & y"/>'],
    ['an unknown reference', '<a b="&nbsp;"/>'],
    ['a bracket in a value', '<a b="<"/>'],
    ['a quote in a value', '<a b="x"y"/>'],
    ['a name twice', '<a b="1" b="2"/>'],
    ['an element left open', '<a><b></a>'],
    ['text after the element', '<a/>x'],
    ['a control character', '<a b="\u0001"/>'],
    ['a reference to nothing', '<a b="&#0;"/>'],
  ])('drop a file with %s', (_, text) => {
    expect(() => readXml(text)).toThrow()
    expect(read('polycom/vvx-450', { 'a.cfg': text }).faults).toEqual([
      expect.stringContaining('a.cfg is dropped'),
    ])
  })
})

describe('devices with a boot file', () => {
  const cfg = `#!version:1.0.0.1\r
# comment\r
account.1.enable=1\r
account.1.display_name = "#1 Jo"\r
account.1.user_name = 4001\r
account.1.auth_name = 4001\r
account.1.password = a b = c\r
account.1.sip_server.1.address = pbx.test\r
account.1.sip_server.1.transport_type = 2\r
account.1.outbound_proxy_enable = 1\r
account.1.outbound_proxy.1.address = edge.test\r
account.1.outbound_proxy.1.port = 5071\r
linekey.1.type = 15\r
linekey.2.type = 16\r
linekey.2.value = 4002\r
linekey.2.label = Bob\r
linekey.2.extension = **\r
linekey.3.type = 0\r
linekey.3.label = left over\r
local_time.time_zone = -3:30\r
local_time.summer_time = 0\r
`
  const name = `${mac}.cfg`

  test('are their lines and keys', () => {
    const { lines, keys, clock, faults } = read('yealink/t54w', { [name]: cfg })
    expect(faults).toEqual([])
    expect(lines).toEqual([
      {
        port: 1,
        name: '#1 Jo',
        user: '4001',
        authUser: '4001',
        password: 'a b = c',
        domain: 'pbx.test',
        via: 'edge.test',
        viaPort: 5071,
        transport: 'tls',
      },
    ])
    expect(keys).toEqual([
      { place: 1, kind: 'line', label: '' },
      { place: 2, kind: 'supervision', label: 'Bob', target: '4002', pickup: '**' },
    ])
    expect(clock).toEqual({ offsetMinutes: -210, summerTime: false })
  })

  test('keep what nobody overwrites, unless a boot file says so', () => {
    const former = new Map([
      ['linekey.9.type', '13'],
      ['linekey.9.value', '911'],
    ])
    const kept = { place: 9, kind: 'dial', label: '', target: '911' }
    expect(read('yealink/t54w', { [name]: cfg }, { former }).keys).toContainEqual(kept)
    const boot = `#!version:1.0.0.1\ninclude:config "${name}"\noverwrite_mode = 1\n`
    expect(read('yealink/t54w', { [`${mac}.boot`]: boot, [name]: cfg }, { former }).keys).not.toContainEqual(
      kept,
    )
  })

  test('count no key that turns the page of a module', () => {
    const module = [
      'expansion_module.1.key.1.type = 37',
      'expansion_module.1.key.2.type = 13',
      'expansion_module.1.key.2.value = 15',
      'expansion_module.1.key.21.type = 37',
      'expansion_module.1.key.22.type = 13',
      'expansion_module.1.key.22.value = 18',
    ]
    const { keys } = read(
      'yealink/t27g',
      { [name]: `${cfg}${module.join('\n')}\n` },
      { expansion: ['exp20'] },
    )
    expect(keys.filter(({ place }) => place > 21).map(({ place, target }) => [place, target])).toEqual([
      [22, '15'],
      [41, '18'],
    ])
  })

  test('give a handset the account that rings it', () => {
    const base = `#!version:1.0.0.1
account.2.enable = 1
account.2.user_name = 4002
account.2.sip_server.template = 1
template.1.sip_server.1.address = pbx.test
template.1.sip_server.1.transport_type = 0
handset.3.incoming_lines = 2
handset.3.dial_out_default_line = 2
`
    const lines = read('yealink/w60b', { [name]: base }).lines.map(({ port, user, via }) => ({
      port,
      user,
      via,
    }))
    expect(lines).toEqual([
      { port: 2, user: '4002', via: 'pbx.test' },
      { port: 3, user: '4002', via: 'pbx.test' },
    ])
  })

  test('ignore a file without their first line', () => {
    const { lines, faults } = read('yealink/t54w', { [name]: `\ufeff${cfg}` })
    expect({ lines, faults }).toEqual({
      lines: [],
      faults: [`${name} is ignored: its first line is another`],
    })
  })
})

describe('phones with paths', () => {
  test('are their lines and keys, the line’s own first', () => {
    const file = `; by hand
system/type=440HD
voip/line/0/enabled=1
voip/line/0/id=4001
voip/line/0/auth_name=4001
voip/line/0/auth_password=x#y
voip/signalling/sip/use_proxy=1
voip/signalling/sip/proxy_address=pbx.test
voip/signalling/sip/proxy_port=5062
voip/signalling/sip/proxy_gateway=pbx.test
voip/signalling/sip/sip_registrar/enabled=1
voip/signalling/sip/transport_protocol=UDP
personal_settings/functional_key/12/type=SIP_ACCOUNT
personal_settings/functional_key/0/type=SPEED_DIAL_BLF
personal_settings/functional_key/0/speed_dial_number=4002
personal_settings/functional_key/13/type=SPEED_DIAL
system/ntp/gmt_offset=+05:30
`
    const { lines, keys, clock } = read('audiocodes/440hd', { [`${mac}.cfg`]: file })
    expect(lines).toMatchObject([{ user: '4001', password: 'x#y', via: 'pbx.test', viaPort: 5062 }])
    expect(keys.map(({ place, kind }) => [place, kind])).toEqual([
      [1, 'line'],
      [2, 'supervision'],
      [14, 'dial'],
    ])
    expect(clock).toEqual({ offsetMinutes: 330, summerTime: false })
  })

  test('refuse the file of another model', () => {
    const { faults } = read('audiocodes/440hd', { [`${mac}.cfg`]: 'system/type=405HD\n' })
    expect(faults).toEqual(['the file is refused: it is for a 405HD'])
  })
})

test('gateways are the rows of their tables, whatever the order of columns', () => {
  const ini = `[SIP Params]
IsProxyUsed = 1 ; comment
isregisterneeded=1
RegistrarName = pbx.test
SIPTransportType = 1
[ ProxyIp ]
FORMAT ProxyIp_Index = ProxyIp_TransportType, ProxyIp_IpAddress;
ProxyIp 0 = 1, edge.test:5070;
[ \\ProxyIp ]
[ TrunkGroup ]
FORMAT TrunkGroup_Index = TrunkGroup_FirstPhoneNumber, TrunkGroup_FirstBChannel, TrunkGroup_LastBChannel;
TrunkGroup 0 = 4003, 3, 3;
TrunkGroup 1 = 4001, 1, 1;
[ \\TrunkGroup ]
[ Authentication ]
FORMAT Authentication_Index = Authentication_UserId, Authentication_UserPassword;
Authentication 0 = 4001, one;
Authentication 2 = 4003, three;
[ \\Authentication ]
`
  const { lines, faults } = read('audiocodes/mp-118', { [`${mac}.ini`]: ini })
  expect(
    lines.map(({ port, user, password, via, viaPort, transport }) => [
      port,
      user,
      password,
      via,
      viaPort,
      transport,
    ]),
  ).toEqual([
    [1, '4001', 'one', 'edge.test', 5070, 'tcp'],
    [3, '4003', 'three', 'edge.test', 5070, 'tcp'],
  ])
  expect(faults).toEqual([])
  expect(read('audiocodes/mp-118', { [`${mac}.ini`]: ini.trimEnd() }).faults).toHaveLength(1)
})

/** What formats are made of, so that chance comes near to them. */
const pieces = [
  ...[
    '<',
    '>',
    '/',
    '="',
    '"',
    "'",
    '&',
    '&amp;',
    '&#',
    ';',
    '=',
    ' = ',
    ',',
    '\n',
    '[',
    ']',
    '\\',
    '#',
    '%NULL%',
    '\u0000',
  ],
  ...[
    '#!version:1.0.0.1\n',
    'reg.1.address',
    'lineKey.1.category="BLF"',
    'attendant.resourceList.1.address',
    'a',
    '1',
    '-3:30',
  ],
  ...[
    'account.1.enable = 1\n',
    'handset.1.incoming_lines = 1,2\n',
    'expansion_module.1.key.1.type = 37\n',
    'system/type=440HD\n',
  ],
  ...[
    'FORMAT TrunkGroup_Index = TrunkGroup_FirstBChannel;\n',
    'TrunkGroup 0 = 1;\n',
    'ProxyIp 0 = ;',
    'provisioning/configuration/url=http://%',
  ],
]

test('no reader is brought down by what it is given', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 40 })
    .map((all) => all.join(''))
  const generations = [...new Map(catalogue.models.map((model) => [model.generation, model])).values()]
  fc.assert(
    fc.property(fc.constantFrom(...generations), text, text, (model, first, second) => {
      const files = new Map([
        [`${mac}.cfg`, first],
        [`${mac}-directory.xml`, second],
      ])
      const { lines, keys } = familyOf(model).read(
        files,
        { mac, model, expansion: Object.keys(model.expansions ?? {}).slice(0, 1) },
        new Map(),
      )
      for (const { viaPort } of lines) expect(viaPort).not.toBeNaN()
      expect(keys.every(({ place }) => place > 0)).toBe(true)
    }),
    { numRuns: 400 },
  )
})
