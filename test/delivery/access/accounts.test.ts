import { expect, it } from 'vitest'
import { makeAccount } from '../../../src/delivery/access/accounts.ts'

it("an account's parts are letters and digits that every device can hold", () => {
  const made = Array.from({ length: 200 }, makeAccount)
  for (const { user, password } of made) {
    expect(user).toMatch(/^[A-Za-z0-9]{24}$/)
    expect(password).toMatch(/^[A-Za-z0-9]{32}$/)
  }
  expect(new Set(made.flatMap(({ user, password }) => [user, password])).size).toBe(400)
  // Every character occurs: nothing of the alphabet is out of reach.
  expect(new Set(made.map(({ password }) => password).join('')).size).toBe(62)
})
