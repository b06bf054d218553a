import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { sectionsOf } from '../../src/registrar/asterisk.ts'
import { directoryOf } from '../../src/registrar/freeswitch.ts'
import { startRegistrar } from '../../src/registrar/service.ts'
import type { Account } from '../../src/store/accounts.ts'
import type { Store } from '../../src/store/store.ts'
import { company, largeFleet, line, opened, temporaryFolder } from '../store/support.ts'
import { first, fleet, keeping, listeningLog, second, withPassword } from './support.ts'

const token = 'a-token-of-the-registrar-1234'
const basic = `Basic ${Buffer.from(`registrar:${token}`).toString('base64')}`

async function started() {
  const store: Store = await opened({ folder: await temporaryFolder() })
  const save = keeping(store)
  const { log, told } = listeningLog()
  const settings = {
    registrar: { host: '127.0.0.1', port: 0 },
    registrarToken: token,
    registrarDatabase: undefined,
  }
  const registrar = await startRegistrar({ store, settings, log })
  onTestFinished(() => registrar.close())
  const base = `http://${registrar.address}`
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(base + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
  return { store, save, told, base, ask, address: registrar.address ?? '' }
}

test('an account comes with hashes, and without password', async () => {
  const { store, save, ask } = await started()
  await save(fleet(first, second))
  const response = await ask('/accounts?user=33483050173&domain=sip.example.net')
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const account = await store.accounts.find('33483050173', 'sip.example.net')
  const { ha1b: _, ...shown } = account ?? { ha1b: '' }
  const text = await response.text()
  expect(JSON.parse(text)).toStrictEqual({ accounts: [shown] })
  expect(text).not.toContain('Zq8')
  const none = await ask('/accounts?user=nobody&domain=sip.example.net')
  expect(await none.json()).toStrictEqual({ accounts: [] })
})

test('pages lead through all accounts', async () => {
  const { save, ask } = await started()
  const large = largeFleet(25)
  await save([large])
  const numbers: string[] = []
  let next: number | undefined = 0
  let pages = 0
  while (next !== undefined) {
    const response = await ask(`/accounts?limit=10&after=${next}`)
    const page = (await response.json()) as { accounts: { number: string }[]; next?: number }
    numbers.push(...page.accounts.map(({ number }) => number))
    next = page.next
    pages += 1
  }
  expect(pages).toBe(3)
  expect(numbers).toEqual(large.lines.map(({ number }) => number))
})

test('who asks again is told that nothing changed, until something did', async () => {
  const { save, ask } = await started()
  await save(fleet(first))
  const etag = (await ask('/accounts')).headers.get('etag') ?? ''
  const again = await ask('/accounts', { headers: { 'if-none-match': etag } })
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
  await save(fleet(withPassword(first, 'x')))
  const changed = await ask('/accounts', { headers: { 'if-none-match': etag } })
  expect(changed.status).toBe(200)
  expect(changed.headers.get('etag')).not.toBe(etag)
})

test.each([
  [undefined],
  ['Bearer'],
  ['Bearer wrong'],
  [`Bearer ${token}x`],
  [`Bearer ${token.slice(0, -1)}`],
  [`Basic ${Buffer.from(`admin:${token}`).toString('base64')}`],
  [`Basic ${Buffer.from(token).toString('base64')}`],
  ['Basic ====='],
  [`Digest ${token}`],
])('%s opens nothing, whatever is asked', async (authorization) => {
  const { save, base, told } = await started()
  await save(fleet(first))
  for (const path of ['/accounts', '/freeswitch/directory', '/asterisk/pjsip.conf', '/nothing']) {
    const response = await fetch(
      base + path,
      authorization === undefined ? {} : { headers: { authorization } },
    )
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Basic')
    expect(await response.text()).not.toContain('33483050173')
  }
  expect(told.map(({ level }) => level)).toEqual(['warn'])
  expect(JSON.stringify(told)).not.toContain(token.slice(0, -1))
})

test.each([
  ['/accounts?limit=0', 400],
  ['/accounts?limit=1001', 400],
  ['/accounts?limit=ten', 400],
  ['/accounts?after=-1', 400],
  ['/accounts?user=33483050173', 400],
  ['/', 404],
  ['/constructor', 404],
  ['/accounts/', 404],
])('%s is answered with %i', async (path, status) => {
  const { ask } = await started()
  expect((await ask(path)).status).toBe(status)
})

test('a method that is none of it is refused, and says which are', async () => {
  const { ask } = await started()
  const response = await ask('/accounts', { method: 'POST', body: 'x=1' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('FreeSWITCH gets its user’s entry, over POST and GET, with the hash', async () => {
  const { store, save, ask } = await started()
  await save(fleet(first))
  const form =
    'section=directory&tag_name=domain&key_value=sip.example.net&user=33483050173&domain=sip.example.net'
  const headers = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' }
  const posted = await ask('/freeswitch/directory', { method: 'POST', body: form, headers })
  const asked = await ask(`/freeswitch/directory?${form}`)
  const text = await posted.text()
  expect(await asked.text()).toBe(text)
  expect(posted.headers.get('content-type')).toContain('text/xml')
  const { ha1 } = (await store.accounts.find('33483050173', 'sip.example.net')) ?? { ha1: '' }
  expect(create(text).end({ format: 'object' })).toMatchObject({
    document: {
      '@type': 'freeswitch/xml',
      section: {
        '@name': 'directory',
        domain: {
          '@name': 'sip.example.net',
          user: {
            '@id': '33483050173',
            params: { param: [{ '@name': 'a1-hash', '@value': ha1 }, { '@name': 'dial-string' }] },
            variables: {
              variable: [
                { '@name': 'effective_caller_id_name', '@value': 'Stéphane Biel' },
                { '@name': 'effective_caller_id_number', '@value': '+33483050173' },
              ],
            },
          },
        },
      },
    },
  })
})

test.each([
  'section=directory&user=nobody&domain=sip.example.net',
  'section=directory&user=33483050173&domain=other.example',
  'section=dialplan&user=33483050173&domain=sip.example.net',
  'section=directory&purpose=gateways&profile=internal',
  '',
])('FreeSWITCH that asks %s is told "not found" and goes on', async (form) => {
  const { save, ask } = await started()
  await save(fleet(first))
  const response = await ask('/freeswitch/directory', { method: 'POST', body: form })
  expect(response.status).toBe(200)
  expect(create(await response.text()).end({ format: 'object' })).toStrictEqual({
    document: {
      '@type': 'freeswitch/xml',
      section: { '@name': 'result', result: { '@status': 'not found' } },
    },
  })
})

test('a body that is too long is refused', async () => {
  const { ask, told } = await started()
  const response = await ask('/freeswitch/directory', { method: 'POST', body: 'x'.repeat(100_000) })
  expect(response.status).toBe(413)
  expect(told).toEqual([])
})

test('a body that breaks off is no fault of ours', async () => {
  const { base, told, ask } = await started()
  const broken = request(`${base}/freeswitch/directory`, {
    method: 'POST',
    headers: { authorization: basic, 'content-length': '100' },
  })
  broken.on('error', () => {})
  broken.write('user=')
  await once(broken, 'socket')
  await new Promise((resolve) => broken.socket?.once('connect', resolve))
  broken.destroy()
  expect((await ask('/accounts')).status).toBe(200)
  expect(told).toEqual([])
})

test('what is no HTTP is answered with 400', async () => {
  const { address } = await started()
  const [host = '', port = ''] = address.split(':')
  const socket = connect(Number(port), host)
  const ended = once(socket, 'end')
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString()
  })
  socket.write('NOTIFY sip:x SIP/2.0\r\n\r\n')
  await ended
  expect(answer).toContain('400 Bad Request')
})

test('Asterisk gets endpoint, auth and aor of every account', async () => {
  const { store, save, ask } = await started()
  await save(fleet(first, second))
  const response = await ask('/asterisk/pjsip.conf')
  const { ha1 } = (await store.accounts.find('33483050173', 'sip.example.net')) ?? { ha1: '' }
  const text = await response.text()
  expect(text).toContain(`[33483050173](bootline-endpoint)
type=endpoint
auth=33483050173
aors=33483050173
callerid="Stéphane Biel" <+33483050173>
[33483050173](bootline-auth)
type=auth
auth_type=md5
username=33483050173
realm=sip.example.net
md5_cred=${ha1}
[33483050173](bootline-aor)
type=aor
`)
  expect(text).toContain('[own.user](bootline-endpoint)')
  expect(text).not.toContain('Zq8')
})

test('Asterisk gets all of many accounts', async () => {
  const { save, ask } = await started()
  await save([largeFleet(1001)])
  const text = await (await ask('/asterisk/pjsip.conf')).text()
  expect(text.match(/^type=aor$/gm)).toHaveLength(1001)
})

test('two accounts that Asterisk would take for one are refused, and come by domain', async () => {
  const { save, ask } = await started()
  const own = (number: string, user: string) => line(number, { sip: { user, password: 'x' } })
  await save([
    company('A', { lines: [own('+33483050173', 'reception')] }),
    company('B', {
      sip: { domain: 'b.example', transport: 'udp' },
      lines: [own('+33483050174', 'Reception')],
    }),
  ])
  const refused = await ask('/asterisk/pjsip.conf')
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('?domain=')])
  const one = await ask('/asterisk/pjsip.conf?domain=b.example')
  expect([one.status, await one.text()]).toEqual([200, expect.stringContaining('[Reception]')])
})

test('a user that bears the name of a template does not pass for it', async () => {
  const { save, ask } = await started()
  await save(fleet(line('+33483050173', { sip: { user: 'Bootline-Auth', password: 'x' } })))
  expect((await ask('/asterisk/pjsip.conf')).status).toBe(409)
})

const account: Account = {
  id: 1,
  number: '+33483050173',
  kind: 'fixed',
  company: 'A',
  displayName: '',
  user: 'user',
  domain: 'sip.example.net',
  ha1: 'h',
  ha1b: 'b',
  ha1Sha256: 's',
}

test('no name breaks out of its place', () => {
  const name = fc
    .string({ unit: 'grapheme', maxLength: 80 })
    .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, ''))
  const hostile = fc.constantFrom('"><x/>', `\${system(rm)}`, '" <1>;\\', ']]>', '; comment', '&lt;', '$${x}')
  fc.assert(
    fc.property(fc.array(fc.oneof(name, hostile)), (parts) => {
      const displayName = parts.join(' ')
      const xml = create(directoryOf({ ...account, displayName })).end({ format: 'object' }) as never
      const text = JSON.stringify(xml)
      expect(text.match(/"@name"/g)).toHaveLength(6)
      const [, shown = ''] = /"effective_caller_id_name","@value":"([^"]*)"/.exec(text) ?? []
      expect(shown).not.toMatch(/[${}<>\\]/)
      const lines = sectionsOf({ ...account, displayName }).split('\n')
      expect(lines).toHaveLength(14)
      expect(lines[4]).toMatch(/^callerid="[^"<>;\\]*" <\+33483050173>$/)
    }),
  )
})

test('off is off, and a port that is taken is said plainly', async () => {
  const { store, address } = await started()
  const { log } = listeningLog()
  const off = await startRegistrar({
    store,
    settings: { registrar: 'off', registrarToken: undefined, registrarDatabase: undefined },
    log,
  })
  expect(off.address).toBeUndefined()
  await off.close()
  const [host = '', port = ''] = address.split(':')
  const again = startRegistrar({
    store,
    settings: {
      registrar: { host, port: Number(port) },
      registrarToken: token,
      registrarDatabase: undefined,
    },
    log,
  })
  await expect(again).rejects.toMatchObject({ code: 'cannot-listen', remedy: expect.any(String) })
})
