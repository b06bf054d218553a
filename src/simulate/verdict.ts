import { BlockList, isIP } from 'node:net'
import type { Difference } from './differences.ts'
import type { Wanted } from './expected.ts'
import type { Hardware } from './family.ts'
import type { Reach } from './http-client.ts'

/** Its own configuration, and not one for everybody. */
export function isOwn(name: string, { mac }: Hardware): boolean {
  return name.toLowerCase().startsWith(mac)
}

/** It was told that its configuration is not for it, or not for whoever it says it is. */
export function refused(answers: ReadonlyMap<string, number>, { mac }: Hardware): boolean {
  return [...answers].some(
    ([name, status]) =>
      (status === 401 || status === 403) && new RegExp(`^${mac}(-lines|-settings)?\\.\\w+$`, 'i').test(name),
  )
}

/** What its own files name must be there. */
export function missingFiles(answers: ReadonlyMap<string, number>): readonly Difference[] {
  return [...answers].flatMap(([name, status]) =>
    /-(lines|settings)\.cfg$|-phonebook\.xml$|-ca\.pem$/.test(name) && status !== 200 && status !== 304
      ? [{ where: name, is: `answered with ${status}`, should: 'there: the configuration names it' }]
      : [],
  )
}

export function refusals(answers: ReadonlyMap<string, number>): string {
  return [...answers]
    .filter(([name]) => !/^(PUT|HEAD) /.test(name))
    .slice(0, 3)
    .map(([name, status]) => `${status} for ${name}`)
    .join(', ')
}

/** Whether its company lets it in, as far as this side can tell: the server sees the address that it came from. */
export function mayCome(
  { access, openNetworks }: Wanted,
  url: URL,
  reach: Reach,
  from: string | undefined,
): boolean {
  if (access === 'certificate') return url.protocol === 'https:' && reach.certificate !== undefined
  if (access !== 'open' || openNetworks === undefined || from === undefined) return true
  return openNetworks.some((network) => isIn(from, network))
}

function isIn(address: string, network: string): boolean {
  const [base = '', bits] = network.split('/')
  const [own, other] = [address.replace(/^::ffff:(?=\d+\.)/i, ''), base].map((text) => ({
    text,
    kind: isIP(text),
  }))
  if (!own || !other || own.kind === 0 || own.kind !== other.kind) return false
  const family = own.kind === 6 ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  list.addSubnet(other.text, Number(bits ?? (own.kind === 6 ? 128 : 32)), family)
  return list.check(own.text, family)
}
