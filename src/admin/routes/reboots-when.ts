import { z } from 'zod'
import { fault } from '../../domain/problem.ts'
import { type Clock, parseWhen, type When } from '../../domain/when.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure } from '../http/failure.ts'

export const whenText = z
  .string()
  .max(40)
  .default('now')
  .describe(
    'now, quiet, an hour of the company’s clock such as 03:00, or a moment such as 2026-12-01T03:00:00Z',
  )

export function whenOf(text: string, now: number): When {
  const when = parseWhen(text, now)
  if (typeof when === 'function') return when
  throw new ApiFailure(
    422,
    'input-unfit',
    'this is no time to come',
    'correct what is named and send it again',
    {
      problems: [fault('when-unfit', 'when', when.wrong, when.right)],
    },
  )
}

export interface CompanyClock {
  readonly clock: Clock
  /** Somebody tells its devices. */
  readonly isTold: boolean
}

/** What time it is in these companies, and whether their devices are told; that of an unlinked device may be gone. */
export async function clocksOf(
  store: Pick<Store, 'readFleet'>,
  names: readonly string[],
): Promise<(company: string) => CompanyClock> {
  const companies = new Map<string, CompanyClock>()
  if (names.length > 0) {
    for (const company of await store.readFleet({ companies: [...new Set(names)], secrets: false }))
      companies.set(company.name, { clock: company, isTold: company.reboot?.by !== 'none' })
  }
  return (company) => companies.get(company) ?? { clock: { timezone: 'UTC' }, isTold: true }
}
