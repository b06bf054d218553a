import { displayName, type Line } from '../domain/intent.ts'
import { formatMac } from '../domain/mac.ts'
import { command } from './command.ts'
import { readCompanies, withStore } from './fleet-store.ts'
import { table } from './table.ts'

export const lines = command({
  name: 'lines',
  summary: 'List the lines, with their equipment',
  operands: ['[TEXT]'],
  examples: ['bootline lines', 'bootline lines biel', 'bootline lines --to-complete --company "Toine Immo"'],
  options: {
    company: { type: 'string', value: 'NAME', about: 'only lines of this company' },
    site: { type: 'string', value: 'NAME', about: 'only lines of this site' },
    'to-complete': { type: 'boolean', about: 'only lines whose model is known and whose MAC is not' },
  },
  async run(context, { company, site, 'to-complete': toComplete = false }, [text]) {
    return withStore(context, async (store) => {
      const companies = await readCompanies(store, company === undefined ? undefined : [company])
      const listed = companies.flatMap(({ name, lines }) =>
        lines
          .filter((line) => site === undefined || line.site === site)
          .filter((line) => !toComplete || (line.equipment !== undefined && line.equipment.mac === undefined))
          .filter((line) => text === undefined || matches(line, text))
          .map((line) => ({ company: name, ...line })),
      )
      context.show(listed, () =>
        table([
          ['NUMBER', 'NAME', 'KIND', 'SITE', 'EQUIPMENT', 'MAC', 'KEYS', 'COMPANY'],
          ...listed.map((line) => [
            line.number,
            displayName(line),
            line.kind,
            line.site,
            line.equipment?.model ?? '-',
            macOf(line),
            String(line.keys.supervision.length + line.keys.shortcuts.length),
            line.company,
          ]),
        ]),
      )
      return 0
    })
  },
})

function macOf({ equipment }: Line): string {
  if (!equipment) return '-'
  if (equipment.mac === undefined) return 'to complete'
  return `${formatMac(equipment.mac)}${equipment.port === 1 ? '' : ` port ${equipment.port}`}`
}

/** Part of a name, a number, an e-mail address or a MAC, whatever the case and the separators. */
function matches(line: Line, text: string): boolean {
  const bare = (value: string) => value.toLowerCase().replace(/[\s:.-]/g, '')
  const sought = bare(text).replace(/^0(?=\d{3})/, '')
  return [displayName(line), line.number, line.shortNumber, line.email, line.equipment?.mac].some(
    (value) => value !== undefined && bare(value).includes(sought),
  )
}
