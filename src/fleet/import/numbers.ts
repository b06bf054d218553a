import { fault, type Problem } from '../../domain/problem.ts'

/** What a spreadsheet makes of a number that it took for an amount. */
export function spoiltNumber(text: string): Problem | undefined {
  const digits = text.replace(/[\s.\u00a0\u202f]/g, '')
  const meant = /^[1-9]\d{8}$/.test(digits)
    ? `0${digits}`
    : /^33[1-9]\d{8}$/.test(digits)
      ? `+${digits}`
      : undefined
  if (meant !== undefined) {
    return fault(
      'number-zero-lost',
      '',
      `${digits} has lost what it began with`,
      `write ${meant}, in a column whose cells are text`,
    )
  }
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) {
    return fault(
      'number-rounded',
      '',
      `${text} was rounded by the spreadsheet`,
      'write the number anew, in a column whose cells are text',
    )
  }
  return undefined
}
