import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Company } from '../../src/domain/intent.ts'
import { restoreBackup } from '../../src/store/restore.ts'
import { company, fileTest, line, opened, save, temporaryFolder } from './support.ts'

const first = line('+33483050173', {
  firstName: 'Stéphane',
  lastName: 'Biel',
  sip: { password: 'Zq8-first' },
})
const second = line('+33483050174', { sip: { user: 'Own.User', password: 'Zq8-second' } })
const bank = company('Banque', { sip: { domain: 'sip.bank.example', transport: 'tls' } })

function fleet(...lines: Company['lines']): Company[] {
  return [company('A', { lines }), { ...bank, lines: [line('+33187044093', { sip: { password: 'x' } })] }]
}

function hex(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex')
}

test('an account says how its line registers, in hashes only', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], fleet(first, second))
  expect(await store.accounts.find('33483050173', 'SIP.example.net')).toStrictEqual({
    id: 1,
    number: '+33483050173',
    kind: 'fixed',
    company: 'A',
    displayName: 'Stéphane Biel',
    user: '33483050173',
    domain: 'sip.example.net',
    ha1: hex('md5', '33483050173:sip.example.net:Zq8-first'),
    ha1b: hex('md5', '33483050173@sip.example.net:sip.example.net:Zq8-first'),
    ha1Sha256: hex('sha256', '33483050173:sip.example.net:Zq8-first'),
  })
  expect((await store.accounts.find('Own.User', 'sip.example.net'))?.number).toBe('+33483050174')
})

test('a user is found as it is written, in its own domain only', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], fleet(first, second))
  expect(await store.accounts.find('own.user', 'sip.example.net')).toBeUndefined()
  expect(await store.accounts.find('Own.User', 'sip.bank.example')).toBeUndefined()
  expect(await store.accounts.find('nobody', 'sip.example.net')).toBeUndefined()
})

test('a line without a password has no account', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], fleet(line('+33483050173')))
  expect((await store.accounts.since(undefined)).accounts.map(({ number }) => number)).toEqual([
    '+33187044093',
  ])
})

test('pages follow each other, of all domains or of one', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], fleet(first, second))
  const page = await store.accounts.page({ limit: 2 })
  expect(page.map(({ number }) => number)).toEqual(['+33483050173', '+33483050174'])
  const next = await store.accounts.page({ limit: 2, after: page.at(-1)?.id ?? 0 })
  expect(next.map(({ number }) => number)).toEqual(['+33187044093'])
  const ofBank = await store.accounts.page({ limit: 9, domain: 'SIP.bank.example' })
  expect(ofBank.map(({ number }) => number)).toEqual(['+33187044093'])
})

test('a line that changed, left or came is told, and no other', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const before = fleet(first, second)
  await save(store, [], before)
  const mark = await store.accounts.mark()
  expect(await store.accounts.since(mark)).toMatchObject({
    changed: { companies: [], numbers: [] },
    accounts: [],
  })
  const third = line('+33483050175', { sip: { password: 'new' } })
  await save(store, before, fleet(first, third))
  const since = await store.accounts.since(mark)
  expect(since.mark).not.toBe(mark)
  expect(since.mark).toBe(await store.accounts.mark())
  expect(since.changed).toStrictEqual({ companies: [], numbers: expect.any(Array) })
  expect(since.changed !== 'everything' && [...since.changed.numbers].sort()).toEqual([
    '+33483050174',
    '+33483050175',
  ])
  expect(since.accounts.map(({ number }) => number)).toEqual(['+33483050175'])
})

test('another domain concerns all accounts of the company', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const before = fleet(first, second)
  await save(store, [], before)
  const mark = await store.accounts.mark()
  const moved = before.map((one) =>
    one.name === 'A' ? { ...one, sip: { ...one.sip, domain: 'new.example' } } : one,
  )
  await save(store, before, moved)
  const since = await store.accounts.since(mark)
  expect(since.changed).toStrictEqual({ companies: ['A'], numbers: [] })
  expect(since.accounts.map(({ number, domain }) => [number, domain])).toEqual([
    ['+33483050173', 'new.example'],
    ['+33483050174', 'new.example'],
  ])
  expect(since.accounts[0]?.ha1).toBe(hex('md5', '33483050173:new.example:Zq8-first'))
})

fileTest('a mark of before a backup was put back is not taken for one of now', async () => {
  const folder = await temporaryFolder()
  const file = join(await temporaryFolder(), 'backup.db')
  let at = 1000
  const earlier = await opened({ folder, now: () => at })
  await save(earlier, [], fleet(first))
  await earlier.backup(file)
  at = 2000
  await save(earlier, fleet(first), fleet(first, second))
  const mark = await earlier.accounts.mark()
  await earlier.close()

  await restoreBackup({ folder, file })
  const store = await opened({ folder, now: () => at })
  expect((await store.accounts.since(mark)).changed).toBe('everything')
  at = 3000
  await save(store, fleet(first), fleet(line('+33483050173', { sip: { password: 'other' } })))
  const since = await store.accounts.since(mark)
  expect(since.changed).toBe('everything')
  expect(since.accounts).toHaveLength(2)
})

test.each(['', 'nonsense', '1', '1.', '999.5', '-1.0'])('%j is no mark', async (mark) => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], fleet(first))
  expect((await store.accounts.since(mark)).changed).toBe('everything')
})
