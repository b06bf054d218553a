import { isIPv4 } from 'node:net'

/**
 * An address of its own for each phone, where the server is on this very machine: 127.0.0.0/8 has millions, and to a
 * server a hundred phones behind one address look like somebody who guesses. The same phone has the same one each time.
 */
export function ownAddress(
  mac: string,
  host: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  // Elsewhere only 127.0.0.1 is there without being made.
  if (platform !== 'linux' || !isIPv4(host) || !host.startsWith('127.')) return undefined
  const bytes = [6, 8, 10].map((at) => Number.parseInt(mac.slice(at, at + 2), 16))
  const [second = 0, third = 0, last = 0] = bytes
  return `127.${1 + (second % 250)}.${third}.${1 + (last % 250)}`
}
