import { afterEach, beforeEach, expect, test } from 'vitest'
import { aubert, delivery, servingDevices, vvx } from '../helpers/devices.ts'

let api: Awaited<ReturnType<typeof servingDevices>>
const endings: AbortController[] = []

beforeEach(async () => {
  api = await servingDevices()
})
afterEach(async () => {
  for (const ending of endings.splice(0)) ending.abort()
  await api.close()
})

interface Event {
  readonly id: string
  readonly event: string
  readonly data: { readonly mac?: string; readonly company?: string }
}

/** Listens as a browser does; the next event comes when it is asked for. */
async function listen(as: string, lastId?: string) {
  const ending = new AbortController()
  endings.push(ending)
  const response = await fetch(`${api.address}api/v1/events`, {
    headers: { Authorization: `Bearer ${as}`, ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) },
    signal: ending.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  async function next(): Promise<Event> {
    for (;;) {
      const end = held.indexOf('\n\n')
      if (end >= 0) {
        const block = held.slice(0, end)
        held = held.slice(end + 2)
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
        if (field('event') !== '')
          return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) }
        continue
      }
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) throw new Error('the stream is over')
      held += value
    }
  }
  return { response, next, end: () => ending.abort() }
}

test('who looks on hears of a device that comes by itself, and when it is turned away', async () => {
  const { devices } = api.store
  const manager = await listen('manager')
  expect((await manager.next()).event).toBe('ready')
  const at = api.clock.now
  await devices.saveRevisions([{ mac: vvx, revision: 'r2', at }])
  await devices.recordDeliveries([delivery(aubert, at), delivery(vvx, at, { revision: 'r2' })])
  expect(await manager.next()).toMatchObject({ event: 'seen', data: { mac: vvx } })
  await devices.recordDeliveries([delivery(vvx, at + 1, { revision: 'r2', completes: 'r2' })])
  const whole = [await manager.next(), await manager.next()]
  expect(whole.map(({ event, data }) => [event, data.mac])).toEqual([
    ['seen', vvx],
    ['in-sync', vvx],
  ])
  const refused = { status: 401, complete: false, bytes: 0, why: 'credentials-wrong' }
  await devices.recordDeliveries([delivery(vvx, at + 2, refused)])
  expect(await manager.next()).toMatchObject({ event: 'alarm', data: { mac: vvx, alarm: 'turned-away' } })
})

test('who looks on hears of each step of his devices, and of nobody else’s', async () => {
  const { reboots, devices } = api.store
  const manager = await listen('manager')
  expect(manager.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect((await manager.next()).event).toBe('ready')
  const at = api.clock.now
  await devices.saveRevisions([{ mac: vvx, revision: 'r2', at }])
  await reboots.order({ macs: [aubert, vvx], dueAt: at, who: 'ana', at })
  const saved = await manager.next()
  expect(saved).toMatchObject({ event: 'saved', data: { mac: vvx, company: 'Toine Immo' } })
  const [job] = await reboots.jobs({ mac: vvx, limit: 1 })
  await reboots.claim(job?.id ?? 0, 'n', at + 1000, at)
  await reboots.settle(job?.id ?? 0, 'n', {
    ...{ state: 'told', told: true, dueAt: at + 60_000, attempts: 1, result: 'heard', detail: '200 OK' },
    at: at + 1,
  })
  expect(await manager.next()).toMatchObject({ event: 'told', data: { mac: vvx } })
  await devices.recordDeliveries([delivery(vvx, at + 2, { revision: 'r2', completes: 'r2' })])
  await reboots.confirm(at + 3)
  const rest = [await manager.next(), await manager.next()]
  expect(rest.map(({ event, data }) => [event, data.mac])).toEqual([
    ['seen', vvx],
    ['in-sync', vvx],
  ])
  manager.end()

  // Who comes back hears what he missed, and no more of what is not his.
  const again = await listen('manager', saved.id)
  expect((await again.next()).event).toBe('ready')
  expect((await again.next()).event).toBe('told')
})

test('who comes back after too long is told to look anew', async () => {
  const late = await listen('operator', '1')
  expect((await late.next()).event).toBe('ready')
  expect((await late.next()).event).toBe('reset')
})
