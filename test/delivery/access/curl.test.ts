import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CredentialResult, createCredentials } from '../../../src/delivery/access/credentials.ts'
import { nonceLimits } from '../../../src/delivery/access/nonces.ts'
import { makeDeviceAccount } from '../../../src/fleet/passwords.ts'

const run = promisify(execFile)
const account = makeDeviceAccount()
const odd = { user: 'o"dd\\', password: 'pass "word\\:é' }

/** A server that asks as each transport would, by the first part of the path; curl is the phone. */
const clock = { now: Date.now() }
const credentials = createCredentials(() => clock.now)
const results: CredentialResult[] = []
let base = ''

const server = createServer((request, response) => {
  const find = (user: string) =>
    [account, odd].filter((each) => each.user === user).map(({ password }) => ({ password, mac: user }))[0]
  const target = { method: request.method ?? '', uri: request.url ?? '' }
  const check = credentials.check(request.headersDistinct.authorization, target, find)
  results.push(check.result)
  if (check.result === 'right' && target.uri === '/moved') {
    return response.writeHead(302, { location: '/64167fb269d6.cfg' }).end()
  }
  if (check.result === 'right') return response.end('served')
  const asked = credentials.challenge(target.uri.startsWith('/tls') ? 'https' : 'http', check)
  // curl also proves that an answer by SHA-256 would be right, should it ever be offered.
  const header = target.uri.startsWith('/sha') ? asked.replace('MD5', 'SHA-256') : asked
  if (target.uri === '/late' && check.result === 'none') clock.now += nonceLimits.lifetime
  return response.writeHead(401, { 'www-authenticate': header }).end('no')
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

async function curl(...parameters: string[]): Promise<{ answer: string; results: CredentialResult[] }> {
  results.length = 0
  const { stdout } = await run('curl', ['-s', '--noproxy', '*', ...parameters])
  return { answer: stdout, results: [...results] }
}

describe('curl signs in', () => {
  const pair = `${account.user}:${account.password}`

  it.each(['/64167fb269d6.cfg', '/sha/64167fb269d6.cfg', '/a%20b/64167fb269d6.cfg?x=1'])(
    'by Digest for %s',
    async (path) => {
      const done = await curl('--digest', '-u', pair, base + path)
      expect(done).toEqual({ answer: 'served', results: ['none', 'right'] })
    },
  )

  it('by Digest for one file after another, counting upwards', async () => {
    const done = await curl('--digest', '-L', '-u', pair, `${base}/moved`)
    expect(done).toEqual({ answer: 'served', results: ['none', 'right', 'right'] })
  })

  it('by Digest once more when the nonce has had its time', async () => {
    const done = await curl('--digest', '-u', pair, `${base}/late`)
    expect(done).toEqual({ answer: 'served', results: ['none', 'stale', 'right'] })
  })

  it('by Digest with a user and password full of quotes and backslashes', async () => {
    const done = await curl('--digest', '-u', `${odd.user}:${odd.password}`, `${base}/64167fb269d6.cfg`)
    expect(done).toEqual({ answer: 'served', results: ['none', 'right'] })
  })

  it('by Basic', async () => {
    const done = await curl('--basic', '-u', pair, `${base}/tls/64167fb269d6.cfg`)
    expect(done).toEqual({ answer: 'served', results: ['right'] })
  })

  it('by whatever is offered', async () => {
    expect((await curl('--anyauth', '-u', pair, `${base}/tls/x.cfg`)).answer).toBe('served')
    expect((await curl('--anyauth', '-u', pair, `${base}/x.cfg`)).answer).toBe('served')
  })

  it('not with a wrong password', async () => {
    const done = await curl('--digest', '-u', `${account.user}:nothing`, `${base}/64167fb269d6.cfg`)
    expect(done).toEqual({ answer: 'no', results: ['none', 'wrong'] })
  })
})
