import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createUploads, uploadLimits } from '../../../src/delivery/uploads.ts'
import { ask, drained, open, read, tftpPut } from './asking.ts'
import { program } from './clients.ts'
import { company, fleet } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

const vvx = '64167fb269d6'
const t54w = '805ec0aa0001'
const keptVvx = '64167f000311'
const keptT46 = '0015654aa937'
const clock = { now: Date.now() }

let certs: string
let running: Running

beforeAll(async () => {
  certs = await temporaryFolder()
  const devices = { [vvx]: 'polycom/vvx-450', [t54w]: 'yealink/t54w' }
  running = await run(fleet(company({ devices }), atelier()), { certs, now: () => clock.now })
})
afterAll(async () => {
  await running.stop()
  await rm(certs, { recursive: true })
})
beforeEach(async () => {
  // A minute of its own for every test, as the limit counts; the window is long enough for all of them.
  clock.now = Math.floor(clock.now / 60_000 + 1) * 60_000
  await kept().forget(vvx)
  for (const mac of [t54w, keptVvx, keptT46]) await kept().forget(mac)
})

/** A company that has what its users change given back. */
function atelier(changes: object = {}): object {
  const devices = { [keptVvx]: 'polycom/vvx-311', [keptT46]: 'yealink/t46g' }
  return { ...company({ name: 'Atelier', devices, from: 33493000000 }), userSettings: 'kept', ...changes }
}

const kept = () => createUploads(join(running.folder, 'uploads'))
const put = (path: string, body: string | Buffer, more: { method?: string; from?: string } = {}) =>
  ask(running.port('http'), { method: 'PUT', path, body, ...more })

describe('logs', () => {
  it('come in pieces and are put together', async () => {
    expect((await put(`/${vvx}-app.log`, 'one\n')).status).toBe(200)
    expect((await put(`/${vvx}-app.log`, 'two\n', { method: 'POST' })).status).toBe(200)
    expect((await put(`/${vvx}-boot.log`, 'other\n')).status).toBe(200)
    expect((await kept().read(vvx, 'log', `${vvx}-app.log`)).toString()).toBe('one\ntwo\n')
    expect((await kept().list(vvx)).map(({ name }) => name).sort()).toEqual([
      `${vvx}-app.log`,
      `${vvx}-boot.log`,
    ])
  })

  it('that come at one moment are all kept', async () => {
    const pieces = Array.from({ length: 20 }, (_, i) => `piece ${i};`)
    const answers = await Promise.all(pieces.map((piece) => put(`/${vvx}-app.log`, piece)))
    expect(answers.map(({ status }) => status)).toEqual(pieces.map(() => 200))
    const log = (await kept().read(vvx, 'log', `${vvx}-app.log`)).toString()
    expect(log.split(';').slice(0, -1).sort()).toEqual(pieces.map((piece) => piece.slice(0, -1)).sort())
  })

  it('lose their beginning when they grow too long', async () => {
    const piece = (letter: string) => Buffer.alloc(uploadLimits.logBytes / 2, letter)
    for (const letter of ['a', 'b', 'c'])
      expect((await put(`/${vvx}-app.log`, piece(letter))).status).toBe(200)
    const log = await kept().read(vvx, 'log', `${vvx}-app.log`)
    expect(log.equals(Buffer.concat([piece('b'), piece('c')]))).toBe(true)
  })

  it('are as they were where a piece of them cannot be kept', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => rm(folder, { recursive: true }))
    const uploads = createUploads(folder)
    await uploads.save(vvx, 'log', 'app.log', Buffer.from('one\n'))
    // What is in a log's place and is no file takes no piece, and leaves no draft behind.
    await mkdir(join(folder, vvx, 'log~boot.log'))
    await expect(uploads.save(vvx, 'log', 'boot.log', Buffer.alloc(uploadLimits.logBytes))).rejects.toThrow()
    expect((await uploads.read(vvx, 'log', 'app.log')).toString()).toBe('one\n')
    expect((await readdir(join(folder, vvx))).sort()).toEqual(['log~app.log', 'log~boot.log'])
  })

  it('that are long at once keep their end', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => rm(folder, { recursive: true }))
    const uploads = createUploads(folder)
    const whole = Buffer.alloc(uploadLimits.logBytes + 3, 'x').fill('end', uploadLimits.logBytes)
    await uploads.save(vvx, 'log', 'app.log', whole)
    expect((await uploads.read(vvx, 'log', 'app.log')).equals(whole.subarray(3))).toBe(true)
  })

  it('come over TFTP too, by programs and by devices', async () => {
    const file = join(running.folder, 'a log')
    await writeFile(file, 'by curl\n')
    const url = `tftp://127.0.0.1:${running.port('tftp')}/${vvx}-app.log`
    expect((await program('curl', '-s', '-T', file, url)).code).toBe(0)
    const piece = Buffer.alloc(1024, 'x')
    expect(await tftpPut(running.port('tftp'), `${vvx}-app.log`, piece)).toHaveProperty('body')
    expect((await kept().read(vvx, 'log', `${vvx}-app.log`)).toString()).toBe(`by curl\n${piece}`)
  })

  it('are no longer a device’s than a name can be', async () => {
    const name = `${t54w}-${'a'.repeat(230)}.log`
    expect((await put(`/${name}`, 'x')).status).toBe(404)
    expect((await put(`/${t54w}-${'a'.repeat(100)}.log`, 'x')).status).toBe(200)
  })
})

