import { fault, type Problem } from '../../domain/problem.ts'

const day = 24 * 3_600_000

export const tokenLife = { usual: 90 * day, longest: 366 * day }

/** It stands in the audit beside people, who are called by their address: none must look like one. */
export function tokenName(name: string): readonly Problem[] {
  if (/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,58}[\p{L}\p{N}])?$/u.test(name)) return []
  return [
    fault('token-name', 'name', 'this is no name of a token', 'letters, digits, blanks, . _ and -, up to 60'),
  ]
}

/** Every token ends: one that nobody remembers opens nothing one day. */
export function tokenExpiry(
  text: string | undefined,
  now: number,
): { readonly at: number } | { readonly problem: Problem } {
  if (text === undefined) return { at: now + tokenLife.usual }
  const at = Date.parse(text)
  if (at > now && at <= now + tokenLife.longest) return { at }
  const right = `a time to come, at most ${tokenLife.longest / day} days from now`
  return { problem: fault('token-expiry', 'expiresAt', 'a token cannot end then', right) }
}
