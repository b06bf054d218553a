import { networkInterfaces } from 'node:os'
import type { Settings } from '../settings.ts'

/**
 * What devices are told to come back to. Without a public URL it is this machine's first address and its HTTP listener:
 * good for a first phone on the same network, and said so at the start.
 */
export function deviceUrl({
  publicUrl,
  http,
  https,
}: Pick<Settings, 'publicUrl' | 'http' | 'https'>): string {
  if (publicUrl !== undefined) return publicUrl
  const listener = http === 'off' ? https : http
  const port = listener === 'off' ? '' : `:${listener.port}`
  const host = listener === 'off' || isAny(listener.host) ? ownAddress() : listener.host
  return `${http === 'off' ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}${port}/`
}

function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((those) => those ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1'
}
