import { type Extent, extentOf } from '../../domain/extent.ts'
import { ApiFailure } from '../http/failure.ts'
import { createLoopFeed, type LoopFeed, type Noticed } from '../loop-feed.ts'
import { type Route, route } from '../route.ts'
import type { Services } from '../services.ts'
import { instant } from './devices-shown.ts'

/** So many people look on at once: each is a connection, and memory. */
const mostListeners = 500
/** Then a listener comes again and is asked anew who it is: what somebody reaches may be less by now. */
const longest = 10 * 60_000
/** Proxies and browsers give up a connection that says nothing for long. */
const heartbeat = 5_000

interface Listening {
  readonly feed: LoopFeed
  count: number
}

const listening = new WeakMap<Services, Listening>()

function listeningTo(services: Services): Listening {
  const known = listening.get(services)
  if (known) return known
  const made = { feed: createLoopFeed(services.store, services.now), count: 0 }
  listening.set(services, made)
  return made
}

const followEvents = route({
  id: 'followEvents',
  method: 'get',
  path: '/events',
  summary:
    'Look on as devices are saved, told, seen and in sync, as server-sent events; Last-Event-ID goes on from there',
  tag: 'devices',
  action: 'device.read',
  of: 'fleet',
  answer: { contentType: 'text/event-stream; charset=utf-8' },
  async handle({ who, headers, services }) {
    const all = listeningTo(services)
    if (all.count >= mostListeners) {
      throw new ApiFailure(503, 'too-many-listeners', 'too many look on already', 'try again later', {
        headers: { 'Retry-After': '60' },
      })
    }
    const given = String(headers['last-event-id'] ?? '')
    const from = /^\d{1,16}$/.test(given) ? Number(given) : undefined
    return { stream: events(all, extentOf(who, 'device.read'), from) }
  },
})

async function* events(all: Listening, within: Extent, from: number | undefined): AsyncGenerator<string> {
  const { feed } = all
  all.count += 1
  try {
    const began = performance.now()
    let said = began
    let at = from ?? feed.last
    // The very first look is what all that comes is compared with; what a later one finds came since this began.
    await feed.look()
    yield `retry: 2000\nid: ${at}\nevent: ready\ndata: {}\n\n`
    while (performance.now() - began < longest) {
      const found = feed.since(at, within)
      at = feed.last
      if (!found) yield `id: ${at}\nevent: reset\ndata: {}\n\n`
      else if (found.length > 0) yield found.map(written).join('')
      else if (performance.now() - said >= heartbeat) yield ': \n\n'
      else {
        await feed.look()
        continue
      }
      said = performance.now()
    }
  } finally {
    all.count -= 1
  }
}

const names = { wanted: 'saved', came: 'seen' } as const

function written({ id, happening, device: { device } }: Noticed): string {
  const { mac, at, what, detail, alarm } = happening
  const event = what === 'wanted' || what === 'came' ? names[what] : what
  const data = { mac, company: device.company, site: device.site, at: instant(at), detail, alarm }
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

export const eventRoutes: readonly Route[] = [followEvents]
