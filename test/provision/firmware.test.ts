import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { firmwareImages, imageFor } from '../../src/provision/firmware.ts'
import { temporaryFolder } from './support.ts'

async function folderOf(...names: readonly string[]): Promise<string> {
  const folder = await temporaryFolder()
  for (const name of names) await writeFile(join(folder, name), '')
  return folder
}

async function imageOf(id: string, ...names: readonly string[]): Promise<string | undefined> {
  const model = catalogue.find(id)
  if (!model) throw new Error(`no model ${id}`)
  return imageFor(model, firmwareImages(await folderOf(...names), catalogue))
}

test('images are listed by name with the models that would take them', async () => {
  const folder = await folderOf(
    'T54W-96.86.0.45.rom',
    '3111-48450-001.sip.ld',
    'holiday.jpg',
    'README.md',
    '.hidden.rom',
  )
  await mkdir(join(folder, 'T46S-66.86.0.15.rom'))
  await symlink('/etc/passwd', join(folder, 'T48S-66.86.0.15.rom'))
  const images = firmwareImages(folder, catalogue)
  expect(images.map(({ file, models }) => [file, models.map(({ id }) => id)])).toEqual([
    ['3111-48450-001.sip.ld', ['polycom/vvx-411']],
    ['holiday.jpg', []],
    ['T54W-96.86.0.45.rom', expect.arrayContaining(['yealink/t54w'])],
  ])
})

test('of several images the newest is the model’s, by number and not by letter', async () => {
  expect(
    await imageOf('yealink/t54w', 'T54W-96.86.0.9.rom', 'T54W-96.86.0.45.rom', 'T54W-96.85.0.100.rom'),
  ).toBe('T54W-96.86.0.45.rom')
  expect(await imageOf('yealink/t54w', 'T54W-96.86.0.100.rom', 'T54W-96.86.0.45.rom')).toBe(
    'T54W-96.86.0.100.rom',
  )
})

test('a model without an image of its own has none', async () => {
  expect(await imageOf('polycom/vvx-450', '3111-48450-001.sip.ld')).toBeUndefined()
  expect(await imageOf('polycom/vvx-450')).toBeUndefined()
})

test('a folder that is not there holds no images', async () => {
  expect(firmwareImages(join(await temporaryFolder(), 'none'), catalogue)).toEqual([])
})
