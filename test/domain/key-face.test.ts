import { expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { keyUnits } from '../../src/domain/key-face.ts'
import { keySlots } from '../../src/domain/key-layout.ts'

const known = (id: string) => {
  const model = catalogue.find(id)
  if (!model) throw new Error(`${id} is not in the catalogue`)
  return model
}

test('a VVX 450 shows its 48 keys on four pages, six on each side', () => {
  const [phone, ...modules] = keyUnits(known('polycom/vvx-450'), [])
  expect(modules).toEqual([])
  expect(phone?.turns).toBe(false)
  expect(phone?.pages).toHaveLength(4)
  expect(phone?.pages[1]).toEqual({
    kind: 'screen',
    left: [13, 14, 15, 16, 17, 18],
    right: [19, 20, 21, 22, 23, 24],
  })
})

test('with a module its own paging ends, and the module has pages', () => {
  const [phone, module] = keyUnits(known('polycom/vvx-450'), ['em50'])
  expect(phone?.pages).toHaveLength(1)
  expect(module).toMatchObject({ module: 1, name: 'em50' })
  expect(module?.pages.map(({ left, right }) => left.length + right.length)).toEqual([30, 30, 30])
  expect(module?.pages[0]?.left[0]).toBe(13)
})

test('the last of ten buttons turns the pages of a T54W', () => {
  const [phone] = keyUnits(known('yealink/t54w'), [])
  expect(phone?.turns).toBe(true)
  expect(phone?.pages).toHaveLength(3)
  expect(phone?.pages[0]).toMatchObject({ left: [1, 2, 3, 4, 5], right: [6, 7, 8, 9] })
})

test('memory keys stand apart, and bear paper', () => {
  const [phone] = keyUnits(known('yealink/t28p'), [])
  expect(phone).toMatchObject({ paper: true, turns: false })
  expect(phone?.pages.map(({ kind }) => kind)).toEqual(['screen', 'memory'])
  expect(phone?.pages[1]).toMatchObject({ left: [7, 8, 9, 10, 11], right: [12, 13, 14, 15, 16] })
})

test('no key of any model is left out of its drawing, or drawn twice', () => {
  for (const model of catalogue.models) {
    for (const expansion of [[], ...Object.keys(model.expansions ?? {}).map((name) => [name])]) {
      const drawn = keyUnits(model, expansion).flatMap(({ pages }) =>
        pages.flatMap(({ left, right }) => [...left, ...right]),
      )
      expect(drawn, model.id).toEqual(keySlots(model, expansion).map(({ number }) => number))
    }
  }
})
