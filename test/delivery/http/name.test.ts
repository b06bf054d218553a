import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestedName } from '../../../src/delivery/http/name.ts'

test.each([
  ['/001565aabbcc.cfg', '001565aabbcc.cfg'],
  ['/a/b/c.xml', 'a/b/c.xml'],
  ['//a///b.cfg', 'a/b.cfg'],
  ['/./a/./b.cfg', 'a/b.cfg'],
  ['/a/', 'a'],
  ['/', ''],
  ['', ''],
  ['/a.cfg?b=/../c', 'a.cfg'],
  ['/a.cfg#b', 'a.cfg'],
  ['/a.cfg?', 'a.cfg'],
  ['http://server/a.cfg', 'a.cfg'],
  ['HTTPS://server:8443/a/b.cfg?c', 'a/b.cfg'],
  ['http://server', ''],
  ['/with%20space.cfg', 'with space.cfg'],
  ['/caf%C3%A9.cfg', 'café.cfg'],
  ['/%61.cfg', 'a.cfg'],
  ['/a%2Fb.cfg', 'a/b.cfg'],
  ['/a%252eb', 'a%2eb'],
  ['/a%3Fb', 'a?b'],
  ['/a\\b.cfg', 'a/b.cfg'],
  ['/...', '...'],
  ['/.hidden', '.hidden'],
  ['/a..b', 'a..b'],
  [`/${'a'.repeat(255)}`, 'a'.repeat(255)],
])('%s means %s', (target, name) => {
  expect(requestedName(target)).toBe(name)
})

test.each([
  '/..',
  '/../etc/passwd',
  '/a/../b',
  '/%2e%2e/a',
  '/.%2E/a',
  '/a%2F..%2Fb',
  '/..\\a',
  '/a\\..\\b',
  '/%5c..%5ca',
  '/a%00.cfg',
  '/a%0d%0ab',
  '/a%7fb',
  '/a%C2%85b',
  '/%',
  '/%zz',
  '/%ff%fe',
  '/%c0%ae%c0%ae/a',
  'http://server/../a',
  `/${'a'.repeat(256)}`,
  `/${'%61'.repeat(256)}`,
])('%s is no name', (target) => {
  expect(requestedName(target)).toBeUndefined()
})

test('no name climbs, begins with a slash or holds what a file system minds', () => {
  const part = fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    '%2e',
    '%2F',
    '%5C',
    '%00',
    '%',
    'a',
    'http://x',
    '?',
    '#',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 12 }), (parts) => {
      const name = requestedName(parts.join(''))
      if (name === undefined) return
      expect(name.split('/')).not.toContain('..')
      expect(name).not.toMatch(/^\/|\/\/|\\/)
      expect([...name].every((char) => char >= ' ' && char !== '\x7f')).toBe(true)
      expect(name.length).toBeLessThanOrEqual(255)
    }),
    { numRuns: 2000 },
  )
})

test('a clean path is its own name', () => {
  const segment = fc.stringMatching(/^[a-z0-9_-][a-z0-9_.-]{0,20}$/)
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
      expect(requestedName(`/${segments.join('/')}`)).toBe(segments.join('/'))
    }),
  )
})
