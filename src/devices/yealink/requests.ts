import type { RequestKind, RequestPattern } from '../driver.ts'

const mac = '(?<mac>[0-9a-f]{12})'

/** A device asks for the file in the folder it was pointed to, whatever that is called. */
function named(file: string, kind: RequestKind): RequestPattern {
  return { pattern: new RegExp(`^(?:.*/)?(?<file>${file})$`, 'i'), kind }
}

/** Names of images hold parentheses and commas, percent-encoded or not; an encoded slash is no part of a name. */
const image = '(?:[^/\\\\?%]|%(?!2f|5c|00)[0-9a-f]{2})+\\.rom'

export const requests: readonly RequestPattern[] = [
  named(`${mac}\\.boot`, 'device'),
  named(`${mac}\\.cfg`, 'device'),
  // A boot file for everybody would keep the device from asking for its own configuration.
  named('y0{12}\\.boot', 'absent'),
  named('y0{9}\\d{3}\\.cfg', 'shared'),
  named('bootline-ca\\.pem', 'shared'),
  named(`${mac}-local\\.cfg`, 'overrides'),
  named(`${mac}-contact\\.xml`, 'directory'),
  // The one name that is ours: the configuration says it.
  named(`${mac}-phonebook\\.xml`, 'phone-book'),
  named(`${mac}-calllog\\.xml`, 'calls'),
  named(`${mac}-[\\w.-]+\\.log`, 'log'),
  // Keys of encrypted files: files are served plain, over TLS.
  named(`(?:${mac}|y0{9}\\d{3})_Security\\.enc`, 'absent'),
  named(image, 'firmware'),
  named('[\\w.-]+\\.(?:lang|wav|dob|jpe?g|png|bmp)', 'resource'),
  named('(?:directory_setting|favorite_setting|super_search)\\.xml', 'resource'),
]
