import type { Principal } from '../../../src/admin/principal.ts'
import type { Route } from '../../../src/admin/route.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { applyEntries } from '../../../src/fleet/apply.ts'
import { readEntries } from '../../../src/fleet/entries.ts'
import type { Store } from '../../../src/store/store.ts'
import { serving } from './serving.ts'

/** A small company with a phone of many keys, one of few, an adapter; and another that must not be seen. */
export const sampleFleet = {
  companies: [
    {
      name: 'Toine Immo',
      sip: { domain: 'sip.example.net' },
      sites: [
        { name: 'Grasse', pickupGroups: [{ name: 'Accueil', members: ['+33483050173'] }] },
        { name: 'Nice' },
      ],
      lines: [
        {
          number: '+33483050173',
          kind: 'fixed',
          site: 'Grasse',
          firstName: 'Stéphane',
          lastName: 'Biel',
          email: 'stephane@example.net',
          equipment: { model: 'polycom/vvx-450', mac: '64:16:7f:b2:69:d6' },
          keys: {
            supervision: ['+33483050188', '+33483050190'],
            shortcuts: [{ number: '0613456782', label: 'Pierre Durand' }, 'interception'],
          },
        },
        {
          number: '+33483050188',
          kind: 'fixed',
          site: 'Grasse',
          firstName: 'Valérie',
          lastName: 'Diaz',
          equipment: { model: 'polycom/vvx-250', mac: '64:16:7f:00:00:02' },
        },
        { number: '+33483050190', kind: 'mobile', site: 'Nice', firstName: 'Ana', lastName: 'Roux' },
        { number: '+33483050199', kind: 'analog', site: 'Grasse', name: 'FAX MKT' },
      ],
    },
    {
      name: 'Other',
      sip: { domain: 'o.example.net' },
      sites: [{ name: 'Paris' }],
      lines: [
        {
          number: '+33144000001',
          kind: 'fixed',
          site: 'Paris',
          firstName: 'Hidden',
          lastName: 'Person',
          email: 'hidden@example.net',
          equipment: { model: 'polycom/vvx-450', mac: '64:16:7f:00:00:09' },
        },
      ],
    },
  ],
}

const home = { kind: 'person' as const, locale: 'fr' as const, companies: ['Toine Immo'] }

export const people: Record<string, Principal> = {
  manager: { ...home, id: 2, name: 'manager@example.net', role: 'manager' },
  colleague: { ...home, id: 3, name: 'colleague@example.net', role: 'manager' },
  stranger: { ...home, id: 4, name: 'stranger@example.net', role: 'manager', companies: ['Other'] },
  installer: {
    ...home,
    id: 5,
    name: 'installer@example.net',
    role: 'installer',
    sites: [{ company: 'Toine Immo', site: 'Grasse' }],
  },
  user: { ...home, id: 6, name: 'stephane@example.net', role: 'user', line: '+33483050173' },
}

export async function load(store: Store, fleet: unknown): Promise<void> {
  const who = { name: 'test', source: 'test' }
  await applyEntries(store, readEntries(fleet), catalogue, { prune: false, who })
}

export async function servingFleet(routes: readonly Route[], extra: Parameters<typeof serving>[2] = {}) {
  const api = await serving(routes, people, extra)
  await load(api.store, sampleFleet)
  return {
    ...api,
    /** The state as it is read now, to be sent back as If-Match. */
    async etagOf(path: string, as = 'operator'): Promise<string> {
      const { etag, status } = await api.ask('GET', path, { as })
      if (etag === undefined) throw new Error(`${path} answers ${status} without an ETag`)
      return etag
    },
  }
}

/** Every answer of a run fits what its route says it answers. */
export function fits(route: Route | undefined, body: unknown): void {
  if (!route?.answer || 'contentType' in route.answer) throw new Error('this route answers no JSON')
  const checked = route.answer.safeParse(body)
  if (!checked.success) throw new Error(`${route.id}: ${checked.error.message}`)
}
