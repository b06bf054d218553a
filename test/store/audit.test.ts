import { expect, test } from 'vitest'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import {
  company,
  fileTest,
  line,
  opened,
  operator,
  rawBytes,
  richFleet,
  save,
  temporaryFolder,
} from './support.ts'

fileTest('no password is anywhere in the files, not even in the write-ahead log', async () => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], richFleet)
  await save(store, richFleet, [])
  expect(await rawBytes(folder)).toContain('+33483050175')
  expect(await rawBytes(folder)).not.toContain('Zq8-')
  await store.close()
  expect(await rawBytes(folder)).toContain('+33483050175')
  expect(await rawBytes(folder)).not.toContain('Zq8-')
})

test('every record is written down once, newest first, with who, how and when', async () => {
  const store = await opened({ folder: await temporaryFolder(), now: () => 42 })
  const before = company('A', { lines: [line('+3310')] })
  await save(store, [], [before])
  await save(store, [before], [{ ...before, locale: 'en', lines: [] }])
  const entries = await store.recentAudit(10)
  expect(entries.map(({ what, subject, action, change }) => [change, what, subject, action])).toEqual([
    [2, 'line', '+3310', 'removed'],
    [2, 'company', 'A', 'changed'],
    [1, 'line', '+3310', 'added'],
    [1, 'site', 'Grasse', 'added'],
    [1, 'company', 'A', 'added'],
  ])
  expect(entries[1]).toMatchObject({ at: 42, who: 'ana', source: 'cli', company: 'A' })
  expect(entries[1]).toMatchObject({ before: { locale: 'fr' }, after: { locale: 'en' } })
  expect(entries[1]?.after).not.toHaveProperty('lines')
  expect(entries[0]).not.toHaveProperty('after')
  expect(await store.recentAudit(2)).toEqual(entries.slice(0, 2))
})

test('of a password it is only said whether it is another one', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const withPassword = (password: string, name: string): ReturnType<typeof company> =>
    company('A', { lines: [line('+3310', { name, sip: { user: 'u', password } })] })
  await save(store, [], [withPassword('one', 'a')])
  await save(store, [withPassword('one', 'a')], [withPassword('one', 'b')])
  await save(store, [withPassword('one', 'b')], [withPassword('two', 'b')])
  const [changed, same] = await store.recentAudit(2)
  expect(same).toMatchObject({ before: { sip: { user: 'u' } }, after: { sip: { password: 'unchanged' } } })
  expect(changed).toMatchObject({ after: { sip: { user: 'u', password: 'changed' } } })
  expect(changed?.before).toMatchObject({ sip: { user: 'u' } })
  expect(JSON.stringify([changed, same])).not.toMatch(/"(one|two)"/)
})

test('nor is the password shown by which devices are told', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const told = (password: string, user: string): ReturnType<typeof company> =>
    company('A', { reboot: { by: 'sip', user, password } })
  await save(store, [], [told('one', 'a')])
  await save(store, [told('one', 'a')], [told('one', 'b')])
  await save(store, [told('one', 'b')], [told('two', 'b')])
  const [changed, same] = await store.recentAudit(2)
  expect(same).toMatchObject({ after: { reboot: { user: 'b', password: 'unchanged' } } })
  expect(changed).toMatchObject({ after: { reboot: { user: 'b', password: 'changed' } } })
  expect(changed?.before).toMatchObject({ reboot: { by: 'sip', user: 'b' } })
  expect(JSON.stringify([changed, same])).not.toMatch(/"(one|two)"/)
  expect((await store.readFleet({ secrets: true }))[0]?.reboot?.password).toBe('two')
  expect((await store.readFleet({ secrets: false }))[0]?.reboot).toEqual({ by: 'sip', user: 'b' })
})

test('settings that come with lines do not bring their secrets in', async () => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  const whole = company('A', { lines: [line('+3310', { sip: { password: 'Zq8-hidden' } })] })
  await store.write(operator, (w) =>
    w.saveDiff([{ name: 'A', settings: { after: whole }, sites: [], lines: [] }], [], {
      summary: 'settings only',
      passwordOrigin: () => 'operator',
      makeAccount: makeDeviceAccount,
    }),
  )
  expect(await rawBytes(folder)).not.toContain('Zq8-')
})
