import type { Parameters } from './intent.ts'

/** A parameter is a secret when its vendor named it so. */
export function isSecretName(name: string): boolean {
  return /pass|pwd|secret|credential|private|\bpin\b/i.test(name)
}

/** In place of a secret in what is shown; sent back, it means the secret that is there. */
export const masked = '********'

export function maskedParameters(parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isSecretName(name) ? masked : value]),
  )
}

/** What comes back from somebody who was shown masks: those become again what they stand for. */
export function unmaskedParameters(
  parameters: Readonly<Record<string, string>>,
  stored: Parameters | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      return [name, value === masked && isSecretName(name) ? (stored?.[name] ?? value) : value]
    }),
  )
}
