/**
 * The protocols of switches are lines of text, and some cut a line further at commas or spaces. A value that could
 * become a second line, header or variable is refused before anything is sent; it is never escaped.
 */
const patterns = {
  user: /^[A-Za-z0-9+*#._~-]{1,128}$/,
  /** `user@domain`. */
  account: /^[A-Za-z0-9+*#._~-]{1,128}@[A-Za-z0-9._-]{1,255}$/,
  host: /^[A-Za-z0-9._-]{1,255}$/,
  profile: /^[A-Za-z0-9._-]{1,64}$/,
  /** A package and its parameters: `check-sync;reboot=true`. */
  event: /^[A-Za-z0-9._-]{1,64}(;[A-Za-z0-9._-]{1,64}(=[A-Za-z0-9._-]{1,64})?)*$/,
  /** Anything that stays on its line; a password is somebody else's choice. */
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  line: /^[^\u0000-\u001f\u007f]{1,512}$/,
}

export type ValueKind = keyof typeof patterns

export function isFit(kind: ValueKind, value: string): boolean {
  return patterns[kind].test(value)
}
