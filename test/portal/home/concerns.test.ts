import { expect, test } from 'vitest'
import type { Ask, Given } from '../../../src/admin/portal/ask.ts'
import { concernsOf } from '../../../src/admin/portal/home/concerns.ts'

type Query = NonNullable<Given['query']>

const device = (name: string, alarms: readonly string[], wantedAt?: number) => ({
  mac: '64167fb269d6',
  lines: [{ number: '+33483050173', port: 1, name }],
  alarms,
  ...(wantedAt === undefined ? {} : { wanted: { revision: 'r', at: new Date(wantedAt).toISOString() } }),
})

/** Answers as the operations do, of these devices and of no line to complete. */
function asking(devices: (query: Query) => object): Ask {
  return (async (operation: string, { query = {} }: Given = {}) => {
    const body = operation === 'listDevices' ? devices(query) : { items: [], total: 0 }
    return { body, etag: '' }
  }) as Ask
}

const hour = 3_600_000

test('the worst comes first, each kind with whom it concerns and where to look', async () => {
  const alarming = [device('Ana', ['old-files', 'reboot-loop']), device('Bo', ['turned-away'])]
  const found = await concernsOf(
    asking(({ alarm }) => ({ items: alarm === 'any' ? alarming : [] })),
    'Toine Immo',
  )
  expect(found.map(({ what, names }) => [what, ...names])).toEqual([
    ['turned-away', 'Bo'],
    ['reboot-loop', 'Ana'],
    ['old-files', 'Ana'],
  ])
  expect(found[0]?.to).toBe('/devices?alarm=turned-away&company=Toine+Immo')
})

test('of so many that one kind would hide another, each kind is looked for by itself', async () => {
  const many = Array.from({ length: 100 }, () => device('Ana', ['never-seen']))
  const found = await concernsOf(
    asking(({ alarm }) => {
      if (alarm === 'any' || alarm === 'never-seen') return { items: many, next: '64167fb269d6' }
      return { items: alarm === 'turned-away' ? [device('Bo', ['turned-away'])] : [] }
    }),
  )
  expect(found).toMatchObject([
    { what: 'turned-away', count: 1, more: false },
    { what: 'never-seen', count: 100, more: true },
  ])
})

test('who is behind since today is left in peace, and who has an alarm is told once', async () => {
  const now = Date.now()
  const late = [
    device('Ana', [], now - 30 * hour),
    device('Bo', [], now - 2 * hour),
    device('Cy', ['old-files'], now - 30 * hour),
  ]
  const found = await concernsOf(asking(({ standing }) => ({ items: standing === 'behind' ? late : [] })))
  expect(found).toMatchObject([{ what: 'behind', count: 1, names: ['Ana'] }])
})
