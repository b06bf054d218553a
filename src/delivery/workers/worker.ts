import { join } from 'node:path'
import { createPhoneBooks } from '../../provision/phone-books.ts'
import type { Store } from '../../store/store.ts'
import { createCredentials } from '../access/credentials.ts'
import { createGuard } from '../access/guard.ts'
import { type GroundParts, layGround, loadCertificates } from '../ground.ts'
import { startListeners } from '../listeners.ts'
import { noMeasures } from '../measures.ts'
import { planeOn } from '../plane-on.ts'
import { createRepeating } from '../repeating.ts'
import { createUploads } from '../uploads.ts'
import { createWindows } from '../windows.ts'
import { tellingRecorder } from './happenings.ts'
import type { Beginning, News, Told } from './words.ts'

export interface WorkerParts extends Omit<GroundParts, 'rendered'> {
  readonly beginning: Beginning
  readonly tell: (told: Told) => void
}

export interface DeviceWorker {
  readonly addresses: Readonly<Record<string, string>>
  hear(news: News): void
  close(): Promise<void>
}

const second = 1000

/**
 * A worker process's share of the device plane: the listeners of HTTP and HTTPS, over files of its own. It tells what
 * happens to the process that began it, which counts and records, and writes nothing at rest but first contacts.
 */
export async function startDeviceWorker(parts: WorkerParts): Promise<DeviceWorker> {
  const { settings, log, now, beginning, tell } = parts
  const store = writingNoRevisions(parts.store)
  const ground = await layGround({
    ...parts,
    store,
    rendered: (seconds) => tell({ what: 'rendered', seconds }),
  })
  const { live } = ground
  let ticketKeys = Buffer.from(beginning.ticketKeys, 'base64')
  const guard = createGuard()
  guard.take(beginning.marks)
  const windows = createWindows({
    devices: store.devices,
    live,
    log,
    tell: (change) => tell({ what: 'window', ...change }),
  })
  const credentials = createCredentials(now, Buffer.from(beginning.nonceKey, 'base64'), {
    told: (nonce, count) => tell({ what: 'nonce', nonce, count }),
    since: now(),
  })
  const plane = planeOn({
    ...parts,
    ground,
    windows,
    credentials,
    guard: {
      ...guard,
      // Counted where all workers are heard; what comes of it is told to all.
      refused(refusal, at) {
        tell({ what: 'suspect', now: at, ...refusal })
        return []
      },
    },
    recorder: tellingRecorder(tell, now),
    uploads: createUploads(join(settings.data, 'uploads')),
    phoneBooks: createPhoneBooks(store, now),
  })
  const listeners = await startListeners({
    settings: { ...settings, tftp: 'off', pnp: 'off' },
    plane,
    certificates: ground.certificates(),
    url: ground.url,
    log,
    measures: {
      ...noMeasures,
      delivered: (transport, seconds) => tell({ what: 'delivered', transport, seconds }),
      handshake: (listener, outcome) => tell({ what: 'handshake', listener, outcome }),
    },
    ticketKeys: () => ticketKeys,
  })
  // At listening Node has put the keys in place that the first worker of all began with.
  listeners.reload(ground.certificates())

  const repeating = createRepeating(log)
  const look = repeating.every(second / 4, async () => {
    await live.refresh()
  })
  store.onChange(look)
  repeating.every(2 * second, async () => {
    const others = [ground.refreshTemplates(), ground.refreshImages()]
    // Why it was rendered again is told by who keeps the revisions.
    if (others.some(Boolean)) await live.renderAll([])
  })
  repeating.every(60 * second, async () => {
    guard.settle(now())
  })

  /** They are there already, and whoever made them has told what is wrong with them. */
  async function readCertificates(): Promise<void> {
    const loaded = await loadCertificates(settings, silent, now, ground.certificates())
    listeners.reload(loaded)
    ground.take(loaded)
  }

  function hear(news: News): void {
    switch (news.what) {
      case 'window':
        windows.take(news)
        break
      case 'nonce':
        credentials.usedElsewhere(news.nonce, news.count)
        break
      case 'marks':
        guard.take(news.marks)
        break
      case 'forgiven':
        guard.forgive(news.source)
        break
      case 'look':
        look()
        break
      case 'forgotten':
        attempt(live.reread(news.macs), 'forgotten devices could not be looked up')
        break
      case 'certificates':
        attempt(readCertificates(), 'other certificates could not be read, those before serve')
        break
      case 'tickets':
        ticketKeys = Buffer.from(news.ticketKeys, 'base64')
        listeners.reload(ground.certificates())
        break
    }
  }

  function attempt(work: Promise<void>, failed: string): void {
    work.catch((error: unknown) => log.error({ err: error }, failed))
  }

  return {
    addresses: listeners.addresses,
    hear,
    async close() {
      await repeating.close()
      await listeners.close()
    },
  }
}

const silent = { error: () => {} }

/** What devices should have is written down once, by the process that began the workers. */
function writingNoRevisions(store: Store): Store {
  return { ...store, devices: { ...store.devices, saveRevisions: async () => {} } }
}
