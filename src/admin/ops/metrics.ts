import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Store } from '../../store/store.ts'
import { createBuckets } from './buckets.ts'
import { observeFleet } from './fleet-metrics.ts'
import { createTally } from './tally.ts'

export interface Metrics {
  /** Told by the device plane of what happens there. */
  readonly measures: PlaneMeasures
  /** The page that Prometheus reads. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>
}

export interface PlaneMeasures {
  answered(transport: string, vendor: string, kind: string, answer: number): void
  looked(found: 'ready' | 'made'): void
  delivered(transport: string, seconds: number): void
  rendered(seconds: number): void
  handshake(listener: string, outcome: 'full' | 'resumed' | 'failed'): void
}

export interface MetricsParts {
  readonly store: Pick<Store, 'devices' | 'reboots' | 'hooks' | 'readFleet'>
  readonly now: () => number
  /** Given where worker processes answer devices; nothing until they do. */
  readonly workers?: () => { readonly serving: number; readonly restarts: number } | undefined
}

const deliveryBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const renderBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25]

/** All that is measured of a server, its workers together. What the store tells is read when the page is. */
export function createMetrics({ store, now, workers }: MetricsParts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  observeFleet(registry, store, now)
  if (workers) observeWorkers(registry, workers)
  const answers = createTally()
  new Counter({
    name: 'bootline_requests_total',
    help: 'Requests of devices by listener, vendor, kind of file and answer',
    labelNames: ['transport', 'vendor', 'kind', 'answer'],
    registers,
    collect() {
      this.reset()
      for (const { labels, count } of answers.cells()) this.inc({ ...labels }, count)
    },
  })
  const found = { ready: 0, made: 0 }
  new Counter({
    name: 'bootline_file_lookups_total',
    help: 'Files that were ready in memory, and files that had to be made or read',
    labelNames: ['found'],
    registers,
    collect() {
      this.reset()
      for (const [word, count] of Object.entries(found)) this.inc({ found: word }, count)
    },
  })
  const delivery = createBuckets({
    name: 'bootline_delivery_seconds',
    help: 'From the head of a request to the last byte of the file it got',
    label: 'transport',
    bounds: deliveryBuckets,
  })
  const rendering = createBuckets({
    name: 'bootline_render_seconds',
    help: 'Time to make all files of one device',
    bounds: renderBuckets,
  })
  const handshakes = new Counter({
    name: 'bootline_tls_handshakes_total',
    help: 'TLS handshakes by listener and outcome',
    labelNames: ['listener', 'outcome'],
    registers,
  })

  return {
    measures: {
      answered: answers.add,
      looked(word) {
        found[word]++
      },
      delivered: delivery.observe,
      rendered: (seconds) => rendering.observe('', seconds),
      handshake: (listener, outcome) => handshakes.inc({ listener, outcome }),
    },
    async page() {
      const text = [await registry.metrics(), delivery.text(), rendering.text()].join('\n')
      return { contentType: registry.contentType, text: `${text}\n` }
    },
  }
}

function observeWorkers(registry: Registry, workers: NonNullable<MetricsParts['workers']>): void {
  const registers = [registry]
  new Gauge({
    name: 'bootline_workers',
    help: 'Worker processes that answer devices now',
    registers,
    collect() {
      this.set(workers()?.serving ?? 0)
    },
  })
  new Counter({
    name: 'bootline_worker_restarts_total',
    help: 'Worker processes that ended without being told to',
    registers,
    collect() {
      this.reset()
      this.inc(workers()?.restarts ?? 0)
    },
  })
}
