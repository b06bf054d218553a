import { expect, test } from 'vitest'
import { opened, temporaryFolder } from './support.ts'

const outcome = { code: 'import-interrupted' }

test('an import is told to its owner, from its beginning to what came of it', async () => {
  const { imports } = await opened({ folder: await temporaryFolder() })
  const id = await imports.begin({ owner: 'person:1', at: 5, forgetBefore: 0 })
  expect(await imports.find(id, 'person:1')).toEqual({
    ...{ id, owner: 'person:1', state: 'reading', beganAt: 5 },
  })
  expect(await imports.find(id, 'token:1')).toBeUndefined()
  await imports.check(id, 7)
  expect(await imports.find(id, 'person:1')).toMatchObject({ state: 'checking', rows: 7 })
  await imports.end(id, 'done', { applied: true }, 9)
  expect(await imports.find(id, 'person:1')).toMatchObject({
    ...{ state: 'done', rows: 7, endedAt: 9, outcome: { applied: true } },
  })
})

test('what a server left unfinished has failed for the next one; what had ended stays', async () => {
  const folder = await temporaryFolder()
  const first = await opened({ folder })
  const ended = await first.imports.begin({ owner: 'person:1', at: 1, forgetBefore: 0 })
  await first.imports.end(ended, 'done', {}, 2)
  const cut = await first.imports.begin({ owner: 'person:1', at: 3, forgetBefore: 0 })
  await first.imports.check(cut, 10_000)
  const { imports } = await opened({ folder })
  expect(await imports.abandon(outcome, 4)).toBe(1)
  expect(await imports.abandon(outcome, 5)).toBe(0)
  expect(await imports.find(cut, 'person:1')).toMatchObject({ state: 'failed', endedAt: 4, outcome })
  expect(await imports.find(ended, 'person:1')).toMatchObject({ state: 'done', endedAt: 2 })
})

test('imports that ended long ago are forgotten when another begins, those under way are not', async () => {
  const { imports } = await opened({ folder: await temporaryFolder() })
  const old = await imports.begin({ owner: 'person:1', at: 1, forgetBefore: 0 })
  await imports.end(old, 'failed', outcome, 10)
  const running = await imports.begin({ owner: 'person:1', at: 2, forgetBefore: 10 })
  expect(await imports.find(old, 'person:1')).toBeDefined()
  await imports.begin({ owner: 'person:1', at: 99, forgetBefore: 11 })
  expect(await imports.find(old, 'person:1')).toBeUndefined()
  expect(await imports.find(running, 'person:1')).toBeDefined()
})
