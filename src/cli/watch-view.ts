import { formatMac } from '../domain/mac.ts'
import type { Happening, Step, Watched } from '../provision/steps.ts'
import { answerInWords } from './story-answers.ts'
import { labelOf } from './story-device.ts'
import { jobText } from './story-reboots.ts'
import { alarmInWords, alarmsText } from './story-standing.ts'
import { printable } from './story-text.ts'
import { moment } from './story-times.ts'
import { table } from './table.ts'

/** What is seen of all of them at once, in so many lines at most. */
export function watchLines(watched: readonly Watched[], rows: number, note: string): readonly string[] {
  const room = Math.max(1, rows - 4)
  const shown = watched.toSorted(mostTelling).slice(0, room)
  const hidden = watched.length - shown.length
  return [
    progressText(watched),
    ...table([['MAC', 'WANTED', 'TOLD', 'CAME', 'IN SYNC', 'DEVICE'], ...shown.map(rowOf)]).split('\n'),
    hidden > 0 ? `and ${hidden} more; ${note}` : note,
  ]
}

export function progressText(watched: readonly Watched[]): string {
  const done = watched.filter(({ step }) => step === 'in-sync').length
  const length = 30
  const full = watched.length === 0 ? length : Math.floor((done / watched.length) * length)
  const bar = `[${'#'.repeat(full)}${'.'.repeat(length - full)}]`
  const others = (['wanted', 'told', 'came'] as const).map((step) => {
    return `${watched.filter((one) => one.step === step).length} ${step}`
  })
  return `${bar} ${done} of ${watched.length} in sync; ${others.join(', ')}`
}

function rowOf(one: Watched): readonly string[] {
  const { device, wantedAt, toldAt, cameAt, inSyncAt } = one
  const times = [wantedAt, toldAt, cameAt, inSyncAt].map((at) => (at === undefined ? '-' : hour(at)))
  // What is long comes last: a narrow terminal cuts it.
  const what = [labelOf(device.model), printable(remark(one))].filter(Boolean).join(': ')
  return [formatMac(device.mac), ...times, what]
}

/** What a person would ask next. */
function remark({ step, job, alarms }: Watched): string {
  if (alarms.length > 0) return `ALARM: ${alarmsText(alarms)}`
  if (step === 'in-sync' || !job) return ''
  const answer = job.lastDetail === undefined ? '' : `${answerInWords(job.lastDetail)}; `
  return job.state === 'told' ? '' : `${answer}${jobText(job)}`
}

/** Trouble first, then who is furthest, then who was ready last. */
function mostTelling(a: Watched, b: Watched): number {
  return rank(a) - rank(b) || (b.inSyncAt ?? 0) - (a.inSyncAt ?? 0)
}

const ranks: Readonly<Record<Step, number>> = { came: 1, told: 2, wanted: 3, 'in-sync': 4 }

function rank({ alarms, job, step }: Watched): number {
  return alarms.length > 0 || job?.state === 'given-up' ? 0 : ranks[step]
}

function hour(at: number): string {
  return moment(at).slice(-8)
}

/** One event on one line, for a log. */
export function happeningLine(happening: Happening, { device }: Watched): string {
  return printable(`${moment(happening.at)}  ${formatMac(happening.mac)}  ${words(happening, device)}`)
}

function words({ what, detail = '', alarm }: Happening, device: Watched['device']): string {
  if (alarm !== undefined) return `ALARM: ${alarmInWords(alarm, device)}`
  const more = detail === '' ? '' : `: ${answerInWords(detail)}`
  return `${names[what]}${more}`
}

const names: Readonly<Record<Happening['what'], string>> = {
  wanted: 'wanted',
  told: 'told',
  answered: 'not told yet',
  came: 'came',
  'in-sync': 'in sync',
  'given-up': 'given up: it will take its files at its next start or poll',
  alarm: 'alarm',
}
