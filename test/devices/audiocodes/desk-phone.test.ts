import { describe, expect, test } from 'vitest'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import type { ServerFacts } from '../../../src/devices/driver.ts'
import { keySlots } from '../../../src/domain/key-layout.ts'
import { account, device, keysOf, port, render, server, templates } from './a-device.ts'
import { readCfg } from './read-files.ts'

const read = (...args: Parameters<typeof render>) => readCfg(render(...args).body)
const used = { ports: [port()] }

/** The kinds of all functional keys, by index. */
function types(values: ReadonlyMap<string, string>): readonly (string | undefined)[] {
  const count = [...values.keys()].filter((name) => /functional_key\/\d+\/type$/.test(name)).length
  return Array.from({ length: count }, (_, i) => values.get(`personal_settings/functional_key/${i}/type`))
}

describe('the keys of a phone', () => {
  test('of the 440HD: supervision from the first programmable key, the line on the first line key', () => {
    const desk = device('440hd', used)
    const values = read({ ...desk, keys: keysOf(desk, 2, 2) })
    expect(types(values)).toEqual([
      'SPEED_DIAL_BLF',
      'SPEED_DIAL_BLF',
      'SPEED_DIAL',
      'SPEED_DIAL',
      ...Array(8).fill('EMPTY'),
      'SIP_ACCOUNT',
      ...Array(5).fill('EMPTY'),
    ])
    expect(values.get('personal_settings/functional_key/1/speed_dial_number')).toBe('33187044002')
    expect(values.get('personal_settings/functional_key/2/key_label')).toBe('Interception')
    expect(values.get('personal_settings/functional_key/2/speed_dial_number')).toBe('*98')
    expect(values.get('personal_settings/functional_key/12/key_label')).toBe('Stéphane Biel')
  })

  test.each(['430hd', '440hd', '450hd'])(
    'of a %s filled to the last: every one is used once, in order',
    (id) => {
      const desk = device(id, used)
      const slots = keySlots(desk.model, []).length
      const values = read({ ...desk, keys: keysOf(desk, slots - 1) })
      expect(types(values)).toHaveLength(slots)
      expect(types(values)).not.toContain('EMPTY')
      const watched = [...values]
        .filter(([name]) => name.endsWith('/speed_dial_number'))
        .map(([, value]) => value)
      expect(watched).toEqual(
        keysOf(desk, slots - 1).flatMap((key) => ('sipUser' in key ? [key.sipUser] : [])),
      )
    },
  )

  test('of the 450HD start with the line itself', () => {
    const desk = device('450hd', used)
    const values = read({ ...desk, keys: keysOf(desk, 1) })
    expect(types(values).slice(0, 3)).toEqual(['SIP_ACCOUNT', 'SPEED_DIAL_BLF', 'EMPTY'])
  })

  test.each(['405hd', '420hd', '425hd', '445hd', 'c450hd'])('a %s has none that are written', (id) => {
    expect(render(device(id, used)).body).not.toContain('functional_key')
  })

  test('all go when the phone is unlinked', () => {
    expect(new Set(types(read(device('440hd'))))).toEqual(new Set(['EMPTY']))
  })
})

