import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { bootline, dataFolder, started } from './running.ts'

const sample = 'examples/toine-immo.yaml'
const token = 'a-token-of-the-registrar-1234'

function hashOf(file: string, username: string): unknown {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare('select ha1 from subscriber where username = ?').pluck().get(username)
  } finally {
    db.close()
  }
}

test('a verb that changes the fleet lets the SIP server know at once', () => {
  const data = dataFolder()
  const file = join(dataFolder(), 'registrar.db')
  vi.stubEnv('BOOTLINE_REGISTRAR_DATABASE', file)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(bootline(data, ['apply', sample, '--yes'])).toMatchObject({
    status: 0,
    stderr: expect.not.stringContaining('SIP server'),
  })
  const before = hashOf(file, '33483050190')
  expect(before).toMatch(/^[0-9a-f]{32}$/)
  // The line lost its handset: whoever has that still must not register with it.
  expect(bootline(data, ['unlink', '80:5e:c0:11:22:33', '--yes']).status).toBe(0)
  expect(hashOf(file, '33483050190')).not.toBe(before)
})

test('a SIP server that cannot be told does not undo the change, and is told the next time', () => {
  const data = dataFolder()
  const folder = dataFolder()
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('BOOTLINE_REGISTRAR_DATABASE', join(folder, 'missing', 'registrar.db'))
  expect(bootline(data, ['apply', sample, '--yes'])).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('does not know of this yet'),
  })
  const file = join(folder, 'registrar.db')
  vi.stubEnv('BOOTLINE_REGISTRAR_DATABASE', file)
  expect(bootline(data, ['apply', sample, '--yes'])).toMatchObject({
    status: 0,
    stderr: expect.not.stringContaining('SIP server'),
  })
  expect(hashOf(file, '33483050190')).toBeDefined()
})

test('a server answers SIP servers and sends what was written while it did not run', async () => {
  const data = dataFolder()
  const receiver = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void receiver.close())
  const received = new Promise<string>((resolve) => {
    receiver.on('request', (request, response) => {
      request.on('data', (piece: Buffer) => resolve(piece.toString('utf8')))
      request.on('end', () => response.end())
    })
  })
  await once(receiver, 'listening')
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('BOOTLINE_WEBHOOK_URL', `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`)
  vi.stubEnv('BOOTLINE_WEBHOOK_SECRET', token)
  expect(bootline(data, ['apply', sample, '--yes']).status).toBe(0)

  for (const name of ['HTTP', 'HTTPS', 'MTLS', 'TFTP', 'SIP', 'ADMIN']) vi.stubEnv(`BOOTLINE_${name}`, 'off')
  vi.stubEnv('BOOTLINE_REGISTRAR', '0')
  vi.stubEnv('BOOTLINE_REGISTRAR_TOKEN', token)
  vi.stubEnv('BOOTLINE_CERTS', join(data, 'certs'))
  const { child, ended } = started(data, ['serve', '--json'])
  let said = ''
  const serving = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => {
      said += text
      if (said.includes('\n}\n')) resolve()
    })
  })
  await serving
  const address = (JSON.parse(said) as { listening: { registrar: string } }).listening.registrar
  const response = await fetch(`http://${address}/accounts?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(response.status).toBe(200)
  expect(await received).toContain('accounts.changed')
  child.kill('SIGTERM')
  const { status, stderr } = await ended
  expect(status).toBe(0)
  expect(stderr).not.toContain(token)
})
