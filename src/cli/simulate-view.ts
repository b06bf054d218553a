import { formatMac } from '../domain/mac.ts'
import type { News } from '../simulate/life.ts'
import type { Boot, VirtualPhone } from '../simulate/phone.ts'
import type { Summary } from '../simulate/summary.ts'
import { printable } from './story-text.ts'
import { moment } from './story-times.ts'
import { table } from './table.ts'

/** A phone with what came of its last start. */
export interface Shown {
  readonly phone: VirtualPhone
  readonly boot: Boot
  readonly starts: number
  readonly happening?: string
  readonly at: number
}

/** What is seen of all of them at once, in so many lines at most. */
export function simulateLines(
  shown: readonly Shown[],
  total: number,
  rows: number,
  note: string,
): readonly string[] {
  const room = Math.max(1, rows - 4)
  const first = shown.toSorted((a, b) => rank(a) - rank(b) || b.at - a.at).slice(0, room)
  const good = shown.filter(({ boot }) => boot.outcome === 'ok').length
  const hidden = shown.length - first.length
  return [
    `${good} of ${total} virtual phones are what they should be`,
    ...table([['MAC', 'OUTCOME', 'STARTS', 'LAST', 'DEVICE'], ...first.map(rowOf)]).split('\n'),
    hidden > 0 ? `and ${hidden} more; ${note}` : note,
  ]
}

function rowOf({ phone, boot, starts, happening, at }: Shown): readonly string[] {
  const last = [moment(at).slice(-8), ...(happening === undefined ? [] : [happening])].join(' ')
  const what = [phone.hardware.model.label, printable(remark(boot))].filter(Boolean).join(': ')
  return [formatMac(boot.mac), boot.outcome, `${starts}`, last, what]
}

function remark({ detail, differences }: Boot): string {
  const [first, ...more] = differences
  const found = first ? `${first.where} is ${first.is}, should be ${first.should}` : undefined
  const others = more.length === 0 ? undefined : `and ${more.length} more`
  return [detail, found, others].filter((text) => text !== undefined).join('; ')
}

function rank({ boot }: Shown): number {
  return ['wrong', 'unreachable', 'turned away', 'kept out', 'ok'].indexOf(boot.outcome)
}

/** One event on one line, for a log. */
export function newsLine({ phone, happening, boot, registered }: News, at: number): string {
  const registration = registered === undefined ? '' : `, ${registered} registered`
  const why = remark(boot)
  const words = `${happening}: ${boot.outcome}${registration}${why === '' ? '' : `: ${why}`}`
  return printable(`${moment(at)}  ${formatMac(phone.hardware.mac)}  ${phone.hardware.model.label}  ${words}`)
}

/** Every phone that is not what it should be, with all that is wrong. */
export function faultLines(shown: readonly Shown[]): readonly string[] {
  return shown
    .filter(({ boot }) => boot.outcome !== 'ok')
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ phone, boot }) => [
      printable(
        `${formatMac(boot.mac)}  ${phone.hardware.model.label}  ${boot.outcome}${boot.detail ? `: ${boot.detail}` : ''}`,
      ),
      ...boot.differences.map(({ where, is, should }) =>
        printable(`  ${where}: is ${is}, should be ${should}`),
      ),
    ])
}

export function summaryText({
  starts,
  outcomes,
  requests,
  askedToWait,
  seconds,
  boot,
  request,
}: Summary): string {
  const counted = Object.entries(outcomes).filter(([outcome, count]) => count > 0 || outcome === 'ok')
  return [
    `${starts} ${starts === 1 ? 'start' : 'starts'} in ${seconds} s: ${counted.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`,
    `A start took ${boot.p50} ms (p50), ${boot.p99} ms (p99), ${boot.most} ms at most`,
    `${requests} requests, each ${request.p50} ms (p50), ${request.p99} ms (p99); ${askedToWait} times asked to come later`,
  ].join('\n')
}

/** For programs; passwords are nobody's business. */
export function shownJson({ phone, boot, starts }: Shown): object {
  const { mac, outcome, detail, differences, understood } = boot
  const { lines = [], keys = [], codes, duringCall, clock, language } = understood ?? {}
  return {
    mac: formatMac(mac),
    model: phone.hardware.model.id,
    company: phone.wanted.company,
    outcome,
    starts,
    ...(detail === undefined ? {} : { detail }),
    differences,
    ...(understood
      ? {
          is: {
            lines: lines.map(({ password: _, ...line }) => line),
            keys,
            codes,
            duringCall,
            clock,
            language,
          },
        }
      : {}),
  }
}
