import type { Package } from './package.ts'
import { type XmlEvent, xmlEvents } from './xml.ts'

/** What sheets refer to. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly texts: readonly string[]
  /** Whether a number in this style is shown as a date or a time. */
  readonly isDate: (style: string | undefined) => boolean
}

export async function readWorkbook(parts: Package): Promise<Workbook> {
  const targets = new Map<string, string>()
  await each(parts, 'xl/_rels/workbook.xml.rels', (event) => {
    if (event.kind === 'open' && event.name === 'Relationship')
      targets.set(event.attributes.get('Id') ?? '', event.attributes.get('Target') ?? '')
  })
  const sheets: { name: string; part: string }[] = []
  await each(parts, 'xl/workbook.xml', (event) => {
    if (event.kind !== 'open' || event.name !== 'sheet') return
    const target = targets.get(event.attributes.get('r:id') ?? '')
    const part = target?.startsWith('/') ? target.slice(1) : `xl/${target}`
    if (parts.has(part)) sheets.push({ name: event.attributes.get('name') ?? '', part })
  })
  return { sheets, texts: await sharedTexts(parts), isDate: await dateStyles(parts) }
}

async function each(parts: Package, part: string, take: (event: XmlEvent) => void): Promise<void> {
  for await (const events of xmlEvents(parts.text(part))) events.forEach(take)
}

/** Texts of cells are kept once and referred to by their place. */
async function sharedTexts(parts: Package): Promise<readonly string[]> {
  const texts: string[] = []
  let text = ''
  let inside = false
  let reading = false
  await each(parts, 'xl/sharedStrings.xml', (event) => {
    if (event.kind === 'text') {
      if (inside && !reading) text += event.text
    } else if (event.name === 't') inside = event.kind === 'open'
    // How a text is read aloud stands beside it.
    else if (event.name === 'rPh') reading = event.kind === 'open'
    else if (event.name === 'si') {
      if (event.kind === 'close') texts.push(text)
      text = ''
    }
  })
  return texts
}

/** Numbers of formats that every program knows. */
const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

async function dateStyles(parts: Package): Promise<Workbook['isDate']> {
  const formats = new Map<number, string>()
  const styles: number[] = []
  let used = false
  await each(parts, 'xl/styles.xml', (event) => {
    if (event.kind === 'text') return
    if (event.name === 'cellXfs') used = event.kind === 'open'
    if (event.kind !== 'open') return
    const id = Number(event.attributes.get('numFmtId') ?? 0)
    if (event.name === 'numFmt') formats.set(id, event.attributes.get('formatCode') ?? '')
    if (event.name === 'xf' && used) styles.push(id)
  })
  return (style) => {
    const id = styles[Number(style ?? 0)] ?? 0
    const code = (formats.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
    return dateFormats.has(id) || /[ymdhs]/i.test(code)
  }
}
