import { formatMac } from '../domain/mac.ts'
import type { JobState, RebootJob } from '../store/reboots.ts'
import { answerInWords } from './story-answers.ts'
import { labelOf } from './story-device.ts'
import { printable } from './story-text.ts'
import { moment } from './story-times.ts'
import { table } from './table.ts'

/** The queue as people read it. */
export function queueText(jobs: readonly RebootJob[]): string {
  if (jobs.length === 0) return 'Nobody is waiting to be told.'
  return [
    table([
      ['MAC', 'MODEL', 'STATE', 'TELLS', 'LAST ANSWER', 'WHY', 'SITE', 'COMPANY'],
      ...jobs.map((job) => [
        formatMac(job.mac),
        labelOf(job.model),
        stateText(job),
        String(job.attempts),
        printable(job.lastDetail === undefined ? '-' : answerInWords(job.lastDetail)),
        printable(job.reasons.join(', ')),
        job.site ?? '-',
        job.company,
      ]),
    ]),
    '',
    countsText(jobs),
  ].join('\n')
}

function stateText({ state, dueAt, toldAt, quiet }: RebootJob): string {
  switch (state) {
    case 'waiting':
      return `waits until ${moment(dueAt)}${quiet ? ' (quiet hours)' : ''}`
    case 'sending':
      return 'is being told'
    case 'told':
      return `told ${moment(toldAt ?? dueAt)}`
    case 'given-up':
      return 'given up: at its next start or poll'
  }
}

const names: Readonly<Record<JobState, string>> = {
  waiting: 'waiting',
  sending: 'being told',
  told: 'told',
  'given-up': 'given up',
}

function countsText(jobs: readonly RebootJob[]): string {
  const states = Object.entries(names) as [JobState, string][]
  return states
    .map(([state, name]) => ({ name, count: jobs.filter((job) => job.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(', ')
}