describe('the line of a phone', () => {
  test('is the first index; every other is switched off', () => {
    const values = read(device('405hd', used))
    const enabled = Array.from({ length: 6 }, (_, i) => values.get(`voip/line/${i}/enabled`))
    expect(enabled).toEqual(['1', '0', '0', '0', '0', '0'])
    expect(values.get('voip/line/0/auth_password')).toBe('secret1Qw')
  })

  test('leaves no credential behind', () => {
    const values = read(device('440hd'))
    for (const name of ['id', 'auth_name', 'auth_password'])
      expect(values.get(`voip/line/0/${name}`)).toBe('0')
    expect(values.get('voip/signalling/sip/use_proxy')).toBe('0')
    expect(values.get('voip/signalling/sip/sip_registrar/enabled')).toBe('0')
  })

  test('goes through the proxy of the fleet, on its port', () => {
    const sip = {
      domain: 'sip.example.net',
      proxy: 'edge.example.net',
      port: 5081,
      transport: 'tls' as const,
    }
    const values = read(device('440hd', { ...used, sip }))
    expect(values.get('voip/signalling/sip/proxy_address')).toBe('sip.example.net')
    expect(values.get('voip/signalling/sip/proxy_port')).toBe('5061')
    expect(values.get('voip/signalling/sip/sip_outbound_proxy/addr')).toBe('edge.example.net')
    expect(values.get('voip/signalling/sip/sip_outbound_proxy/port')).toBe('5081')
    expect(values.get('voip/signalling/sip/transport_protocol')).toBe('TLS')
  })

  test('without a proxy uses the port for the domain', () => {
    const sip = { domain: 'sip.example.net', port: 5070, transport: 'udp' as const }
    const values = read(device('440hd', { ...used, sip }))
    expect(values.get('voip/signalling/sip/proxy_port')).toBe('5070')
    expect(values.get('voip/signalling/sip/sip_outbound_proxy/enabled')).toBe('0')
  })
})

describe('the model', () => {
  test.each(audiocodes.models.filter(({ kind }) => kind === 'phone'))('$label says so first', (model) => {
    const { body } = render(device(model.id.replace('audiocodes/', '')))
    expect(body.split('\n')[0]).toBe(`system/type=${model.userAgent}`)
  })
})

describe('the clock', () => {
  const clock = (timezone: string) => read(device('440hd', { timezone }))
  test('of India has a half hour and no summer', () => {
    expect(clock('Asia/Kolkata').get('system/ntp/gmt_offset')).toBe('+05:30')
    expect(clock('Asia/Kolkata').get('system/daylight_saving/activate')).toBe('DISABLE')
  })
  test('of New York is west of Greenwich and American', () => {
    expect(clock('America/New_York').get('system/ntp/gmt_offset')).toBe('-05:00')
    expect(clock('America/New_York').get('system/ntp/date_display_format')).toBe('AMERICAN')
    expect(clock('America/New_York').get('voip/regional_settings/selected_country')).toBe('USA')
  })
  test('of an unknown zone is that of Greenwich, with the tones of the language', () => {
    expect(clock('Mars/Olympus').get('system/ntp/gmt_offset')).toBe('+00:00')
    expect(clock('Mars/Olympus').get('voip/regional_settings/selected_country')).toBe('France')
  })
})

describe('the server', () => {
  const facts: ServerFacts = { ...server, account: { user: 'a@b', password: 'p/w:#' }, caPem: 'PEM\n' }
  test('gives its account where the phone can carry it, written so that it cannot break the address', () => {
    const address = new URL(read(device('440hd'), facts).get('provisioning/configuration/url') ?? '')
    expect(decodeURIComponent(address.username)).toBe('a@b')
    expect(decodeURIComponent(address.password)).toBe('p/w:#')
    expect(address.host).toBe('prov.example.net:8443')
    expect(address.pathname).toBe('/00908f602aac.cfg')
  })
  test('gives its CA as a file of its own, which holds no secret', () => {
    const [, ca] = audiocodes.render(device('440hd', used), facts, templates)
    expect(ca).toMatchObject({ name: '00908f602aac-ca.pem', body: 'PEM\n', secret: false })
    const values = read(device('440hd'), facts)
    expect(values.get('security/provisioning/verify_server_certificate')).toBe('1')
    expect(values.get('security/ca_certificate/0/uri')).toContain('/00908f602aac-ca.pem')
  })
  test('names an image without its account', () => {
    const values = read(device('440hd'), { ...server, account, firmware: '440HD 2.img' })
    expect(values.get('provisioning/firmware/url')).toBe('https://prov.example.net:8443/440HD%202.img')
  })
})
