import type { DhcpPlan } from './dhcp-plan.ts'

/** What stands at the top of every snippet. */
export function introduction({ url, tftpUrl }: DhcpPlan, server: string): readonly string[] {
  return [
    `Bootline for ${server}: devices are sent to ${url}`,
    'Lines commented out without a blank after the # are not proven: take the # away to try them.',
    ...(url.startsWith('https:')
      ? [
          'Devices must trust the certificate of that address at their first contact: see docs/certificates.md.',
        ]
      : []),
    ...(tftpUrl === undefined ? [] : [`For devices that know only TFTP the address is ${tftpUrl}`]),
  ]
}

/** Why option 66 is not tied to a class. */
export const toEverybody =
  'Every device reads option 66; not every vendor class is known, so whoever asks is given it.'

/** A line that is written but does not count. */
export function unless(proven: boolean, line: string): string {
  return proven ? line : line.replace(/^ */, (indent) => `${indent}#`)
}

/** A line for people. All these languages and PowerShell know the same sign. */
export function remark(text: string): string {
  return `# ${text}`
}
