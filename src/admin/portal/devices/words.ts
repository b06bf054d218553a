import type { z } from 'zod'
import type { deviceOf } from '../../routes/devices-shown.ts'
import type { Visit } from '../page.ts'
import { hasText } from '../text.ts'

type Standing = Pick<z.output<typeof deviceOf>, 'standing' | 'alarms'>

/** What is the matter with a device beside what its standing says already; who is turned away cannot have been seen. */
export function alarmsBeside({ standing, alarms }: Standing): readonly string[] {
  return alarms.filter((name) => name !== standing && (standing !== 'turned-away' || name !== 'never-seen'))
}

type Reader = Pick<Visit, 'locale' | 'text'>

/** Why a device was turned away; a newer server may do so for reasons that have no words here. */
export function refusalWords(
  { text }: Reader,
  { why, reason }: { readonly why: string; readonly reason: string },
): string {
  return hasText(`why.${why}`) ? text(`why.${why}`) : reason
}

/** Why a device is to be told, one or several reasons as the server writes them. */
export function causeWords({ text }: Reader, reasons: readonly string[]): string {
  const words = reasons.map((reason) => {
    const code = reason.toLowerCase().replace(/[^a-z]+/g, '-')
    return hasText(`cause.${code}`) ? text(`cause.${code}`) : reason
  })
  return words.join(', ')
}

/** How a device answered when it was told. */
export function answerWords({ text }: Reader, result: string | undefined): string | undefined {
  return result !== undefined && hasText(`answer.${result}`) ? text(`answer.${result}`) : undefined
}
