import { isDeepStrictEqual } from 'node:util'
import type { PhoneBook, PhoneBookEntry } from '../devices/driver.ts'
import { displayName, type Line } from '../domain/intent.ts'
import type { Store } from '../store/store.ts'
import type { LiveDevice } from './live-device.ts'
import { type RenderedFile, renderedFile } from './render.ts'

/** A company's directory in one vendor's form. */
export interface Book extends Pick<RenderedFile, 'body' | 'contentType' | 'etag'> {
  /** When it came to be what it is, as far as is known here. */
  readonly modifiedAt: number
}

/** The directories of the companies, each written when it is asked for and kept until the fleet is another one. */
export interface PhoneBooks {
  /** `undefined` for a device whose vendor's devices read none from here. */
  bookOf(device: Pick<LiveDevice, 'company' | 'driver'>): Promise<Book | undefined>
}

interface Kept extends Book {
  readonly entries: readonly PhoneBookEntry[]
}

export function createPhoneBooks(
  store: Pick<Store, 'generation' | 'readFleet'>,
  now: () => number,
): PhoneBooks {
  const books = new Map<string, { readonly generation: number; readonly book: Promise<Kept> }>()

  /** Most changes leave a directory as it was: then it is neither written again nor any newer. */
  async function made(
    company: string,
    phoneBook: PhoneBook,
    former: Promise<Kept> | undefined,
  ): Promise<Kept> {
    const [fleet] = await store.readFleet({ companies: [company], secrets: false })
    const entries = phoneBookEntries(fleet?.lines ?? [])
    const before = await former?.catch(() => undefined)
    if (before && isDeepStrictEqual(before.entries, entries)) return before
    const { body, contentType, etag } = renderedFile({
      name: company,
      ...phoneBook.render(entries),
      secret: true,
    })
    // HTTP counts whole seconds: two directories within one must not look like the same.
    const modifiedAt = before ? Math.max(now(), before.modifiedAt + 1000) : now()
    return { body, contentType, etag, modifiedAt, entries }
  }

  return {
    async bookOf({ company, driver: { name: vendor, phoneBook } }) {
      if (!phoneBook) return undefined
      const key = `${vendor} ${company}`
      // What is read after this is no older than it says.
      const generation = await store.generation()
      const held = books.get(key)
      if (held && held.generation >= generation) return held.book
      const book = made(company, phoneBook, held?.book)
      books.set(key, { generation, book })
      // A failure is told to those who wait for it, and tried again for the next.
      book.catch(() => {
        if (books.get(key)?.book === book) books.delete(key)
      })
      return book
    },
  }
}

/** Who can be called in a company, by name: a full number, then the short one that colleagues dial. */
export function phoneBookEntries(lines: readonly Line[]): readonly PhoneBookEntry[] {
  return lines
    .filter(isCalled)
    .map((line) => ({ line, order: orderOf(displayName(line)) }))
    .sort((a, b) => Buffer.compare(a.order, b.order) || (a.line.number < b.line.number ? -1 : 1))
    .map(({ line: { number, shortNumber, ...named } }) => ({
      name: displayName({ number, ...named }),
      numbers: shortNumber === undefined ? [number] : [number, shortNumber],
    }))
}

/** A line that has a name and where somebody, or a voice, answers: a fax is no entry, nor a socket nobody knows. */
function isCalled(line: Line): boolean {
  const named = displayName(line) !== line.number
  return named && (line.kind !== 'analog' || line.equipment?.use === 'phone')
}

/** The same order on every machine, whatever its language. Bytes of UTF-8 compare as code points do. */
function orderOf(name: string): Buffer {
  return Buffer.from(name.normalize('NFD').toLowerCase(), 'utf8')
}
