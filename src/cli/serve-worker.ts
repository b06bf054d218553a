// The program of a worker process: `bootline serve` begins it, and it ends with its parent.
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { createOutbox } from '../delivery/workers/outbox.ts'
import type { Beginning, FromWorker, Told, ToWorker, WorkerFault } from '../delivery/workers/words.ts'
import { type DeviceWorker, startDeviceWorker } from '../delivery/workers/worker.ts'
import { catalogue } from '../devices/catalogue.ts'
import { drivers } from '../devices/vendors.ts'
import { openStore, type Store } from '../store/store.ts'
import { contextIn } from './context.ts'
import { explainedOf } from './failure.ts'
import { storeOptions } from './fleet-store.ts'

let running: { readonly store: Store; readonly worker: DeviceWorker } | undefined
/** What was told before it ran; the beginning holds all of before that. */
const early: ToWorker[] = []

const outbox = createOutbox<Told>((happenings, lost, gone) =>
  say({ say: 'happened', happenings, lost }, gone),
)

// A terminal and systemd end all processes at once: what is under way ends when the parent says so.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

process.on('message', (word: ToWorker) => {
  if (word.say === 'begin') void begin(word)
  else if (running) hear(running, word)
  else early.push(word)
})

say({ say: 'awake' })

function hear({ worker }: { readonly worker: DeviceWorker }, word: ToWorker): void {
  if (word.say === 'stop') void stop()
  else if (word.say === 'news') for (const news of word.news) worker.hear(news)
}

async function begin(beginning: Beginning): Promise<void> {
  try {
    const settings = contextIn(process, false).settings()
    const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: true })).child({
      worker: beginning.worker,
    })
    const store = await openStore(storeOptions(settings))
    const worker = await startDeviceWorker({
      settings,
      store,
      catalogue,
      drivers,
      log,
      shippedTemplates: fileURLToPath(new URL('../../templates', import.meta.url)),
      now: Date.now,
      beginning,
      tell: outbox.put,
    })
    running = { store, worker }
    say({ say: 'listening', addresses: worker.addresses })
    for (const word of early) hear(running, word)
  } catch (error) {
    const { code, message, remedy }: WorkerFault = explainedOf(error)
    say({ say: 'failed', code, message, remedy }, () => process.exit(1))
  }
}

async function stop(): Promise<void> {
  await running?.worker.close()
  await outbox.emptied()
  await running?.store.close()
  process.exit(0)
}

function say(word: FromWorker, gone: () => void = () => {}): void {
  // Without its parent a worker ends at once, whatever it had to say.
  process.send?.(word, undefined, undefined, gone)
}
