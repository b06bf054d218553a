import type { Company, Line } from '../domain/intent.ts'
import { parseMac } from '../domain/mac.ts'
import { normaliseNumber } from '../domain/phone-number.ts'
import { type FleetEntries, readEntries } from './entries.ts'
import { FleetFailure } from './failure.ts'
import type { LineEntry } from './schema.ts'

export interface FoundLine {
  readonly company: Company
  readonly line: Line
}

/** A line by its number in any writing, its short number, its e-mail address, or its device's MAC. */
export function findLines(companies: readonly Company[], text: string): readonly FoundLine[] {
  const number = normaliseNumber(text)
  const parsed = parseMac(text, '')
  const mac = 'mac' in parsed ? parsed.mac : undefined
  const isMeant = (line: Line) =>
    line.number === number ||
    line.shortNumber === text ||
    line.email?.toLowerCase() === text.toLowerCase() ||
    (mac !== undefined && line.equipment?.mac === mac)
  return companies.flatMap((company) => company.lines.filter(isMeant).map((line) => ({ company, line })))
}

/** The one line that is meant; a device with several lines needs its port. */
export function findOneLine(companies: readonly Company[], text: string, port?: number): FoundLine {
  const found = findLines(companies, text).filter(
    ({ line }) => port === undefined || line.equipment?.port === port,
  )
  const [first, second] = found
  if (!first) {
    throw new FleetFailure(
      'line-unknown',
      `there is no line "${text}"`,
      '`bootline lines` lists them; give a number, an e-mail address or a MAC',
    )
  }
  if (second) {
    const lines = found.map(
      ({ line }) => `${line.number} (port ${line.equipment?.port ?? '-'} of ${first.company.name})`,
    )
    throw new FleetFailure(
      'line-ambiguous',
      `"${text}" means ${found.length} lines`,
      `name one: ${lines.join(', ')}`,
    )
  }
  return first
}

/** A change of lines in the form of a fleet file of these lines alone, so that it meets the same rules. */
export function changeOfLines(
  found: readonly FoundLine[],
  change: Partial<Omit<LineEntry, 'number' | 'kind' | 'site'>>,
): FleetEntries {
  const parts = found.map(({ company, line: { number, kind, site } }) => {
    const entries = readEntries({
      companies: [{ name: company.name, lines: [{ number, kind, site, ...change }] }],
    })
    const rename = (path: string) => path.replace('companies[0].lines[0]', `line ${number}`)
    return {
      name: company.name,
      lines: entries.companies
        .flatMap((part) => part.lines ?? [])
        .map((item) => ({ ...item, path: rename(item.path) })),
      problems: entries.problems.map((problem) => ({ ...problem, path: rename(problem.path) })),
      unreadable: [...entries.unreadable].map(rename),
    }
  })
  const names = [...new Set(parts.map((part) => part.name))]
  return {
    companies: names.map((name) => ({
      entry: { name },
      path: `company ${name}`,
      lines: parts.filter((part) => part.name === name).flatMap((part) => part.lines),
    })),
    problems: parts.flatMap((part) => part.problems),
    unreadable: new Set(parts.flatMap((part) => part.unreadable)),
  }
}
