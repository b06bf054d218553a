import { damaged } from './package.ts'

export type XmlEvent =
  | {
      readonly kind: 'open' | 'close'
      readonly name: string
      readonly attributes: ReadonlyMap<string, string>
    }
  | { readonly kind: 'text'; readonly text: string }

/** No tag of a workbook is nearly so long. */
const longestTag = 64 * 1024

const none: ReadonlyMap<string, string> = new Map()

/**
 * The elements and texts of an XML part in turn, while it is unpacked. Names are without their prefix. What spreadsheet
 * programs never write and only attacks need, a document type with entities of its own, is refused.
 */
export async function* xmlEvents(pieces: AsyncIterable<string>): AsyncGenerator<readonly XmlEvent[]> {
  let rest = ''
  for await (const piece of pieces) {
    const { events, left } = scan(rest + piece)
    rest = left
    if (rest.length > longestTag) throw damaged()
    yield events
  }
  if (rest.trim() !== '') throw damaged()
}

function scan(text: string): { events: readonly XmlEvent[]; left: string } {
  const events: XmlEvent[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf('<', at)
    if (open < 0) {
      // A long text comes in pieces; one that may end within a reference waits for its end.
      const end = text.lastIndexOf('&') > text.lastIndexOf(';') ? text.lastIndexOf('&') : text.length
      const safe = Math.max(at, end)
      if (safe > at) events.push({ kind: 'text', text: resolved(text.slice(at, safe)) })
      return { events, left: text.slice(safe) }
    }
    if (open > at) events.push({ kind: 'text', text: resolved(text.slice(at, open)) })
    const end = endOfMarkup(text, open)
    if (end === undefined) return { events, left: text.slice(open) }
    events.push(...markup(text.slice(open, end)))
    at = end
  }
}

/** Where what begins here ends; `undefined`: not in what came so far. */
function endOfMarkup(text: string, open: number): number | undefined {
  const [begin, close] = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ].find(([begin = '']) => text.startsWith(begin, open)) ?? ['', '']
  if (begin) {
    const end = text.indexOf(close ?? '', open + begin.length)
    return end < 0 ? undefined : end + (close?.length ?? 0)
  }
  let quote = ''
  for (let i = open + 1; i < text.length; i++) {
    const letter = text[i]
    if (quote) quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return i + 1
  }
  return undefined
}

function markup(tag: string): readonly XmlEvent[] {
  if (tag.startsWith('<!--') || tag.startsWith('<?')) return []
  if (tag.startsWith('<![CDATA[')) return [{ kind: 'text', text: tag.slice(9, -3) }]
  const [, slash, name = '', rest = '', empty] = /^<(\/?)(?:[\w.-]+:)?([\w.-]+)(.*?)(\/?)>$/s.exec(tag) ?? []
  if (name === '') throw damaged()
  if (slash) return [{ kind: 'close', name, attributes: none }]
  const attributes = rest.trim() === '' ? none : attributesOf(rest)
  const open: XmlEvent = { kind: 'open', name, attributes }
  return empty ? [open, { kind: 'close', name, attributes: none }] : [open]
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return new Map([...found].map(([, name = '', double, single]) => [name, resolved(double ?? single ?? '')]))
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (_, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? ''
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
