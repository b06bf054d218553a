import { expect, it } from 'vitest'
import type { RebootSettings } from '../../src/domain/intent.ts'
import { mergeReboot } from '../../src/fleet/merge-reboot.ts'
import type { CompanyEntry } from '../../src/fleet/schema.ts'

const stored: RebootSettings = { by: 'asterisk', server: '192.0.2.1:5038', user: 'prov', password: 'secret' }
const merged = (entry: CompanyEntry['reboot'], kept: 'kept' | 'dropped' = 'kept', of?: RebootSettings) =>
  mergeReboot(of ?? stored, entry, kept)

it('stays where the file is silent, and goes where it says so', () => {
  expect(merged(undefined)).toEqual(stored)
  expect(merged(undefined, 'dropped')).toBeUndefined()
  expect(merged(null)).toBeUndefined()
  expect(merged({ by: 'asterisk', server: null })).toEqual({ by: 'asterisk', user: 'prov' })
})

it('keeps its password when an export without it is applied, even as the whole truth', () => {
  const { password, ...shown } = stored
  expect(merged(shown)).toEqual(stored)
  expect(merged(shown, 'dropped')).toEqual(stored)
  expect(merged({ ...shown, password: null })).toEqual(shown)
})

it.each<[string, CompanyEntry['reboot']]>([
  ['another server', { server: '198.51.100.9:5038' }],
  ['another user', { user: 'other' }],
  ['another way', { by: 'freeswitch', server: '192.0.2.1:5038', user: 'prov' }],
])('gives its password to nobody else: %s', (_, entry) => {
  expect(merged(entry)?.password).toBeUndefined()
})

it('begins anew with another way', () => {
  expect(merged({ by: 'direct' })).toEqual({ by: 'direct' })
  expect(merged({ user: 'a', password: 'b' }, 'kept', { by: 'sip' })).toEqual({
    by: 'sip',
    user: 'a',
    password: 'b',
  })
})
