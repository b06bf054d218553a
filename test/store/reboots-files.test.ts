import { expect, test } from 'vitest'
import {
  came,
  changed,
  fleet,
  job,
  mac,
  noon,
  onDevice,
  other,
  rendered,
  settled,
  story,
  ten,
} from './reboots-support.ts'
import { company } from './support.ts'

const everything = ['templates', 'firmware', 'certificate'] as const

test('a device that had all its files is told of others in its quiet hours, by a restart', async () => {
  const store = await settled([{ ...fleet, quietHours: { from: '13:30', to: '14:00' } }])
  const revisions = [{ mac, revision: 'r1', at: noon }]
  await store.devices.saveRevisions(revisions, { what: everything, at: noon })
  expect(await job(store)).toMatchObject({
    cause: 'change',
    reasons: ['templates changed', 'firmware changed', 'certificate changed'],
    restart: true,
    quiet: true,
    who: 'bootline',
    place: 'A / Grasse',
    dueAt: noon + 90 * 60_000,
  })
  expect(await job(store, other)).toBeUndefined()
  expect(await store.devices.deviceState(mac)).toMatchObject({ revision: 'r1', deliveredRevision: 'r0' })
  await came(store, 'r1')
  expect(await store.reboots.confirm(noon)).toEqual([{ mac, what: 'in-sync' }])
  expect(await story(store)).toEqual(['queued', 'in-sync'])
})

test('who stays as he was, is behind, or waits for something already is not queued for it', async () => {
  const macs = ['805ec0000011', '805ec0000012', '805ec0000013', '805ec0000014'] as const
  const lines = macs.map((each, i) => onDevice(`+331${i}`, each))
  const store = await settled([company('A', { lines })])
  const [same, behind, changing, neutral] = macs
  await rendered(store, 'r1', [behind])
  await changed(store, { mac: changing })
  await changed(store, { mac: neutral, link: 'unlinked' })
  await rendered(store, 'neutral', [neutral])
  await came(store, 'neutral', [neutral])
  const before = await store.reboots.jobs({ limit: 10 })
  const revisions = macs.map((each) => ({ mac: each, revision: each === same ? 'r0' : 'r2', at: noon }))
  await store.devices.saveRevisions(revisions, { what: ['templates'], at: noon })
  expect(await store.reboots.jobs({ limit: 10 })).toEqual(before)
  expect(before.map((one) => one.mac)).not.toContain(behind)
})

test('what was ordered for now stays so, and other files that become the former ones wake nobody', async () => {
  const store = await settled()
  await store.reboots.order({ macs: [mac], dueAt: noon, who: 'ana', at: noon })
  const both = (revision: string) => [mac, other].map((each) => ({ mac: each, revision, at: noon }))
  await store.devices.saveRevisions(both('r1'), { what: ['templates'], at: noon })
  expect(await job(store)).toMatchObject({ cause: 'order', quiet: false, dueAt: noon, who: 'bootline' })
  expect(await job(store, other)).toMatchObject({ quiet: true, dueAt: ten })
  await store.devices.saveRevisions(both('r0'), { what: ['templates'], at: noon })
  expect(await store.reboots.confirm(noon)).toEqual([{ mac: other, what: 'unchanged' }])
})
