import type { RequestPattern } from '../driver.ts'

/** What this vendor's devices ask for, in whichever folder the operator's address points them to. */
export const requests: readonly RequestPattern[] = [
  // A phone's speed dials are in its configuration: it asks for this list only when told to elsewhere.
  { pattern: /^(?:.*\/)?(?<mac>[0-9a-f]{12})-speeddial\.txt$/i, kind: 'absent' },
  { pattern: /^(?:.*\/)?(?<mac>[0-9a-f]{12})-ca\.pem$/i, kind: 'device' },
  { pattern: /^(?:.*\/)?(?<mac>[0-9a-f]{12})\.(?:cfg|ini|conf|xml)$/i, kind: 'device' },
  // Placeholders an operator may leave to the phone: `<MODEL>_<MAC>_conf.cfg`.
  { pattern: /^(?:.*\/)?(?<model>C?\d{3}HDG?)_(?<mac>[0-9a-f]{12})_conf\.cfg$/i, kind: 'device' },
  { pattern: /^(?:.*\/)?config(?<mac>[0-9a-f]{12})(?:\.ini)?$/i, kind: 'device' },
  { pattern: /^(?:.*\/)?(?<model>MP20[24x])[a-z]?_(?<mac>[0-9a-f]{12})\.\w+$/i, kind: 'device' },
  { pattern: /^(?:.*\/)?(?<file>(?<model>C?\d{3}HD)\.img)$/i, kind: 'firmware' },
  { pattern: /^(?:.*\/)?(?<file>[^/]+\.(?:img|cmp|rms))$/i, kind: 'firmware' },
  { pattern: /^(?:.*\/)?(?<file>[^/]+\.dat)$/i, kind: 'resource' },
]

/** The address in a name that is one device's own, and what the name ends in. */
export function deviceName(path: string): { readonly mac: string; readonly ending: string } | undefined {
  for (const { pattern, kind } of requests) {
    const groups = pattern.exec(path)?.groups
    if (!groups) continue
    const ending = /(?:-ca)?\.\w+$/i.exec(path)?.[0] ?? ''
    return kind === 'device' && groups.mac
      ? { mac: groups.mac.toLowerCase(), ending: ending.toLowerCase() }
      : undefined
  }
  return undefined
}
