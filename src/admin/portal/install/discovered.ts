import type { Listed } from '../listed.ts'
import type { Visit } from '../page.ts'
import type { Discovered } from './lines.ts'

/** More than these nobody unpacks at once. */
const most = 20

/** Devices that asked from where the site is and that no line has, the latest first. */
export async function discoveredAt(
  { ask }: Visit,
  company: string,
  site: string,
): Promise<readonly Discovered[]> {
  const { body } = await ask<Listed<Discovered>>('listDiscovered', {
    query: { company, site, limit: 100 },
  })
  return body.items.toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1)).slice(0, most)
}
