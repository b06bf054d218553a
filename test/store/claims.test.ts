import { expect, test } from 'vitest'
import { shortOf } from '../../src/domain/located-fleet.ts'
import { opened, richFleet, save, temporaryFolder } from './support.ts'

const everything = {
  numbers: ['+33483050175', '+33187044093', '+33999999999'],
  macs: ['805ec0112233', '805ec0445566', 'ffffff000000'],
  emails: ['STEPHANE@example.NET', 'nobody@example.net'],
  sipUsers: ['own.user', '33187044093', 'nobody'],
  shortNumbers: ['1073', '9999'],
  blocks: [],
}
const nobody = { companies: [], lines: [] }

test('candidates are claimed by the lines that hold them, whatever their case', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const biel = { company: 'Toine Immo', number: '+33483050175' }
  const bank = { company: 'Banque', number: '+33187044093' }
  expect(await store.claims(nobody, everything)).toEqual({
    numbers: new Map([
      ['+33483050175', biel],
      ['+33187044093', bank],
    ]),
    macs: new Map([
      ['805ec0112233', { company: 'Toine Immo', number: '+33483050190' }],
      ['805ec0445566', bank],
    ]),
    emails: new Map([['stephane@example.net', biel]]),
    sipUsers: new Map([
      ['own.user@sip.example.net', biel],
      ['33187044093@sip.example.net', bank],
    ]),
    shortNumbers: new Map([[shortOf('Toine Immo', '1073'), biel]]),
    blocks: [],
  })
})

test('companies of the change itself claim nothing, nor does what nobody asks for', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const none = {
    numbers: new Map(),
    macs: new Map(),
    emails: new Map(),
    sipUsers: new Map(),
    shortNumbers: new Map(),
    blocks: [],
  }
  const companies = ['Toine Immo', 'Banque']
  expect(await store.claims({ companies, lines: [] }, everything)).toEqual(none)
  const nothing = { numbers: [], macs: [], emails: [], sipUsers: [], shortNumbers: [], blocks: [] }
  expect(await store.claims(nobody, nothing)).toEqual(none)
})

test('single lines of the change claim nothing, the others of their company do', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const claims = await store.claims({ companies: [], lines: ['+33483050175', '+33187044093'] }, everything)
  expect([claims.numbers.size, claims.emails.size, claims.sipUsers.size, claims.shortNumbers.size]).toEqual([
    0, 0, 0, 0,
  ])
  expect([...claims.macs.keys()]).toEqual(['805ec0112233'])
})

test('thousands of candidates are no obstacle', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const many = Array.from({ length: 40_000 }, (_, i) => `+44${i}`)
  const found = await store.claims(nobody, { ...everything, numbers: [...many, '+33187044093'] })
  expect([...found.numbers.keys()]).toEqual(['+33187044093'])
})

test('of the blocks of other companies those are claimed that share numbers', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const [first, second] = richFleet
  if (!first || !second) throw new Error('the sample has two companies')
  const own = { from: '+33483050500', to: '+33483050599' }
  const theirs = { from: '+33483050600', to: '+33483050699' }
  await save(
    store,
    [],
    [
      { ...first, numberBlocks: [own] },
      { ...second, numberBlocks: [theirs] },
    ],
  )
  const asked = { ...everything, blocks: [{ from: '+33483050599', to: '+33483050600' }] }
  const { blocks } = await store.claims(nobody, asked)
  expect(blocks).toEqual([
    { ...own, company: first.name },
    { ...theirs, company: second.name },
  ])
  const outside = await store.claims({ companies: [first.name], lines: [] }, asked)
  expect(outside.blocks).toEqual([{ ...theirs, company: second.name }])
})
