import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { windowTimes } from '../../../src/domain/window.ts'
import { ask, type Told } from './asking.ts'
import { curl, isMissing, tftpClient, tftpClients } from './clients.ts'
import { company, fleet, passwordOf } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

let certs: string
beforeAll(async () => {
  certs = await temporaryFolder()
})
afterAll(() => rm(certs, { recursive: true }))

const t54w = '805ec0aa0001'
const vvx = '64167fb269d6'
const adapter = '00908f202202'
const devices = { [t54w]: 'yealink/t54w', [vvx]: 'polycom/vvx-450', [adapter]: 'audiocodes/mp-202b' }

async function guarded(settings: Record<string, string> = {}, now?: () => number): Promise<Running> {
  const running = await run(fleet(company({ devices })), { certs, settings, ...(now ? { now } : {}) })
  onTestFinished(() => running.stop())
  return running
}

/** Sources of their own, so that what one did is not held against another. */
let sources = 0
const stranger = (): string => `127.2.${(sources >> 7) & 255}.${1 + (sources++ & 127)}`

/** All that a device hears, but for what differs in every answer. */
function heard({ head, body }: Told): string {
  return head.replace(/nonce="[^"]*"/, 'nonce').replace(/^Date: .*$/m, 'Date') + body.toString('latin1')
}

describe('first contact', () => {
  it('gives the first who asks his files with his account inside, and nobody else anything', async () => {
    const running = await guarded()
    const url = `http://127.0.0.1:${running.port('http')}/${t54w}.cfg`
    const tls = `https://127.0.0.1:${running.port('https')}/${t54w}.cfg`

    const first = await curl('--interface', '127.0.0.2', url)
    expect(first.status).toBe(200)
    expect(first.body).toContain(passwordOf(t54w))
    const account = (await running.store.devices.deviceState(t54w))?.account
    const user = /server\.username = (.+)/.exec(first.body)?.[1] ?? ''
    const password = /server\.password = (.+)/.exec(first.body)?.[1] ?? ''
    expect({ user, password }).toEqual(account)

    expect((await curl('--interface', '127.0.0.3', url)).status).toBe(401)
    expect((await curl('--interface', '127.0.0.2', url)).status).toBe(200)
    expect((await curl('-k', '--interface', '127.0.0.2', tls)).status).toBe(200)

    const signedIn = await curl('--interface', '127.0.0.4', '--digest', '-u', `${user}:${password}`, url)
    expect(signedIn).toMatchObject({ status: 200, body: first.body })
    expect((await curl('--interface', '127.0.0.2', url)).status).toBe(401)
    await expect.poll(async () => (await running.store.devices.deviceState(t54w))?.window).toBeUndefined()

    expect((await curl('-k', '--basic', '-u', `${user}:${password}`, tls)).status).toBe(200)
    expect((await curl('-k', '--basic', '-u', `${user}:${password}x`, tls)).status).toBe(401)
    expect((await curl('--digest', '-u', `${user}:${password}x`, url)).status).toBe(401)
    const other = (await running.store.devices.deviceState(vvx))?.account
    expect((await curl('-k', '--basic', '-u', `${other?.user}:${other?.password}`, tls)).status).toBe(401)
    expect((await curl('--digest', '-u', `${other?.user}:${other?.password}`, url)).status).toBe(401)
    // What is wrong for one device is right for its own.
    const own = url.replace(t54w, `${vvx}-lines`)
    expect((await curl('--digest', '-u', `${other?.user}:${other?.password}`, own)).body).toContain(
      passwordOf(vvx),
    )
  })

  it('lets a source in for a quarter of an hour, and waits for it three days', async () => {
    const clock = { ahead: 0 }
    const running = await guarded({}, () => Date.now() + clock.ahead)
    const port = running.port('http')
    expect((await ask(port, { path: `/${t54w}.boot` })).status).toBe(200)
    clock.ahead = windowTimes.afterContact - 60_000
    expect((await ask(port, { path: `/${t54w}.cfg` })).status).toBe(200)
    clock.ahead = windowTimes.afterContact + 1000
    expect((await ask(port, { path: `/${t54w}.cfg` })).status).toBe(401)
    clock.ahead = windowTimes.open + 1000
    expect((await ask(port, { path: `/${vvx}.cfg` })).status).toBe(401)
  })

  it('of many who ask at one moment one is let in', async () => {
    const running = await guarded()
    const asked = Array.from({ length: 20 }, (_, i) =>
      ask(running.port('http'), { path: `/${t54w}.cfg`, from: `127.0.3.${i + 1}` }),
    )
    const answers = await Promise.all(asked)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19)
  })
})

