import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { windowTimes } from '../../src/domain/window.ts'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import { type LiveDevices, loadLiveDevices } from '../../src/provision/live-devices.ts'
import type { Store } from '../../src/store/store.ts'
import { apply, emptyStore, nobodyLeftOut, surroundings } from './support.ts'

const phone = '805ec0aa0001'
const other = '805ec0aa0002'
const base = '805ec0112233'

interface Fields {
  equipment?: object | null
  keys?: object
  name?: string
}

/** A company with two lines that watch each other, and whatever is said of the first. */
function fleet(first: Fields = {}, settings: object = {}) {
  const line = { kind: 'fixed', site: 'Grasse' }
  return {
    companies: [
      {
        name: 'Toine Immo',
        sip: { domain: 'sip.example.net' },
        sites: [{ name: 'Grasse' }],
        ...settings,
        lines: [
          {
            ...line,
            number: '+33483050173',
            name: 'Accueil',
            equipment: { model: 'yealink/t54w', mac: phone },
            ...first,
          },
          {
            ...line,
            number: '+33483050174',
            name: 'Atelier',
            equipment: { model: 'yealink/t46s', mac: other },
            keys: { supervision: ['+33483050173'] },
          },
        ],
      },
    ],
  }
}

interface Running {
  readonly store: Store
  readonly live: LiveDevices
  readonly clock: { now: number }
  readonly leftOut: [mac: string, reason: string][]
}

async function running(first: object = fleet(), around = surroundings()): Promise<Running> {
  const clock = { now: 1000 }
  const store = await emptyStore(() => clock.now)
  await apply(store, first)
  const leftOut: Running['leftOut'] = []
  const live = await loadLiveDevices(
    store,
    around,
    (mac, reason) => leftOut.push([mac, reason]),
    () => clock.now,
  )
  return { store, live, clock, leftOut }
}

const bodyOf = (live: LiveDevices, name: string) => live.byFile(name)?.file.body.toString('utf8')
const revisionOf = (live: LiveDevices, mac: string) => live.byMac(mac)?.rendered.revision

describe('a device in memory', () => {
  test('is found by its address, its files, and its account', async () => {
    const { store, live } = await running()
    const device = live.byMac(phone)
    expect(device).toMatchObject({
      mac: phone,
      state: 'linked',
      company: 'Toine Immo',
      access: 'first-contact',
    })
    expect(live.byFile(`${phone}.cfg`)).toMatchObject({ device, file: { secret: true } })
    expect(live.byFile(`${phone}.boot`)).toMatchObject({ device, file: { secret: false } })
    const account = (await store.devices.deviceState(phone))?.account
    expect(live.byAccount(account?.user ?? '')).toBe(device)
    expect(device?.account).toEqual(account)
    expect(live.count).toBe(2)
    for (const unknown of [base, '', '__proto__']) {
      expect(live.byMac(unknown)).toBeUndefined()
      expect(live.byFile(unknown)).toBeUndefined()
      expect(live.byAccount(unknown)).toBeUndefined()
    }
  })

  test('has its revision in the store as soon as it is rendered', async () => {
    const { store, live, clock } = await running()
    const saved = async () => {
      const state = await store.devices.deviceState(phone)
      return [state?.revision, state?.revisionAt]
    }
    expect(await saved()).toEqual([revisionOf(live, phone), 1000])
    clock.now = 2000
    await apply(store, fleet({ name: 'Réception' }))
    expect(await saved()).toEqual([undefined, undefined])
    await live.refresh()
    expect(await saved()).toEqual([revisionOf(live, phone), 2000])
  })
})

