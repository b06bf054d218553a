import type { z } from 'zod'
import type { deviceOf } from '../../routes/devices-shown.ts'
import { address } from '../address.ts'
import type { Ask } from '../ask.ts'
import type { Listed } from '../listed.ts'

type Device = z.output<typeof deviceOf>

/** Something that does not come right by itself, with the way to where it can be put right. */
export interface Concern {
  readonly what: 'turned-away' | 'reboot-loop' | 'old-files' | 'never-seen' | 'to-complete' | 'behind'
  readonly tone: 'bad' | 'warn'
  readonly count: number
  /** There are more than were counted. */
  readonly more: boolean
  /** Whom it concerns, the first of them. */
  readonly names: readonly string[]
  readonly to: string
}

/** More of a kind are told as "more": whoever has so many begins with the list. */
const counted = 100
const named = 3

/** Quiet hours have passed by then, so nothing holds back what should have been taken. */
const longBehind = 24 * 3_600_000

const alarms = [
  { what: 'turned-away', tone: 'bad' },
  { what: 'reboot-loop', tone: 'bad' },
  { what: 'old-files', tone: 'warn' },
  { what: 'never-seen', tone: 'warn' },
] as const

/** What wants attention, the worst first: of one company, or of all that somebody sees. */
export async function concernsOf(ask: Ask, company?: string): Promise<readonly Concern[]> {
  const devices = async (query: Readonly<Record<string, string>>) => {
    const { body } = await ask<Listed<Device>>('listDevices', {
      query: { company, limit: counted, ...query },
    })
    return body
  }
  // One look finds them all, unless there are so many that one kind would hide another.
  const any = await devices({ alarm: 'any' })
  const of = async (what: (typeof alarms)[number]['what']): Promise<Listed<Device>> =>
    any.next === undefined
      ? { items: any.items.filter((device) => device.alarms.includes(what)) }
      : devices({ alarm: what })
  const alarming = alarms.map(async ({ what, tone }) => {
    const found = await of(what)
    return { what, tone, ...concerning(found), to: address('/devices', { alarm: what, company }) }
  })
  const late = devices({ standing: 'behind' }).then(({ items, next }) => {
    const since = Date.now() - longBehind
    const long = items.filter(
      ({ wanted, alarms }) => alarms.length === 0 && Date.parse(wanted?.at ?? '') < since,
    )
    const to = address('/devices', { standing: 'behind', company })
    return { what: 'behind', tone: 'warn', ...concerning({ items: long, next }), to } as const
  })
  const all = await Promise.all([...alarming, linesToComplete(ask, company), late])
  return all.filter(({ count }) => count > 0)
}

async function linesToComplete(ask: Ask, company: string | undefined): Promise<Concern> {
  const equipment = 'to-complete'
  const { body } = await ask<Listed<{ displayName: string }> & { total: number }>('listLines', {
    query: { company, equipment, total: true, limit: named },
  })
  return {
    what: 'to-complete',
    tone: 'warn',
    count: body.total,
    more: false,
    names: body.items.map(({ displayName }) => displayName),
    to: address('/lines', { equipment, company }),
  }
}

function concerning({ items, next }: Listed<Device>): Pick<Concern, 'count' | 'more' | 'names'> {
  const names = items.slice(0, named).map(({ lines, mac, label }) => lines[0]?.name ?? label ?? mac)
  return { count: items.length, more: next !== undefined, names }
}
