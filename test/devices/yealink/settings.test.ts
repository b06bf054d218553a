import { describe, expect, test } from 'vitest'
import { yealink } from '../../../src/devices/yealink/index.ts'
import type { DeviceIntent } from '../../../src/domain/device-intent.ts'
import { configuration, device, keys, model, phone, port, render, server, templates } from './fixtures.ts'
import { parse } from './parse.ts'

function told(of: DeviceIntent, facts = server): ReadonlyMap<string, string> {
  return parse(configuration(of, facts)).values
}

describe('keys', () => {
  test('a supervision key watches the SIP user and takes a call with the pickup code', () => {
    const values = told(phone('yealink/t46g', [], 1))
    expect(values.get('linekey.1.type')).toBe('15')
    const field = (name: string) => values.get(`linekey.2.${name}`)
    expect(['type', 'line', 'value', 'extension', 'pickup_value'].map(field)).toEqual([
      '16',
      '1',
      '33483060000',
      '*95',
      '*95',
    ])
    expect([
      values.get('linekey.3.type'),
      values.get('linekey.3.value'),
      values.get('linekey.3.label'),
    ]).toEqual(['13', '*98', 'Interception'])
  })

  test('lines of a T38G count from 0, and its keys go on as memory keys', () => {
    const values = told(phone('yealink/t38g', [], 99))
    expect(values.get('linekey.1.line')).toBe('0')
    expect(values.get('linekey.6.type')).toBe('16')
    expect(values.has('linekey.7.type')).toBe(false)
    expect(values.get('memorykey.1.line')).toBe('0')
    expect(values.get('memorykey.10.type')).toBe('16')
    expect(values.get('memorykey.10.pickup_value')).toBe('*95')
    expect(values.has('memorykey.10.extension')).toBe(false)
  })

  test('an EXP20 keeps the places that turn its page', () => {
    const of = model('yealink/t27g')
    const values = told(device(of, { expansion: ['exp20'], keys: keys(of, ['exp20'], 45) }))
    const types = [1, 2, 20, 21, 22, 27].map((n) => values.get(`expansion_module.1.key.${n}.type`))
    expect(types).toEqual(['37', '16', '16', '37', '16', '16'])
    expect(values.get('expansion_module.1.key.28.type')).toBe('0')
    expect(values.get('expansion_module.2.key.1.type')).toBe('0')
  })

  test.each([
    ['hold', '0'],
    ['transfer', '2'],
    ['park', '2'],
  ] as const)('in a call a key does %s', (keyDuringCall, dealType) => {
    expect(told(phone('yealink/t54w', [], 1, { keyDuringCall })).get('transfer.dsskey_deal_type')).toBe(
      dealType,
    )
  })
})

describe('accounts', () => {
  test.each([
    [{ transport: 'udp' }, '0', '5060'],
    [{ transport: 'tcp' }, '1', '5060'],
    [{ transport: 'tls' }, '2', '5061'],
    [{ transport: 'tls', port: 5071 }, '2', '5071'],
  ] as const)('%j', (sip, transport, expectedPort) => {
    const values = told(
      device(model('yealink/t46g'), {
        sip: { domain: 'sip.example.net', proxy: 'edge.example.net', ...sip },
      }),
    )
    for (const name of ['sip_server.1.transport_type', 'transport'])
      expect(values.get(`account.1.${name}`)).toBe(transport)
    for (const name of ['sip_server.1.port', 'outbound_proxy.1.port', 'sip_server_port', 'outbound_port'])
      expect(values.get(`account.1.${name}`)).toBe(expectedPort)
    expect(values.get('account.1.outbound_proxy_enable')).toBe('1')
  })

  test('a handset rings and dials with its own account; one that nobody has does neither', () => {
    const values = told(device(model('yealink/w70b'), { ports: [port(2, 'Valérie Diaz')] }))
    expect([1, 2, 3].map((n) => values.get(`account.${n}.enable`))).toEqual(['0', '1', '0'])
    expect([1, 2].map((n) => values.get(`handset.${n}.name`))).toEqual(['%NULL%', 'Valérie Diaz'])
    expect([1, 2].map((n) => values.get(`handset.${n}.incoming_lines`))).toEqual(['%NULL%', '2'])
    expect(values.get('handset.2.dial_out_default_line')).toBe('2')
    expect(values.get('custom.handset.language')).toBe('1')
    expect(values.get('static.auto_provision.handset_configured.enable')).toBe('1')
  })

  test('the accounts of a multi-cell system share one server template', () => {
    const values = told(device(model('yealink/w80b'), { ports: [port(3)] }))
    expect(values.get('template.1.sip_server.1.address')).toBe('sip.example.net')
    expect(values.get('template.2.sip_server.1.address')).toBe('%NULL%')
    expect(values.get('account.3.sip_server.template')).toBe('1')
    expect(values.get('account.4.sip_server.template')).toBe('%NULL%')
    expect(values.has('account.3.sip_server.1.address')).toBe(false)
  })
})

