import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSettings, type SettingProblem, type Settings, writtenAddress } from '../src/settings.ts'

test('nothing set: the defaults, with paths from the working directory', () => {
  expect(settings({})).toEqual({
    data: resolve('data'),
    sip: { host: '0.0.0.0', port: 5066 },
    rebootsPerMinute: 120,
    rebootsPerSite: 10,
    registrar: 'off',
    registrarToken: undefined,
    registrarDatabase: undefined,
    webhookUrl: undefined,
    webhookSecret: undefined,
    http: { host: '0.0.0.0', port: 8080 },
    https: { host: '0.0.0.0', port: 8443 },
    mtls: { host: '0.0.0.0', port: 8444 },
    tftp: { host: '0.0.0.0', port: 6969 },
    workers: 1,
    admin: { host: '127.0.0.1', port: 3000 },
    adminUrl: undefined,
    adminCert: undefined,
    adminKey: undefined,
    oidcIssuer: undefined,
    oidcClientId: undefined,
    oidcClientSecret: undefined,
    pnp: 'off',
    publicUrl: undefined,
    trustedProxies: [],
    tlsPolicy: { https: 'modern', mtls: 'modern' },
    templates: undefined,
    firmware: resolve('firmware'),
    certs: resolve('certs'),
    key: undefined,
    keyFile: resolve('data/bootline.key'),
    logLevel: 'info',
  })
})

test('an empty variable counts as absent', () => {
  expect(settings({ BOOTLINE_HTTP: '', BOOTLINE_DATA: '  ' })).toEqual(settings({}))
})

test('the key file follows the data folder until it has a place of its own', () => {
  expect(settings({ BOOTLINE_DATA: '/srv/bootline' }).keyFile).toBe('/srv/bootline/bootline.key')
  expect(settings({ BOOTLINE_DATA: '/srv/bootline', BOOTLINE_KEY_FILE: '/run/key' }).keyFile).toBe('/run/key')
})

