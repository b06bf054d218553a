import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { recordsPerMinute } from '../../../src/delivery/recorder.ts'
import { createRecords, type RecordStore } from '../../../src/delivery/records.ts'
import { boots } from '../../../src/provision/boots.ts'
import type { DeliveryRecord, DeviceStatus } from '../../../src/store/devices.ts'
import { ask, open, tftpGet } from './asking.ts'
import { company, fleet } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

let certs: string
beforeAll(async () => {
  certs = await temporaryFolder()
})
afterAll(() => rm(certs, { recursive: true }))

const vvx = '64167fb269d6'
const t54w = '805ec0aa0001'
const devices = { [vvx]: 'polycom/vvx-450', [t54w]: 'yealink/t54w' }
const application = 'FileTransport PolycomVVX-VVX_450-UA/5.9.1.0615 Type/Application'
const updater = 'FileTransport PolycomVVX-VVX_450-UA/5.9.7.47435 Type/Updater'

async function started(settings: Record<string, string> = {}): Promise<Running> {
  const running = await run(fleet(company({ devices })), { certs, settings, only: ['http', 'tftp'] })
  onTestFinished(() => running.stop())
  return running
}

const get = (running: Running, path: string, userAgent = application) =>
  ask(running.port('http'), { path, userAgent })

/** Waits until the story of a device has this many entries, the oldest first. */
async function story(running: Running, mac: string, length: number) {
  const told = () => running.store.devices.deliveriesOf(mac, 1000)
  await expect.poll(async () => (await told()).length).toBe(length)
  return (await told()).toReversed()
}

describe('what a device was given', () => {
  it('is told in its order, with who asked, from where and how', async () => {
    const running = await started()
    await get(running, `/${vvx}.cfg`, updater)
    await get(running, `/${vvx}-lines.cfg`)
    await get(running, `/${vvx}-web.cfg`)
    await ask(running.port('http'), { path: `/${vvx}.cfg`, from: '127.0.4.1' })
    await tftpGet(running.port('tftp'), `${vvx}-settings.cfg`)
    await ask(running.port('http'), { path: `/${vvx}-app.log`, method: 'PUT', body: 'log' })
    const state = await running.store.devices.deviceState(vvx)
    const own = { mac: vvx, source: '127.0.0.1' }
    const served = { ...own, kind: 'device', status: 200, complete: true, revision: state?.revision }
    expect(await story(running, vvx, 6)).toMatchObject([
      { ...served, name: `${vvx}.cfg`, method: 'GET', transport: 'http', userAgent: updater },
      { ...served, name: `${vvx}-lines.cfg`, userAgent: application, version: '5.9.1.0615' },
      { ...own, name: `${vvx}-web.cfg`, kind: 'overrides', status: 404, bytes: 0, complete: false },
      { mac: vvx, source: '127.0.4.1', status: 401, why: 'window-other-source', complete: false },
      { ...served, name: `${vvx}-settings.cfg`, method: 'RRQ', transport: 'tftp' },
      { ...own, name: `${vvx}-app.log`, method: 'PUT', kind: 'log', status: 200, bytes: 3 },
    ])
  })

  it('tells the firmware of the application, not that of the boot loader, and nobody else’s', async () => {
    const running = await started()
    const state = () => running.store.devices.deviceState(vvx)
    await get(running, `/${vvx}.cfg`, updater)
    await expect.poll(async () => (await state())?.lastUserAgent).toBe(updater)
    expect((await state())?.lastVersion).toBeUndefined()
    await get(running, `/${vvx}.cfg`)
    await expect.poll(async () => (await state())?.lastVersion).toBe('5.9.1.0615')
    await get(running, `/${vvx}.cfg`, updater)
    const other = application.replace('5.9.1.0615', '9.9.9.9')
    await ask(running.port('http'), { path: `/${vvx}.cfg`, userAgent: other, from: '127.0.4.1' })
    await story(running, vvx, 4)
    expect(await state()).toMatchObject({
      lastVersion: '5.9.1.0615',
      lastUserAgent: updater,
      lastSource: '127.0.0.1',
    })
  })
})

