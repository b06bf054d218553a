import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect } from 'vitest'

/** Seconds for each test; a few hundred inputs when absent, which is what a run of all tests has time for. */
const seconds = Number(process.env.BOOTLINE_FUZZ_SECONDS ?? 0)
/** The same number has the same inputs come; every run of `npm run fuzz` says its own. */
const seed = Number(process.env.BOOTLINE_FUZZ_SEED ?? 1)

const inputsAtATime = 250

/** How long a test may take: what it was given, and the time to make a smaller example of what it found. */
export const patience = seconds * 1000 + 120_000

/**
 * Tries inputs until one breaks the property or the time is over. `after` is tried between rounds and at the end: that
 * whatever came has left everything as it should be.
 */
export async function fuzz<T>(
  inputs: fc.Arbitrary<T>,
  property: (input: T) => Promise<void>,
  { after = async () => {}, atATime = inputsAtATime }: Fuzzing = {},
): Promise<number> {
  const end = performance.now() + seconds * 1000
  let tried = 0
  for (let round = 0; round === 0 || performance.now() < end; round++) {
    await fc.assert(
      fc.asyncProperty(inputs, (input) => {
        tried++
        return property(input)
      }),
      { numRuns: atATime, seed: seed + round },
    )
    await after()
  }
  if (seconds > 0)
    process.stderr.write(`${expect.getState().currentTestName}: ${tried} inputs, seed ${seed}\n`)
  return tried
}

export interface Fuzzing {
  readonly after?: () => Promise<void>
  /** Fewer where each takes long. */
  readonly atATime?: number
}

const documented = new Set(
  [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code),
)

/** A fault that was foreseen: with a code that the documentation explains, and a remedy. Anything else is thrown on. */
export function expectForeseen(error: unknown): void {
  if (!(error instanceof Error) || !('code' in error) || !('remedy' in error)) throw error
  expectDocumented(error)
}

/** A code that the documentation explains, for the whole and for each fault in it, and what would be right. */
export function expectDocumented(said: object): void {
  const { code, remedy, problems = [] } = said as Said
  expect(documented).toContain(code)
  expect(remedy).toMatch(/./)
  for (const problem of problems) {
    expect(documented).toContain(problem.code)
    expect(problem.right).toMatch(/./)
  }
}

interface Said {
  readonly code?: string
  readonly remedy?: string
  readonly problems?: readonly { readonly code: string; readonly right: string }[]
}

/** What nobody ever gets to see: where something happens in the sources, a page of a framework. */
export function expectNoInsides(text: string): void {
  expect(text).not.toMatch(/node_modules|\.[jt]s:\d+|\n\s+at \S+ \(|<html|<!doctype|\[object Object\]/i)
}

export function expectNoSecrets(text: string, secrets: readonly string[]): void {
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
}
