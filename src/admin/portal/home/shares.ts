import { standings } from '../../routes/devices-shown.ts'
import { address } from '../address.ts'

/** How devices stand, as a bar of shares and the words to it. */
export interface Shares {
  readonly total: number
  readonly parts: readonly Share[]
}

interface Share {
  readonly standing: string
  readonly count: number
  readonly x: number
  readonly width: number
  /** The devices themselves. */
  readonly to: string
}

/** The bar's own measure: its picture is drawn as wide as there is room. */
const whole = 1000
/** A single device among thousands is still seen. */
const least = 12

/** `place`: which devices they are, as the list of devices is asked for them. */
export function sharesOf(
  counts: Readonly<Record<string, number>>,
  place: Readonly<Record<string, string | undefined>>,
): Shares {
  const present = standings.map((standing) => ({ standing, count: counts[standing] ?? 0 }))
  const shown = present.filter(({ count }) => count > 0)
  const total = shown.reduce((sum, { count }) => sum + count, 0)
  const room = whole - least * shown.length
  let x = 0
  const parts = shown.map(({ standing, count }) => {
    const width = least + (room * count) / total
    const part = { standing, count, x, width, to: address('/devices', { standing, ...place }) }
    x += width
    return part
  })
  return { total, parts: parts.map((part) => ({ ...part, x: rounded(part.x), width: rounded(part.width) })) }
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10
}