describe('a device is in sync', () => {
  const delivered = async (running: Running, mac: string) => {
    const state = await running.store.devices.deviceState(mac)
    if (state?.revision === undefined) return 'not rendered yet'
    return state.deliveredRevision === undefined
      ? 'no'
      : state.deliveredRevision === state.revision
        ? 'yes'
        : 'old'
  }

  it('when it has all the files that tell it what it is, and not before', async () => {
    const running = await started()
    await get(running, `/${vvx}.cfg`)
    await get(running, `/${vvx}-lines.cfg`)
    await get(running, `/${vvx}-directory.xml`)
    await story(running, vvx, 3)
    expect(await delivered(running, vvx)).toBe('no')
    await get(running, `/${vvx}-settings.cfg`)
    await expect.poll(() => delivered(running, vvx)).toBe('yes')
  })

  it('not when it only asked whether a file is there', async () => {
    const running = await started()
    await ask(running.port('http'), { path: `/${t54w}.cfg`, method: 'HEAD' })
    await ask(running.port('http'), { path: `/${t54w}.cfg`, headers: { Range: 'bytes=0-9' } })
    await ask(running.port('http'), { path: `/${t54w}.boot` })
    await story(running, t54w, 3)
    expect(await delivered(running, t54w)).toBe('no')
  })

  it('not when the transfer was broken off', async () => {
    // Large enough that no buffer on the way takes all of it.
    const templates = await temporaryFolder()
    onTestFinished(() => rm(templates, { recursive: true }))
    await mkdir(join(templates, 'yealink'))
    await writeFile(join(templates, 'yealink/phone.cfg.hbs'), `#!version:1.0.0.1\n${'#'.repeat(9_000_000)}\n`)
    const running = await started({ BOOTLINE_TEMPLATES: templates })
    const socket = open(running.port('http'))
    socket.write(`GET /${t54w}.cfg HTTP/1.1\r\nHost: x\r\n\r\n`)
    await once(socket, 'data')
    socket.destroy()
    const [cut] = await story(running, t54w, 1)
    expect(cut).toMatchObject({ status: 200, complete: false })
    expect(await delivered(running, t54w)).toBe('no')
    expect((await get(running, `/${t54w}.cfg`, '')).body.length).toBeGreaterThan(8_000_000)
    await expect.poll(() => delivered(running, t54w)).toBe('yes')
  })

  it('when it is told that it has the file already, and no more after a change', async () => {
    const running = await started()
    const first = await ask(running.port('http'), { path: `/${t54w}.cfg`, method: 'HEAD' })
    const path = `/${t54w}.cfg`
    const same = await ask(running.port('http'), {
      path,
      headers: { 'If-None-Match': first.headers.etag ?? '' },
    })
    expect(same.status).toBe(304)
    await expect.poll(() => delivered(running, t54w)).toBe('yes')
    await running.apply(
      fleet(company({ devices, lines: { [t54w]: { name: 'Other', shortNumber: '1234' } } })),
    )
    await expect.poll(() => delivered(running, t54w)).toBe('old')
    await get(running, path, '')
    await expect.poll(() => delivered(running, t54w)).toBe('yes')
  })

  it('also when other devices’ changes come between two of its files', async () => {
    const running = await started()
    await get(running, `/${vvx}-lines.cfg`)
    // A company's own settings concern every device of it; this one's files stay what they are.
    await running.apply({ companies: [{ name: 'Toine Immo', quietHours: { from: '01:00', to: '02:00' } }] })
    const before = (await running.store.devices.deviceState(vvx))?.generation
    await running.apply(fleet(company({ devices, lines: { [t54w]: { name: 'Other' } } })))
    await expect.poll(async () => (await get(running, `/${t54w}.cfg`, '')).body.toString()).toContain('Other')
    expect((await running.store.devices.deviceState(vvx))?.generation).toBe(before)
    await get(running, `/${vvx}-settings.cfg`)
    await expect.poll(() => delivered(running, vvx)).toBe('yes')
  })
})

describe('who nobody has linked', () => {
  it('is noticed once, with what it says of itself, and has no story', async () => {
    const running = await started()
    const unknown = '64167f777777'
    const from = '127.0.4.2'
    await ask(running.port('http'), {
      path: `/${unknown}-boot.log`,
      method: 'PUT',
      body: 'x',
      userAgent: updater,
      from,
    })
    await ask(running.port('http'), { path: `/${unknown}.cfg`, userAgent: updater, from })
    await ask(running.port('http'), { path: `/${unknown}.cfg`, userAgent: application, from })
    await ask(running.port('http'), {
      path: '/y000000000096.cfg',
      userAgent: 'Yealink SIP-T54W 96.86.0.45 80:5e:c0:bb:00:01',
      from,
    })
    const seen = () => running.store.devices.discoveredDevices({ limit: 10 })
    await expect.poll(async () => (await seen()).length).toBe(2)
    await expect
      .poll(async () => (await seen()).find(({ mac }) => mac === unknown))
      .toMatchObject({
        maker: 'polycom',
        model: 'polycom/vvx-450',
        version: '5.9.1.0615',
        source: from,
        name: `${unknown}.cfg`,
      })
    expect((await seen()).find(({ mac }) => mac === '805ec0bb0001')).toMatchObject({ model: 'yealink/t54w' })
    expect(await running.store.devices.recentDeliveries(10)).toEqual([])
    expect(await running.store.devices.deviceState(unknown)).toBeUndefined()
  })

  it('is no news any more once it is linked', async () => {
    const running = await started()
    const mac = '805ec0bb0002'
    await ask(running.port('http'), { path: `/${mac}.cfg`, from: '127.0.4.3' })
    await expect
      .poll(async () => (await running.store.devices.discoveredDevices({ limit: 10 })).length)
      .toBe(1)
    await running.apply(fleet(company({ devices: { ...devices, [mac]: 'yealink/t54w' } })))
    expect(await running.store.devices.discoveredDevices({ limit: 10 })).toEqual([])
    await expect.poll(async () => (await get(running, `/${mac}.cfg`, '')).status).toBe(200)
  })
})

