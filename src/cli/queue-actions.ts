import { formatMac } from '../domain/mac.ts'
import type { When } from '../domain/when.ts'
import type { RebootJob } from '../store/reboots.ts'
import type { Store } from '../store/store.ts'
import { commandLineUser } from './fleet-store.ts'
import { moment } from './story-times.ts'

export const actions = ['cancel', 'retry', 'now', 'at'] as const
export type Action = (typeof actions)[number]

/**
 * What an action can be done to: one that was told is waited for, and one in hand is just being told. Trying again is
 * for what was tried: it does not bring forward who waits for quiet hours.
 */
export function mayBe(action: Action, { state, attempts, quiet }: RebootJob): boolean {
  if (action === 'cancel' || state === 'given-up') return true
  return state === 'waiting' && (action !== 'retry' || (attempts > 0 && !quiet))
}

export const asked: Readonly<Record<Action, string>> = {
  cancel: 'take them from the queue',
  retry: 'try them again',
  now: 'tell them now',
  at: 'put them off',
}

/** Says which devices it was done to, and when each is due. */
export async function act(
  store: Store,
  action: Action,
  jobs: readonly RebootJob[],
  time: When,
): Promise<readonly Done[]> {
  const who = commandLineUser().name
  const at = Date.now()
  if (action === 'cancel') {
    const macs = jobs.map(({ mac }) => mac)
    return (await store.reboots.cancel(macs, who, at)).map((mac) => ({ mac }))
  }
  const names = [...new Set(jobs.map(({ company }) => company))]
  const companies = await store.readFleet({ companies: names, secrets: false })
  const clocks = new Map(companies.map((company) => [company.name, company]))
  const done: Done[] = []
  for (const name of names) {
    const dueAt = time(clocks.get(name) ?? { timezone: 'UTC' })
    const macs = jobs.filter(({ company }) => company === name).map(({ mac }) => mac)
    const moved = await store.reboots.reschedule(macs, dueAt, who, at)
    done.push(...moved.map((mac) => ({ mac, dueAt })))
  }
  return done
}

export interface Done {
  readonly mac: string
  readonly dueAt?: number
}

/** What was done, and what was left as it was. */
export function actionText(jobs: readonly RebootJob[], done: readonly Done[]): string {
  if (jobs.length === 0) return 'None of them is in the queue.'
  return [
    ...done.map(({ mac, dueAt }) =>
      dueAt === undefined
        ? `${formatMac(mac)} is in the queue no more; bootline reboot puts it back.`
        : `${formatMac(mac)} is due ${moment(dueAt)}.`,
    ),
    ...leftAlone(jobs, done).map(
      ({ mac, state }) => `${formatMac(mac)} is left as it is: ${leftBecause[state]}.`,
    ),
  ].join('\n')
}

export function leftAlone(jobs: readonly RebootJob[], done: readonly Done[]): readonly RebootJob[] {
  const macs = new Set(done.map(({ mac }) => mac))
  return jobs.filter(({ mac }) => !macs.has(mac))
}

const leftBecause: Readonly<Record<RebootJob['state'], string>> = {
  waiting: 'it waits for its time; bootline queue now tells it at once',
  sending: 'it is being told now',
  told: 'it was told, and its fetch is waited for',
  'given-up': 'it was given up meanwhile',
}
