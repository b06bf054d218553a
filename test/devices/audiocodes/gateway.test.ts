import { describe, expect, test } from 'vitest'
import { unfitPassword } from '../../../src/devices/audiocodes/escapes.ts'
import { account, device, port, render, server } from './a-device.ts'
import { readIni } from './read-files.ts'

const read = (...args: Parameters<typeof render>) => readIni(render(...args).body)
const rows = (ini: ReturnType<typeof read>, table: string) => [...(ini.tables.get(table)?.rows ?? [])]

describe('the sockets of a gateway', () => {
  const ini = read(device('mp-124', { ports: [port({ port: 3 }), port({ port: 24, use: 'phone' })] }))

  test('are channels from 1 in the trunk group, rows from 0 elsewhere; unused ones are left out', () => {
    expect(rows(ini, 'TrunkGroup').map(([row, cells]) => [row, cells.slice(0, 5)])).toEqual([
      [0, ['0', '255', '3', '3', '33483050193']],
      [1, ['0', '255', '24', '24', '334830501924']],
    ])
    expect(rows(ini, 'Authentication')).toEqual([
      [2, ['33483050193', 'secret3Qw']],
      [23, ['334830501924', 'secret24Qw']],
    ])
    expect(rows(ini, 'CallerDisplayInfo').map(([row]) => row)).toEqual([2, 23])
  })

  test('have no call waiting where a fax is', () => {
    expect(rows(ini, 'CallWaitingPerPort')).toEqual([
      [2, ['0']],
      [23, ['1']],
    ])
  })
})

describe('the fax of a gateway', () => {
  const fax = (...uses: ('fax' | 'phone')[]) =>
    read(device('mp-118', { ports: uses.map((use, i) => port({ port: i + 1, use })) }))

  test('is T.38 with a fallback as soon as one socket has one, and G.711 of the country alone', () => {
    const ini = fax('phone', 'fax')
    expect(ini.values.get('isfaxused')).toBe('3')
    expect(ini.values.get('faxtransportmode')).toBe('1')
    expect(rows(ini, 'CodersGroup0').map(([, cells]) => cells[0])).toEqual(['g711Alaw64k'])
  })

  test('is off among telephones', () => {
    const ini = fax('phone', 'phone')
    expect(ini.values.get('isfaxused')).toBe('0')
    expect(ini.values.get('faxtransportmode')).toBe('0')
    expect(rows(ini, 'CodersGroup0')).toHaveLength(2)
  })

  test('may be made G.711 by the operator, each name staying single', () => {
    const parameters = [
      ['FAXTRANSPORTMODE', '2'],
      ['IsFaxUsed', '2'],
      ['TargetOfChannel0', '3899,1'],
    ] as const
    const { values } = read(device('mp-118', { ports: [port()], parameters }))
    expect(values.get('isfaxused')).toBe('2')
    expect(values.get('faxtransportmode')).toBe('2')
    expect(values.get('targetofchannel0')).toBe('3899,1')
  })
})

describe('a gateway', () => {
  test('that is unlinked gets empty tables, which clear its own', () => {
    const ini = read(device('mp-114'))
    for (const table of ['ProxyIp', 'TrunkGroup', 'Authentication', 'CallerDisplayInfo'])
      expect(rows(ini, table)).toEqual([])
    expect(ini.values.get('isregisterneeded')).toBe('0')
  })

  test('finds its proxy and its transport', () => {
    const sip = {
      domain: 'sip.example.net',
      proxy: 'edge.example.net',
      port: 5062,
      transport: 'tls' as const,
    }
    const ini = read(device('mp-112', { ports: [port()], sip }))
    expect(rows(ini, 'ProxyIp')).toEqual([[0, ['edge.example.net:5062', '2', '0']]])
    expect(ini.values.get('siptransporttype')).toBe('2')
    expect(ini.values.get('sipgatewayname')).toBe('sip.example.net')
  })

  test('comes back with a Digest account, never in the address, and does not restart by itself', () => {
    const { values } = read(device('mp-112', { ports: [port()] }), { ...server, account })
    expect(values.get('inifileurl')).toBe("'https://prov.example.net:8443/00908F602AAC.ini'")
    expect(values.get('aupddigestusername')).toBe(`'${account.user}'`)
    expect(values.get('aupddigestpassword')).toBe(`'${account.password}'`)
    expect(values.has('resetnow')).toBe(false)
    expect(values.get('enablesipremotereset')).toBe('1')
  })

  test('speaks the law and the caller id of its country', () => {
    const american = read(device('mp-112', { ports: [port()], timezone: 'America/Chicago' }))
    expect(american.values.get('pcmlawselect')).toBe('3')
    expect(american.values.get('calleridtype')).toBe('0')
    expect(rows(american, 'CodersGroup0').map(([, cells]) => cells[0])).toEqual(['g711Ulaw64k'])
    expect(read(device('mp-112', { timezone: 'Europe/London' })).values.get('calleridtype')).toBe('4')
  })
})

describe('a password', () => {
  test.each(['a,b', 'a;b', "a'b", 'a"b', 'a\nb', ' ab', 'ab ', '$$', '', 'a(b', 'a\\b'])(
    '%j is unfit',
    (text) => {
      expect(unfitPassword(text)).toMatch(/^the password /)
    },
  )
  test.each(['Kx9mQ2vT8w', 'a b', 'p@ss#1=2', 'é€'])('%j is fit', (text) => {
    expect(unfitPassword(text)).toBeUndefined()
  })
  test('never stands in the reason', () => {
    expect(unfitPassword('hunter2,x')).not.toContain('hunter2')
  })
})
