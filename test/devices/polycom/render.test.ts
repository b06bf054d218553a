import { describe, expect, it } from 'vitest'
import { polycom } from '../../../src/devices/polycom/index.ts'
import { ca, device, keys, model, neutral, render, server, templates } from './fixtures.ts'
import { attributes, favourites, parameters } from './parse.ts'

const vvx450 = model('polycom/vvx-450')
const watching = (watched: number) => device(vvx450, { keys: keys(vvx450, [], watched, ['interception']) })

function value(of: ReturnType<typeof device>, name: string, facts = server): string | undefined {
  return parameters(render(of, facts)).get(name)
}

describe('a linked phone', () => {
  it('registers over the transport and through the proxy of its company', () => {
    const sip = {
      domain: 'sip.example.net',
      proxy: 'edge.example.net',
      port: 5070,
      transport: 'tcp',
    } as const
    const all = parameters(render(device(vvx450, { sip })))
    expect(all.get('reg.1.server.1.transport')).toBe('TCPOnly')
    expect(all.get('reg.1.server.1.port')).toBe('5070')
    expect(all.get('reg.1.outboundProxy.address')).toBe('edge.example.net')
    expect(all.get('reg.1.outboundProxy.transport')).toBe('TCPOnly')
  })

  it.each([
    ['udp', 'UDPOnly', '0'],
    ['tcp', 'TCPOnly', '0'],
    ['tls', 'TLS', '5061'],
  ] as const)('%s is called %s', (transport, name, port) => {
    const of = device(vvx450, { sip: { domain: 'sip.example.net', transport } })
    expect(value(of, 'reg.1.server.1.transport')).toBe(name)
    expect(value(of, 'reg.1.server.1.port')).toBe(port)
  })

  it.each([
    ['hold', 'normal'],
    ['transfer', 'automata'],
    ['park', 'automata'],
  ] as const)('on %s a key during a call makes what it watches %s', (keyDuringCall, type) => {
    const of = { ...watching(2), keyDuringCall }
    expect(value(of, 'attendant.resourceList.2.type')).toBe(type)
  })

  it('dials the number of what it watches where that is not the user it subscribes to', () => {
    expect(value(watching(1), 'attendant.resourceList.1.address')).toBe('33483060000')
    expect(value(watching(1), 'attendant.resourceList.1.callAddress')).toBe('+33483060000')
    const [line, watched] = watching(1).keys
    if (!line || watched?.role !== 'supervision') throw new Error('the keys are not as they should be')
    const same = device(vvx450, { keys: [line, { ...watched, number: watched.sipUser }] })
    expect(value(same, 'attendant.resourceList.1.callAddress')).toBeUndefined()
  })

  it('takes the company’s pickup code and mailbox', () => {
    const codes = { groupPickup: '*8', directedPickup: '**', voicemail: '888' }
    const all = parameters(render(device(vvx450, { codes })))
    expect(all.get('call.directedCallPickupMethod')).toBe('legacy')
    expect(all.get('call.directedCallPickupString')).toBe('**')
    expect(all.get('msg.mwi.1.callBack')).toBe('888')
  })

  it('asks for its image by the name the operator gave it', () => {
    const [master] = render(device(vvx450), { ...server, firmware: '3111-48840-001.sip.ld' })
    expect(attributes(master?.body ?? '')).toContainEqual(['APP_FILE_PATH', '3111-48840-001.sip.ld'])
    const [without] = render(device(vvx450))
    expect(attributes(without?.body ?? '').map(([name]) => name)).not.toContain('APP_FILE_PATH')
  })

  it('learns the CA with its line ends, and to judge us by it', () => {
    const all = parameters(render(device(vvx450), { ...server, caPem: ca }))
    expect(all.get('device.sec.TLS.customCaCert1')).toBe(ca.trim())
    expect(all.get('device.sec.TLS.customCaCert1.set')).toBe('1')
    expect(all.get('device.sec.TLS.profileSelection.provisioning')).toBe('PlatformProfile1')
  })

  it.each([
    ['https://prov.example.net:8443/', '3', 'prov.example.net:8443'],
    ['http://192.0.2.9/', '2', '192.0.2.9'],
    ['http://prov.example.net/poly/', '2', 'prov.example.net/poly'],
    ['tftp://192.0.2.9/', '1', '192.0.2.9'],
  ])('reaches %s', (url, type, name) => {
    const facts = { ...server, url }
    expect(value(device(vvx450), 'device.prov.serverType', facts)).toBe(type)
    expect(value(device(vvx450), 'device.prov.serverName', facts)).toBe(name)
  })

  it('looks for news at night, each phone at its own minute', () => {
    const times = ['64167fb269d6', '64167fb269d7', '0004f2ffffff', '0004f2000000'].map((mac) =>
      value(device(vvx450, { mac }), 'prov.polling.time'),
    )
    expect(new Set(times).size).toBe(4)
    for (const time of times) expect(time).toMatch(/^0[1-4]:[0-5]\d$/)
  })

  it('stays at its own clock in a zone nobody knows', () => {
    expect(value(device(vvx450, { timezone: 'Europe/Atlantis' }), 'tcpIpApp.sntp.gmtOffset')).toBeUndefined()
  })

  it('writes the second Sunday of March as the one from the 8th', () => {
    const all = parameters(render(device(vvx450, { timezone: 'America/New_York' })))
    const start = 'tcpIpApp.sntp.daylightSavings.start.'
    expect(all.get('tcpIpApp.sntp.gmtOffset')).toBe('-18000')
    expect(all.get(`${start}date`)).toBe('8')
    expect(all.get(`${start}dayOfWeek`)).toBe('1')
    expect(all.get(`${start}dayOfWeek.lastInMonth`)).toBe('0')
  })
})

