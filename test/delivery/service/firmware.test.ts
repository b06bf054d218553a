import { once } from 'node:events'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pattern } from '../tftp/peer.ts'
import { ask, open, tftpGet } from './asking.ts'
import { company, fleet } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

const t54w = '805ec0aa0001'
const userAgent = 'Yealink SIP-T54W 96.86.0.45 80:5e:c0:aa:00:01'
/** Larger than all that the buffers on the way take. */
const image = pattern(12_000_000)

let certs: string
let running: Running

beforeAll(async () => {
  certs = await temporaryFolder()
  running = await run(fleet(company({ devices: { [t54w]: 'yealink/t54w' } })), { certs })
  const firmware = join(running.folder, 'firmware')
  await mkdir(join(firmware, '.hidden'), { recursive: true })
  await mkdir(join(firmware, 'folder.rom'))
  await writeFile(join(firmware, 'T54W-96.86.0.45.rom'), image)
  await writeFile(join(firmware, '.hidden/T54W-96.86.0.1.rom'), 'hidden')
  await writeFile(join(firmware, 'empty.rom'), '')
  await writeFile(join(running.folder, 'T54W-96.86.0.2.rom'), 'beside the folder')
  await mkdir(`${firmware}-elsewhere`)
  await writeFile(join(`${firmware}-elsewhere`, 'T54W-96.86.0.3.rom'), 'in a folder of nearly the same name')
  await symlink(join(running.folder, 'bootline.db'), join(firmware, 'T54W-96.86.0.4.rom'))
  await symlink(`${firmware}-elsewhere`, join(firmware, 'linked'))
  await symlink(join(firmware, 'T54W-96.86.0.45.rom'), join(firmware, 'T54W-96.86.0.46.rom'))
})
afterAll(async () => {
  await running.stop()
  await rm(certs, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(running.port('http'), { path, headers, method, userAgent })

describe('an image', () => {
  it('is served whole, in parts and by its version, over every transport', async () => {
    const whole = await get('/firmware/T54W-96.86.0.45.rom')
    expect(whole.body.equals(image)).toBe(true)
    expect(whole.headers).toMatchObject({ 'content-length': '12000000', 'accept-ranges': 'bytes' })
    const secure = await ask(running.port('https'), { path: '/T54W-96.86.0.45.rom', tls: {} })
    expect(secure.body.equals(image)).toBe(true)
    const part = await get('/T54W-96.86.0.45.rom', { Range: 'bytes=1000-1999' })
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 1000-1999/12000000' } })
    expect(part.body.equals(image.subarray(1000, 2000))).toBe(true)
    const end = await get('/T54W-96.86.0.45.rom', { Range: 'bytes=-10' })
    expect(end.body.equals(image.subarray(-10))).toBe(true)
    expect((await get('/T54W-96.86.0.45.rom', { Range: 'bytes=12000000-' })).status).toBe(416)
    const head = await get('/T54W-96.86.0.45.rom', {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, headers: { etag: whole.headers.etag } })
    expect(head.body.length).toBe(0)
    const same = await get('/T54W-96.86.0.45.rom', { 'If-None-Match': whole.headers.etag ?? '' })
    expect(same.status).toBe(304)
    const told = await tftpGet(running.port('tftp'), '/firmware/T54W-96.86.0.45.rom')
    expect('body' in told && told.body.equals(image)).toBe(true)
    expect((await get('/T54W-96.86.0.46.rom')).body.equals(image)).toBe(true)
    expect(await get('/empty.rom')).toMatchObject({ status: 200, headers: { 'content-length': '0' } })
  })

  it('that a device breaks off is a record, and no harm', async () => {
    const socket = open(running.port('http'), { from: '127.0.6.1' })
    socket.write(`GET /T54W-96.86.0.45.rom HTTP/1.1\r\nHost: x\r\nUser-Agent: ${userAgent}\r\n\r\n`)
    await once(socket, 'data')
    socket.destroy()
    const cut = async () =>
      (await running.store.devices.deliveriesOf(t54w, 100)).find(({ source }) => source === '127.0.6.1')
    await expect
      .poll(cut)
      .toMatchObject({ kind: 'firmware', status: 200, complete: false, version: '96.86.0.45' })
    expect((await cut())?.bytes).toBeLessThan(image.length)
    expect((await get('/T54W-96.86.0.45.rom', { Range: 'bytes=0-0' })).status).toBe(206)
  })

  it('asked by its device tells nothing of who may have the configuration', async () => {
    expect((await get('/T54W-96.86.0.45.rom', { Range: 'bytes=0-0' })).status).toBe(206)
    const window = (await running.store.devices.deviceState(t54w))?.window
    expect(window?.firstContactAt).toBeUndefined()
  })
})

describe('nothing outside the folder is served', () => {
  it.each([
    '/T54W-96.86.0.4.rom',
    '/linked/T54W-96.86.0.3.rom',
    '/../T54W-96.86.0.2.rom',
    '/firmware/../../T54W-96.86.0.2.rom',
    '/%2e%2e/T54W-96.86.0.2.rom',
    '/..%2fT54W-96.86.0.2.rom',
    '/..%5cT54W-96.86.0.2.rom',
    '/%252e%252e%252fT54W-96.86.0.2.rom',
    '/../firmware-elsewhere/T54W-96.86.0.3.rom',
    '/.hidden/T54W-96.86.0.1.rom',
    '/folder.rom',
    '/firmware/',
    '/T54W-96.86.0.45.rom%00.rom',
  ])('%s', async (path) => {
    const got = await get(path)
    expect(got.status).toBe(404)
    expect(got.body.toString()).toBe('not found\n')
    // A name with a zero in it ends there over TFTP: it is another one.
    if (path.includes('%00')) return
    expect(await tftpGet(running.port('tftp'), decodeURIComponent(path))).toEqual({ error: 1 })
  })
})
