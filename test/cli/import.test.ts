import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contextIn } from '../../src/cli/context.ts'
import { exportVerb } from '../../src/cli/export.ts'
import { importVerb } from '../../src/cli/import.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'
import { jsonOf, run, sample, within } from './sample-fleet.ts'

const head = 'company,number,kind,site,firstName,lastName,model,mac\n'
const good = 'Toine Immo,+33483059101,fixed,Grasse,Zoe,New,polycom/vvx-450,64:16:7f:00:91:01\n'
const bad = 'Toine Immo,+33483059102,fixed,Nowhere,A,B,,\n'
const lineIn = (data: string) => within(data, (store) => store.findLine('+33483059101'))
const written = (data: string, text: string) => {
  const file = join(data, 'lines.csv')
  writeFileSync(file, text)
  return file
}

describe('bootline import', () => {
  it('shows every row on a dry run and does nothing', async () => {
    const data = await sample()
    const { code, stdout } = await run(importVerb, data, [written(data, head + good + bad), '--dry-run'])
    expect(stdout).toContain('row 2 +33483059101: created, the device reboots now')
    expect(stdout).toMatch(/row 3: refused\n {2}site-unknown column D \(site\): /)
    expect(stdout).toContain('1 created, 1 refused')
    expect(code).toBe(1)
    expect(await lineIn(data)).toBeUndefined()
  })

  it('does all or nothing, unless bad rows are to be left out', async () => {
    const data = await sample()
    const file = written(data, head + good + bad)
    await expect(run(importVerb, data, [file, '--yes'])).rejects.toMatchObject({
      code: 'import-refused',
      problems: [{ code: 'site-unknown', path: 'lines row 3, column D (site)' }],
    })
    expect(await lineIn(data)).toBeUndefined()
    expect(await jsonOf(importVerb, data, file, '--yes', '--skip-bad-rows')).toMatchObject({
      applied: true,
      refused: 1,
      counts: { created: 1, refused: 1 },
    })
    expect((await lineIn(data))?.line.lastName).toBe('New')
  })

  it('asks first, and asks nothing where nothing changes', async () => {
    const data = await sample()
    const file = written(data, head + good)
    expect((await run(importVerb, data, [file], { answer: 'n\n' })).code).toBe(1)
    expect(await lineIn(data)).toBeUndefined()
    expect((await run(importVerb, data, [file], { answer: 'y\n' })).stdout).toContain('Done.')
    expect((await run(importVerb, data, [file])).stdout).toContain('Nothing to do.')
  })
})

describe('bootline import --from wazo', () => {
  it('writes a table to be completed, tells what it does not know, and imports nothing', async () => {
    const data = await sample()
    const file = join(data, 'devices.json')
    const [known, unknown] = [
      { mac: '64:16:7f:00:92:01', vendor: 'Polycom', model: 'VVX450' },
      { mac: '64:16:7f:00:92:02', vendor: 'Snom', model: '720' },
    ]
    writeFileSync(file, JSON.stringify({ devices: [known, unknown] }))
    const { code, stdout, stderr } = await run(importVerb, data, [file, '--from', 'wazo'])
    expect(code).toBe(0)
    expect(stdout).toContain(';polycom/vvx-450;64:16:7f:00:92:01;')
    expect(stderr).toMatch(/^row 3: model-unknown: there is no model "Snom\/720"/m)
    const completed = stdout
      .replace('\ufeff;;;;', '')
      .replace(/^;;;;/m, 'Toine Immo;+33483059201;fixe;Grasse;')
    const study = await run(importVerb, data, [
      written(data, completed.split('\r\n').slice(0, 2).join('\n')),
      '--yes',
    ])
    expect(study.stdout).toContain('1 created')
    await expect(run(importVerb, data, [file, '--from', 'snom'])).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('bootline export', () => {
  it('writes a workbook and CSV that an import takes for what is there', async () => {
    const data = await sample()
    const world = fakeWorld({ BOOTLINE_DATA: data })
    const file = join(data, 'out')
    for (const args of [
      ['--xlsx', '--language', 'fr'],
      ['--csv', 'lines'],
      ['--csv', 'keys'],
    ]) {
      const context = { ...contextIn(world, false), bytes: (body: Uint8Array) => writeFileSync(file, body) }
      expect(await exportVerb.run(context, args)).toBe(0)
      const { counts } = (await jsonOf(importVerb, data, file, '--dry-run')) as { counts: object }
      expect(Object.keys(counts)).toEqual(['unchanged'])
    }
  })

  it('writes templates, and refuses languages, tables and places that do not fit', async () => {
    const data = dataFolder()
    const { stdout } = await run(exportVerb, data, ['--csv', 'keys', '--template', '--language', 'fr'])
    expect(stdout.split('\r\n')[0]).toBe('\ufeffSociété;Ligne;Position;Type;Numéro;Libellé')
    for (const args of [['--template'], ['--csv', 'sites'], ['--xlsx', '--language', 'de']]) {
      await expect(run(exportVerb, data, args)).rejects.toMatchObject({ code: 'usage' })
    }
  })
})
