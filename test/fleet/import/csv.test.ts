import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { importRows } from '../../../src/fleet/import/apply.ts'
import { exportedSheets } from '../../../src/fleet/import/export.ts'
import { readImport } from '../../../src/fleet/import/read.ts'
import { studyImport } from '../../../src/fleet/import/study.ts'
import type { Store } from '../../../src/store/store.ts'
import { load, sampleFleet } from '../../admin/helpers/fleet.ts'
import { openStore } from '../../store/databases.ts'

const who = { name: 'test', source: 'test' }
let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-import-'))
  store = await openStore({ folder })
  await load(store, sampleFleet)
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const study = async (text: string | Uint8Array, options = {}) =>
  studyImport(store, await readImport(typeof text === 'string' ? bytesOf(text) : text), catalogue, options)
const run = async (text: string, skipBadRows = false) =>
  importRows(store, await readImport(bytesOf(text)), catalogue, { who, skipBadRows })
const lineOf = async (number: string) => (await store.findLine(number))?.line

const head = 'Société;Numéro;Nature;Site;Prénom;Nom;Modèle;MAC\n'
const good = 'Toine Immo;04 83 05 02 01;fixe;Grasse;Zoé;Été;polycom/vvx-450;64:16:7f:00:01:01\n'

describe('lines in CSV', () => {
  it.each([
    ['Accès internet', 'Numéro'],
    ['Internet access', 'Number'],
  ])('say what they hang on (%s)', async (access, number) => {
    await run(`${number};${access}\n+33483050173;FTTH-4711\n`)
    expect((await lineOf('+33483050173'))?.internetAccess).toBe('FTTH-4711')
    const [lines] = exportedSheets(await store.readFleet({ secrets: false }), 'fr')
    const [titles = [], ...rows] = [...(lines?.rows ?? [])]
    const row = rows.find((cells) => cells.includes('+33483050173'))
    expect(row?.[titles.indexOf('Accès internet')]).toBe('FTTH-4711')
    await run(`${number};${access}\n+33483050173;-\n`)
    expect((await lineOf('+33483050173'))?.internetAccess).toBeUndefined()
  })

  it('are created, changed and left alone, each row told, and who reboots', async () => {
    const text = `${head}${good}Toine Immo;+33483050173;;;Stéphanie;;;\nToine Immo;+33483050190;mobile;Nice;Ana;Roux;;\n`
    const seen = await study(text)
    expect(seen.rows).toMatchObject([
      { kind: 'lines', row: 2, line: '+33483050201', result: 'created', device: 'reboot', problems: [] },
      { row: 3, line: '+33483050173', result: 'changed' },
      { row: 4, result: 'unchanged' },
    ])
    expect(await lineOf('+33483050201')).toBeUndefined()
    await run(text)
    expect(await lineOf('+33483050201')).toMatchObject({
      kind: 'fixed',
      lastName: 'Été',
      equipment: { mac: '64167f000101' },
    })
    // What the row leaves open stays as it was.
    expect(await lineOf('+33483050173')).toMatchObject({
      firstName: 'Stéphanie',
      lastName: 'Biel',
      keys: { supervision: ['+33483050188', '+33483050190'] },
    })
    expect((await study(text)).rows.map(({ result }) => result)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
    ])
  })

  it('name the row, the column and what is wrong; nothing is written', async () => {
    const text = `${head}${good}Toine Immo;0483050202;fixe;Grass;A;B;polycom/vvx-45;64:16:7f:00:01\nNobody;0483050203;fixe;Grasse;A;B;;\n`
    const seen = await study(text)
    expect(seen.rows[0]).toMatchObject({ result: 'created' })
    expect(seen.rows[1]?.problems).toMatchObject([{ code: 'mac-invalid', column: 'H', title: 'MAC' }])
    expect(seen.rows[2]?.problems).toMatchObject([{ code: 'company-unknown', column: 'A', title: 'Société' }])
    expect(seen.refused).toBe(2)
    await expect(run(text)).rejects.toMatchObject({
      code: 'import-refused',
      problems: [{ path: 'lines row 3, column H (MAC)' }, { path: 'lines row 4, column A (Société)' }],
    })
    expect(await lineOf('+33483050201')).toBeUndefined()
    await run(text, true)
    expect(await lineOf('+33483050201')).toBeDefined()
    expect(await lineOf('+33483050202')).toBeUndefined()
  })

  it('tell numbers that a spreadsheet has spoilt', async () => {
    const seen = await study(
      `${head}Toine Immo;483050204;fixe;Grasse;A;B;;\nToine Immo;3,34831E+10;fixe;Grasse;A;B;;\n`,
    )
    expect(seen.rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['number-zero-lost'],
      ['number-rounded'],
    ])
  })

  it('refuse a number that stands in two rows', async () => {
    const seen = await study(`${head}${good}${good}`)
    expect(seen.rows).toMatchObject([
      { result: 'created' },
      {
        result: 'refused',
        problems: [{ code: 'number-taken', column: 'B' }, {}, { code: 'mac-taken', column: 'H' }],
      },
    ])
    await expect(run(`${head}${good}${good}`)).rejects.toMatchObject({ code: 'import-refused' })
  })

  it('empty a field by a hyphen and remove the equipment so', async () => {
    await run('number,lastName,model\n+33483050188,-,-\n')
    const line = await lineOf('+33483050188')
    expect(line?.equipment).toBeUndefined()
    expect(line?.lastName).toBeUndefined()
    expect(line?.firstName).toBe('Valérie')
  })

  it('tell columns that are unknown, missing or there twice', async () => {
    expect((await study('Numéro;Prenon\n+33483050173;A\n')).problems).toMatchObject([
      { code: 'column-unknown', path: 'B', severity: 'warning', right: 'did you mean Prénom?' },
    ])
    expect((await study('Prénom;Nom\nA;B\n')).problems).toMatchObject([{ code: 'column-missing' }])
    expect((await study('Numéro;MAC;Adresse MAC\n+33483050173;;\n')).problems).toMatchObject([
      { code: 'column-twice' },
    ])
  })
})

