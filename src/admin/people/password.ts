import { hash, parseOptions, verify } from '@node-rs/argon2'
import { fault, type Problem } from '../../domain/problem.ts'
import { newSecret } from './secrets.ts'

/** What OWASP asks of argon2id: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

export const passwordLimits = { shortest: 12, longest: 128 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), parameters)
}

/**
 * Compares with what nobody's password is where there is none to compare with: whether somebody exists must not show
 * in how long the answer takes.
 */
export async function isPassword(kept: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobodys), password.normalize('NFC'))
  return kept !== undefined && matches
}

const nobodys = hashPassword(newSecret())

/** Whether a hash was made with other parameters than those of today. */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(kept)
  const made = { memoryCost, timeCost, parallelism, outputLen }
  return JSON.stringify(made) !== JSON.stringify(parameters)
}

/** Length is what helps; rules about signs only make people write them down. */
export function passwordFaults(password: string, { email }: { email: string }): readonly Problem[] {
  const { shortest, longest } = passwordLimits
  const letters = [...password.normalize('NFC')]
  if (letters.length < shortest) return [weak(`it is shorter than ${shortest} characters`)]
  if (letters.length > longest) return [weak(`it is longer than ${longest} characters`)]
  if (new Set(letters).size < 5) return [weak('it repeats too few different characters')]
  if (password.toLowerCase().includes(email.toLowerCase())) return [weak('it holds the e-mail address')]
  return []
}

function weak(wrong: string): Problem {
  return fault('password-weak', 'password', wrong, 'take several words that do not belong together')
}
