import type { Line } from '../domain/intent.ts'
import { parseMac } from '../domain/mac.ts'
import { normaliseNumber } from '../domain/phone-number.ts'
import type { CompanyLine } from '../store/find-lines.ts'
import type { Store } from '../store/store.ts'
import { type FleetEntries, readEntries } from './entries.ts'
import { FleetFailure } from './failure.ts'
import type { LineEntry } from './schema.ts'

/** What of the store finds lines; none of it reads the whole fleet. */
type LineFinder = Pick<Store, 'findLines'>

/** Lines by their number in any writing, their short number, their e-mail address, or their device's MAC. */
export async function findLines(store: LineFinder, text: string): Promise<readonly CompanyLine[]> {
  const isMeant = meaning(text)
  const found: CompanyLine[] = []
  let after: string | undefined
  do {
    const page = await store.findLines({ text, limit: 200, ...(after === undefined ? {} : { after }) })
    found.push(...page.items.filter(({ line }) => isMeant(line)))
    after = page.next
  } while (after !== undefined)
  return found
}

/** The search finds whatever holds the text somewhere; who names a line means all of one of its names. */
function meaning(text: string): (line: Line) => boolean {
  const number = normaliseNumber(text)
  const parsed = parseMac(text, '')
  const mac = 'mac' in parsed ? parsed.mac : undefined
  return (line) =>
    line.number === number ||
    line.shortNumber === text ||
    line.email?.toLowerCase() === text.toLowerCase() ||
    (mac !== undefined && line.equipment?.mac === mac)
}

/** The one line that is meant; a device with several lines does not say which. */
export async function findOneLine(store: LineFinder, text: string): Promise<CompanyLine> {
  const found = await findLines(store, text)
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
      ({ line, company }) => `${line.number} (port ${line.equipment?.port ?? '-'} of ${company})`,
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
  found: readonly CompanyLine[],
  change: Partial<Omit<LineEntry, 'number' | 'kind' | 'site'>>,
): FleetEntries {
  const parts = found.map(({ company, line: { number, kind, site } }) => {
    const entries = readEntries({
      companies: [{ name: company, lines: [{ number, kind, site, ...change }] }],
    })
    const rename = (path: string) => path.replace('companies[0].lines[0]', `line ${number}`)
    return {
      name: company,
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
