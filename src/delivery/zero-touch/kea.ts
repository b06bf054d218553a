import type { VendorClass } from '../../devices/dhcp-facts.ts'
import { introduction, remark, toEverybody, unless } from './comments.ts'
import type { DhcpPlan, Group } from './dhcp-plan.ts'

/** For kea-dhcp4.conf, which allows comments in its JSON. What is there already has to be joined by hand. */
export function kea(plan: DhcpPlan): string {
  return [
    ...introduction(plan, 'Kea').map(remark),
    remark('Add these to the lists of the same names in your own configuration.'),
    '{',
    '  "Dhcp4": {',
    ...list('    "option-def"', plan.definitions.map(definition)),
    ...list(
      '    "client-classes"',
      plan.groups.map((group) => clientClass(group, plan.url)),
    ),
    `    ${remark(toEverybody)}`,
    '    "option-data": [',
    `      ${optionData(66, plan.url)}`,
    '    ]',
    '  }',
    '}',
  ].join('\n')
}

interface Entry {
  readonly proven: boolean
  readonly remarks: readonly string[]
  readonly lines: readonly string[]
}

/** Entries commented out stand first, each with its comma, so that the list is right with them and without. */
function list(head: string, entries: readonly Entry[]): readonly string[] {
  const sorted = [...entries.filter(({ proven }) => !proven), ...entries.filter(({ proven }) => proven)]
  const written = sorted.flatMap(({ proven, remarks, lines }, index) => {
    const text = `${lines.join('\n')}${index < sorted.length - 1 ? ',' : ''}`
    const commented = text.split('\n').map((line) => unless(proven, `      ${line}`))
    return [...remarks.map((each) => `      ${remark(each)}`), ...commented]
  })
  return [`${head}: [`, ...written, '    ],']
}

function definition({ code, proven }: DhcpPlan['definitions'][number]): Entry {
  return { proven, remarks: [], lines: [`{ "name": "bootline-${code}", "code": ${code}, "type": "string" }`] }
}

function clientClass({ name, remarks, classes, proven, options }: Group, url: string): Entry {
  // Within a class that is commented out, what is less sure needs no comment of its own.
  const given = options.filter((option) => option.proven || !proven).map(({ code }) => optionData(code, url))
  // Option 43 is a container to Kea until a class says that it is a text.
  const redefined = options.some(({ code }) => code === 43)
    ? ['  "option-def": [{ "name": "vendor-encapsulated-options", "code": 43, "type": "string" }],']
    : []
  return {
    proven,
    remarks,
    lines: [
      '{',
      `  "name": "bootline-${name}",`,
      `  "test": "${classes.map(condition).join(' or ')}",`,
      ...redefined,
      '  "option-data": [',
      `    ${given.join(',\n    ')}`,
      '  ]',
      '}',
    ],
  }
}

function condition(vendorClass: VendorClass): string {
  const sent = 'option[60].hex'
  if ('is' in vendorClass) return `${sent} == '${vendorClass.is}'`
  if ('begins' in vendorClass) {
    return `substring(${sent},0,${vendorClass.begins.length}) == '${vendorClass.begins}'`
  }
  const bytes = vendorClass.beginsWithBytes
  return `substring(${sent},0,${bytes.length / 2}) == 0x${bytes}`
}

function optionData(code: number, url: string): string {
  const names: Readonly<Record<number, string>> = {
    43: 'vendor-encapsulated-options',
    66: 'tftp-server-name',
  }
  return `{ "name": "${names[code] ?? `bootline-${code}`}", "data": "${url}" }`
}
