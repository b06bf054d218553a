import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Wanted } from './expected.ts'
import type { Boot, VirtualPhone } from './phone.ts'
import { type RegisteredLine, type Registering, register } from './sip-agent.ts'

/** What happens to a phone besides what its server has it do. */
export type Happening =
  | 'switched on'
  | 'told'
  | 'polls'
  | 'lost power'
  | 'changed by its user'
  | 'factory reset'

export interface News {
  readonly phone: VirtualPhone
  readonly happening: Happening
  readonly boot: Boot
  /** Of its lines, how many the registrar let in; absent without a registrar. */
  readonly registered?: number
}

export interface Living {
  readonly chance: Chance
  readonly signal: AbortSignal
  /** Seconds between two things that happen to one phone by themselves. */
  readonly pace: number
  /** Where its lines register, and hear that there is something new. */
  readonly registrar?: Registering
  /** What a phone should be by now; absent where that does not change. */
  readonly look?: (mac: string) => Promise<Wanted | undefined>
  tell(news: News): void
}

/** How often each thing happens among those that happen by themselves. */
const happenings: readonly (readonly [share: number, happening: Happening])[] = [
  [0.6, 'polls'],
  [0.25, 'lost power'],
  [0.13, 'changed by its user'],
  [0.02, 'factory reset'],
]

/** One phone from its first start to the end of the run. */
export async function live(phone: VirtualPhone, living: Living): Promise<void> {
  const { chance, signal, pace, registrar, look, tell } = living
  let happening: Happening = 'switched on'
  let lines: readonly RegisteredLine[] = []
  try {
    for (;;) {
      const now = await look?.(phone.hardware.mac)
      if (now) phone.expect(now)
      const boot = await phone.boot(signal)
      await Promise.all(lines.map((line) => line.hangUp()))
      lines = registrar && boot.understood ? await register(boot.understood.lines, registrar) : []
      const registered = registrar ? { registered: lines.filter(({ accepted }) => accepted).length } : {}
      tell({ phone, happening, boot, ...registered })
      const rest = pace * 1000 * (0.5 + chance.next())
      const told = Promise.race(lines.map((line) => line.told))
      const resting = new AbortController()
      const over = AbortSignal.any([signal, resting.signal])
      happening = await Promise.race([
        sleep(rest, undefined, { signal: over }).then(() => drawn(chance)),
        ...(lines.length === 0 ? [] : [told.then((): Happening => 'told')]),
      ])
      resting.abort()
      if (happening === 'changed by its user') phone.change()
      if (happening === 'factory reset') phone.reset()
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    await Promise.all(lines.map((line) => line.hangUp()))
  }
}

function drawn(chance: Chance): Happening {
  let left = chance.next()
  for (const [share, happening] of happenings) {
    left -= share
    if (left < 0) return happening
  }
  return 'polls'
}
