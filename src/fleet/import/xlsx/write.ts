import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { columnLetters } from '../sheet.ts'

export interface TextSheet {
  readonly name: string
  readonly rows: Iterable<readonly string[]>
}

/** Every workbook of the same rows is the same, byte by byte. */
const written = new Date(Date.UTC(2000, 0, 1))

/** A workbook whose cells are all text, so that nothing in it is carried out and no number loses its zero. */
export async function writeXlsx(sheets: readonly TextSheet[]): Promise<Buffer> {
  const zip = new ZipFile()
  const add = (part: string, body: string) =>
    zip.addBuffer(Buffer.from(`${declaration}${body}`), part, { mtime: written })
  const numbers = sheets.map((_, i) => i + 1)
  add('[Content_Types].xml', contentTypes(numbers))
  add('_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]))
  add('xl/workbook.xml', workbook(sheets))
  add(
    'xl/_rels/workbook.xml.rels',
    relationships([
      ...numbers.map((n) => [`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`] as const),
      [`rId${sheets.length + 1}`, 'styles', 'styles.xml'] as const,
    ]),
  )
  add('xl/styles.xml', styles)
  for (const [i, { rows }] of sheets.entries()) add(`xl/worksheets/sheet${i + 1}.xml`, worksheet(rows))
  zip.end()
  return buffer(zip.outputStream)
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function contentTypes(numbers: readonly number[]): string {
  const parts = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...numbers.map((n) => [`/xl/worksheets/sheet${n}.xml`, 'worksheet']),
  ].map(([part, kind]) => `<Override PartName="${part}" ContentType="${type}.${kind}+xml"/>`)
  return `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`
}

function relationships(all: readonly (readonly [string, string, string])[]): string {
  const each = all.map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${packages}/relationships">${each.join('')}</Relationships>`
}

function workbook(sheets: readonly TextSheet[]): string {
  const each = sheets.map(
    ({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  return `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each.join('')}</sheets></workbook>`
}

/** Two styles: the usual one, and text (format 49), which keeps what is typed later as text as well. */
const styles = `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

function worksheet(rows: Iterable<readonly string[]>): string {
  let body = ''
  let number = 0
  let width = 1
  for (const row of rows) {
    number++
    width = Math.max(width, row.length)
    const cells = row.map((text, i) =>
      text === ''
        ? ''
        : `<c r="${columnLetters(i)}${number}" s="1" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
    )
    body += `<row r="${number}">${cells.join('')}</row>`
  }
  return `<worksheet xmlns="${main}"><cols><col min="1" max="${width}" width="20" style="1" customWidth="1"/></cols><sheetData>${body}</sheetData></worksheet>`
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? '')
}
