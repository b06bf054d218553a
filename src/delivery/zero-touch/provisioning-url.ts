import type { Address, Reading } from '../../settings/parse.ts'

/** One DHCP option holds no more. */
const LONGEST = 255

/**
 * The address devices are given by DHCP or plug and play. Nobody can keep such an address secret, so no user and no
 * password belong in it. It is written into other programs' files and read by devices that know no escapes: letters,
 * digits and a few signs only, none of which ends a quoted text or means something to a device.
 */
export function provisioningUrl(text: string): Reading<string> {
  const right = 'an address as in https://prov.example.net:8443/, of letters, digits and . - _ ~ / :'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(https?|tftp):$/.test(url.protocol) || url.hostname === '') {
    return { wrong: 'it is no http, https or tftp URL', right }
  }
  if (url.username || url.password) {
    return { wrong: 'it holds a user or a password, which everybody on the network could read', right }
  }
  if (!/^[A-Za-z]+:\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d+)?(\/[A-Za-z0-9._~/-]*)?$/.test(text)) {
    return { wrong: 'it holds signs that not every device and DHCP server understands', right }
  }
  const value = url.href.endsWith('/') ? url.href : `${url.href}/`
  if (value.length > LONGEST) return { wrong: `it is longer than ${LONGEST} characters`, right }
  return { value }
}

/** The same server over TFTP; devices ask port 69 and cannot be told another. */
export function tftpUrl(url: string, tftp: Address | 'off'): string | undefined {
  return tftp !== 'off' && tftp.port === 69 ? `tftp://${new URL(url).hostname}/` : undefined
}
