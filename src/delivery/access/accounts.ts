import { randomInt } from 'node:crypto'

/** What a device shows of itself when it asks for its files. */
export interface DeviceAccount {
  readonly user: string
  readonly password: string
}

/** Letters and digits only: they survive URLs, XML, INI files and clients that know no escapes. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The narrowest field among the devices' own takes 32 characters. */
export const accountLengths = { user: 24, password: 32 } as const

/** A device's account: neither part tells the device, and neither can be guessed. */
export function makeAccount(): DeviceAccount {
  return { user: randomText(accountLengths.user), password: randomText(accountLengths.password) }
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
