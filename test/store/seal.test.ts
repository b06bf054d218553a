import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeKeyFile, parseKey, readKeyFile } from '../../src/store/key-file.ts'
import { linePassword, sealerOf } from '../../src/store/seal.ts'
import { temporaryFolder } from './support.ts'

const sealer = sealerOf(new Uint8Array(32).fill(7))
const record = linePassword('+33483050173')

test('any secret opens again for its own record, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
      const sealed = sealer.seal(secret, record)
      expect(sealer.open(sealed, record)).toBe(secret)
      expect(sealer.seal(secret, record)).not.toBe(sealed)
      expect(sealed).toMatch(/^v1:[\w-]+$/)
    }),
  )
})

test('a sealed value does not open for another record, under another key, or when it was touched', () => {
  const sealed = sealer.seal('secret', record)
  const wrong = { code: 'store-key-wrong' }
  expect(() => sealer.open(sealed, linePassword('+33483050174'))).toThrow(expect.objectContaining(wrong))
  expect(() => sealerOf(new Uint8Array(32)).open(sealed, record)).toThrow(expect.objectContaining(wrong))
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (const place of bytes.keys()) {
    const touched = Buffer.from(bytes)
    touched[place] = (touched[place] ?? 0) ^ 1
    expect(() => sealer.open(`v1:${touched.toString('base64url')}`, record)).toThrow()
  }
  for (const other of ['', 'v1:', 'v2:abc', 'secret', sealed.slice(0, -4)]) {
    expect(() => sealer.open(other, record)).toThrow(expect.objectContaining(wrong))
  }
})

test('a key file is made once, for its owner alone, by however many begin together', async () => {
  const file = join(await temporaryFolder(), 'bootline.key')
  expect(await readKeyFile(file)).toBeUndefined()
  const keys = await Promise.all(Array.from({ length: 8 }, () => makeKeyFile(file)))
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1)
  expect(keys[0]).toHaveLength(32)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readKeyFile(file)).toEqual(keys[0])
})

test('a key is read from hex and base64url, and nothing else is a key', async () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i))
  expect(parseKey(key.toString('hex').toUpperCase(), 'it')).toEqual(key)
  expect(parseKey(` ${key.toString('base64url')}\n`, 'it')).toEqual(key)
  for (const text of ['', 'short', `${key.toString('hex')}0`, key.toString('base64url').slice(1)]) {
    expect(() => parseKey(text, 'it')).toThrow(expect.objectContaining({ code: 'store-key-wrong' }))
  }
})

test('an error about a key file never shows what is in it', async () => {
  const file = join(await temporaryFolder(), 'bootline.key')
  await writeFile(file, 'almost-a-key', { mode: 0o600 })
  const error = await readKeyFile(file).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'store-key-wrong' })
  expect(JSON.stringify([String(error), error])).not.toContain('almost')
  expect(await readFile(file, 'utf8')).toBe('almost-a-key')
})
