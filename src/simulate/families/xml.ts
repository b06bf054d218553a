/** An element as a phone's reader sees it. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  readonly text: string
}

interface Open {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const piece =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:~-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const attribute = /([\w.:~-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** The document's one element; throws on anything that is not well formed, since a phone then drops the whole file. */
export function readXml(body: string): Element {
  const root: Open = { name: '', attributes: new Map(), children: [], text: '' }
  const open: Open[] = [root]
  piece.lastIndex = 0
  while (piece.lastIndex < body.length) {
    const at = piece.lastIndex
    const [whole, closing, name, written = '', empty, text] = piece.exec(body) ?? []
    if (whole === undefined) throw new Error(`it is not well formed at character ${at}`)
    const inner = open.at(-1) ?? root
    if (text !== undefined) inner.text += decoded(text)
    else if (closing !== undefined) {
      if (inner.name !== closing || open.length === 1) throw new Error(`</${closing}> closes nothing`)
      open.pop()
    } else if (name !== undefined) {
      const element: Open = { name, attributes: attributesOf(written), children: [], text: '' }
      inner.children.push(element)
      if (empty === '') open.push(element)
    }
  }
  const [only] = root.children
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is never closed`)
  if (!only || root.children.length > 1 || root.text.trim() !== '') throw new Error('it is not one element')
  return only
}

function attributesOf(written: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single = ''] of written.matchAll(attribute)) {
    if (attributes.has(name)) throw new Error(`${name} stands twice`)
    attributes.set(name, decoded(double ?? single))
  }
  return attributes
}

/** References become what they stand for; one that is none spoils the file, as a character does that XML forbids. */
function decoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(text)) throw new Error('it holds a control character')
  if (!text.includes('&')) return text
  return text.replace(/&(#x?[\da-f]+|\w+)?(;?)/gi, (all, name: string | undefined, end: string) => {
    const meant = name === undefined || end === '' ? undefined : (entities[name] ?? character(name))
    if (meant === undefined) throw new Error(`${all.slice(0, 12)} is no reference`)
    return meant
  })
}

function character(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? []
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
