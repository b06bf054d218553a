import { expect, it } from 'vitest'
import { bootLog } from '../../src/delivery/boot-log.ts'
import { bootId } from '../../src/domain/starts.ts'
import type { DeliveryRecord } from '../../src/store/devices.ts'

const start = Date.parse('2026-11-21T08:00:00Z')
const first = '805ec0aa0001'
const second = '805ec0aa0002'

function logging() {
  const lines: { readonly text: string; readonly boot: unknown; readonly mac: unknown }[] = []
  const take = (fields: object, text: string) =>
    void lines.push({ text, ...(fields as { boot: unknown; mac: unknown }) })
  const hear = bootLog({ debug: take, info: take, warn: take, error: take })
  const record = (mac: string, seconds: number, parts: Partial<DeliveryRecord> = {}): void =>
    hear({
      at: start + seconds * 1000,
      mac,
      name: `${mac}.cfg`,
      kind: 'device',
      transport: 'http',
      method: 'GET',
      status: 200,
      bytes: 10,
      complete: true,
      source: '127.0.0.1',
      ...parts,
    })
  return { lines, record }
}

it('gives all that a device asks for in one boot one id, and another boot another', () => {
  const { lines, record } = logging()
  record(first, 0)
  record(second, 1)
  record(first, 50, { transport: 'tftp' })
  record(first, 100, { completes: 'r1' })
  record(first, 200)
  const of = (mac: string) => lines.filter((line) => line.mac === mac).map(({ text, boot }) => [text, boot])
  const [one, two] = [bootId(start), bootId(start + 200_000)]
  expect(of(first)).toEqual([
    ['a device starts', one],
    ['answered a device', one],
    ['answered a device', one],
    ['answered a device', one],
    ['a device has its files', one],
    ['a device starts', two],
    ['answered a device', two],
  ])
  expect(of(second).map(([text]) => text)).toEqual(['a device starts', 'answered a device'])
})

it('takes what a device sends of itself for no start', () => {
  const { lines, record } = logging()
  record(first, 0)
  record(first, 3600, { method: 'PUT' })
  record(second, 0, { method: 'PUT' })
  expect(lines.filter(({ text }) => text === 'a device starts')).toHaveLength(1)
  expect(lines.at(-1)).toMatchObject({ text: 'answered a device', boot: undefined, mac: second })
})