describe('what a user changed on the phone', () => {
  it('replaces what was there, and is never served back', async () => {
    for (const path of [`/${vvx}-phone.cfg`, `/${vvx}-web.cfg`, `/${vvx}-calls.xml`]) {
      expect((await put(path, '<first/>')).status).toBe(200)
      expect((await put(path, '<second/>')).status).toBe(200)
      const got = await ask(running.port('http'), { path })
      expect(got).toMatchObject({ status: 404 })
      expect(got.body.toString()).not.toContain('second')
    }
    expect((await kept().read(vvx, 'overrides', `${vvx}-phone.cfg`)).toString()).toBe('<second/>')
    expect((await put(`/prov/${t54w}-local.cfg`, '#!version:1.0.0.1')).status).toBe(200)
    expect((await ask(running.port('http'), { path: `/prov/${t54w}-local.cfg` })).status).toBe(404)
  })

  it('does not take the place of the directory that is rendered', async () => {
    const before = await ask(running.port('http'), { path: `/${vvx}-directory.xml` })
    expect((await put(`/${vvx}-directory.xml`, '<mine/>')).status).toBe(200)
    const after = await ask(running.port('http'), { path: `/${vvx}-directory.xml` })
    expect(after.body.equals(before.body)).toBe(true)
    expect((await kept().read(vvx, 'directory', `${vvx}-directory.xml`)).toString()).toBe('<mine/>')
  })
})

describe('bounds', () => {
  const tooMuch = Buffer.alloc(uploadLimits.bytes + 1, 'x')

  it('one upload is not too large, announced or not', async () => {
    expect((await put(`/${vvx}-phone.cfg`, 'small')).status).toBe(200)
    expect((await put(`/${vvx}-phone.cfg`, tooMuch)).status).toBe(413)
    const socket = open(running.port('http'))
    const answer = drained(socket)
    socket.write(
      `PUT /${vvx}-phone.cfg HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`,
    )
    socket.write(`${tooMuch.length.toString(16)}\r\n`)
    socket.write(tooMuch)
    socket.write('\r\n0\r\n\r\n')
    expect(read(await answer).status).toBe(413)
    expect(await tftpPut(running.port('tftp'), `${vvx}-phone.cfg`, tooMuch)).toEqual({ error: 3 })
    expect((await kept().read(vvx, 'overrides', `${vvx}-phone.cfg`)).toString()).toBe('small')
  })

  it('one that is cut half-way leaves nothing', async () => {
    const socket = open(running.port('http'))
    socket.write(
      `PUT /${vvx}-phone.cfg HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n`,
    )
    const [told] = (await once(socket, 'data')) as [Buffer]
    expect(told.toString()).toContain('100 Continue')
    socket.write(Buffer.alloc(50_000, 'x'), () => socket.destroy())
    await once(socket, 'close')
    expect((await put(`/${vvx}-app.log`, 'whole')).status).toBe(200)
    expect(await readdir(join(running.folder, 'uploads', vvx))).toEqual([`log~${vvx}-app.log`])
  })

  it('a device sends so many a minute, and no other has to wait for it', async () => {
    for (let i = 0; i < uploadLimits.perMinute; i++) {
      expect((await put(`/${vvx}-app.log`, 'x')).status).toBe(200)
    }
    clock.now += 60_000
    for (let i = 0; i < uploadLimits.perMinute; i++) {
      expect((await put(`/${vvx}-app.log`, 'x')).status).toBe(200)
    }
    expect((await put(`/${vvx}-app.log`, 'x')).status).toBe(403)
    expect(await tftpPut(running.port('tftp'), `${vvx}-app.log`, Buffer.from('x'))).toEqual({ error: 2 })
    expect((await put(`/${t54w}-sys.log`, 'x')).status).toBe(200)
    expect((await kept().read(vvx, 'log', `${vvx}-app.log`)).length).toBe(2 * uploadLimits.perMinute)
  })

  it('a device has so many files', async () => {
    for (let i = 0; i < uploadLimits.filesPerDevice + 5; i++) {
      expect((await put(`/${t54w}-${i}.log`, 'x')).status).toBe(200)
    }
    const names = (await kept().list(t54w)).map(({ name }) => name)
    expect(names).toHaveLength(uploadLimits.filesPerDevice)
    expect(names).toContain(`${t54w}-${uploadLimits.filesPerDevice + 4}.log`)
  })
})

