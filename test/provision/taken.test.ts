import { expect, test } from 'vitest'
import { liveDevice } from '../../src/provision/live-device.ts'
import { createTakenKeeper } from '../../src/provision/taken.ts'
import type { Store } from '../../src/store/store.ts'
import { apply, emptyStore, surroundings } from './support.ts'

const mac = '64167fb269d6'
let at = Date.now()

function fleet(company: string, firstName: string): object {
  return {
    companies: [
      {
        name: company,
        sip: { domain: 'sip.example.net' },
        sites: [{ name: 'Grasse' }],
        lines: [
          {
            number: '+33483050173',
            kind: 'fixed',
            site: 'Grasse',
            firstName,
            sip: { password: 'sip-Zq8-secret' },
            equipment: { model: 'polycom/vvx-450', mac },
          },
        ],
      },
    ],
  }
}

/** What a server does once the device has fetched all its files; says what it heard. */
async function takes(store: Store, taker = mac) {
  const revision = await rendered(store, taker)
  await store.devices.saveRevisions([{ mac: taker, revision, at: ++at }])
  const record = {
    ...{ mac: taker, name: `${taker}.cfg`, kind: 'device', transport: 'https', method: 'GET', status: 200 },
    ...{ bytes: 1, complete: true, source: '192.0.2.7', at: ++at, revision, completes: revision },
  }
  await store.devices.recordDeliveries([record])
  return [record]
}

async function rendered(store: Store, taker = mac): Promise<string> {
  const [record] = await store.devices.readDevices([taker])
  const revision = record && liveDevice(record, surroundings(), at)?.rendered.revision
  if (revision === undefined) throw new Error('the device cannot be rendered')
  return revision
}

const textOf = async (store: Store) =>
  (await store.devices.takenOf(mac))?.files.map(({ body }) => body).join('\n')

test('what a device took is kept without its secrets until it takes something else', async () => {
  const store = await emptyStore(() => at)
  const keeper = createTakenKeeper(store, surroundings(), () => at)
  await apply(store, fleet('A', 'Zoé'))
  keeper.delivered(await takes(store))
  await keeper.turn()
  const first = await store.devices.takenOf(mac)
  expect(first).toMatchObject({ mac, company: 'A', revision: await rendered(store), at })
  const text = await textOf(store)
  expect(text).toContain('Zoé')
  expect(text).not.toContain('sip-Zq8-secret')
  expect(text).not.toContain((await store.devices.deviceState(mac))?.account?.password)

  const again = await takes(store)
  keeper.delivered(again)
  await keeper.turn()
  expect(await store.devices.takenOf(mac)).toEqual(first)

  await apply(store, fleet('A', 'Inès'))
  await keeper.turn()
  expect(await store.devices.takenOf(mac)).toEqual(first)
  keeper.delivered(await takes(store))
  await keeper.turn()
  expect(await textOf(store)).toContain('Inès')
})

test('a device whose intent moved on before it was kept keeps what was kept before', async () => {
  const store = await emptyStore(() => at)
  const keeper = createTakenKeeper(store, surroundings(), () => at)
  await apply(store, fleet('A', 'Zoé'))
  keeper.delivered(await takes(store))
  await keeper.turn()
  const first = await store.devices.takenOf(mac)
  expect(first).toBeDefined()
  await apply(store, fleet('A', 'Inès'))
  const heard = await takes(store)
  await apply(store, fleet('A', 'Léa'))
  keeper.delivered(heard)
  await keeper.turn()
  expect(await store.devices.takenOf(mac)).toEqual(first)
})

test('what was taken while no server kept it is found at the start of one', async () => {
  const store = await emptyStore(() => at)
  await apply(store, fleet('A', 'Zoé'))
  await takes(store)
  const keeper = createTakenKeeper(store, surroundings(), () => at)
  await keeper.turn()
  expect(await textOf(store)).toContain('Zoé')
})

test('while there is other work it goes on a device at a time', async () => {
  const store = await emptyStore(() => at)
  const keeper = createTakenKeeper(store, surroundings(), () => at)
  const others = ['64167fb269d7', '64167fb269d8']
  const company = (fleet('A', 'Zoé') as { companies: { lines: { equipment: object }[] }[] }).companies[0]
  const lines = others.map((other, i) => ({
    ...company?.lines[0],
    number: `+3348305018${i}`,
    equipment: { model: 'polycom/vvx-450', mac: other },
  }))
  await apply(store, { companies: [{ ...company, lines: [...(company?.lines ?? []), ...lines] }] })
  const macs = [mac, ...others]
  for (const each of macs) keeper.delivered(await takes(store, each))
  const kept = async () => {
    const all = await Promise.all(macs.map((each) => store.devices.takenOf(each)))
    return all.filter((taken) => taken !== undefined).length
  }
  await keeper.turn(true)
  expect(await kept()).toBe(1)
  await keeper.turn(true)
  expect(await kept()).toBe(2)
  await keeper.turn(false)
  expect(await kept()).toBe(3)
})

test('what a device had of a line it was taken from is not shown any more', async () => {
  const store = await emptyStore(() => at)
  const keeper = createTakenKeeper(store, surroundings(), () => at)
  await apply(store, fleet('A', 'Zoé'))
  keeper.delivered(await takes(store))
  await keeper.turn()
  expect(await store.devices.takenOf(mac)).toBeDefined()
  const without = fleet('A', 'Zoé') as { companies: { lines: { equipment?: unknown }[] }[] }
  const bare = structuredClone(without)
  for (const line of bare.companies[0]?.lines ?? []) line.equipment = null
  await apply(store, bare)
  expect(await store.devices.takenOf(mac)).toBeUndefined()
  at += 1000
  await apply(store, without)
  expect((await store.devices.deviceState(mac))?.state).toBe('linked')
  expect(await store.devices.takenOf(mac)).toBeUndefined()
})
