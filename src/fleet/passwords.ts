import { randomInt } from 'node:crypto'

/** Letters and digits that every vendor's file can carry and nobody mistakes for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** 24 characters, some 139 bits: nobody types it, the device gets it in its file. */
export function makePassword(): string {
  return randomText(24)
}

/** A device's account on this server: neither part tells the device, and neither can be guessed. */
export function makeDeviceAccount(): { user: string; password: string } {
  return { user: randomText(24), password: randomText(32) }
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