describe('a refresh', () => {
  test('takes in a new device, and one that is on the line in place of another', async () => {
    const { store, live } = await running(fleet({ equipment: null }))
    expect(live.byMac(phone)).toBeUndefined()
    await apply(store, fleet())
    await live.refresh()
    expect(live.byMac(phone)?.state).toBe('linked')
    const former = live.byMac(phone)?.account?.user ?? ''
    await apply(store, fleet({ equipment: { model: 'yealink/t54w', mac: base } }))
    await live.refresh()
    expect(bodyOf(live, `${base}.cfg`)).toContain('33483050173')
    expect(live.byMac(phone)).toMatchObject({ state: 'neutral', rendered: { files: expect.any(Map) } })
    expect(bodyOf(live, `${phone}.cfg`)).not.toContain('33483050173')
    expect(live.byAccount(former)).toBeUndefined()
  })

  test('shows a colleague’s new name on the keys that watch him, and leaves others alone', async () => {
    const { store, live } = await running()
    const before = [live.byMac(phone), live.byMac(other)]
    await apply(store, fleet({ name: 'Réception' }))
    await live.refresh()
    expect(bodyOf(live, `${other}.cfg`)).toContain('Réception')
    expect([live.byMac(phone), live.byMac(other)]).not.toContain(before[1])
    await apply(store, fleet({ name: 'Réception', keys: { supervision: ['+33483050174'] } }))
    const watcher = live.byMac(other)
    await live.refresh()
    expect(bodyOf(live, `${phone}.cfg`)).toContain('Atelier')
    expect(live.byMac(other)).toBe(watcher)
  })

  test('makes an unlinked device neutral, and a linked one of it again with another account', async () => {
    const { store, live } = await running()
    const first = live.byMac(phone)
    await apply(store, fleet({ equipment: null }))
    await live.refresh()
    const unlinked = live.byMac(phone)
    expect(unlinked).toMatchObject({ state: 'neutral', access: 'first-contact' })
    expect(unlinked?.account).toBeUndefined()
    expect([...(unlinked?.rendered.files.values() ?? [])].filter(({ secret }) => secret)).toEqual([])
    await apply(store, fleet())
    await live.refresh()
    expect(live.byMac(phone)).toMatchObject({ state: 'linked' })
    expect(live.byMac(phone)?.account?.user).not.toBe(first?.account?.user)
    expect(live.byAccount(first?.account?.user ?? '')).toBeUndefined()
  })

  test('forgets the files of a model when another one comes to its address', async () => {
    const { store, live } = await running()
    await apply(store, fleet({ equipment: { model: 'polycom/vvx-450', mac: phone } }))
    await live.refresh()
    expect(live.byFile(`${phone}.boot`)).toBeUndefined()
    expect(live.byFile(`${phone}-lines.cfg`)?.device.model.id).toBe('polycom/vvx-450')
  })

  test('learns who may have the files when a company’s settings change, and whether any is guarded', async () => {
    const { store, live } = await running(fleet({}, { deviceAccess: 'open', openNetworks: ['10.0.0.0/8'] }))
    expect(live.anyGuarded).toBe(false)
    expect(live.byMac(phone)).toMatchObject({ access: 'open', openNetworks: ['10.0.0.0/8'] })
    await apply(store, fleet({}, { deviceAccess: 'certificate' }))
    await live.refresh()
    expect(live.anyGuarded).toBe(true)
    expect(live.byMac(phone)).toMatchObject({ access: 'certificate' })
  })

  test('takes a window that a manager opened, with the new account it means', async () => {
    const { store, live } = await running()
    const former = live.byMac(phone)
    await store.devices.openDeviceWindow(phone, { name: 'ana', source: 'cli', at: 5000 }, makeDeviceAccount)
    await live.refresh()
    expect(live.byMac(phone)?.window).toEqual({ openedAt: 5000, expiresAt: 5000 + windowTimes.open })
    expect(live.byMac(phone)?.account?.password).not.toBe(former?.account?.password)
    expect(revisionOf(live, phone)).not.toBe(former?.rendered.revision)
  })

  test('asked for while another runs ends with every change that was there when it was asked', async () => {
    const { store, live } = await running()
    const first = live.refresh()
    await apply(store, fleet({ name: 'Réception' }))
    const second = live.refresh()
    expect(live.refresh()).toBe(second)
    await second
    expect(bodyOf(live, `${phone}.cfg`)).toContain('Réception')
    await first
  })

  test('beside a new rendering of all leaves what was changed last', async () => {
    const { store, live } = await running()
    for (let round = 1; round <= 10; round++) {
      const all = live.renderAll(['templates'])
      await apply(store, fleet({ name: `Round ${round}.` }))
      await Promise.all([live.refresh(), all])
      expect(bodyOf(live, `${phone}.cfg`)).toContain(`Round ${round}.`)
    }
  })

  test('that fails is made up for by the next one', async () => {
    const { store, live, clock } = await running()
    let failing = true
    const unsteady: Store = {
      ...store,
      devices: {
        ...store.devices,
        readDevices: (macs) =>
          failing ? Promise.reject(new Error('no database')) : store.devices.readDevices(macs),
      },
    }
    failing = false
    const second = await loadLiveDevices(unsteady, surroundings(), nobodyLeftOut, () => clock.now)
    await apply(store, fleet({ name: 'Réception' }))
    failing = true
    await expect(second.refresh()).rejects.toThrow('no database')
    failing = false
    await second.refresh()
    await live.refresh()
    expect(bodyOf(second, `${phone}.cfg`)).toBe(bodyOf(live, `${phone}.cfg`))
    expect(bodyOf(second, `${phone}.cfg`)).toContain('Réception')
  })
})

