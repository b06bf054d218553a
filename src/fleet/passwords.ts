import { randomInt } from 'node:crypto'

/** Letters and digits that every vendor's file can carry and nobody mistakes for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** 24 characters, some 139 bits: nobody types it, the device gets it in its file. */
export function makePassword(): string {
  return Array.from({ length: 24 }, () => alphabet[randomInt(alphabet.length)]).join('')
}
