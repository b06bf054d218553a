import type { VendorClass } from '../../devices/dhcp-facts.ts'
import { introduction, remark, toEverybody, unless } from './comments.ts'
import type { DhcpPlan, Group } from './dhcp-plan.ts'

/** PowerShell for the DHCP server role of Windows, to be run as its administrator. */
export function windows(plan: DhcpPlan): string {
  return [
    ...introduction(plan, 'Windows Server (PowerShell)').map(remark),
    "$scope = '192.0.2.0' # the scope your devices are in",
    `$url = '${plan.url}'`,
    '',
    ...plan.definitions.map(({ code, proven }) =>
      unless(
        proven,
        `Add-DhcpServerv4OptionDefinition -Name 'Bootline ${code}' -OptionId ${code} -Type String`,
      ),
    ),
    '',
    remark(toEverybody),
    'Set-DhcpServerv4OptionValue -ScopeId $scope -OptionId 66 -Value $url',
    ...plan.groups.flatMap((group) => ['', ...block(group)]),
  ].join('\n')
}

type TextClass = Exclude<VendorClass, { readonly beginsWithBytes: string }>

function block({ name, remarks, classes, proven, options }: Group): readonly string[] {
  const texts = classes.filter((each): each is TextClass => !('beginsWithBytes' in each))
  const policy = `Bootline ${name}`
  const values = texts.map((each, index) => `'${className(name, index)}${'begins' in each ? '*' : ''}'`)
  return [
    ...remarks.map(remark),
    ...(texts.length < classes.length
      ? [remark('Those with a binary vendor class cannot be told apart here; option 66 reaches them.')]
      : []),
    ...[
      ...texts.map(
        (each, index) =>
          `Add-DhcpServerv4Class -Name '${className(name, index)}' -Type Vendor -Data '${textOf(each)}'`,
      ),
      `Add-DhcpServerv4Policy -Name '${policy}' -ScopeId $scope -Condition OR -VendorClass EQ,${values.join(',')}`,
    ].map((line) => unless(proven, line)),
    ...options.map((option) =>
      unless(
        proven && option.proven,
        `Set-DhcpServerv4OptionValue -ScopeId $scope -PolicyName '${policy}' -OptionId ${option.code}` +
          ` -Value ${option.code === 43 ? bytesOfUrl : '$url'}`,
      ),
    ),
  ]
}

/** Windows takes option 43 as bytes only. */
const bytesOfUrl = "([Text.Encoding]::ASCII.GetBytes($url) | ForEach-Object { '0x{0:x2}' -f $_ })"

/** Numbered, since names that differ only in case would be one to Windows. */
function className(group: string, index: number): string {
  return `Bootline ${group} ${index + 1}`
}

function textOf(vendorClass: TextClass): string {
  return 'is' in vendorClass ? vendorClass.is : vendorClass.begins
}
