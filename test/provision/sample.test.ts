import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { firmwareImages, imageFor } from '../../src/provision/firmware.ts'
import type { LiveDevice } from '../../src/provision/live-device.ts'
import { type LiveDevices, loadLiveDevices } from '../../src/provision/live-devices.ts'
import type { Store } from '../../src/store/store.ts'
import {
  apply,
  emptyStore,
  type FleetData,
  fleetFile,
  nobodyLeftOut,
  surroundings,
  temporaryFolder,
  withFixedAccounts,
} from './support.ts'

/** `BOOTLINE_GOLDEN=write npx vitest run test/provision` writes them anew, to be read as a diff. */
const write = process.env.BOOTLINE_GOLDEN === 'write'
const golden = join('test', 'provision', 'golden')
const fleets = { sample: 'examples/toine-immo.yaml', generations: 'test/provision/generations.yaml' }

/** Images for some of the models, as an operator may have put them there. */
async function imagesFolder(): Promise<string> {
  const folder = await temporaryFolder()
  for (const name of ['3111-48840-001.sip.ld', 'T54W-96.86.0.45.rom', '440HD_2.2.16.538.img'])
    writeFileSync(join(folder, name), '')
  return folder
}

async function live(store: Store): Promise<LiveDevices> {
  const images = firmwareImages(await imagesFolder(), catalogue)
  return loadLiveDevices(
    withFixedAccounts(store),
    surroundings({ imageFor: (model) => imageFor(model, images) }),
    nobodyLeftOut,
  )
}

async function all(store: Store, devices: LiveDevices): Promise<readonly LiveDevice[]> {
  const macs = await store.devices.devicePage(undefined, 100)
  return macs.flatMap((mac) => devices.byMac(mac) ?? [])
}

async function applied(file: string): Promise<{ store: Store; devices: readonly LiveDevice[] }> {
  const store = await emptyStore()
  await apply(store, await fleetFile(file))
  return { store, devices: await all(store, await live(store)) }
}

const written = (devices: readonly LiveDevice[]) =>
  devices.flatMap(({ mac, rendered }) =>
    [...rendered.files.values()].map(({ name, body }) => [join(mac, name), body.toString('utf8')] as const),
  )

/** Compares with the files of a folder, all of them and no others. */
function expectGolden(folder: string, files: readonly (readonly [name: string, body: string])[]): void {
  for (const [name, body] of files) {
    const path = join(golden, folder, name)
    if (write) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, body)
    }
    expect(existsSync(path), `${path} is missing`).toBe(true)
    expect(body).toBe(readFileSync(path, 'utf8'))
  }
  const kept = readdirSync(join(golden, folder), { recursive: true, withFileTypes: true })
  expect(kept.filter((entry) => entry.isFile()).length).toBe(files.length)
}

function withoutEquipment(company: FleetData['companies'][number]): object {
  return {
    ...company,
    lines: company.lines.map((line) => ({ ...line, keys: undefined, equipment: null })),
  }
}

describe.each(Object.entries(fleets))('the fleet of %s', (name, file) => {
  test('renders these very bytes', async () => {
    const { devices } = await applied(file)
    expectGolden(name, written(devices))
  })

  test('leaves nothing of itself on devices that were unlinked', async () => {
    const { store } = await applied(file)
    await apply(store, { companies: (await fleetFile(file)).companies.map(withoutEquipment) })
    const devices = await all(store, await live(store))
    expect(devices.map(({ state }) => state)).not.toContain('linked')
    expect(devices.length).toBeGreaterThan(7)
    for (const { rendered } of devices)
      for (const { secret, body } of rendered.files.values())
        expect([secret, body.toString('utf8')]).toEqual([
          false,
          expect.not.stringMatching(/Sip-|Account-|user-|sip\.example|edge\.example|\+?33\d{9}/),
        ])
    expectGolden(`${name}-neutral`, written(devices))
  })

  test('gives the same bytes and revisions in whatever order it was entered, and twice', async () => {
    const first = await applied(file)
    const data = await fleetFile(file)
    const reversed = {
      companies: data.companies
        .map((company) => ({ ...company, lines: company.lines.toReversed() }))
        .toReversed(),
    }
    const store = await emptyStore()
    await apply(store, reversed)
    const other = await all(store, await live(store))
    expect(written(other)).toEqual(written(first.devices))
    const revisions = (devices: readonly LiveDevice[]) => devices.map(({ rendered }) => rendered.revision)
    expect(revisions(other)).toEqual(revisions(first.devices))
    expect(revisions(await all(store, await live(store)))).toEqual(revisions(first.devices))
    expect(new Set(revisions(other)).size).toBe(other.length)
  })
})

test('together they hold every generation and every kind of device', async () => {
  const devices = (await Promise.all(Object.values(fleets).map(applied))).flatMap(({ devices }) => devices)
  const held = (of: 'generation' | 'kind' | 'maker') => new Set(devices.map(({ model }) => model[of]))
  const known = (of: 'generation' | 'kind' | 'maker') => new Set(catalogue.models.map((model) => model[of]))
  for (const of of ['generation', 'kind', 'maker'] as const) expect(held(of)).toEqual(known(of))
})

test('a revision is that of all bytes: one other letter in one file is another one', async () => {
  const data = await fleetFile(fleets.sample)
  const { store, devices } = await applied(fleets.sample)
  for (const line of data.companies[0]?.lines ?? [])
    if (line.number === '+33483050174') Object.assign(line, { lastName: 'Martim' })
  await apply(store, data)
  const after = await all(store, await live(store))
  const moved = after.filter(({ rendered }, i) => rendered.revision !== devices[i]?.rendered.revision)
  // Valérie's own phone, and the three that show her name.
  expect(moved.map(({ mac }) => mac)).toEqual([
    '48256712b942',
    '64167fb269d6',
    '64167fb269d7',
    '805ec0aa0001',
  ])
})
