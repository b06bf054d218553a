import type { VendorClass } from '../../devices/dhcp-facts.ts'
import { introduction, remark, toEverybody, unless } from './comments.ts'
import type { DhcpPlan, Group } from './dhcp-plan.ts'

/** For dhcpd.conf; the option for everybody may stand in a subnet instead. */
export function isc(plan: DhcpPlan): string {
  return [
    ...introduction(plan, 'ISC dhcpd').map(remark),
    '',
    ...plan.definitions.map(({ code, proven }) =>
      unless(proven, `option ${optionName(code)} code ${code} = text;`),
    ),
    '',
    remark(toEverybody),
    `option ${optionName(66)} "${plan.url}";`,
    ...plan.groups.flatMap((group) => ['', ...block(group, plan.url)]),
  ].join('\n')
}

function block({ name, remarks, classes, proven, options }: Group, url: string): readonly string[] {
  return [
    ...remarks.map(remark),
    ...[
      `class "bootline-${name}" {`,
      `  match if ${classes.map(condition).join('\n    or ')};`,
      ...options.map((option) =>
        unless(option.proven || !proven, `  option ${optionName(option.code)} "${url}";`),
      ),
      '}',
    ].flatMap((text) => text.split('\n').map((line) => unless(proven, line))),
  ]
}

function condition(vendorClass: VendorClass): string {
  const sent = 'option vendor-class-identifier'
  if ('is' in vendorClass) return `${sent} = "${vendorClass.is}"`
  if ('begins' in vendorClass) {
    return `substring(${sent}, 0, ${vendorClass.begins.length}) = "${vendorClass.begins}"`
  }
  const bytes = vendorClass.beginsWithBytes
  return `substring(${sent}, 0, ${bytes.length / 2}) = ${bytes.replace(/(..)(?=.)/g, '$1:')}`
}

function optionName(code: number): string {
  if (code === 66) return 'tftp-server-name'
  return code === 43 ? 'vendor-encapsulated-options' : `bootline-${code}`
}
