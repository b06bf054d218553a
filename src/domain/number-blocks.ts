import type { NumberBlock } from './intent.ts'
import type { HeldBlock, LocatedCompany } from './located-fleet.ts'
import { fault, type Path, type Problem } from './problem.ts'

/** Full numbers of one length are in the order of their digits. */
export function isInBlock(number: string, { from, to }: NumberBlock): boolean {
  return number.length === from.length && number >= from && number <= to
}

/** Each block is a span of full numbers, and no number is in two of them. */
export function checkNumberBlocks(blocks: readonly NumberBlock[], path: Path): readonly Problem[] {
  return blocks.flatMap((block, i) => {
    const at = `${path}[${i}]`
    const { from, to } = block
    if (![from, to].every((end) => /^\+[1-9]\d{6,14}$/.test(end)) || from.length !== to.length || from > to) {
      return [
        fault(
          'block-invalid',
          at,
          `"${from.slice(0, 20)}" to "${to.slice(0, 20)}" is no block of numbers`,
          'write full numbers of one length, the lower one first, as +33483050100 to +33483050199',
        ),
      ]
    }
    const other = blocks.slice(0, i).find((earlier) => shareNumbers(earlier, block))
    if (!other) return []
    const wrong = `it shares numbers with ${other.from} to ${other.to}`
    return [fault('block-overlap', at, wrong, shorten)]
  })
}

/** A number is in a block of one company only; of whose company another block is, is said, but not which numbers. */
export function checkBlocksApart(
  fleet: readonly LocatedCompany[],
  elsewhere: readonly HeldBlock[],
): readonly Problem[] {
  const held = [...elsewhere]
  return fleet.flatMap(({ company, path }) => {
    const own = company.numberBlocks ?? []
    const problems = own.flatMap((block, i) => {
      const other = held.find((earlier) => shareNumbers(earlier, block))
      if (!other) return []
      const wrong = `it shares numbers with a block of ${other.company}`
      return [fault('block-overlap', `${path}.numberBlocks[${i}]`, wrong, shorten)]
    })
    held.push(...own.map((block) => ({ ...block, company: company.name })))
    return problems
  })
}

const shorten = 'a number is in one block: shorten one of the two'

export function shareNumbers(a: NumberBlock, b: NumberBlock): boolean {
  return a.from.length === b.from.length && a.from <= b.to && b.from <= a.to
}
