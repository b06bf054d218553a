import { describe, expect, it } from 'vitest'
import { createCredentials, credentialsFor } from '../../../src/delivery/access/credentials.ts'
import { digestResponse } from '../../../src/delivery/access/digest.ts'
import { nonceLimits } from '../../../src/delivery/access/nonces.ts'

const request = { method: 'GET', uri: '/64167fb269d6.cfg' }
const accounts = new Map([['phone', { password: 's3cret:with"quotes\\', mac: '64167fb269d6' }]])
const find = (user: string) => accounts.get(user)
const right = { result: 'right', mac: '64167fb269d6' }

/** Credentials under a clock that the test sets. */
function atDesk() {
  const clock = { now: Date.UTC(2026, 0, 1) }
  return { clock, credentials: createCredentials(() => clock.now) }
}

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

interface Said {
  nonce: string
  user?: string
  password?: string
  uri?: string
  method?: string
  count?: string
  old?: boolean
  algorithm?: 'MD5' | 'SHA-256'
  tail?: string
}

/** What a phone answers; the response is by our own formula, which other tests hold against others'. */
function digest(said: Said): string {
  const { user = 'phone', password = 's3cret:with"quotes\\', uri = request.uri, count = '00000001' } = said
  const algorithm = said.algorithm ?? 'MD5'
  const protection = said.old ? {} : { protection: { count, clientNonce: 'c0' } }
  const base = { algorithm, user, realm: 'devices', nonce: said.nonce, uri, ...protection }
  const response = digestResponse(base, said.method ?? 'GET', password)
  const counted = said.old ? '' : `, qop=auth, nc=${count}, cnonce="c0"`
  return `Digest username="${user}", realm="devices", nonce="${said.nonce}", uri="${uri}", algorithm=${algorithm}, response="${response}"${counted}${said.tail ?? ''}`
}

function nonceOf(challenge: string): string {
  return /nonce="([^"]+)"/.exec(challenge)?.[1] ?? ''
}

describe('Basic', () => {
  const { credentials } = atDesk()
  const check = (header: string | string[] | undefined) => credentials.check(header, request, find)

  it('is right', () => expect(check(basic('phone:s3cret:with"quotes\\'))).toEqual(right))
  it('is read in any case', () =>
    expect(check(basic('phone:s3cret:with"quotes\\').replace('Basic', 'bASIC'))).toEqual(right))
  it.each([
    ['a wrong password', basic('phone:nothing')],
    ['an unknown user', basic('nobody:s3cret:with"quotes\\')],
    ['no password', basic('phone:')],
    ['no colon', basic('phone')],
    ['no text', basic('')],
    ['bytes that are no text', `Basic ${Buffer.from([0x70, 0xff, 0x3a, 0x41]).toString('base64')}`],
    ['something after the token', `${basic('phone:s3cret:with"quotes\\')} x`],
    ['too long a header', basic(`phone:${'x'.repeat(3000)}`)],
    ['another scheme', 'Bearer abc'],
    ['nothing', ''],
  ])('is wrong with %s', (_, header) => expect(check(header)).toEqual({ result: 'wrong' }))

  it('is wrong when said twice', () => {
    const header = basic('phone:s3cret:with"quotes\\')
    expect(check([header])).toEqual(right)
    expect(check([header, header])).toEqual({ result: 'wrong' })
  })
  it('is none without a header', () => {
    expect(check(undefined)).toEqual({ result: 'none' })
    expect(check([])).toEqual({ result: 'none' })
  })
  it("is wrong for another's file", () => {
    const checked = check(basic('phone:s3cret:with"quotes\\'))
    expect(credentialsFor(checked, '64167fb269d6')).toBe('right')
    expect(credentialsFor(checked, '64167fb269d7')).toBe('wrong')
    expect(credentialsFor({ result: 'stale' }, '64167fb269d7')).toBe('stale')
  })
})

