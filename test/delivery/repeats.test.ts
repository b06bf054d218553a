import { describe, expect, it } from 'vitest'
import type { DeviceRequest, Outcome } from '../../src/delivery/plane.ts'
import { createRepeats, repeatsFoldFor } from '../../src/delivery/repeats.ts'
import { renderedFile } from '../../src/provision/render.ts'
import type { DeliveryRecord } from '../../src/store/devices.ts'

const name = '805ec0aa0001.cfg'
const rendered = () => renderedFile({ name, contentType: 'text/plain', body: 'a=b\n', secret: true })
const request: DeviceRequest = {
  transport: 'http',
  method: 'GET',
  name,
  target: `/${name}`,
  source: '192.0.2.1',
  userAgent: 'Yealink SIP-T54W 96.86.0.45',
}
const outcome: Outcome = { status: 200, bytes: 4, complete: true }
const asked = { transport: 'http', method: 'GET', name, source: '192.0.2.1' }
const record: DeliveryRecord = {
  ...asked,
  ...outcome,
  kind: 'device',
  at: 1000,
  userAgent: 'Yealink SIP-T54W 96.86.0.45',
  revision: 'r1',
  completes: 'r1',
}

function told() {
  const written: DeliveryRecord[] = []
  const repeats = createRepeats((each) => written.push(each))
  const file = rendered()
  repeats.told(file, record)
  return { written, repeats, file }
}

describe('the same file asked again and again', () => {
  it('is told once more, with the last time, when the time is over', () => {
    const { written, repeats, file } = told()
    for (let at = 1001; at < 1000 + repeatsFoldFor; at += 500)
      expect(repeats.holds(file, request, 'r1', outcome, at)).toBe(true)
    repeats.settle(999 + repeatsFoldFor)
    expect(written).toEqual([])
    repeats.settle(1000 + repeatsFoldFor)
    repeats.settle(1001 + repeatsFoldFor)
    expect(written).toEqual([{ ...record, at: repeatsFoldFor + 501 }])
  })

  it('is told at once when the last time was long ago', () => {
    const { written, repeats, file } = told()
    expect(repeats.holds(file, request, 'r1', outcome, 1000 + repeatsFoldFor)).toBe(false)
    expect(written).toEqual([])
  })

  it('counts from the last that was told, not from the first', () => {
    const { written, repeats, file } = told()
    repeats.holds(file, request, 'r1', outcome, 2000)
    expect(repeats.holds(file, request, 'r1', outcome, 1000 + repeatsFoldFor)).toBe(true)
    expect(written).toEqual([{ ...record, at: 2000 }])
  })

  it('is handed over when nothing may stay behind', () => {
    const { written, repeats, file } = told()
    repeats.holds(file, request, 'r1', outcome, 2000)
    repeats.settle(Number.POSITIVE_INFINITY)
    expect(written).toEqual([{ ...record, at: 2000 }])
  })

  it('is told before what comes after it', () => {
    const { written, repeats, file } = told()
    repeats.holds(file, request, 'r1', outcome, 2000)
    repeats.told(file, { ...record, source: '192.0.2.2', at: 3000 })
    repeats.settle(Number.POSITIVE_INFINITY)
    expect(written).toEqual([{ ...record, at: 2000 }])
  })
})

describe('what is not the same is told by itself', () => {
  it.each<[string, Partial<DeviceRequest>, Partial<Outcome>, string]>([
    ['another source', { source: '192.0.2.2' }, {}, 'r1'],
    ['another program', { userAgent: 'curl' }, {}, 'r1'],
    ['another transport', { transport: 'https' }, {}, 'r1'],
    ['another method', { method: 'HEAD' }, {}, 'r1'],
    ['another writing of the name', { name: name.toUpperCase() }, {}, 'r1'],
    ['another answer', {}, { status: 304, bytes: 0 }, 'r1'],
    ['broken off', {}, { complete: false }, 'r1'],
    ['another revision', {}, {}, 'r2'],
  ])('%s', (_, otherRequest, otherOutcome, revision) => {
    const { repeats, file } = told()
    expect(
      repeats.holds(file, { ...request, ...otherRequest }, revision, { ...outcome, ...otherOutcome }, 1001),
    ).toBe(false)
  })

  it('another file of the same content', () => {
    expect(told().repeats.holds(rendered(), request, 'r1', outcome, 1001)).toBe(false)
  })
})
