import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { steadyGrowth } from '../../bench/lib/steady-growth.mjs'

const megabyte = 1_048_576

function samples(count: number, bytesAt: (i: number) => number): { done: number; bytes: number }[] {
  return Array.from({ length: count }, (_, i) => ({ done: i * 1000, bytes: 50 * megabyte + bytesAt(i) }))
}

test('what grows a little with every start is found, whatever a sample is off by', () => {
  const leaking = samples(30, (i) => i * megabyte + (i % 3) * 2 * megabyte)
  expect(steadyGrowth(leaking, 200)).toMatchObject({ judged: true, grows: true })
})

test('what moves up and down, grows at the beginning only, or hardly at all, is flat', () => {
  const shaking = samples(30, (i) => (i % 4) * 5 * megabyte)
  const warming = samples(30, (i) => Math.min(i, 8) * 10 * megabyte)
  const slowly = samples(30, (i) => i * 100_000)
  for (const flat of [shaking, warming, slowly])
    expect(steadyGrowth(flat, 200)).toMatchObject({ judged: true, grows: false })
})

test('a few samples judge nothing', () => {
  expect(
    steadyGrowth(
      samples(7, (i) => i * 100 * megabyte),
      200,
    ),
  ).toEqual({ judged: false })
})

test('a short soak has phones start over every transport, and tells the memory after each turn', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/soak.mjs', '--minutes', '0.15', '--json'],
    { encoding: 'utf8' },
  )
  expect(status, stderr).toBe(0)
  const told = JSON.parse(stdout) as {
    starts: number
    bad: number
    samples: { heap: number; rss: number }[]
  }
  expect(told.starts).toBeGreaterThan(3)
  expect(told.bad).toBe(0)
  expect(told.samples.length).toBeGreaterThan(1)
  for (const { heap, rss } of told.samples) {
    expect(heap).toBeGreaterThan(megabyte)
    expect(rss).toBeGreaterThan(heap)
  }
})
