import type { HistoryEntry } from '../store/devices.ts'
import type { RebootEvent, RebootJob } from '../store/reboots.ts'
import { answerInWords } from './story-answers.ts'
import { printable } from './story-text.ts'
import { moment } from './story-times.ts'

/** How a device was told and what came of it, the latest first, as lines for people. */
export function rebootLines(
  job: RebootJob | undefined,
  newestFirst: readonly RebootEvent[],
): readonly string[] {
  if (!job && newestFirst.length === 0) return []
  return [
    'Told to take what it should have:',
    ...(job ? [`  ${jobText(job)}`] : []),
    ...newestFirst.map((event) => `  ${moment(event.at)}  ${eventText(event)}`),
  ].map(printable)
}

/** Where its job stands now. */
export function jobText(job: RebootJob): string {
  switch (job.state) {
    case 'waiting':
      return `waits until ${moment(job.dueAt)}${job.quiet ? ', for its company’s quiet hours' : ''}`
    case 'sending':
      return 'is being told now'
    case 'told':
      return `has heard; its files are waited for until ${moment(job.dueAt)}, then it is told again`
    case 'given-up':
      return 'is told no more: it will take its files at its next start or poll'
  }
}

function eventText({ what, detail = '', who }: RebootEvent): string {
  const more = detail === '' ? '' : `: ${detail}`
  const by = who === undefined ? '' : `, by ${who}`
  switch (what) {
    case 'queued':
      return `queued${more}${by}`
    case 'merged':
      return `one more reason${more}${by}`
    case 'told':
      return `told: ${answerInWords(detail)}`
    case 'unreached':
      return `could not be told${more}`
    case 'seen':
      return 'it came'
    case 'in-sync':
      return `in sync: it has every file${detail === '' ? '' : ` of ${detail}`}`
    case 'unchanged':
      return 'not told: its files turned out to be the same'
    case 'given-up':
      return `given up: ${answerInWords(detail)}`
    case 'cancelled':
      return `taken from the queue${by}`
    case 'retried':
      return `to be tried again${more}${by}`
    case 'rescheduled':
      return `put off or forward${more}${by}`
  }
}

/** What it changed of itself, the latest first. */
export function historyLines(newestFirst: readonly HistoryEntry[]): readonly string[] {
  if (newestFirst.length === 0) return []
  return [
    'Changed of itself:',
    ...newestFirst.map(
      ({ at, what, before, after }) => `  ${moment(at)}  ${ownChanges[what]} ${before} → ${after}`,
    ),
  ].map(printable)
}

const ownChanges: Readonly<Record<HistoryEntry['what'], string>> = {
  firmware: 'firmware',
  'user-agent': 'calls itself',
}
