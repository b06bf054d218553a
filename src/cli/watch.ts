import { setTimeout as sleep } from 'node:timers/promises'
import { happenings, type Watched } from '../provision/steps.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { dated } from './devices-story.ts'
import { Refusal } from './failure.ts'
import { readCompanies, withStore } from './fleet-store.ts'
import { devicesNamed } from './targets.ts'
import { look, type Whom } from './watch-look.ts'
import { happeningLine, progressText, watchLines } from './watch-view.ts'

export const watch = command({
  name: 'watch',
  summary: 'Look on as devices are told, come, and take what they should have',
  operands: ['[MAC|LINE…]'],
  examples: [
    'bootline watch',
    'bootline watch --company "Toine Immo"',
    'bootline watch 64:16:7f:b2:69:d6 --until-in-sync --timeout 300',
  ],
  options: {
    company: { type: 'string', value: 'NAME', about: 'the devices of this company' },
    'until-in-sync': { type: 'boolean', about: 'end when all of them have what they should have' },
    timeout: {
      type: 'string',
      value: 'SECONDS',
      about: 'end after that time, with 1 unless all are in sync',
    },
  },
  async run(context, { company, timeout, 'until-in-sync': untilInSync = false }, named) {
    if (company !== undefined && named.length > 0) {
      throw new Refusal('usage', 'a device is named, and a company too', 'give MACs or lines, or --company')
    }
    const seconds = timeout === undefined ? undefined : secondsOf(timeout)
    const ending = endingAfter(seconds)
    try {
      return await withStore(context, async (store) => {
        if (company !== undefined) await readCompanies(store, [company])
        const macs = (await devicesNamed(store, named)).map(({ mac }) => mac)
        const whom: Whom = company !== undefined ? { company } : macs.length > 0 ? { macs } : {}
        const last = await follow(context, store, whom, { untilInSync, signal: ending.signal })
        const done = last.every(({ step }) => step === 'in-sync')
        if (!context.json) for (const line of verdict(last, context)) context.out(line)
        return done || (seconds === undefined && !untilInSync) ? 0 : 1
      })
    } finally {
      ending.forget()
    }
  },
})

function secondsOf(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new Refusal('usage', `"${text}" is no number of seconds`, 'give a whole number such as 300')
}

/** Ends by the time, by Ctrl-C, or by SIGTERM; whatever is written then has been written whole. */
function endingAfter(seconds: number | undefined): { readonly signal: AbortSignal; forget(): void } {
  const ending = new AbortController()
  const end = (): void => ending.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, end)
  const timer = seconds === undefined ? undefined : setTimeout(end, seconds * 1000)
  return {
    signal: ending.signal,
    forget() {
      clearTimeout(timer)
      for (const signal of signals) process.off(signal, end)
    },
  }
}

/** Looks as often as this, or less often where a look takes long. */
const pause = 500
const shareOfTime = 10

async function follow(
  context: Context,
  store: Store,
  whom: Whom,
  { untilInSync, signal }: { readonly untilInSync: boolean; readonly signal: AbortSignal },
): Promise<readonly Watched[]> {
  let before: ReadonlyMap<string, Watched> = new Map()
  for (;;) {
    const began = Date.now()
    const after = await look(store, whom, before, began)
    show(context, before, after, began)
    before = after
    const all = [...after.values()]
    if (signal.aborted || (untilInSync && all.every(({ step }) => step === 'in-sync'))) return all
    await sleep(Math.max(pause, (Date.now() - began) * shareOfTime), undefined, { signal }).catch(() => {})
  }
}

function show(
  context: Context,
  before: ReadonlyMap<string, Watched>,
  after: ReadonlyMap<string, Watched>,
  now: number,
): void {
  if (context.screen) {
    context.screen.draw(watchLines([...after.values()], context.screen.rows, 'Ctrl-C ends this'))
    return
  }
  for (const [mac, watched] of after) {
    for (const happening of happenings(before.get(mac), watched, now)) {
      context.out(context.json ? JSON.stringify(dated(happening)) : happeningLine(happening, watched))
    }
  }
}

/** The last word, where no screen shows it. */
function verdict(last: readonly Watched[], { screen }: Context): readonly string[] {
  if (last.length === 0) return ['Nobody is waiting to be told.']
  return screen ? [] : [progressText(last)]
}
