import { dump } from 'js-yaml'
import type { Company, Equipment, Line } from '../domain/intent.ts'
import { formatMac } from '../domain/mac.ts'
import type { ModelLookup } from '../domain/model.ts'
import { defined } from './kept.ts'

/** The stored fleet in the shape of a fleet file; secrets only when the companies were read with them. */
export function exportFleet(companies: readonly Company[], models: ModelLookup): { companies: object[] } {
  return { companies: companies.map((company) => exportCompany(company, models)) }
}

/** The same fleet gives the same bytes. */
export function toYaml(file: object): string {
  return dump(file, { lineWidth: -1, noRefs: true, quoteStyle: 'double' })
}

function exportCompany(company: Company, models: ModelLookup): object {
  const { sites, lines, ...settings } = company
  return {
    ...settings,
    sites: sites.map(({ pickupGroups, ...site }) =>
      pickupGroups.length > 0 ? { ...site, pickupGroups } : site,
    ),
    lines: lines.map((line) => exportLine(line, models)),
  }
}

function exportLine(line: Line, models: ModelLookup): object {
  const { keys, equipment, ...fields } = line
  const { supervision, shortcuts } = keys
  return {
    ...fields,
    ...(equipment ? { equipment: exportEquipment(equipment, models) } : {}),
    ...(supervision.length + shortcuts.length === 0
      ? {}
      : {
          keys: {
            ...(supervision.length > 0 ? { supervision } : {}),
            ...(shortcuts.length > 0 ? { shortcuts } : {}),
          },
        }),
  }
}

function exportEquipment(equipment: Equipment, models: ModelLookup): object {
  const ports = models.find(equipment.model)?.ports ?? 1
  return {
    model: equipment.model,
    ...defined({
      mac: equipment.mac === undefined ? undefined : formatMac(equipment.mac),
      port: ports > 1 || equipment.port !== 1 ? equipment.port : undefined,
      use: equipment.use,
      expansion: equipment.expansion.length > 0 ? equipment.expansion : undefined,
      parameters: equipment.parameters,
    }),
  }
}
