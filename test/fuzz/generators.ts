import fc from 'fast-check'

/** What formats, parsers and databases stumble over. */
const odd = [
  '',
  ' ',
  '\0',
  '\n',
  '\r\n',
  '"',
  "'",
  '`',
  '\\',
  '%',
  '%00',
  '%s',
  '..',
  '../',
  '/',
  '*',
  '&amp;',
  '<',
  ']]>',
  '{{',
  '#{',
  '$(',
  ';',
  ',',
  '\ufeff',
  '\u202e',
  '\ud800',
  'İ',
  'ﬀ',
  '１２',
  '-1',
  '0',
  '1e309',
  'NaN',
  'null',
  'true',
  '99999999999999999999',
  '__proto__',
  'constructor',
  'toString',
  'a'.repeat(300),
]

export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 60 }),
)

/** As text goes into an address: half a character becomes a whole one. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.array(oddText, { maxLength: 4 }),
  fc.dictionary(oddText, oddText, { maxKeys: 4 }),
)

/** One place in a piece of data, and what becomes of it there. */
interface Harm {
  readonly at: number
  readonly what: 'set' | 'remove' | 'double' | 'add' | 'swap'
  readonly key: string
  readonly value: unknown
}

const harm: fc.Arbitrary<Harm> = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('set', 'remove', 'double', 'add', 'swap'),
  key: oddText,
  value: anyValue,
})

/** Data as it should be, with a few harms done to it. */
export function harmed(sample: unknown): fc.Arbitrary<unknown> {
  return fc.array(harm, { minLength: 1, maxLength: 6 }).map((harms) => {
    const root = { data: structuredClone(sample) }
    for (const one of harms) doHarm(root, one)
    return root.data
  })
}

type Holder = Record<string, unknown> | unknown[]

function doHarm(root: { data: unknown }, { at, what, key, value: given }: Harm): void {
  // Put in at two places it would be one thing, and inside itself endless.
  const value = structuredClone(given)
  const places = placesIn(root)
  const place = places[at % places.length]
  if (!place) return
  const holder = place.holder as Record<string, unknown>
  const there = holder[place.key]
  if (what === 'remove' && place.holder !== root) delete holder[place.key]
  else if (what === 'double' && Array.isArray(there)) there.push(...structuredClone(there.slice(0, 3)))
  else if (what === 'add' && isHolder(there))
    Object.defineProperty(there, Array.isArray(there) ? String(there.length) : key, own(value))
  else if (what === 'swap') {
    const other = places[(at * 31 + 7) % places.length]
    if (other && !isHolder(there)) (other.holder as Record<string, unknown>)[other.key] = there
  } else holder[place.key] = value
}

/** `__proto__` too shall be a field like any other. */
function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, writable: true, configurable: true }
}

function placesIn(root: Holder): readonly { readonly holder: Holder; readonly key: string }[] {
  const places: { holder: Holder; key: string }[] = []
  const rest: Holder[] = [root]
  for (let holder = rest.pop(); holder; holder = rest.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder, key })
      if (isHolder(value)) rest.push(value)
    }
  }
  return places
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null
}

/** A piece taken out of a text, and another put there. */
interface Splice {
  readonly at: number
  readonly drop: number
  readonly put: string
}

export function splices(pieces: readonly string[]): fc.Arbitrary<readonly Splice[]> {
  const splice = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat({ max: 12 }),
    put: fc.oneof(fc.constantFrom(...pieces), oddText),
  })
  return fc.array(splice, { maxLength: 6 })
}

export function spliceInto(sample: string, all: readonly Splice[]): string {
  return all.reduce((text, { at, drop, put }) => {
    const from = Math.floor(at * text.length)
    return text.slice(0, from) + put + text.slice(from + drop)
  }, sample)
}

/** Text as it should be, cut and spliced with pieces of its format and of none. */
export function spliced(samples: readonly string[], pieces: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ sample: fc.constantFrom(...samples), all: splices(pieces) })
    .map(({ sample, all }) => spliceInto(sample, all))
}

/** The same, with single bytes turned: what comes over a wire need not be text. */
export function splicedBytes(samples: readonly string[], pieces: readonly string[]): fc.Arbitrary<Buffer> {
  const turn = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) })
  return fc
    .record({ text: spliced(samples, pieces), turns: fc.array(turn, { maxLength: 4 }) })
    .map(({ text, turns }) => {
      const bytes = Buffer.from(text, 'latin1')
      for (const { at, to } of turns) if (bytes.length > 0) bytes[at % bytes.length] = to
      return bytes
    })
}
