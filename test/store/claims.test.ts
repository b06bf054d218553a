import { expect, test } from 'vitest'
import { opened, richFleet, save, temporaryFolder } from './support.ts'

const everything = {
  numbers: ['+33483050175', '+33187044093', '+33999999999'],
  macs: ['805ec0112233', '805ec0445566', 'ffffff000000'],
  emails: ['STEPHANE@example.NET', 'nobody@example.net'],
  sipUsers: ['own.user', '33187044093', 'nobody'],
}

test('candidates are claimed by the lines that hold them, whatever their case', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const biel = { company: 'Toine Immo', number: '+33483050175' }
  const bank = { company: 'Banque', number: '+33187044093' }
  expect(await store.claims([], everything)).toEqual({
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
  })
})

test('companies of the change itself claim nothing, nor does what nobody asks for', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const none = { numbers: new Map(), macs: new Map(), emails: new Map(), sipUsers: new Map() }
  expect(await store.claims(['Toine Immo', 'Banque'], everything)).toEqual(none)
  expect(await store.claims([], { numbers: [], macs: [], emails: [], sipUsers: [] })).toEqual(none)
})

test('thousands of candidates are no obstacle', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const many = Array.from({ length: 40_000 }, (_, i) => `+44${i}`)
  const found = await store.claims([], { ...everything, numbers: [...many, '+33187044093'] })
  expect([...found.numbers.keys()]).toEqual(['+33187044093'])
})
