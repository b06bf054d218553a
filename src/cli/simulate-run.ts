import { setMaxListeners } from 'node:events'
import type { News } from '../simulate/life.ts'
import type { Boot, VirtualPhone } from '../simulate/phone.ts'
import { createCount } from '../simulate/summary.ts'
import type { Context } from './context.ts'
import { faultLines, newsLine, type Shown, shownJson, simulateLines, summaryText } from './simulate-view.ts'

/** One run of virtual phones: what became of each, on the screen while it lasts and in words at its end. */
export interface Run {
  /** Ends it: Ctrl-C, or SIGTERM. */
  readonly signal: AbortSignal
  readonly booted: (boot: Boot) => void
  readonly happened: (news: News) => void
  /** Tells how it was, and gives the exit code. */
  end(): number
  forget(): void
}

const pause = 200

export function createRun(context: Context, phones: readonly VirtualPhone[]): Run {
  const { screen, json } = context
  const ending = new AbortController()
  // Every phone that waits listens to it.
  setMaxListeners(0, ending.signal)
  const end = (): void => ending.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, end)
  const began = performance.now()
  const count = createCount()
  const byMac = new Map(phones.map((phone) => [phone.hardware.mac, phone]))
  const shown = new Map<string, Shown>()
  const draw = (): void =>
    screen?.draw(simulateLines([...shown.values()], phones.length, screen.rows, 'Ctrl-C ends this'))
  const timer = screen ? setInterval(draw, pause) : undefined

  function keep(boot: Boot, happening?: string): void {
    const phone = byMac.get(boot.mac)
    if (!phone) return
    count.add(boot)
    const before = shown.get(boot.mac)
    // Only programs read what each has become, and a storm has many.
    const { understood: _, ...rest } = boot
    const now = json ? boot : rest
    // Of a storm that goes round, the start that went wrong is the one to be told of.
    const telling = happening === undefined && before && before.boot.outcome !== 'ok' ? before.boot : now
    const starts = (before?.starts ?? 0) + 1
    const kept = { phone, boot: telling, starts, at: Date.now() }
    shown.set(boot.mac, happening === undefined ? kept : { ...kept, happening })
  }

  return {
    signal: ending.signal,
    booted: (boot) => keep(boot),
    happened(news) {
      keep(news.boot, news.happening)
      if (!screen && !json) context.out(newsLine(news, Date.now()))
    },
    end() {
      const all = [...shown.values()]
      const summary = count.summary((performance.now() - began) / 1000)
      if (screen) draw()
      context.show({ summary, phones: all.map(shownJson) }, () =>
        [...faultLines(all), summaryText(summary)].join('\n'),
      )
      return all.every(({ boot }) => boot.outcome === 'ok' || boot.outcome === 'kept out') ? 0 : 1
    },
    forget() {
      clearInterval(timer)
      for (const signal of signals) process.off(signal, end)
    },
  }
}
