import { type Block, block, type Hold } from '../parts.ts'
import { attributeValue } from './text.ts'

/** One parameter: the full dotted name is an attribute of some element, whose own name does not matter. */
export type Attribute = readonly [name: string, value: string]

/** Parameters that many phones have alike: a fleet that is rendered anew writes them once. */
export interface Run {
  readonly attributes: readonly Attribute[]
  readonly block: Block
}

/** What one element says. */
export type Attributes = readonly (Attribute | Run)[]

export function run(attributes: readonly Attribute[]): Run {
  return { attributes, block: block(attributes.map(textOf).join('')) }
}

export function isRun(of: Attribute | Run): of is Run {
  return 'block' in of
}

/** A switch, as the phones write it. */
export function flag(on: boolean): string {
  return on ? '1' : '0'
}

/** Lines, keys and resources are numbered from 1. */
export function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
}

/** A parameter of the flash: it is ignored unless it says of itself that it is to be set. */
export function flash(name: string, value: string): readonly Attribute[] {
  return [
    [name, value],
    [`${name}.set`, '1'],
  ]
}

/** Made once for each number: a phone has hundreds of numbered names, and joining them costs more than all the rest. */
export function numbered<T>(make: (n: number) => T): (n: number) => T {
  const made: T[] = []
  return (n) => {
    let one = made[n]
    if (one === undefined) {
      one = make(n)
      made[n] = one
    }
    return one
  }
}

/** Lists one after the other. `flatMap` takes five times as long, and it is most of what a renderer does. */
export function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return ([] as T[]).concat(...lists)
}

/** The attributes of one element as they stand in a file: each on a line of its own, each value harmless. */
export function written(attributes: Attributes, hold: Hold): string {
  let text = ''
  for (const each of attributes) text += isRun(each) ? hold(each.block) : textOf(each)
  return text
}

function textOf([name, value]: Attribute): string {
  return `\n    ${name}="${attributeValue(value)}"`
}
