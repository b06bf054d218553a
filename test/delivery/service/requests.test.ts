import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identify } from '../../../src/delivery/access/identity.ts'
import { requestedName } from '../../../src/delivery/http/name.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import { ask, tftpGet, tftpPut } from './asking.ts'
import { company, fleet, linked, passwordOf } from './fleet.ts'
import type { Row } from './request-rows.ts'
import { audiocodesRequests } from './requests-audiocodes.ts'
import { polycomRequests } from './requests-polycom.ts'
import { refused, strangers } from './requests-refused.ts'
import { yealinkRequests } from './requests-yealink.ts'
import { type Running, run, temporaryFolder } from './running.ts'

const accepted = [...polycomRequests, ...yealinkRequests, ...audiocodesRequests]

let certs: string
let running: Running

const images = [
  '3111-44500-001.sip.ld',
  '440HD.img',
  'T54W(T57W,T53W,T53,T53C,T54,T57)-96.86.0.45(20211130).rom',
]
const others = ['000.GUI.French.lang', 'usa_tones_13.dat', 'VVXLocalization/French_France/VVX-dictionary.xml']

beforeAll(async () => {
  certs = await temporaryFolder()
  running = await run(fleet(company({ devices: linked })), { certs })
  const firmware = join(running.folder, 'firmware')
  await mkdir(join(firmware, 'VVXLocalization/French_France'), { recursive: true })
  for (const name of [...images, ...others]) await writeFile(join(firmware, name), `the file ${name}`)
})
afterAll(async () => {
  await running.stop()
  await rm(certs, { recursive: true })
})

interface Heard {
  readonly status: number
  readonly body: string
}

async function send({ method, path, transport, userAgent }: Row, from: string): Promise<Heard> {
  if (transport === 'tftp') {
    const port = running.port('tftp')
    const told = await (method === 'RRQ'
      ? tftpGet(port, path, from)
      : tftpPut(port, path, Buffer.from('hello'), from))
    if ('body' in told) return { status: 200, body: told.body.toString() }
    return { status: told.error === 1 ? 404 : 403, body: '' }
  }
  const { status, body } = await ask(running.port(transport), {
    method,
    path,
    from,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(method === 'PUT' || method === 'POST' ? { body: 'hello' } : {}),
    ...(transport === 'https' ? { tls: {} } : {}),
  })
  return { status, body: body.toString() }
}

function identified({ path, transport, userAgent }: Row): object {
  const name = requestedName(transport === 'tftp' ? `/${path}` : path) ?? ''
  const identity = identify({ name, ...(userAgent === undefined ? {} : { userAgent }) }, drivers, (mac) =>
    catalogue.find(linked[mac] ?? ''),
  )
  if ('refused' in identity) return { mac: identity.mac }
  const { mac, driver, model, version, kind } = identity
  return { mac, driver: driver?.name, model: model?.id, version, kind }
}

const told = ({ method, path, userAgent, transport }: Row): string =>
  `${transport} ${method} ${path.slice(0, 90)} ${userAgent ?? '-'}`
const phone = '127.0.0.1'

describe('each request of a real device is understood and answered', () => {
  it('there are enough of them', () => {
    expect(accepted.length).toBeGreaterThanOrEqual(120)
  })

  it.each(accepted.map((row) => [told(row), row] as const))('%s', async (_, row) => {
    const { mac, driver, model, version, kind } = row
    expect(identified(row)).toEqual({ mac, driver, model, version, kind })
    const heard = await send(row, phone)
    expect(heard.status).toBe(row.status)
    const reads = row.method === 'GET' || row.method === 'RRQ'
    if (reads && row.status === 200) expect(heard.body.length).toBeGreaterThan(0)
    if (reads && row.status === 200 && kind === 'firmware') expect(heard.body).toMatch(/^the file /)
    // A device's file is its own: nobody else's password is in it.
    const secrets = Object.keys(linked).filter((other) => heard.body.includes(passwordOf(other)))
    expect(secrets.filter((other) => other !== mac)).toEqual([])
    // Polycom's files but one hold no line; the others have one configuration, and this is it.
    const whole = driver !== 'polycom' && kind === 'device' && !/\.boot$/i.test(row.path)
    if (reads && row.status === 200 && whole) expect(secrets).toEqual([mac])
    if (reads && row.status === 200 && /-lines\.cfg$/i.test(row.path)) expect(secrets).toEqual([mac])
    if (kind !== 'device') expect(secrets).toEqual([])
  })

  it('and is in the records as what it was', async () => {
    const at = running.store.devices
    await expect.poll(async () => (await at.recentDeliveries(1000)).length).toBeGreaterThan(100)
    const kept = await at.deliveriesOf('64167f000500', 100)
    const row = accepted.find(({ path }) => path === '/64167f000500-web.cfg')
    expect(kept.find(({ name }) => name === '64167f000500-web.cfg')).toMatchObject({
      mac: '64167f000500',
      kind: 'overrides',
      method: 'GET',
      status: 404,
      version: '5.9.7.4477',
      userAgent: row?.userAgent,
    })
  })
})

describe('what contradicts itself, climbs or is nothing is refused, from a device that has an open window too', () => {
  it.each(refused.map((row) => [told(row), row] as const))('%s', async (_, row) => {
    const { mac, status } = row
    if (status === 401) expect(identified(row)).toEqual({ mac })
    const heard = await send(row, phone)
    expect(heard.status).toBe(status)
    expect(heard.body).not.toMatch(/Secret|SQLite|root:/)
  })
})

describe('a stranger learns nothing and is noticed', () => {
  it.each(strangers.map((row, i) => [told(row), row, `127.0.9.${i + 1}`] as const))(
    '%s',
    async (_, row, from) => {
      const { mac, driver, model, version, kind } = row
      expect(identified(row)).toEqual({ mac, driver, model, version, kind })
      expect((await send(row, from)).status).toBe(row.status)
      const seen = async () =>
        (await running.store.devices.discoveredDevices({ limit: 5000 })).find((one) => one.mac === mac)
      await expect
        .poll(seen)
        .toMatchObject({ source: from, ...(model ? { model } : {}), ...(version ? { version } : {}) })
      expect(await running.store.devices.deliveriesOf(mac ?? '', 1)).toEqual([])
    },
  )
})
