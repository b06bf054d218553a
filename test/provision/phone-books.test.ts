import { describe, expect, test } from 'vitest'
import { drivers } from '../../src/devices/vendors.ts'
import { type Line, noKeys } from '../../src/domain/intent.ts'
import { createPhoneBooks, phoneBookEntries } from '../../src/provision/phone-books.ts'
import type { Store } from '../../src/store/store.ts'
import { apply, emptyStore } from './support.ts'

function line(number: string, fields: Partial<Line>): Line {
  return { number, kind: 'fixed', site: 'Grasse', keys: noKeys, ...fields }
}

function socket(use?: 'fax' | 'phone'): Partial<Line> {
  return {
    kind: 'analog',
    equipment: { model: 'audiocodes/mp-118', port: 1, expansion: [], ...(use ? { use } : {}) },
  }
}

describe('the entries of a company', () => {
  test('are its named lines that somebody answers', () => {
    const lines = [
      line('+1', { firstName: 'Anne', lastName: 'Biel', shortNumber: '17' }),
      line('+2', { kind: 'mobile', name: 'B' }),
      line('+3', { kind: 'fixed-for-mobile', name: 'C' }),
      line('+4', { kind: 'call-group', name: 'D' }),
      line('+5', { kind: 'voice-menu', name: 'E' }),
      line('+6', {}),
      line('+7', { name: 'Fax', ...socket('fax') }),
      line('+8', { name: 'Socket', ...socket() }),
      line('+9', { name: 'Workshop', ...socket('phone') }),
    ]
    expect(phoneBookEntries(lines)).toEqual([
      { name: 'Anne Biel', numbers: ['+1', '17'] },
      { name: 'B', numbers: ['+2'] },
      { name: 'C', numbers: ['+3'] },
      { name: 'D', numbers: ['+4'] },
      { name: 'E', numbers: ['+5'] },
      { name: 'Workshop', numbers: ['+9'] },
    ])
  })

  test('have one order, by the letters of their names and then by number', () => {
    const sorted = ['Éric', 'eric', 'ERIC', 'Zoé', '5e étage', 'אבי', '\uffdc', '🙂', 'Bob', 'alice']
    const lines = sorted.map((name, i) => line(`+${i}`, { name }))
    const names = (of: readonly Line[]) => phoneBookEntries(of).map(({ name }) => name)
    const expected = ['5e étage', 'alice', 'Bob', 'eric', 'ERIC', 'Éric', 'Zoé', 'אבי', '\uffdc', '🙂']
    expect(names(lines)).toEqual(expected)
    expect(names(lines.toReversed())).toEqual(expected)
    const written = [line('+1', { name: 'E\u0301ric B' }), line('+2', { name: 'Éric A' })]
    expect(phoneBookEntries(written).map(({ numbers }) => numbers)).toEqual([['+2'], ['+1']])
  })
})

function fleet(name: string, quietHours?: object) {
  const company = (title: string, number: string) => ({
    name: title,
    sip: { domain: 'sip.example.net' },
    sites: [{ name: 'Grasse' }],
    lines: [{ number, kind: 'fixed', site: 'Grasse', name }],
  })
  return {
    companies: [{ ...company('Toine Immo', '+33483050173'), ...(quietHours ? { quietHours } : {}) }],
  }
}

function ofVendor(name: string) {
  const driver = drivers.find((each) => each.name === name)
  if (!driver) throw new Error(`no driver ${name}`)
  return { company: 'Toine Immo', driver }
}

const device = ofVendor('yealink')

describe('a directory', () => {
  test('is kept until the fleet changes, and stays what it was where its names do', async () => {
    const clock = { now: 1000 }
    const store = await emptyStore(() => clock.now)
    await apply(store, fleet('Accueil'))
    let reads = 0
    const counting: Pick<Store, 'generation' | 'readFleet'> = {
      generation: store.generation,
      readFleet: (query) => {
        reads += 1
        return store.readFleet(query)
      },
    }
    const books = createPhoneBooks(counting, () => clock.now)
    const [first, same] = await Promise.all([books.bookOf(device), books.bookOf(device)])
    expect(first?.body.toString()).toContain('<Name>Accueil</Name>')
    expect(first).toMatchObject({ modifiedAt: 1000 })
    expect([same, reads]).toEqual([first, 1])
    clock.now = 1200
    await apply(store, fleet('Accueil', { from: '01:00', to: '02:00' }))
    expect(await books.bookOf(device)).toBe(first)
    expect(reads).toBe(2)
    await apply(store, fleet('Réception', { from: '01:00', to: '02:00' }))
    const renamed = await books.bookOf(device)
    expect(renamed?.body.toString()).toContain('<Name>Réception</Name>')
    expect(renamed?.etag).not.toBe(first?.etag)
    expect(renamed?.modifiedAt).toBe(2000)
  })

  test('that could not be read is read again for the next who asks', async () => {
    const store = await emptyStore()
    await apply(store, fleet('Accueil'))
    let failing = true
    const books = createPhoneBooks(
      {
        generation: store.generation,
        readFleet: (query) => (failing ? Promise.reject(new Error('no database')) : store.readFleet(query)),
      },
      Date.now,
    )
    await expect(books.bookOf(device)).rejects.toThrow('no database')
    failing = false
    expect((await books.bookOf(device))?.body.toString()).toContain('Accueil')
  })

  test('is nothing for devices that read none', async () => {
    const store = await emptyStore()
    await apply(store, fleet('Accueil'))
    expect(await createPhoneBooks(store, Date.now).bookOf(ofVendor('audiocodes'))).toBeUndefined()
  })
})