describe('provisioning', () => {
  test('a phone in use stays with this server; a neutral one may be taken by another', () => {
    const used = told(phone('yealink/t54w'))
    expect(used.get('static.auto_provision.server.url')).toBe(server.url)
    expect(used.get('static.auto_provision.server.password')).toBe('device-password')
    expect(used.get('static.auto_provision.pnp_enable')).toBe('0')
    const neutral = told(device(model('yealink/t54w'), { ports: [] }))
    expect(neutral.get('static.auto_provision.server.password')).toBe('%NULL%')
    expect(neutral.get('static.auto_provision.pnp_enable')).toBe('1')
    for (const values of [used, neutral]) expect(values.get('static.auto_provision.custom.protect')).toBe('0')
  })

  test('each generation is told under its own names', () => {
    const names = (id: string) =>
      ['static.auto_provision.server.url', 'auto_provision.server.url'].map((name) =>
        told(phone(id)).has(name),
      )
    expect(names('yealink/t28p')).toEqual([false, true])
    expect(names('yealink/t46g')).toEqual([true, true])
    expect(names('yealink/t54w')).toEqual([true, false])
  })

  test('only a generation that asks for a boot file gets one', () => {
    expect(render(phone('yealink/t28p')).map((file) => file.name)).toEqual(['001565aabbcc.cfg'])
    expect(render(phone('yealink/w60b'))[0]?.body).toBe(
      '#!version:1.0.0.1\ninclude:config "001565aabbcc.cfg"\noverwrite_mode = 1\n',
    )
  })

  test('the certificate and the image have URLs a phone can ask for', () => {
    const values = told(phone('yealink/t54w'), {
      ...server,
      caPem: 'PEM',
      firmware: 'T54W(T57W,T53W)-96.86.0.45.rom',
    })
    expect(values.get('static.trusted_certificates.url')).toBe(`${server.url}bootline-ca.pem`)
    expect(values.get('static.firmware.url')).toBe(`${server.url}T54W%28T57W%2CT53W%29-96.86.0.45.rom`)
    expect(told(phone('yealink/t54w')).get('static.firmware.url')).toBe('%NULL%')
  })

  test('the same device gives the same bytes, whatever the count of its changes', () => {
    const of = phone('yealink/t54w', ['exp50'])
    expect(render(of, { ...server, generation: 8 })).toEqual(render(of))
  })

  test('a neutral file is no secret, so that a device whose credentials died can still fetch it', () => {
    const secrets = (of: DeviceIntent) => render(of).map((file) => file.secret)
    expect(secrets(phone('yealink/t54w'))).toEqual([false, true])
    expect(secrets(device(model('yealink/t54w'), { ports: [] }))).toEqual([false, false])
  })

  test('common files hold nothing, and no other name is shared', () => {
    expect(yealink.shared('y000000000108.cfg', server, templates)).toMatchObject({
      body: '#!version:1.0.0.1\n',
      secret: false,
    })
    expect(yealink.shared('y000000000000.boot', server, templates)).toBeUndefined()
    expect(yealink.shared('001565aabbcc.cfg', server, templates)).toBeUndefined()
  })
})

describe('clock', () => {
  test.each([
    ['Europe/Paris', '+1', '1', '3/5/7/2', '10/5/7/3', '60'],
    ['America/New_York', '-5', '1', '3/2/7/2', '11/1/7/2', '60'],
    ['Asia/Kolkata', '+5:30', '0', '%NULL%', '%NULL%', '%NULL%'],
    ['Africa/Abidjan', '0', '0', '%NULL%', '%NULL%', '%NULL%'],
    ['Nowhere/Land', '%NULL%', '0', '%NULL%', '%NULL%', '%NULL%'],
  ])('%s', (timezone, ...expected) => {
    const values = told(phone('yealink/t54w', [], 0, { timezone }))
    const names = ['time_zone', 'summer_time', 'start_time', 'end_time', 'offset_time']
    expect(names.map((name) => values.get(`local_time.${name}`))).toEqual(expected)
  })

  test('the language is the company’s, and the tones are those of its country', () => {
    const values = told(phone('yealink/t54w', [], 0, { locale: 'en' }))
    expect([values.get('lang.gui'), values.get('voice.tone.country')]).toEqual(['English', '%NULL%'])
    expect(told(phone('yealink/t54w')).get('voice.tone.country')).toBe('France')
  })
})
