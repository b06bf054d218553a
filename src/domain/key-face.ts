import { type KeySlot, keySlots } from './key-layout.ts'
import type { Model } from './model.ts'

/** Keys that are seen together, by the numbers of their slots, each column from the top. */
export interface KeyPage {
  readonly kind: 'screen' | 'memory'
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/** A phone or one of its modules, as somebody sees it who stands in front of it. */
export interface KeyUnit {
  /** 0 is the phone itself. */
  readonly module: number
  /** The module's name in the catalogue. */
  readonly name?: string
  readonly pages: readonly KeyPage[]
  /** The last button beside the screen holds no key: it turns the page. */
  readonly turns: boolean
  /** Its labels are strips of paper. */
  readonly paper: boolean
}

/** With fewer keys than this, all are on one side. */
const fewestOnTwoSides = 4

/** How the keys of a phone and its modules lie; empty where the model has none. */
export function keyUnits(model: Model, expansion: readonly string[]): readonly KeyUnit[] {
  const slots = keySlots(model, expansion)
  const own = slots.filter(({ module }) => module === 0)
  if (own.length === 0) return []
  const modules = expansion.map((name, i): KeyUnit => {
    const { keysPerPage, paper = false } = model.expansions?.[name] ?? {}
    const keys = slots.filter(({ module }) => module === i + 1)
    const pages = pagesOf(keys, keysPerPage ?? keys.length, keysPerPage ?? keys.length)
    return { module: i + 1, name, pages, turns: false, paper }
  })
  return [phone(model, own), ...modules]
}

function phone({ memoryKeys = 0, buttons, keysPerPage }: Model, own: readonly KeySlot[]): KeyUnit {
  const beside = own.slice(0, own.length - memoryKeys)
  const memory = own.slice(own.length - memoryKeys)
  const turns = buttons !== undefined && beside.length > buttons
  const perPage = turns ? buttons - 1 : (keysPerPage ?? beside.length)
  const screen = pagesOf(beside, perPage, turns ? buttons : perPage)
  const pages =
    memory.length === 0 ? screen : [...screen, ...pagesOf(memory, memory.length, memory.length, 'memory')]
  return { module: 0, pages, turns, paper: memoryKeys > 0 }
}

function pagesOf(
  slots: readonly KeySlot[],
  perPage: number,
  buttons: number,
  kind: KeyPage['kind'] = 'screen',
): readonly KeyPage[] {
  const onLeft = buttons < fewestOnTwoSides ? perPage : Math.ceil(buttons / 2)
  const pages: KeyPage[] = []
  for (let first = 0; first < slots.length; first += perPage) {
    const numbers = slots.slice(first, first + perPage).map(({ number }) => number)
    pages.push({ kind, left: numbers.slice(0, onLeft), right: numbers.slice(onLeft) })
  }
  return pages
}
