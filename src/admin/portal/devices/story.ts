import type { z } from 'zod'
import type { storyOf } from '../../routes/devices-story.ts'
import type { Visit } from '../page.ts'
import { causeWords, refusalWords } from './words.ts'

export type Story = z.output<typeof storyOf>

type Boot = Story['boots'][number]

interface ShownEvent {
  readonly at: string
  /** A text, and what it names. */
  readonly text: string
  readonly values: Readonly<Record<string, string>>
  readonly who?: string
}

/** A device's starts, each with how it went in one word. */
export function shownBoots(visit: Visit, { boots }: Story): readonly object[] {
  return boots.map((boot) => ({
    ...boot,
    outcome: outcomeOf(boot),
    refused: boot.refused.map((one) => ({ ...one, words: refusalWords(visit, one) })),
    sources: boot.sources.join(', '),
    transports: boot.transports.join(', ').toUpperCase(),
    userAgents: boot.userAgents.join(', '),
  }))
}

type Outcome = 'whole' | 'older' | 'refused' | 'part' | 'nothing-new'

function outcomeOf({ isWhole, revision, refused, given, unchanged }: Boot): Outcome {
  if (isWhole) return revision?.isWanted === false ? 'older' : 'whole'
  if (refused.length > 0) return 'refused'
  return given.length === 0 && unchanged.length > 0 ? 'nothing-new' : 'part'
}

/** What was done about a device and what it changed of itself, in one order of time, the newest first. */
export function shownEvents(visit: Visit, { events, history }: Story): readonly ShownEvent[] {
  const done = events.map(({ at, what, detail = '', who }) => {
    const isCause = what === 'queued' || what === 'merged'
    return {
      at,
      text: `event.${what}`,
      values: { detail: isCause ? causeWords(visit, detail.split(', ')) : detail },
      ...(who === undefined ? {} : { who }),
    }
  })
  const changed = history.map(({ at, what, before, after }) => ({
    at,
    text: `event.changed-${what}`,
    values: { before, after },
  }))
  return [...done, ...changed].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
