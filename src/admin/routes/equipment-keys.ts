import { z } from 'zod'
import type { RecordChange } from '../../domain/fleet-diff.ts'
import type { Line, Shortcut } from '../../domain/intent.ts'

const shortcutOf = z.union([z.literal('interception'), z.object({ number: z.string(), label: z.string() })])

export const goneKeysOf = z.object({ supervision: z.array(z.string()), shortcuts: z.array(shortcutOf) })

/** Keys that a line had before a change of its equipment and has no more. */
export function goneKeys(change: RecordChange<Line> | undefined): z.output<typeof goneKeysOf> {
  const { before, after } = change ?? {}
  const left = new Set(after?.keys.supervision)
  const room = new Set(after?.keys.shortcuts.map(named))
  return {
    supervision: before?.keys.supervision.filter((number) => !left.has(number)) ?? [],
    shortcuts: before?.keys.shortcuts.filter((shortcut) => !room.has(named(shortcut))) ?? [],
  }
}

function named(shortcut: Shortcut): string {
  return shortcut === 'interception' ? shortcut : `${shortcut.number} ${shortcut.label}`
}
