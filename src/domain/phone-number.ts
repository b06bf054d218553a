import { fault, type Path, type Problem } from './problem.ts'

/**
 * A number as it is kept: E.164 where it is a full number (international, or French national), as typed where it is
 * a short or special one (`3899`, `*98`). `undefined` when it is no number at all.
 */
export function normaliseNumber(text: string): string | undefined {
  const compact = text
    .trim()
    .replace(/\(0\)/g, '')
    .replace(/[\s.\-()/\u00a0\u202f]/g, '')
  if (/^\+[1-9]\d{6,14}$/.test(compact)) return withoutTrunkZero(compact)
  if (/^00[1-9]\d{6,14}$/.test(compact)) return withoutTrunkZero(`+${compact.slice(2)}`)
  if (/^0[1-9]\d{8}$/.test(compact)) return `+33${compact.slice(1)}`
  return /^[0-9*#]{1,20}$/.test(compact) ? compact : undefined
}

/** `+330483050173` is a habit, not a number: the trunk zero falls away after the country. */
function withoutTrunkZero(e164: string): string {
  return /^\+330[1-9]\d{8}$/.test(e164) ? `+33${e164.slice(4)}` : e164
}

export function isFullNumber(number: string): boolean {
  return number.startsWith('+')
}

/** Any number a key may dial. */
export function parseNumber(text: string, path: Path): { number: string } | { problem: Problem } {
  const number = normaliseNumber(text)
  if (number !== undefined) return { number }
  const shown = text.slice(0, 40).replace(/\p{C}/gu, '?')
  return {
    problem: fault(
      'number-invalid',
      path,
      `"${shown}" is not a phone number`,
      'write +33483050173, 04 83 05 01 73, or a short number such as 3899',
    ),
  }
}

/** A line's own number, which must be a full one. */
export function parseLineNumber(text: string, path: Path): { number: string } | { problem: Problem } {
  const parsed = parseNumber(text, path)
  if ('problem' in parsed || isFullNumber(parsed.number)) return parsed
  return {
    problem: fault(
      'number-not-full',
      path,
      `${parsed.number} is a short number`,
      "give the line's full number, as in +33483050173; a short one goes into shortNumber",
    ),
  }
}
