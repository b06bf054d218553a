import type { Company, Line } from './intent.ts'
import { formatMac } from './mac.ts'
import { isInBlock } from './number-blocks.ts'
import { fault, type Path, type Problem } from './problem.ts'

/** Why lines cannot leave their company for another one; `at`: where the leaving of a line is said. */
export function checkDepartures(
  { lines, numberBlocks = [] }: Pick<Company, 'lines' | 'numberBlocks'>,
  leaving: ReadonlySet<string>,
  at: (number: string) => Path,
): readonly Problem[] {
  const going = lines.filter(({ number }) => leaving.has(number))
  const bound = going.flatMap(({ number, internetAccess }) =>
    internetAccess === undefined
      ? []
      : [
          fault(
            'line-bound',
            at(number),
            `${number} hangs on the internet access ${internetAccess}, which stays`,
            'leave the line where it is, or clear its internetAccess when that is no longer so',
          ),
        ],
  )
  const split = numberBlocks.flatMap((block) => {
    const inBlock = (line: Line) => isInBlock(line.number, block)
    const first = going.find(inBlock)
    const left = lines.filter((line) => inBlock(line) && !leaving.has(line.number))
    if (!first || left.length === 0) return []
    const wrong = `the block ${block.from} to ${block.to} would be divided: ${listed(left)} would stay`
    return [fault('block-split', at(first.number), wrong, 'move all lines of the block together')]
  })
  return [...bound, ...split, ...dividedDevices(lines, going, leaving, at)]
}

/** A device belongs to one company. */
function dividedDevices(
  lines: readonly Line[],
  going: readonly Line[],
  leaving: ReadonlySet<string>,
  at: (number: string) => Path,
): readonly Problem[] {
  const macs = new Set(going.flatMap((line) => line.equipment?.mac ?? []))
  return [...macs].flatMap((mac) => {
    const own = lines.filter((line) => line.equipment?.mac === mac)
    const left = own.filter((line) => !leaving.has(line.number))
    const first = own.find((line) => leaving.has(line.number))
    if (!first || left.length === 0) return []
    const wrong = `${formatMac(mac)} also has ${listed(left)}, which would stay`
    return [fault('device-split', at(first.number), wrong, 'move all lines of the device together')]
  })
}

function listed(lines: readonly Line[]): string {
  const more = lines.length > 10 ? ` and ${lines.length - 10} more` : ''
  return `${lines
    .slice(0, 10)
    .map(({ number }) => number)
    .join(', ')}${more}`
}
