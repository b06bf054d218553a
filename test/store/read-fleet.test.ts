import { expect, test } from 'vitest'
import type { Company } from '../../src/domain/intent.ts'
import { company, largeFleet, line, opened, richFleet, save, temporaryFolder } from './support.ts'

function withoutPasswords(fleet: readonly Company[]): object[] {
  return fleet.map(({ reboot: { password, ...reboot } = {}, ...one }) => ({
    ...one,
    ...(Object.keys(reboot).length > 0 ? { reboot } : {}),
    lines: one.lines.map(({ sip, ...rest }) => (sip?.user ? { ...rest, sip: { user: sip.user } } : rest)),
  }))
}

test('what was saved is read back exactly, in the same order, after a restart too', async () => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], richFleet)
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
  await store.close()
  const again = await opened({ folder })
  expect(await again.readFleet({ secrets: true })).toStrictEqual(richFleet)
})

test('without secrets no password is read, and nothing stands in its place', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  expect(await store.readFleet({ secrets: false })).toStrictEqual(withoutPasswords(richFleet))
})

test('only the companies asked for are read, in the order they came to be', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  await save(store, [], richFleet)
  const names = async (companies: string[]): Promise<string[]> =>
    (await store.readFleet({ companies, secrets: false })).map((one) => one.name)
  expect(await names(['Banque', 'Toine Immo', 'Banque', 'unheard of'])).toEqual(['Toine Immo', 'Banque'])
  expect(await names([])).toEqual([])
})

test('the order survives changes: records keep their place, new ones come last', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const before = company('A', { lines: ['+3310', '+3320', '+3330'].map((number) => line(number)) })
  await save(store, [], [before])
  const after = company('A', {
    sites: [{ name: 'Antibes', pickupGroups: [] }, ...before.sites],
    lines: [line('+3305'), line('+3310', { name: 'changed' }), line('+3330')],
  })
  await save(store, [before], [after])
  const [read] = await store.readFleet({ secrets: false })
  expect(read?.lines.map((one) => one.number)).toEqual(['+3310', '+3330', '+3305'])
  expect(read?.sites.map((one) => one.name)).toEqual(['Grasse', 'Antibes'])
})

test('a fleet of more lines and companies than a batch holds is read whole', async () => {
  const store = await opened({ folder: await temporaryFolder() })
  const fleet = [
    largeFleet(1203),
    ...Array.from({ length: 700 }, (_, i) => company(`C${i}`, { lines: [line(`+44${1000 + i}`)] })),
  ]
  await save(store, [], fleet)
  expect(await store.readFleet({ secrets: true })).toStrictEqual(fleet)
})