describe('Digest', () => {
  const { credentials } = atDesk()
  const fresh = () => nonceOf(credentials.challenge('http', { result: 'none' }))
  const check = (header: string) => credentials.check(header, request, find)

  it.each<[string, Partial<Said>]>([
    ['MD5', {}],
    ['SHA-256', { algorithm: 'SHA-256' }],
    ['an old client that counts nothing', { old: true }],
    ['a target with the server in front', { uri: 'http://prov.example.net:8080/64167fb269d6.cfg' }],
    ['an unknown parameter', { tail: ', opaque="x", foo=bar' }],
  ])('is right with %s', (_, said) => expect(check(digest({ nonce: fresh(), ...said }))).toEqual(right))

  it('is right with an escaped user, tokens quoted and odd blanks', () => {
    const quoted = digest({ nonce: fresh() })
      .replace('username="phone"', 'USERNAME = "ph\\one"')
      .replace('qop=auth', 'qop="auth"')
      .replace('algorithm=MD5', 'algorithm="md5"')
      .replaceAll(', ', ' ,\t')
    expect(check(quoted)).toEqual(right)
  })

  it.each<[string, Partial<Said>]>([
    ['a wrong password', { password: 'nothing' }],
    ['an unknown user', { user: 'nobody' }],
    ["another file's target", { uri: '/64167fb269d7.cfg' }],
    ['another method', { method: 'PUT' }],
    ['a parameter said twice', { tail: ', uri="/64167fb269d6.cfg"' }],
    ['a parameter said twice in another case', { tail: ', URI="/64167fb269d6.cfg"' }],
    ['an open quotation', { tail: ', opaque="x' }],
    ['too long a header', { tail: `, opaque="${'x'.repeat(3000)}"` }],
  ])('is wrong with %s', (_, said) => {
    expect(check(digest({ nonce: fresh(), ...said }))).toEqual({ result: 'wrong' })
  })

  it.each(['username', 'realm', 'nonce', 'uri', 'response', 'nc', 'cnonce'])(
    'is wrong without %s',
    (name) => {
      const header = digest({ nonce: fresh() }).replace(new RegExp(`[ ,]+${name}=("[^"]*"|[^,]+)`), ' ')
      expect(header).not.toContain(`${name}=`.padStart(name.length + 2))
      expect(check(header)).toEqual({ result: 'wrong' })
    },
  )

  it.each([
    ['algorithm=MD5-sess', /algorithm=MD5/],
    ['qop=auth-int', /qop=auth/],
    ['nc=1', /nc=\w+/],
    ['realm="other"', /realm="\w+"/],
  ])('is wrong with %s, which is not offered', (written, offered) => {
    expect(check(digest({ nonce: fresh() }).replace(offered, written))).toEqual({ result: 'wrong' })
  })
})

describe('a nonce', () => {
  it('serves again with a higher count, and never twice with the same', () => {
    const { credentials } = atDesk()
    const nonce = nonceOf(credentials.challenge('http', { result: 'none' }))
    const use = (count: string) => credentials.check(digest({ nonce, count }), request, find).result
    expect(['00000001', '00000001', '00000003', '00000002', '00000004'].map(use)).toEqual([
      'right',
      'stale',
      'right',
      'stale',
      'right',
    ])
  })

  it('is stale after its time, and the next challenge says so', () => {
    const { clock, credentials } = atDesk()
    const first = credentials.challenge('http', { result: 'none' })
    clock.now += nonceLimits.lifetime - 1
    expect(credentials.check(digest({ nonce: nonceOf(first) }), request, find)).toEqual(right)
    clock.now += 1
    const late = credentials.check(digest({ nonce: nonceOf(first), count: '00000002' }), request, find)
    expect(late).toEqual({ result: 'stale' })
    expect(first).not.toContain('stale')
    expect(credentials.challenge('http', late)).toMatch(/, stale=true$/)
  })

  it('that is nobody’s is no help, and tells nothing to who does not know the password', () => {
    const { credentials } = atDesk()
    const nonce = nonceOf(atDesk().credentials.challenge('http', { result: 'none' }))
    expect(credentials.check(digest({ nonce }), request, find)).toEqual({ result: 'stale' })
    expect(credentials.check(digest({ nonce, password: 'x' }), request, find)).toEqual({ result: 'wrong' })
    expect(credentials.check(digest({ nonce, user: 'nobody' }), request, find)).toEqual({ result: 'wrong' })
  })

  it('is known to every process that has the key', () => {
    const key = Buffer.alloc(32, 7)
    const [one, two] = [createCredentials(() => 1e12, key), createCredentials(() => 1e12, key)]
    const nonce = nonceOf(one.challenge('http', { result: 'none' }))
    expect(two.check(digest({ nonce }), request, find)).toEqual(right)
  })
})

describe('the challenge', () => {
  const { credentials } = atDesk()

  it('asks nobody for a password in the clear', () => {
    expect(credentials.challenge('http', { result: 'none' })).toMatch(
      /^Digest realm="devices", nonce="[\w-]{43}", qop="auth", algorithm=MD5$/,
    )
  })

  it.each(['https', 'mtls'] as const)('over %s is Basic', (transport) => {
    expect(credentials.challenge(transport, { result: 'none' })).toBe('Basic realm="devices"')
  })

  it('is the same for wrong credentials as for none, but for the nonce', () => {
    const shape = (result: 'none' | 'wrong') =>
      credentials.challenge('http', { result }).replace(/nonce="[^"]+"/, '')
    expect(shape('wrong')).toBe(shape('none'))
  })
})
