import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'

const rows = readFileSync('firmware/README.md', 'utf8').matchAll(/^\| (`.+`) \| (`.+`) \|$/gm)
const table = [...rows].map(([, images = '', models = '']) => ({
  images: quoted(images),
  models: quoted(models),
}))

function quoted(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)
}

/** A name as it could lie in the folder: the table writes `x` for a number and `…` for anything. */
function fileName(shown: string): string {
  return shown.replace(/(?<![a-z])x(?![a-z])/g, '7').replaceAll('…', 'Any')
}

describe('the images of the firmware folder', () => {
  test.each(table)('$images are for the models named', ({ images, models }) => {
    for (const image of images) {
      const found = catalogue.byFirmware(fileName(image)).map((model) => model.id)
      expect(found.toSorted()).toEqual(models.toSorted())
    }
  })

  test('every model that takes an image is named', () => {
    const named = new Set(table.flatMap(({ models }) => models))
    const forgotten = catalogue.models.filter((model) => model.firmware && !named.has(model.id))
    expect(forgotten).toEqual([])
    expect(table.length).toBeGreaterThan(50)
  })
})
