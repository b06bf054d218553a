import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { makePhone, type VirtualPhone } from '../../src/simulate/phone.ts'
import { fleetOf } from './fleets.ts'
import { proxyTo } from './proxy.ts'
import { type Server, serverWith } from './server.ts'

const ids = [
  'polycom/vvx-450',
  'polycom/soundpoint-ip-550',
  'yealink/t54w',
  'yealink/t28p',
  'audiocodes/c450hd',
  'audiocodes/mp-118',
]
const signal = new AbortController().signal
let server: Server

beforeAll(async () => {
  const models = ids.flatMap((id) => catalogue.find(id) ?? [])
  server = await serverWith(fleetOf(models), { BOOTLINE_HTTPS: '127.0.0.1:0' })
})

afterAll(() => server.close())

function phone(id: string, url: URL): VirtualPhone {
  const wanted = server.wanted.find(({ intent }) => intent.model.id === id)
  if (!wanted) throw new Error(`${id} is not in the fleet`)
  return makePhone(wanted, url, {})
}

/** What it asks at one start, as `GET name`. */
async function asks(id: string): Promise<readonly string[]> {
  const proxy = await proxyTo(server.http, {})
  const one = phone(id, proxy.url)
  const { mac } = one.hardware
  expect((await one.boot(signal)).outcome).toBe('ok')
  return proxy.asked.map(
    ({ method, path }) =>
      `${method} ${path.slice(1).replace(new RegExp(mac, 'i'), (found) => (found === mac ? 'mac' : 'MAC'))}`,
  )
}

test('asks in the order of its maker', async () => {
  expect(await asks('polycom/vvx-450')).toEqual([
    'PUT mac-boot.log',
    'GET mac.cfg',
    'GET mac.cfg',
    'GET mac-lines.cfg',
    'GET mac-settings.cfg',
    'GET mac-phone.cfg',
    'GET mac-web.cfg',
    'GET 000000000000-license.cfg',
    'GET mac-license.cfg',
    'GET mac-calls.xml',
    'GET mac-directory.xml',
    'HEAD mac-app.log',
    'PUT mac-app.log',
  ])
  expect(await asks('yealink/t54w')).toEqual([
    'GET mac.boot',
    'GET mac.cfg',
    'GET bootline-ca.pem',
    'GET mac-phonebook.xml',
  ])
  expect((await asks('yealink/t28p')).slice(0, 2)).toEqual(['GET y000000000000.cfg', 'GET mac.cfg'])
  expect(await asks('audiocodes/c450hd')).toEqual(['GET C450HD.img', 'GET MAC.cfg', 'GET mac-ca.pem'])
  expect(await asks('audiocodes/mp-118')).toEqual(['GET MAC.ini'])
})

test('says which of its programs speaks', async () => {
  const proxy = await proxyTo(server.http, {})
  await phone('polycom/vvx-450', proxy.url).boot(signal)
  const agents = [...new Set(proxy.asked.map(({ headers }) => headers['user-agent']))]
  expect(agents).toEqual([
    'FileTransport PolycomVVX-VVX_450-UA/6.4.7.3828 Type/Updater',
    'FileTransport PolycomVVX-VVX_450-UA/6.4.7.4560 Type/Application',
  ])
})

test('a gateway asks whether there is something newer, and lives on what it has', async () => {
  const proxy = await proxyTo(server.http, {})
  const gateway = phone('audiocodes/mp-118', proxy.url)
  expect([(await gateway.boot(signal)).outcome, (await gateway.boot(signal)).outcome]).toEqual(['ok', 'ok'])
  expect(proxy.asked.map(({ headers }) => headers['if-modified-since'] !== undefined).slice(0, 2)).toEqual([
    false,
    true,
  ])
})

test.each(ids)('%s starts over TFTP and over https', async (id) => {
  expect(await phone(id, server.tftp).boot(signal)).toMatchObject({ outcome: 'ok', differences: [] })
  expect(await phone(id, server.https).boot(signal)).toMatchObject({ outcome: 'ok' })
})

test('signs in with the account of its files, once its window is over', async () => {
  const own = await serverWith(fleetOf([catalogue.find('yealink/t54w') ?? never()]))
  try {
    const [wanted = never()] = own.wanted
    const first = makePhone(wanted, own.http, {})
    expect((await first.boot(signal)).outcome).toBe('ok')
    // Another one under its name is not let in from elsewhere, nor is it itself without its account.
    const stranger = makePhone(wanted, own.http, { localAddress: '127.0.0.9' })
    expect(await stranger.boot(signal)).toMatchObject({
      outcome: 'turned away',
      detail: expect.stringContaining('401'),
    })
    let from = '127.0.0.1'
    const moved = await proxyTo(own.http, { from: () => from })
    const known = makePhone(wanted, moved.url, {})
    expect((await known.boot(signal)).outcome).toBe('ok')
    from = '127.0.0.10'
    const already = moved.asked.length
    expect((await known.boot(signal)).outcome).toBe('ok')
    const shown = moved.asked
      .slice(already)
      .map(({ headers: { authorization = 'nothing' } }) => authorization)
    expect(shown[0]).toBe('nothing')
    expect(shown[1]).toMatch(/^Digest username="/)
    expect(new Set(shown.slice(1).map((text) => text.split(' ')[0]))).toEqual(new Set(['Digest']))
    known.reset()
    expect((await known.boot(signal)).outcome).toBe('turned away')
  } finally {
    await own.close()
  }
})

test('comes again when it is told to come later', async () => {
  const refused = new Set<string>()
  const proxy = await proxyTo(server.http, {
    refuse({ path }) {
      if (refused.has(path)) return undefined
      refused.add(path)
      return { 'retry-after': '0.02' }
    },
  })
  const { outcome, askedToWait } = await phone('yealink/t54w', proxy.url).boot(signal)
  expect({ outcome, askedToWait }).toEqual({ outcome: 'ok', askedToWait: refused.size })
})

test.each([
  ['yealink/t54w', /custom\.(protect|sync) = 0/g, 'custom.$1 = 1', /^PUT \/\w{12}-local\.cfg$/],
  ['polycom/vvx-450', /(autoConfigUpload\.enabled)="0"/g, '$1="1"', /^PUT \/\w{12}-phone\.cfg$/],
])('%s keeps at the server what its user changed, once its files allow it', async (id, from, to, upload) => {
  const uploads = async (allowed: boolean): Promise<number> => {
    const proxy = await proxyTo(server.http, { edit: (_, text) => (allowed ? text.replace(from, to) : text) })
    const one = phone(id, proxy.url)
    one.change()
    expect((await one.boot(signal)).outcome).toBe('ok')
    return proxy.asked.filter(({ method, path }) => upload.test(`${method} ${path}`)).length
  }
  expect([await uploads(false), await uploads(true)]).toEqual([0, 1])
})

test('an address nobody answers at', async () => {
  const boot = await phone('yealink/t54w', new URL('http://127.0.0.1:9/')).boot(signal)
  expect(boot).toMatchObject({ outcome: 'unreachable', detail: expect.stringContaining('ECONNREFUSED') })
})

function never(): never {
  throw new Error('it is not there')
}