const fusionColumns = ['device_mac_address', 'device_address']

test.each(fusionColumns)(
  'devices exported by FusionPBX come in once each has its number (%s)',
  async (address) => {
    const text =
      `device_uuid,${address},device_vendor,device_template,display_name,user_id,password,number,kind,site,company\n` +
      '5b0a,64167f000401,polycom,polycom/vvx450,Zoe,1001,aB3dE6gH9kLm,+33483050401,fixed,Grasse,Toine Immo\n' +
      '5b0b,64167f000402,grandstream,grandstream/gxp2170,Ana,1002,aB3dE6gH9kLn,+33483050402,fixed,Grasse,Toine Immo\n'
    const seen = await study(text)
    expect(seen.rows[1]?.problems).toMatchObject([
      { code: 'model-unknown', column: 'D', title: 'device_template' },
    ])
    expect(seen.problems.map(({ code, severity, path }) => [code, severity, path])).toEqual([
      ['column-unknown', 'warning', 'A'],
      ['column-unknown', 'warning', 'C'],
    ])
    await run(text, true)
    expect(await lineOf('+33483050401')).toMatchObject({
      lastName: 'Zoe',
      sip: { user: '1001' },
      equipment: { model: 'polycom/vvx-450', mac: '64167f000401' },
    })
  },
)

describe('keys in CSV', () => {
  it('replace the keys of the lines they name, by position', async () => {
    const text =
      'Ligne;Position;Type;Numéro;Libellé\n+33483050173;3;raccourci;3899;Ville\n+33483050173;1;supervision;+33483050190;\n+33483050173;2;interception;;\n'
    expect((await study(text)).rows.map(({ kind, result }) => [kind, result])).toEqual([
      ['keys', 'changed'],
      ['keys', 'changed'],
      ['keys', 'changed'],
    ])
    await run(text)
    expect((await lineOf('+33483050173'))?.keys).toEqual({
      supervision: ['+33483050190'],
      shortcuts: ['interception', { number: '3899', label: 'Ville' }],
    })
    await run('line,type\n+33483050173,none\n')
    expect((await lineOf('+33483050173'))?.keys).toEqual({ supervision: [], shortcuts: [] })
  })

  it('are refused together where one is wrong', async () => {
    const text =
      'line,type,number,label\n+33483050173,shortcut,3899,\n+33483050173,supervision,+33483050199,\n+33483050173,interception,,\n'
    const seen = await study(text)
    expect(seen.rows.map(({ result }) => result)).toEqual(['refused', 'refused', 'refused'])
    expect(seen.rows[0]?.problems).toMatchObject([{ code: 'label-empty', column: 'D', title: 'label' }])
    expect(seen.rows[1]?.problems[0]).toMatchObject({ column: 'C' })
    expect(seen.rows[2]?.problems).toMatchObject([{ code: 'keys-together' }])
  })

  it('of a line that is nowhere are refused', async () => {
    const seen = await study('company,line,type\nToine Immo,+33483059999,interception\n')
    expect(seen.rows[0]?.problems).toMatchObject([{ code: 'line-unknown', column: 'B' }])
  })
})

const table = [
  ['Numéro', 'Prénom'],
  ['+33483050173', 'Zoé "Z", l’aînée; ou | non'],
]
const quoted = (separator: string) =>
  table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n')
const utf16 = (text: string, little: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return little ? bytes : bytes.swap16()
}

test.each([';', ',', '\t', '|'])('the separator %j is found', async (separator) => {
  const [read] = await readImport(bytesOf(quoted(separator)))
  expect(read?.rows[0]?.cells).toEqual(table[1])
})

test.each([
  ['UTF-8 with a mark', Buffer.from(`\ufeff${quoted(';')}`)],
  ['UTF-16 with a mark', utf16(`\ufeff${quoted(';')}`, true)],
  ['UTF-16 the other way round with a mark', utf16(`\ufeff${quoted(';')}`, false)],
  ['UTF-16 without a mark', utf16(quoted(';'), true)],
  ['windows-1252', Buffer.from(quoted(';').replace('’', '\u0092'), 'latin1')],
  ["Excel's hint", Buffer.from(`sep=;\r\n${quoted(';')}`)],
])('%s is read', async (_, bytes) => {
  const [read] = await readImport(bytes)
  expect(read?.titles).toEqual(table[0])
  expect(read?.rows[0]?.cells).toEqual(table[1])
})

test('a file that is no text, too large, too long or badly quoted is refused whole', async () => {
  await expect(readImport(Buffer.from([1, 0, 0, 2, 3, 0, 7, 9]))).rejects.toMatchObject({ code: 'file-kind' })
  await expect(readImport(Buffer.alloc(10 * 1024 * 1024 + 1, 'a'))).rejects.toMatchObject({
    code: 'file-too-large',
  })
  await expect(readImport(Buffer.from('number\n'.repeat(100_001)))).rejects.toMatchObject({
    code: 'import-rows',
  })
  await expect(readImport(Buffer.from('number;name\n+33483050173;"A\n'))).rejects.toMatchObject({
    code: 'csv-syntax',
  })
})
