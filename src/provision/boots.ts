import { inPlainWords, notThere } from '../domain/refusals.ts'
import { bootId, isStart } from '../domain/starts.ts'
import type { Delivery, DeviceStatus } from '../store/devices.ts'

/** What a device asked for at one start, or in one of its nightly looks. */
export interface Boot {
  /** As the log calls it. */
  readonly id: string
  readonly from: number
  readonly to: number
  readonly sources: readonly string[]
  readonly transports: readonly string[]
  readonly userAgents: readonly string[]
  /** File names, each once. */
  readonly given: readonly string[]
  /** The device had these already. */
  readonly unchanged: readonly string[]
  readonly brokenOff: readonly string[]
  readonly notThere: readonly string[]
  readonly uploads: readonly string[]
  readonly refused: readonly RefusedFile[]
  /** Of the files it asked for last. */
  readonly revision?: Revision
  /** It had every file of that revision by the end; known of the latest time it had. */
  readonly isWhole: boolean
}

export interface Revision {
  readonly id: string
  readonly isWanted: boolean
}

export interface RefusedFile {
  readonly name: string
  readonly why: string
  readonly reason: string
  readonly source: string
}

/** A device's deliveries as its starts, the latest first. What it sends belongs to the start before, however late. */
export function boots(device: DeviceStatus, newestFirst: readonly Delivery[]): readonly Boot[] {
  const groups: Delivery[][] = []
  for (const delivery of newestFirst.toReversed()) {
    const last = groups.at(-1)
    const before = last?.findLast((one) => !isUpload(one))?.at
    if (last && (isUpload(delivery) || !isStart(before, delivery.at))) last.push(delivery)
    else groups.push([delivery])
  }
  return groups.map((group) => bootOf(device, group)).toReversed()
}

function bootOf(device: DeviceStatus, deliveries: readonly Delivery[]): Boot {
  const times = deliveries.map(({ at }) => at)
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const names = (which: (delivery: Delivery) => boolean) =>
    each(deliveries.filter(which).map(({ name }) => name))
  const given = names((one) => isSent(one) && one.complete)
  const took = tookIn(device, from, to)
  const id = took ?? deliveries.findLast((one) => isGood(one) && one.revision !== undefined)?.revision
  return {
    id: bootId(from),
    from,
    to,
    sources: each(deliveries.map(({ source }) => source)),
    transports: each(deliveries.map(({ transport }) => transport)),
    userAgents: each(deliveries.flatMap(({ userAgent }) => userAgent ?? [])),
    given,
    unchanged: names((one) => one.status === 304),
    brokenOff: names((one) => isSent(one) && !one.complete).filter((name) => !given.includes(name)),
    notThere: names(({ why }) => why === notThere),
    uploads: names((one) => isUpload(one) && isGood(one)),
    refused: refusals(deliveries),
    ...(id === undefined ? {} : { revision: { id, isWanted: id === device.revision } }),
    isWhole: took !== undefined,
  }
}

function tookIn(
  { deliveredRevision, deliveredAt }: DeviceStatus,
  from: number,
  to: number,
): string | undefined {
  return deliveredAt !== undefined && deliveredAt >= from && deliveredAt <= to ? deliveredRevision : undefined
}

/** The first half of a sign-in is no refusal: the device asks, is told to sign in, and has its file with the next request. */
function refusals(deliveries: readonly Delivery[]): readonly RefusedFile[] {
  const found = deliveries.filter((delivery, i) => {
    if (!isRefusal(delivery)) return false
    const later = deliveries.slice(i + 1)
    return !later.some(
      (other) => other.name === delivery.name && other.source === delivery.source && isGood(other),
    )
  })
  const told = found.map(({ name, why = '', source }) => ({ name, why, reason: inPlainWords(why), source }))
  return [...new Map(told.map((one) => [`${one.name} ${one.why} ${one.source}`, one])).values()]
}

/** Turned away, and not for a file that is never there. */
function isRefusal({ status, why }: Delivery): boolean {
  return status >= 400 && why !== undefined && why !== notThere
}

function isUpload({ method }: Delivery): boolean {
  return uploading.has(method)
}

function isGood({ status }: Delivery): boolean {
  return status < 400
}

/** As HTTP and TFTP call it. */
const reading: ReadonlySet<string> = new Set(['GET', 'RRQ'])
const uploading: ReadonlySet<string> = new Set(['PUT', 'POST', 'WRQ'])

function isSent(delivery: Delivery): boolean {
  return reading.has(delivery.method) && isGood(delivery) && delivery.status !== 304
}

function each(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