describe('an unknown device', () => {
  it.each(['-app.log', '-phone.cfg', '-local.cfg', '-calls.xml', '-directory.xml'])(
    'is refused as any other is: %s',
    async (ending) => {
      const got = await put(`/64167f777777${ending}`, 'x', { from: '127.0.5.1' })
      const known = await put(`/${vvx}${ending}`, 'x', { from: '127.0.5.2' })
      expect([got.status, known.status]).toEqual([401, 401])
      expect(await tftpPut(running.port('tftp'), `64167f777777${ending}`, Buffer.from('x'))).toEqual({
        error: 1,
      })
      expect(await readdir(join(running.folder, 'uploads')).catch(() => [])).not.toContain('64167f777777')
    },
  )
})

describe('what a user changed, in a company that keeps it', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(running.port('http'), { path, headers })

  it.each([
    [`/${keptVvx}-phone.cfg`, 'application/octet-stream'],
    [`/${keptVvx}-calls.xml`, 'application/xml; charset=utf-8'],
    [`/prov/${keptT46}-local.cfg`, 'application/octet-stream'],
    [`/prov/${keptT46}-contact.xml`, 'application/xml; charset=utf-8'],
  ])('is given back as it came last: %s', async (path, type) => {
    expect((await get(path)).status).toBe(404)
    for (const body of ['<first/>', 'second \xe9'])
      expect((await put(path, Buffer.from(body, 'latin1'))).status).toBe(200)
    const got = await get(path)
    expect(got.status).toBe(200)
    expect(got.body.equals(Buffer.from('second \xe9', 'latin1'))).toBe(true)
    const headers = Object.entries(got.headers).map(([name, value]) => [name.toLowerCase(), value])
    const { etag, 'content-type': contentType } = Object.fromEntries(headers)
    expect(contentType).toBe(type)
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(304)
    expect((await put(path, 'third')).status).toBe(200)
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(200)
  })

  it('never takes the place of a rendered file, and is no log', async () => {
    const before = await get(`/${keptVvx}-directory.xml`)
    expect((await put(`/${keptVvx}-directory.xml`, '<mine/>')).status).toBe(200)
    expect((await get(`/${keptVvx}-directory.xml`)).body.equals(before.body)).toBe(true)
    expect((await put(`/${keptVvx}-app.log`, 'x')).status).toBe(200)
    expect((await get(`/${keptVvx}-app.log`)).status).toBe(404)
  })

  it('is given as long as the company says so', async () => {
    const path = `/${keptVvx}-phone.cfg`
    await put(path, 'mine')
    await running.apply(fleet({ name: 'Atelier', userSettings: 'ignored' }))
    await expect.poll(async () => (await get(path)).status).toBe(404)
    await running.apply(fleet({ name: 'Atelier', userSettings: 'kept' }))
    await expect.poll(async () => (await get(path)).status).toBe(200)
  })

  it('is gone with the link, and no later one brings it back', async () => {
    const path = `/${keptVvx}-phone.cfg`
    const names = async () => (await kept().list(keptVvx)).map(({ name }) => name)
    for (const each of [path, `/${keptVvx}-calls.xml`, `/${keptVvx}-app.log`]) await put(each, 'mine')
    expect((await get(path)).status).toBe(200)
    await running.apply(fleet(atelier({ lines: [{ ...line(keptVvx), equipment: null }] })))
    await expect.poll(names).toEqual([`${keptVvx}-app.log`])
    expect((await get(path)).status).toBe(404)
    // As when it was unlinked and linked again while no service ran.
    await kept().save(keptVvx, 'overrides', `${keptVvx}-phone.cfg`, Buffer.from('mine'))
    await running.apply(fleet(atelier()))
    await expect.poll(async () => (await put(`/${keptVvx}-app.log`, 'x')).status).toBe(200)
    expect(await names()).toContain(`${keptVvx}-phone.cfg`)
    expect((await get(path)).status).toBe(404)
    await put(path, 'of the next one')
    expect((await get(path)).body.toString()).toBe('of the next one')
  })

  function line(mac: string): object {
    const { lines } = atelier() as { lines: { equipment: { mac: string } }[] }
    return lines.find(({ equipment }) => equipment.mac === mac) ?? {}
  }
})