test.each([
  ['10.0.0.1:80', { host: '10.0.0.1', port: 80 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  ['[2001:db8::1]:65535', { host: '2001:db8::1', port: 65_535 }],
  ['9000', { host: '127.0.0.1', port: 9000 }],
  ['OFF', 'off'],
])('a listener is written %s', (text, address) => {
  expect(settings({ BOOTLINE_ADMIN: text }).admin).toEqual(address)
})

test.each(['0', '-1', '65', '1.5', 'many', '2 workers'])('%s is no number of worker processes', (text) => {
  expect(readSettings({ BOOTLINE_WORKERS: text })).toEqual({
    problems: [
      {
        name: 'BOOTLINE_WORKERS',
        wrong: `"${text}" is no such number`,
        right: 'a whole number from 1 to 64',
      },
    ],
  })
})

test('a TLS policy is for both listeners, or for each by its name', () => {
  const policy = (text: string) => settings({ BOOTLINE_TLS_POLICY: text }).tlsPolicy
  expect(policy('legacy')).toEqual({ https: 'legacy', mtls: 'legacy' })
  expect(policy('https=legacy')).toEqual({ https: 'legacy', mtls: 'modern' })
  expect(policy('HTTPS=modern, mtls=legacy')).toEqual({ https: 'modern', mtls: 'legacy' })
  expect(problems({ BOOTLINE_TLS_POLICY: 'http=legacy' })).toHaveLength(1)
})

test.each(['65536', 'host:', ':80', '::1:80', '[nowhere]:80', 'a b:80', '-1', '0x50', 'on', 'http://a:80'])(
  'a listener is not written %s',
  (text) => {
    const [problem, ...more] = problems({ BOOTLINE_TFTP: text })
    expect(more).toEqual([])
    expect(problem?.wrong).toContain(text)
    expect(problem?.right).toContain('host:port')
  },
)

test('every address that is shown can be given back', () => {
  const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain())
  fc.assert(
    fc.property(host, fc.nat(65_535), (name, port) => {
      const address = { host: name, port }
      expect(settings({ BOOTLINE_TFTP: writtenAddress(address) }).tftp).toEqual(address)
    }),
  )
})

test('the public URL ends in a slash and holds nothing but the way here', () => {
  expect(settings({ BOOTLINE_PUBLIC_URL: 'https://prov.example.net/p' }).publicUrl).toBe(
    'https://prov.example.net/p/',
  )
  for (const text of ['prov.example.net', 'tftp://a/', 'https://a/?b', 'https://a/#b']) {
    expect(problems({ BOOTLINE_PUBLIC_URL: text })).toHaveLength(1)
  }
  const [problem] = problems({ BOOTLINE_PUBLIC_URL: 'https://user:hunter2@a/' })
  expect(problem?.wrong).toBe('it holds a user or a password')
  expect(JSON.stringify(problem)).not.toContain('hunter2')
})

test('networks: an address alone is a network of one', () => {
  expect(
    settings({ BOOTLINE_TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1 2001:db8::/32,::1' }).trustedProxies,
  ).toEqual(['10.0.0.0/8', '192.0.2.1/32', '2001:db8::/32', '::1/128'])
  for (const text of ['10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/', '10.0.0.0/8/8', 'proxy']) {
    expect(problems({ BOOTLINE_TRUSTED_PROXIES: text })[0]?.wrong).toContain(text)
  }
})

test('a key is 32 bytes in any of its writings, and no error repeats it', () => {
  const bytes = Buffer.alloc(32, 0xfb)
  for (const text of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]) {
    expect(Buffer.from(settings({ BOOTLINE_KEY: text }).key ?? [])).toEqual(bytes)
    expect(JSON.stringify(readSettings({ BOOTLINE_KEY: text }))).toContain('(set, not shown)')
  }
  const found = problems({ BOOTLINE_KEY: 'too-short-secret' })
  expect(found).toEqual([expect.objectContaining({ name: 'BOOTLINE_KEY', wrong: 'it is not a key' })])
  expect(JSON.stringify(found)).not.toContain('too-short-secret')
})

test('a provider needs a name for Bootline, a way back, and TLS unless it is this very machine', () => {
  const issuer = { BOOTLINE_OIDC_ISSUER: 'https://login.example.net/' }
  const missing = (env: Record<string, string>) => problems(env).map(({ name }) => name)
  expect(missing(issuer)).toEqual(['BOOTLINE_OIDC_CLIENT_ID', 'BOOTLINE_ADMIN_URL'])
  expect(missing({ BOOTLINE_OIDC_CLIENT_SECRET: 'hush' })).toHaveLength(3)
  const whole = {
    ...issuer,
    BOOTLINE_OIDC_CLIENT_ID: 'bootline',
    BOOTLINE_ADMIN_URL: 'https://admin.example.net',
  }
  expect(settings(whole)).toMatchObject({
    oidcIssuer: 'https://login.example.net/',
    adminUrl: 'https://admin.example.net/',
  })
  expect(missing({ ...whole, BOOTLINE_OIDC_ISSUER: 'http://login.example.net/' })).toEqual([
    'BOOTLINE_OIDC_ISSUER',
  ])
  expect(missing({ ...whole, BOOTLINE_OIDC_ISSUER: 'http://127.0.0.1:9/' })).toEqual([])
  const [fault] = problems({ ...whole, BOOTLINE_OIDC_CLIENT_SECRET: 'two words' })
  expect(JSON.stringify(fault)).not.toContain('two words')
})

test('a key and a key file contradict each other', () => {
  const both = { BOOTLINE_KEY: 'ab'.repeat(32), BOOTLINE_KEY_FILE: '/run/key' }
  expect(problems(both)).toEqual([
    { name: 'BOOTLINE_KEY_FILE', wrong: 'a key is given by BOOTLINE_KEY too', right: 'set one of them' },
  ])
})

test('two listeners on one port contradict each other, unless their hosts or protocols differ', () => {
  expect(problems({ BOOTLINE_HTTP: '8443' })).toEqual([
    {
      name: 'BOOTLINE_HTTPS',
      wrong: 'BOOTLINE_HTTP listens there too',
      right: 'give each a port of its own',
    },
  ])
  expect(problems({ BOOTLINE_ADMIN: '127.0.0.1:8080' }).map(({ name }) => name)).toEqual(['BOOTLINE_ADMIN'])
  settings({ BOOTLINE_TFTP: '8080' })
  settings({ BOOTLINE_HTTP: '10.0.0.1:80', BOOTLINE_HTTPS: '10.0.0.2:80' })
  settings({ BOOTLINE_HTTP: '0', BOOTLINE_HTTPS: '0' })
})

test('what gives accounts away needs a token, and what is told a signature', () => {
  const long = 'a-token-that-nobody-guesses'
  expect(problems({ BOOTLINE_REGISTRAR: '3001' }).map(({ name }) => name)).toEqual([
    'BOOTLINE_REGISTRAR_TOKEN',
  ])
  expect(problems({ BOOTLINE_WEBHOOK_URL: 'https://crm.example.net/x' }).map(({ name }) => name)).toEqual([
    'BOOTLINE_WEBHOOK_SECRET',
  ])
  const short = problems({ BOOTLINE_REGISTRAR: '3001', BOOTLINE_REGISTRAR_TOKEN: 'Zq8-short' })
  expect(short).toHaveLength(1)
  expect(JSON.stringify(short)).not.toContain('Zq8')
  expect(problems({ BOOTLINE_REGISTRAR: '3000', BOOTLINE_REGISTRAR_TOKEN: long })).toHaveLength(1)
  expect(settings({ BOOTLINE_REGISTRAR: '3001', BOOTLINE_REGISTRAR_TOKEN: long }).registrar).toEqual({
    host: '127.0.0.1',
    port: 3001,
  })
})

test('a misspelt name is an error that says what was meant; the tests have names of their own', () => {
  expect(
    problems({ BOOTLINE_HTPP: '80', BOOTLINE_XYZZY_PLUGH: '1', BOOTLINE_TEST_COMPLETE: '1', PATH: '/' }),
  ).toEqual([
    { name: 'BOOTLINE_HTPP', wrong: 'there is no such setting', right: 'did you mean BOOTLINE_HTTP?' },
    {
      name: 'BOOTLINE_XYZZY_PLUGH',
      wrong: 'there is no such setting',
      right: 'bootline settings lists those there are',
    },
  ])
})

test('all faults come at once', () => {
  const env = {
    BOOTLINE_HTTP: 'x',
    BOOTLINE_LOG_LEVEL: 'loud',
    BOOTLINE_TLS_POLICY: 'old',
    BOOTLINE_KEY: '1',
  }
  expect(problems(env).map(({ name }) => name)).toEqual(Object.keys(env).sort(inTableOrder))
})

test('what is shown says where each value comes from', () => {
  const reading = readSettings({ BOOTLINE_HTTP: '[::]:80' })
  const shown = 'shown' in reading ? reading.shown : []
  expect(shown.find(({ name }) => name === 'BOOTLINE_HTTP')).toMatchObject({
    value: '[::]:80',
    origin: 'environment',
  })
  expect(shown.find(({ name }) => name === 'BOOTLINE_ADMIN')).toMatchObject({
    value: '127.0.0.1:3000',
    origin: 'default',
  })
})

function inTableOrder(a: string, b: string): number {
  const order = ['BOOTLINE_HTTP', 'BOOTLINE_TLS_POLICY', 'BOOTLINE_KEY', 'BOOTLINE_LOG_LEVEL']
  return order.indexOf(a) - order.indexOf(b)
}

function settings(env: Record<string, string>): Settings {
  const reading = readSettings(env)
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems))
  return reading.settings
}

function problems(env: Record<string, string>): readonly SettingProblem[] {
  const reading = readSettings(env)
  return 'problems' in reading ? reading.problems : []
}