describe('a known device and an unknown one are told the same', () => {
  const names = (mac: string): string[] =>
    [
      ...['.cfg', '.boot', '.ini', '.conf', '.xml', '-lines.cfg', '-settings.cfg', '-directory.xml'],
      ...['-phone.cfg', '-app.log', '-license.cfg', '-core.gz', '-local.cfg', '-contact.xml', '-ca.pem'],
      ...['_Security.enc', '-speeddial.txt', '-sys.log', '', '.html'],
    ].map((ending) => `/${mac}${ending}`)
  const odd = (mac: string): string[] => [
    `/config${mac.toUpperCase()}`,
    `/MP20x_${mac}.conf`,
    `/prov/${mac}.cfg`,
    `/prov/${mac}-lines.cfg`,
    `/440HD_${mac}_conf.cfg`,
  ]

  it.each([
    [t54w, '805ec0aa7777'],
    [vvx, '64167f777777'],
    [adapter, '00908f777777'],
  ])('%s', async (known, unknown) => {
    const running = await guarded()
    // Whoever was first has it: from here on nobody else does.
    await Promise.all(Object.keys(devices).map((mac) => ask(running.port('http'), { path: `/${mac}.cfg` })))
    for (const [i, path] of [...names(known), ...odd(known)].entries()) {
      const other = [...names(unknown), ...odd(unknown)][i] ?? ''
      for (const method of ['GET', 'HEAD', 'PUT', 'POST']) {
        for (const listener of ['http', 'https'] as const) {
          const more = {
            method,
            ...(listener === 'https' ? { tls: {} } : {}),
            ...(method === 'PUT' ? { body: 'x' } : {}),
          }
          const port = running.port(listener)
          const [one, two] = await Promise.all([
            ask(port, { ...more, path, from: stranger() }),
            ask(port, { ...more, path: other, from: stranger() }),
          ])
          expect(heard(one), `${method} ${path}`).toBe(heard(two))
          expect(one.status).not.toBe(200)
        }
      }
    }
  })

  it('and is asked to sign in the one way its transport allows', async () => {
    const running = await guarded()
    const plain = await ask(running.port('http'), { path: '/805ec0aa7777.cfg', from: stranger() })
    const secure = await ask(running.port('https'), { path: '/805ec0aa7777.cfg', from: stranger(), tls: {} })
    expect(plain.headers['www-authenticate']).toMatch(
      /^Digest realm="devices", nonce="[^"]+", qop="auth", algorithm=MD5$/,
    )
    expect(secure.headers['www-authenticate']).toBe('Basic realm="devices"')
  })
})

describe('TFTP', () => {
  for (const [name, given] of Object.entries(tftpClients)) {
    it.skipIf(isMissing(name))(`${name} gets a file inside a window and none outside`, async () => {
      const clock = { ahead: 0 }
      const running = await guarded({}, () => Date.now() + clock.ahead)
      const port = running.port('tftp')
      expect(await tftpClient(name, given(port, `${t54w}.cfg`))).toContain(passwordOf(t54w))
      expect(await tftpClient(name, given(port, '805ec0aa7777.cfg'))).toBeUndefined()
      clock.ahead = windowTimes.afterContact + 1000
      expect(await tftpClient(name, given(port, `${t54w}.cfg`))).toBeUndefined()
      expect(await tftpClient(name, given(port, 'y000000000096.cfg'))).toContain('#!version')
    })
  }

  it('a window that another address has is none', async () => {
    const running = await guarded()
    expect((await ask(running.port('http'), { path: `/${t54w}.cfg`, from: '127.0.0.2' })).status).toBe(200)
    const given = tftpClients.curl(running.port('tftp'), `${t54w}.cfg`)
    expect(await tftpClient('curl', given)).toBeUndefined()
  })
})

describe('a proxy', () => {
  const proxy = '127.0.0.9'
  const settings = { BOOTLINE_TRUSTED_PROXIES: proxy }

  it('is believed when it says who asks, and nobody else is', async () => {
    const running = await guarded(settings)
    const port = running.port('http')
    const as = (address: string) => ({ path: `/${t54w}.cfg`, headers: { 'X-Forwarded-For': address } })
    expect((await ask(port, { ...as('192.0.2.5'), from: proxy })).status).toBe(200)
    expect((await running.store.devices.deviceState(t54w))?.window?.source).toBe('192.0.2.5')
    expect((await ask(port, { ...as('192.0.2.6'), from: proxy })).status).toBe(401)
    expect((await ask(port, { ...as('192.0.2.5'), from: '127.0.0.8' })).status).toBe(401)
    // What a client invented stands on the left of what the proxy added.
    expect((await ask(port, { ...as('192.0.2.5, 192.0.2.7'), from: proxy })).status).toBe(401)
    expect((await ask(port, { ...as('192.0.2.9, 192.0.2.5'), from: proxy })).status).toBe(200)
  })

  it('is believed when it says that the device came over TLS, and nobody else is', async () => {
    const running = await guarded(settings)
    const asked = {
      path: '/805ec0aa7777.cfg',
      headers: { 'X-Forwarded-For': '192.0.2.5', 'X-Forwarded-Proto': 'https' },
    }
    const port = running.port('http')
    expect((await ask(port, { ...asked, from: proxy })).headers['www-authenticate']).toMatch(/^Basic/)
    expect((await ask(port, { ...asked, from: '127.0.0.8' })).headers['www-authenticate']).toMatch(/^Digest/)
  })
})
