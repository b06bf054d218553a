import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { dataFolder, started } from './running.ts'

/** More than the kernel takes in advance. */
const image = Buffer.alloc(24 * 1024 * 1024, 'firmware')

it('lets a device that is in the middle of a file have the rest when it is told to stop', async () => {
  const folder = dataFolder()
  mkdirSync(join(folder, 'firmware'))
  writeFileSync(join(folder, 'firmware', 'T54W-96.86.0.45.rom'), image)
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const name of ['HTTPS', 'MTLS', 'TFTP', 'SIP', 'ADMIN']) vi.stubEnv(`BOOTLINE_${name}`, 'off')
  vi.stubEnv('BOOTLINE_HTTP', '127.0.0.1:0')
  vi.stubEnv('BOOTLINE_CERTS', join(folder, 'certs'))
  vi.stubEnv('BOOTLINE_FIRMWARE', join(folder, 'firmware'))
  const { child, ended } = started(folder, ['serve', '--json'])
  const port = await new Promise<number>((resolve) => {
    let said = ''
    child.stdout?.on('data', (text: string) => {
      said += text
      const http = /"http": "127\.0\.0\.1:(\d+)"/.exec(said)?.[1]
      if (http !== undefined) resolve(Number(http))
    })
  })

  const socket = connect(port, '127.0.0.1')
  socket.write('GET /T54W-96.86.0.45.rom HTTP/1.1\r\nHost: a\r\n\r\n')
  await once(socket, 'readable')
  const stopping = new Promise<void>((resolve) => {
    let log = ''
    child.stderr?.on('data', (text: string) => {
      log += text
      if (log.includes('stopping: what is under way may end')) resolve()
    })
  })
  child.kill('SIGTERM')
  await stopping
  let bytes = 0
  for await (const piece of socket) bytes += (piece as Buffer).length
  expect(bytes).toBeGreaterThanOrEqual(image.length)
  expect((await ended).status).toBe(0)
  const late = connect(port, '127.0.0.1')
  await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED')
})