describe('an operator’s parameters', () => {
  const of = (...added: readonly (readonly [string, string])[]) => device(vvx450, { parameters: added })

  it('replace ours where they stand', () => {
    const files = render(of(['reg.1.server.1.expires', '600'], ['lcl.ml.lang', 'German_Germany']))
    expect(parameters(files).get('reg.1.server.1.expires')).toBe('600')
    expect(parameters(files).get('lcl.ml.lang')).toBe('German_Germany')
  })

  it('are written also where nobody knows them', () => {
    expect(value(of(['some.new.parameter', 'a "quoted" <value>']), 'some.new.parameter')).toBe(
      'a "quoted" <value>',
    )
  })

  it('of the flash are set, unless the operator says otherwise', () => {
    const name = 'device.auth.localAdminPassword'
    expect(value(of([name, '2468']), `${name}.set`)).toBe('1')
    expect(value(of([name, '2468'], [`${name}.set`, '0']), `${name}.set`)).toBe('0')
    expect(value(of([`${name}.set`, '0'], [name, '2468']), `${name}.set`)).toBe('0')
  })

  it.each(['a b', 'x="1" y', 'xmlns', '', '1st', 'é'])('%j is no name and is left out', (name) => {
    const all = parameters(render(of([name, 'value'])))
    expect([...all.values()]).not.toContain('value')
  })

  it('make the files that hold them secret', () => {
    const secret = (files: ReturnType<typeof render>) =>
      files.filter((file) => file.secret).map(({ name }) => name)
    const without = { url: server.url, generation: 1 }
    expect(secret(render(device(vvx450), without))).toEqual(['64167fb269d6-lines.cfg'])
    expect(secret(render(of(['dir.corp.password', 'x']), without))).toHaveLength(2)
  })
})

describe('a neutral phone', () => {
  const facts = { url: server.url, generation: 1 }

  it('forgets line, keys, favourites and account', () => {
    const files = render(neutral(vvx450), facts)
    const all = parameters(files)
    expect(
      [...all].filter(([name, value]) => /^(reg|attendant\.resourceList)\./.test(name) && value !== ''),
    ).toEqual([])
    expect(
      new Set([...all].filter(([name]) => /^lineKey\.\d+\.category$/.test(name)).map(([, v]) => v)),
    ).toEqual(new Set(['Unassigned']))
    expect(favourites(files)).toEqual([])
    expect(all.get('device.prov.password')).toBe('')
    expect(all.get('device.prov.password.set')).toBe('1')
    expect(files.filter((file) => file.secret)).toEqual([])
  })

  it('keeps the account it is given', () => {
    expect(value(neutral(vvx450), 'device.prov.user')).toBe('64167fb269d6')
  })
})

describe('files for everybody', () => {
  it('are one master that names nothing', () => {
    const file = polycom.shared('000000000000.cfg', { url: server.url }, templates)
    expect(file?.secret).toBe(false)
    expect(attributes(file?.body ?? '').filter(([, value]) => value !== '')).toEqual([])
  })

  it.each(['000000000000-directory.xml', '000000000000-license.cfg', '64167fb269d6.cfg'])(
    'not %s',
    (name) => {
      expect(polycom.shared(name, { url: server.url }, templates)).toBeUndefined()
    },
  )
})
