import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rangeOf } from '../../../src/delivery/http/ranges.ts'
import { ask, curl, start, transports } from './listening.ts'
import { etagOf, fixedPlane, LAST_MODIFIED } from './planes.ts'

const body = '0123456789abcdefghij'
let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-http-'))
  path = join(folder, 'image.rom')
  await writeFile(path, body)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(transports)('over %s', (transport) => {
  describe.each(['memory', 'disk'] as const)('from %s', (kind) => {
    const name = 'file'
    const serve = async () => {
      const plane = fixedPlane({ [name]: kind === 'memory' ? body : { path } })
      return { plane, running: await start(transport, plane) }
    }
    const etag = () => (kind === 'memory' ? etagOf(body) : etagOf(path))

    test('the device that has it is told so, and has it', async () => {
      const { plane, running } = await serve()
      const {
        status,
        headers,
        body: got,
      } = await ask(running, '/file', {
        headers: { 'If-None-Match': etag() },
      })
      expect({ status, length: got.length }).toEqual({ status: 304, length: 0 })
      expect(headers).toMatchObject({ etag: etag(), 'last-modified': LAST_MODIFIED })
      expect(headers.date).toBeDefined()
      expect(headers).not.toHaveProperty('content-length')
      expect(plane.outcomes).toEqual([{ name, status: 304, bytes: 0, complete: true }])
    })

    test.each<[string, (tag: string) => Record<string, string>, number]>([
      ['any tag', () => ({ 'If-None-Match': '*' }), 304],
      ['a list of tags', (tag) => ({ 'If-None-Match': `"x", ${tag} , "y"` }), 304],
      ['a weak tag', (tag) => ({ 'If-None-Match': `W/${tag}` }), 304],
      ['a tag without quotes', (tag) => ({ 'If-None-Match': tag.replaceAll('"', '') }), 304],
      ['another tag', () => ({ 'If-None-Match': '"x"' }), 200],
      ['the date it was given', () => ({ 'If-Modified-Since': LAST_MODIFIED }), 304],
      ['a later date', () => ({ 'If-Modified-Since': 'Sun, 15 Mar 2026 00:00:00 GMT' }), 304],
      ['an earlier date', () => ({ 'If-Modified-Since': 'Sat, 14 Mar 2026 15:09:25 GMT' }), 200],
      [
        'the date in the second form',
        () => ({ 'If-Modified-Since': 'Saturday, 14-Mar-26 15:09:26 GMT' }),
        304,
      ],
      ['the date in the third form', () => ({ 'If-Modified-Since': 'Sat Mar 14 15:09:26 2026' }), 304],
      ['a date with a length', () => ({ 'If-Modified-Since': `${LAST_MODIFIED}; length=20` }), 304],
      ['no date', () => ({ 'If-Modified-Since': 'yesterday' }), 200],
      ['a number', () => ({ 'If-Modified-Since': '0' }), 200],
      ['a date far ahead', () => ({ 'If-Modified-Since': 'Sat, 01 Jan 2124 00:00:00 GMT' }), 200],
      [
        'another tag and the date',
        () => ({ 'If-None-Match': '"x"', 'If-Modified-Since': LAST_MODIFIED }),
        200,
      ],
      [
        'the tag and an old date',
        (tag) => ({
          'If-None-Match': tag,
          'If-Modified-Since': 'Sat, 14 Mar 2020 15:09:25 GMT',
        }),
        304,
      ],
      ['the tag and a range', (tag) => ({ 'If-None-Match': tag, Range: 'bytes=0-1' }), 304],
    ])('%s', async (_what, headers, status) => {
      const { running } = await serve()
      for (const method of ['GET', 'HEAD']) {
        expect((await ask(running, '/file', { method, headers: headers(etag()) })).status).toBe(status)
      }
    })

    test.each<[string, string, string]>([
      ['bytes=0-3', '0123', 'bytes 0-3/20'],
      ['bytes=5-5', '5', 'bytes 5-5/20'],
      ['bytes=15-', 'fghij', 'bytes 15-19/20'],
      ['bytes=15-99', 'fghij', 'bytes 15-19/20'],
      ['bytes=-3', 'hij', 'bytes 17-19/20'],
      ['bytes=-99', body, 'bytes 0-19/20'],
      ['Bytes=0-3', '0123', 'bytes 0-3/20'],
    ])('the range %s', async (range, part, place) => {
      const { plane, running } = await serve()
      const reply = await ask(running, '/file', { headers: { Range: range } })
      expect(reply.status).toBe(206)
      expect(reply.body.toString()).toBe(part)
      expect(reply.headers).toMatchObject({
        'content-range': place,
        'content-length': String(part.length),
        etag: etag(),
        'last-modified': LAST_MODIFIED,
      })
      const complete = part === body
      expect(plane.outcomes).toEqual([{ name, status: 206, bytes: part.length, complete }])
    })

    test.each(['bytes=20-', 'bytes=99-100', 'bytes=-0'])('the range %s is outside', async (range) => {
      const { plane, running } = await serve()
      const reply = await ask(running, '/file', { headers: { Range: range } })
      expect(reply.status).toBe(416)
      expect(reply.headers).toMatchObject({ 'content-range': 'bytes */20', 'content-length': '0' })
      expect(plane.outcomes).toEqual([{ name, status: 416, bytes: 0, complete: false }])
    })

    test.each(['bytes=0-1,4-5', 'bytes=3-1', 'lines=0-1', 'bytes=a-b', 'bytes=-', 'bytes', ''])(
      'the range %j is not understood: the whole comes',
      async (range) => {
        const { running } = await serve()
        const reply = await ask(running, '/file', { headers: { Range: range } })
        expect({ status: reply.status, body: reply.body.toString() }).toEqual({ status: 200, body })
      },
    )

    test('a range goes on only with the version it began with', async () => {
      const { running } = await serve()
      const withRange = async (condition: string) => {
        const headers = { Range: 'bytes=10-', 'If-Range': condition }
        return (await ask(running, '/file', { headers })).status
      }
      expect(await withRange(etag())).toBe(206)
      expect(await withRange(LAST_MODIFIED)).toBe(206)
      expect(await withRange('"x"')).toBe(200)
      expect(await withRange(`W/${etag()}`)).toBe(200)
      expect(await withRange('Sat, 14 Mar 2026 15:09:25 GMT')).toBe(200)
    })

    test('HEAD knows no ranges', async () => {
      const { running } = await serve()
      const reply = await ask(running, '/file', { method: 'HEAD', headers: { Range: 'bytes=0-1' } })
      expect({ status: reply.status, length: reply.headers['content-length'] }).toEqual({
        status: 200,
        length: '20',
      })
    })

    test('curl resumes a download and skips one that is current', async () => {
      const { running } = await serve()
      expect((await curl(running, '/file', '-C', '12')).stdout).toMatch(/ 206 [\s\S]*\r\n\r\ncdefghij$/)
      const again = await curl(running, '/file', '-z', LAST_MODIFIED)
      expect(again.stdout).toMatch(/^HTTP\/1\.1 304 Not Modified\r\n/)
    })
  })
})

test('an empty file has no range', () => {
  expect(rangeOf('bytes=0-', 0)).toBe('none')
  expect(rangeOf('bytes=-5', 0)).toBe('none')
})

test('a number beyond all numbers is outside', () => {
  const huge = '9'.repeat(400)
  expect(rangeOf(`bytes=${huge}-`, 20)).toBe('none')
  expect(rangeOf(`bytes=-${huge}`, 20)).toEqual({ from: 0, to: 20 })
})