describe('the time of a device’s files', () => {
  test('stays when its bytes do, whatever was changed', async () => {
    const { store, live, clock } = await running()
    const before = live.byMac(phone)
    clock.now = 2000
    // The same clock under another name: the change concerns the device, and its files come out as they were.
    await apply(store, fleet({}, { timezone: 'Europe/Monaco' }))
    await live.refresh()
    const after = live.byMac(phone)
    expect(after).not.toBe(before)
    expect(after).toMatchObject({ modifiedAt: 1000, rendered: { revision: before?.rendered.revision } })
    expect(await store.devices.deviceState(phone)).toMatchObject({ revisionAt: 1000 })
  })

  test('moves when its bytes do, and only its', async () => {
    const { store, live, clock } = await running()
    clock.now = 2000
    await apply(store, fleet({ keys: { supervision: ['+33483050174'] } }))
    await live.refresh()
    expect(live.byMac(phone)?.modifiedAt).toBe(2000)
    expect(live.byMac(other)?.modifiedAt).toBe(1000)
  })

  test('moves by a second at least, since HTTP counts no less', async () => {
    const { store, live, clock } = await running()
    clock.now = 1100
    await apply(store, fleet({ keys: { supervision: ['+33483050174'] } }))
    await live.refresh()
    expect(live.byMac(phone)?.modifiedAt).toBe(2000)
  })

  test('is the same after a restart', async () => {
    const { store, clock } = await running()
    clock.now = 9000
    const again = await loadLiveDevices(store, surroundings(), nobodyLeftOut, () => clock.now)
    expect(again.byMac(phone)?.modifiedAt).toBe(1000)
  })
})

describe('rendering all anew', () => {
  test('gives what the surroundings are by now, and keeps the time of what stays', async () => {
    let ca: string | undefined = 'ONE'
    const around = surroundings({ caPem: () => ca })
    const { store, live, clock } = await running(
      fleet({ equipment: { model: 'polycom/vvx-450', mac: phone } }),
      around,
    )
    const before = revisionOf(live, phone)
    clock.now = 2000
    await live.renderAll(['certificate'])
    expect(live.byMac(phone)).toMatchObject({ modifiedAt: 1000, rendered: { revision: before } })
    ca = undefined
    await live.renderAll(['certificate'])
    expect(live.byMac(phone)?.modifiedAt).toBe(2000)
    expect(await store.devices.deviceState(phone)).toMatchObject({
      revision: revisionOf(live, phone),
      revisionAt: 2000,
    })
    expect(revisionOf(live, phone)).not.toBe(before)
  })
})

describe('a device without files', () => {
  test('of a model that this version does not have is named, and the others are served', async () => {
    const { store } = await running()
    const find = (id: string) => (id === 'yealink/t54w' ? undefined : catalogue.find(id))
    const leftOut: [string, string][] = []
    const live = await loadLiveDevices(
      store,
      surroundings({ catalogue: { ...catalogue, find } }),
      (mac, reason) => leftOut.push([mac, reason]),
    )
    expect(leftOut).toEqual([[phone, 'yealink/t54w is not in the catalogue of this version']])
    expect(live.byMac(phone)).toBeUndefined()
    expect(live.byMac(other)?.state).toBe('linked')
  })

  test('whose rendering fails is named, and has no files that are no longer its own', async () => {
    let broken = false
    const plain = surroundings()
    const { store, live, leftOut } = await running(
      fleet(),
      surroundings({
        imageFor(model) {
          if (broken && model.id === 'yealink/t54w') throw new Error('no such image')
          return plain.imageFor(model)
        },
      }),
    )
    broken = true
    await apply(store, fleet({ name: 'Réception' }))
    await live.refresh()
    expect(leftOut).toEqual([[phone, 'no such image']])
    expect(live.byMac(phone)).toBeUndefined()
    expect(live.byFile(`${phone}.cfg`)).toBeUndefined()
    expect(bodyOf(live, `${other}.cfg`)).toContain('Réception')
    broken = false
    await live.renderAll(['firmware'])
    expect(bodyOf(live, `${phone}.cfg`)).toContain('Réception')
  })

  test('is forgotten once the store has forgotten it', async () => {
    const { store, live } = await running()
    await apply(store, fleet({ equipment: null }))
    await live.refresh()
    expect(live.byMac(phone)?.state).toBe('neutral')
    const forgotten = await store.devices.pruneDevices(1000 + windowTimes.open)
    await live.reread(forgotten)
    expect(forgotten).toEqual([phone])
    expect(live.byMac(phone)).toBeUndefined()
    expect(live.byFile(`${phone}.cfg`)).toBeUndefined()
    expect(live.count).toBe(1)
  })

  test('is not told of when its company is gone: it still has to forget its lines', async () => {
    const { store, live, leftOut } = await running()
    await apply(store, { companies: [] }, true)
    await live.refresh()
    expect(leftOut).toEqual([])
    expect(live.byMac(phone)).toMatchObject({
      state: 'neutral',
      access: 'first-contact',
      company: 'Toine Immo (removed 1970-01-01)',
    })
    expect(bodyOf(live, `${phone}.cfg`)).not.toContain('sip.example.net')
    expect(live.anyGuarded).toBe(false)
  })
})
