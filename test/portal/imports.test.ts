/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { writeXlsx } from '../../src/fleet/import/xlsx/write.ts'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { follow, patience } from './helpers/moves.ts'

/** Writing a name of its own is somebody's right; running it is nobody's. */
const nasty = '<script>alert(1)</script>'

const server = await living()

function csv(rows: readonly (readonly string[])[]) {
  return {
    name: 'lignes.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.map((row) => row.join(';')).join('\n')),
  }
}

const titles = ['Numéro', 'Nature', 'Site', 'Prénom', 'Nom', 'Modèle', 'MAC']

async function lineOf(number: string) {
  return (await server.store.findLine(number))?.line
}

describe.skipIf(!hasBrowser)('imports (needs chromium)', () => {
  const seats = openBrowser(server)

  test('rows are tried, corrected where they stand, and brought in', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/imports?company=Toine%20Immo')
    await page
      .getByLabel('Fichier')
      .setInputFiles(
        csv([
          titles,
          ['+33483050240', 'fixe', 'Grasse', nasty, 'Petit', '', ''],
          ['+33483050241', 'fixe', 'Lyon', 'Paul', 'Gros', 'polycom/vvx-450', '64:16:7f:zz:00:01'],
          ['+33483050173', 'fixe', 'Grasse', 'Stéphane', 'Bielle', '', ''],
        ]),
      )
    await follow(page.getByRole('button', { name: 'Vérifier le fichier' }))
    await page.getByRole('heading', { name: 'Vérifier avant d’importer' }).waitFor()
    await picture(page, 'imports-check-fr')
    expect(await barriers(page)).toEqual([])
    expect(await page.locator('.outcomes').innerText()).toMatch(/1\s+Créée\s+1\s+Modifiée\s+1\s+Refusée/)
    expect(await page.getByText(nasty).count()).toBeGreaterThan(0)
    const row = page.locator('.faulty')
    expect(await row.count()).toBe(1)
    await row.getByLabel('MAC').fill('')
    await follow(page.getByRole('button', { name: 'Vérifier de nouveau' }))
    // The address is no longer refused, and what hangs on it is looked at.
    await expect.poll(() => row.locator('[aria-invalid=true]').getAttribute('value'), patience).toBe('Lyon')
    await row.locator('[aria-invalid=true]').fill('Grasse')
    await follow(page.getByRole('button', { name: 'Vérifier de nouveau' }))
    await follow(page.getByRole('button', { name: 'Importer 3 lignes' }))
    await page.getByRole('heading', { name: 'Import terminé' }).waitFor()
    await picture(page, 'imports-done-fr')
    expect(await barriers(page)).toEqual([])
    expect(await lineOf('+33483050241')).toMatchObject({ site: 'Grasse', firstName: 'Paul' })
    expect((await lineOf('+33483050173'))?.lastName).toBe('Bielle')
    expect(await lineOf('+33483050240')).toMatchObject({ firstName: nasty })
  })

  test('a workbook of lines and keys comes in without its bad rows, on a small screen and without script', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en', small: true, dark: true, script: false })
    await page.goto('/imports')
    await picture(page, 'imports-small-en')
    const sheets = [
      {
        name: 'Lines',
        rows: [
          ['Company', 'Number', 'Kind', 'Site', 'Name'],
          ['Toine Immo', '+33483050250', 'fixed', 'Grasse', 'Reception'],
          ['Toine Immo', '+33483050251', 'nothing', 'Grasse', 'Cellar'],
        ],
      },
      {
        name: 'Keys',
        rows: [
          ['Company', 'Line', 'Position', 'Type', 'Number', 'Label'],
          ['Toine Immo', '+33483050174', '1', 'supervision', '+33483050250', ''],
        ],
      },
    ]
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const file = { name: 'both.xlsx', mimeType, buffer: await writeXlsx(sheets) }
    await page.getByLabel('File', { exact: true }).setInputFiles(file)
    await follow(page.getByRole('button', { name: 'Check the file' }))
    await picture(page, 'imports-check-small-en')
    await follow(page.getByRole('button', { name: 'Import without the refused row' }))
    await page.waitForURL(/\/imports\/\d+$/)
    await expect
      .poll(async () => {
        await page.reload()
        return page.locator('h1').innerText()
      }, patience)
      .toBe('Import finished')
    expect((await lineOf('+33483050250'))?.name).toBe('Reception')
    expect(await lineOf('+33483050251')).toBeUndefined()
    expect((await lineOf('+33483050174'))?.keys.supervision).toEqual(['+33483050250'])
  })

  test('what cannot be read at all is said before anything is tried', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    await page.goto('/imports')
    const locked = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'old.xls',
      mimeType: 'application/vnd.ms-excel',
      buffer: locked,
    })
    await follow(page.getByRole('button', { name: 'Check the file' }))
    expect(await page.getByRole('alert').innerText()).toContain('Excel 97')
  })

  test('an import that can no longer be done says why, row by row, and has done nothing', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/imports?company=Toine%20Immo')
    const rows = [
      titles,
      ['+33483050260', 'fixe', 'Grasse', 'Une', 'Bonne'],
      ['+33483050261', 'fixe', 'Mars', 'Une', 'Autre'],
    ]
    await page.getByLabel('Fichier').setInputFiles(csv(rows))
    await follow(page.getByRole('button', { name: 'Vérifier le fichier' }))
    // As if the second row had been refused only since the page was shown.
    await page.locator('button[value=skip]').evaluate((button: HTMLButtonElement) => {
      button.value = 'do'
    })
    await follow(page.getByRole('button', { name: 'Importer sans la ligne refusée' }))
    await page.getByRole('heading', { name: 'Rien n’a été importé' }).waitFor()
    await picture(page, 'imports-failed-fr')
    expect(await barriers(page)).toEqual([])
    expect(await page.locator('.notice.bad li').innerText()).toContain('Ligne 3 du fichier, Site')
    expect(await lineOf('+33483050260')).toBeUndefined()
  })

  test('a template is there to be filled in, and what is there to be taken along', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/imports')
    for (const [name, file] of [
      ['Classeur Excel : lignes et touches', 'template.xlsx'],
      ['CSV : touches', 'template.csv'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name }).click(),
      ])
      expect(download.suggestedFilename()).toBe(file)
    }
    const [exported] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ])
    expect(exported.suggestedFilename()).toBe('lines.csv')
  })

  test('no page complained', () => {
    expect(seats.complaints).toEqual([])
  })
})
