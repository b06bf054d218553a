import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ZipFile } from 'yazl'
import { readImport } from '../../../src/fleet/import/read.ts'
import { readXlsx } from '../../../src/fleet/import/xlsx/read.ts'
import { writeXlsx } from '../../../src/fleet/import/xlsx/write.ts'
import { type XmlEvent, xmlEvents } from '../../../src/fleet/import/xlsx/xml.ts'

const rels = (target = 'worksheets/sheet1.xml') =>
  `<Relationships><Relationship Id="r1" Target="${target}"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
const book = (...names: string[]) =>
  `<workbook>${names.map((name, i) => `<sheet name="${name}" r:id="r${i + 1}"/>`).join('')}</workbook>`
const usual = { 'xl/_rels/workbook.xml.rels': rels(), 'xl/workbook.xml': book('Feuil1') }

async function zipped(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, body] of Object.entries(parts)) zip.addBuffer(Buffer.from(body), name)
  zip.end()
  return buffer(zip.outputStream)
}
const sheetOf = (rows: string) => `<x:worksheet xmlns:x="u"><x:sheetData>${rows}</x:sheetData></x:worksheet>`
const cellsOf = async (cells: string, more: Record<string, string> = {}) => {
  const sheet = sheetOf(`<row r="7">${cells}</row>`)
  const [first] = await readXlsx(await zipped({ ...usual, ...more, 'xl/worksheets/sheet1.xml': sheet }))
  return first?.rows[0]
}

describe('a cell', () => {
  it('is shared, inline or plain text, entities and all', async () => {
    const sharedStrings =
      '<sst><si><t>Été &amp; fils</t></si><si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></si></sst>'
    const cells =
      '<c r="A7" t="s"><v>0</v></c><c r="C7" t="s"><v>1</v></c><c r="D7" t="inlineStr"><is><t>&#233;&#x20AC;<![CDATA[<x>]]></t></is></c><c r="F7" t="str"><v>s</v></c>'
    expect(await cellsOf(cells, { 'xl/sharedStrings.xml': sharedStrings })).toEqual({
      number: 7,
      cells: ['Été & fils', '', 'a b', 'é€<x>', '', 's'],
    })
  })

  it('with a number gives its digits in full', async () => {
    expect((await cellsOf('<c r="A7"><v>3.3483050173E10</v></c><c r="B7"><v>1073</v></c>'))?.cells).toEqual([
      '33483050173',
      '1073',
    ])
  })

  it('with a formula, a date, an error or a truth is refused by its name', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
    const cells =
      '<c r="A7"><f>1+1</f><v>2</v></c><c r="B7" s="1"><v>45000</v></c><c r="C7" s="2"><v>45000</v></c><c r="D7" t="e"><v>#N/A</v></c><c r="E7" t="b"><v>1</v></c><c r="F7" s="3"><v>5</v></c>'
    const row = await cellsOf(cells, { 'xl/styles.xml': styles })
    expect(row?.cells).toMatchObject([
      { code: 'cell-formula', wrong: 'A7 holds a formula' },
      { code: 'cell-date' },
      { code: 'cell-date', wrong: 'C7 holds a date' },
      { code: 'cell-error' },
      { code: 'cell-boolean' },
      '5',
    ])
  })
})

test('of several sheets those that are called lines and keys are read, else the first', async () => {
  const sheet = (title: string) => sheetOf(`<row><c t="inlineStr"><is><t>${title}</t></is></c></row>`)
  const parts = { 'xl/worksheets/sheet1.xml': sheet('Notes'), 'xl/worksheets/sheet2.xml': sheet('Number') }
  const all = (name: string) =>
    zipped({ ...parts, 'xl/_rels/workbook.xml.rels': rels(), 'xl/workbook.xml': book('Divers', name) })
  expect((await readImport(await all('LIGNES'))).map(({ sheet, titles }) => [sheet, titles])).toEqual([
    ['LIGNES', ['Number']],
  ])
  expect((await readImport(await all('Other'))).map(({ sheet }) => sheet)).toEqual(['Divers'])
})

describe('a workbook', () => {
  it('that unpacks to too much is not unpacked', async () => {
    const bomb = await zipped({ ...usual, 'xl/worksheets/sheet1.xml': Buffer.alloc(65 * 1024 * 1024, ' ') })
    expect(bomb.byteLength).toBeLessThan(1024 * 1024)
    await expect(readXlsx(bomb)).rejects.toMatchObject({ code: 'xlsx-too-large' })
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`p${i}`, '']))
    await expect(readXlsx(await zipped(many))).rejects.toMatchObject({ code: 'xlsx-too-large' })
  })

  it('of old Excel or under a password is told so', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    await expect(readImport(old)).rejects.toMatchObject({ code: 'xlsx-locked' })
  })

  it('that is damaged is told so, and entities of its own are never unfolded', async () => {
    const whole = await writeXlsx([{ name: 'Lines', rows: [['Number']] }])
    await expect(readImport(whole.subarray(0, whole.length - 30))).rejects.toMatchObject({
      code: 'xlsx-damaged',
    })
    await expect(readImport(await zipped({ 'a.txt': 'x' }))).rejects.toMatchObject({ code: 'xlsx-damaged' })
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheetOf('<row><c t="str"><v>&a;</v></c></row>')}`
    await expect(
      readXlsx(await zipped({ ...usual, 'xl/worksheets/sheet1.xml': entities })),
    ).rejects.toMatchObject({
      code: 'xlsx-damaged',
    })
  })
})

test('a part is understood wherever the pieces of it end', async () => {
  const xml = '<?xml version="1.0"?><a b="1>&amp;"><!-- > --><x:c/>&lt;t&#233;<![CDATA[<&]]></a>'
  const eventsOf = async (size: number) => {
    async function* pieces() {
      for (let at = 0; at < xml.length; at += size) yield xml.slice(at, at + size)
    }
    const events: XmlEvent[] = []
    for await (const some of xmlEvents(pieces())) events.push(...some)
    return events.reduce<string>(
      (all, event) =>
        all + (event.kind === 'text' ? event.text : ` ${event.kind} ${event.name} ${[...event.attributes]} `),
      '',
    )
  }
  const whole = await eventsOf(xml.length)
  expect(whole).toBe(' open a b,1>&  open c   close c  <té<& close a  ')
  for (let size = 1; size < 20; size++) expect(await eventsOf(size)).toBe(whole)
})

test('what is written is read back, whatever the texts', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((each) => !/\p{C}/u.test(each))
  const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const [sheet] = await readXlsx(await writeXlsx([{ name: 'A & <B>', rows: written }]))
      expect(sheet?.name).toBe('A & <B>')
      const full = written
        .map((cells, i) => ({ number: i + 1, cells }))
        .filter(({ cells }) => cells.some((cell) => cell !== ''))
      const trimmed = (cells: readonly unknown[]) =>
        cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
      expect(sheet?.rows.map(({ number, cells }) => ({ number, cells: trimmed(cells) }))).toEqual(
        full.map(({ number, cells }) => ({ number, cells: trimmed(cells) })),
      )
    }),
    { numRuns: 30 },
  )
})