describe('many records', () => {
  it('of one file that is asked again and again are one, and the last time is not lost', async () => {
    const running = await started()
    await get(running, `/${t54w}.cfg`, '')
    const [first] = await story(running, t54w, 1)
    for (let i = 0; i < 5; i++) await get(running, `/${t54w}.cfg`, '')
    const last = Date.now()
    await get(running, `/${t54w}.boot`, '')
    expect(await story(running, t54w, 2)).toMatchObject([{ name: `${t54w}.cfg` }, { name: `${t54w}.boot` }])
    await running.service.close()
    const told = await story(running, t54w, 3)
    const again = told.filter(({ name }) => name === `${t54w}.cfg`).at(-1)
    expect({ ...again, id: 0, at: 0 }).toEqual({ ...first, id: 0, at: 0 })
    expect(again?.at).toBeGreaterThan(first?.at ?? last)
    expect(again?.at).toBeLessThanOrEqual(last)
  })

  it('in one device’s name are bounded, and do not hide what it does itself', async () => {
    const running = await started()
    expect((await get(running, `/${t54w}.boot`, '')).status).toBe(200)
    const port = running.port('http')
    const count = recordsPerMinute.asked * 3
    const asked = Array.from({ length: count }, (_, i) =>
      ask(port, { path: `/${t54w}.cfg`, from: `127.4.${i}.1` }),
    )
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 401))
    expect((await get(running, `/${t54w}.cfg`, '')).status).toBe(200)
    await expect
      .poll(async () => (await running.store.devices.deviceState(t54w))?.deliveredRevision)
      .toBeDefined()
    const told = await running.store.devices.deliveriesOf(t54w, 1000)
    // The flood may have gone on into the next minute.
    expect(told.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(recordsPerMinute.asked * 2)
  })

  it('are written once each, whatever fails in between', async () => {
    const written: DeliveryRecord[] = []
    const failing = { deliveries: true, discovered: true }
    const store: RecordStore = {
      async recordDeliveries(batch) {
        if (failing.deliveries) throw new Error('the disk is full')
        written.push(...batch)
      },
      async recordDiscovered() {
        if (failing.discovered) throw new Error('the disk is full')
      },
    }
    const errors: string[] = []
    const records = createRecords(store, { error: (_, text) => errors.push(text) })
    const at = Date.now()
    const record = (name: string) => ({
      at,
      name,
      kind: 'device',
      transport: 'http',
      method: 'GET',
      status: 200,
      bytes: 1,
      complete: true,
      source: '127.0.0.1',
    })
    records.delivered(record('first'))
    records.discovered({ at, mac: t54w, maker: 'yealink', source: '127.0.0.1', name: 'x' })
    await records.flush()
    await records.flush()
    records.delivered(record('second'))
    failing.deliveries = false
    records.discovered({ at, mac: t54w, maker: 'yealink', source: '127.0.0.1', name: 'x' })
    await records.flush()
    await records.close()
    expect(written.map(({ name }) => name)).toEqual(['first', 'second'])
    expect(errors.filter((text) => text.includes('wait'))).toHaveLength(1)
  })
})

describe('a boot', () => {
  it('has the same id in the log and in the story', async () => {
    const running = await started()
    await get(running, `/${vvx}.cfg`)
    await tftpGet(running.port('tftp'), `${vvx}-settings.cfg`)
    await story(running, vvx, 2)
    const [boot, ...others] = boots(
      { mac: vvx } as DeviceStatus,
      await running.store.devices.deliveriesOf(vvx, 9),
    )
    expect(others).toEqual([])
    const ids = running.log.flatMap(({ fields }) => ('boot' in fields ? [fields.boot] : []))
    expect(ids.length).toBeGreaterThanOrEqual(3)
    expect(new Set(ids)).toEqual(new Set([boot?.id]))
  })
})
