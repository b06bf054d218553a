import { sameRecord } from './diff.ts'
import type { CompanyChange, RecordChange } from './fleet-diff.ts'
import { type Company, type CompanySettings, displayName, type Line, sipUser } from './intent.ts'

/**
 * The devices that a change leads to: those of the lines that differ, those whose keys supervise a line that shows or
 * registers otherwise, those of a site with another clock, and all when the company decides something else for its
 * devices. What else a company decides, such as who tells them, is in no device's files.
 */
export function touchedDevices(
  { settings, sites, lines }: CompanyChange,
  before: Company | undefined,
  after: Company | undefined,
): ReadonlySet<string> {
  const both = [...(before?.lines ?? []), ...(after?.lines ?? [])]
  if (settings && !sameRecord(inFiles(settings.before), inFiles(settings.after))) return devicesOf(both)
  const own = lines.flatMap(({ before, after }) => [before, after].filter((line) => line !== undefined))
  const faces = new Set(
    lines.filter(hasOtherFace).map(({ before, after }) => (after ?? before)?.number ?? ''),
  )
  const clocks = new Set(
    sites
      .filter(({ before, after }) => before?.timezone !== after?.timezone)
      .map(({ before, after }) => (after ?? before)?.name ?? ''),
  )
  if (faces.size + clocks.size === 0) return devicesOf(own)
  const led = both.filter(
    (line) => clocks.has(line.site) || line.keys.supervision.some((number) => faces.has(number)),
  )
  return devicesOf([...own, ...led])
}

/** What of a company's settings its devices' files hold. */
function inFiles(settings: CompanySettings | undefined): unknown {
  if (!settings) return undefined
  const { locale, timezone, sip, codes, keyDuringCall, parameters, reboot } = settings
  return [locale, timezone, sip, codes, keyDuringCall, parameters, reboot?.by === 'direct']
}

function hasOtherFace({ before, after }: RecordChange<Line>): boolean {
  if (!before || !after) return true
  return displayName(before) !== displayName(after) || sipUser(before) !== sipUser(after)
}

function devicesOf(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.equipment?.mac ?? []))
}
