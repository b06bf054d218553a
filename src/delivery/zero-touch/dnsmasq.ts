import type { VendorClass } from '../../devices/dhcp-facts.ts'
import { introduction, remark, toEverybody, unless } from './comments.ts'
import type { DhcpPlan, Group } from './dhcp-plan.ts'

/** For a file in /etc/dnsmasq.d. */
export function dnsmasq(plan: DhcpPlan): string {
  return [
    ...introduction(plan, 'dnsmasq').map(remark),
    '',
    remark(toEverybody),
    `dhcp-option=66,"${plan.url}"`,
    ...plan.groups.flatMap((group) => ['', ...block(group, plan.url)]),
  ].join('\n')
}

function block({ name, remarks, classes, proven, options }: Group, url: string): readonly string[] {
  return [
    ...remarks.map(remark),
    ...classes.map((each) => unless(proven, matching(name, each))),
    ...options.map((option) =>
      unless(proven && option.proven, `dhcp-option=tag:${name},${option.code},"${url}"`),
    ),
  ]
}

/** A vendor class is looked for anywhere in what the device sends; bytes are compared from its beginning. */
function matching(tag: string, vendorClass: VendorClass): string {
  if ('beginsWithBytes' in vendorClass) {
    return `dhcp-match=set:${tag},60,${vendorClass.beginsWithBytes.replace(/(..)(?=.)/g, '$1:')}`
  }
  return `dhcp-vendorclass=set:${tag},${'is' in vendorClass ? vendorClass.is : vendorClass.begins}`
}
