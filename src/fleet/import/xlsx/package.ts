import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { FleetFailure } from '../../failure.ts'

/** A workbook of an office program has a few dozen parts. */
const mostParts = 1000
/** Unpacked, of all parts together that are read. */
const mostBytes = 64 * 1024 * 1024

/** The parts of a workbook, which is a ZIP archive of XML files. */
export interface Package {
  has(part: string): boolean
  /** A part as text, piece by piece; a part that is not there is empty. */
  text(part: string): AsyncGenerator<string>
}

export async function openPackage(bytes: Uint8Array): Promise<Package> {
  const { zip, entries } = await listed(bytes)
  let unpacked = 0
  return {
    has: (part) => entries.has(part),
    async *text(part) {
      const entry = entries.get(part)
      if (!entry) return
      if (entry.isEncrypted()) throw locked()
      const decoder = new TextDecoder('utf-8', { fatal: true })
      try {
        for await (const piece of await opened(zip, entry)) {
          unpacked += piece.byteLength
          if (unpacked > mostBytes) throw tooMuch()
          yield decoder.decode(piece, { stream: true })
        }
        yield decoder.decode()
      } catch (error) {
        throw error instanceof FleetFailure ? error : damaged()
      }
    },
  }
}

function listed(bytes: Uint8Array): Promise<{ zip: ZipFile; entries: ReadonlyMap<string, Entry> }> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(damaged())
      const entries = new Map<string, Entry>()
      if (zip.entryCount > mostParts) return reject(tooMuch())
      zip.on('entry', (entry: Entry) => {
        entries.set(entry.fileName, entry)
        zip.readEntry()
      })
      zip.once('end', () => resolve({ zip, entries }))
      zip.once('error', () => reject(damaged()))
      zip.readEntry()
    })
  })
}

function opened(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)))
  })
}

export function damaged(): FleetFailure {
  return new FleetFailure(
    'xlsx-damaged',
    'the workbook cannot be read: it is damaged, or no workbook',
    'open it in the spreadsheet program and save it anew as .xlsx, or as CSV',
  )
}

function tooMuch(): FleetFailure {
  return new FleetFailure(
    'xlsx-too-large',
    'the workbook unpacks to more than 64 MB or holds too many parts',
    'keep the rows alone, without pictures and formats, or save them as CSV',
  )
}

export function locked(): FleetFailure {
  return new FleetFailure(
    'xlsx-locked',
    'the workbook has a password, or is of Excel 97 to 2003 (.xls)',
    'save it as an Excel workbook (.xlsx) without a password',
  )
}
