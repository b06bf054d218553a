import { join } from 'node:path'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { sipUser } from '../../src/domain/intent.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { makeWake } from '../../src/reboot/making-wake.ts'
import { createSipSender } from '../../src/reboot/sip/sender.ts'
import type { WakeAnswer } from '../../src/reboot/wake.ts'
import { updateFeedOnce } from '../../src/registrar/feed-keeper.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'
import { type Kamailio, startKamailio } from './kamailio.ts'
import type { ServerWish } from './kamailio-script.ts'
import { freePort, makeFolder } from './places.ts'
import type { Account } from './rendered.ts'

export interface TellingWish {
  readonly lines: readonly object[]
  readonly transport?: 'udp' | 'tcp' | 'tls'
  readonly reboot?: object
  /** Where NOTIFYs go, if not to the SIP server itself. */
  readonly through?: (server: number) => Promise<number>
  readonly kamailio?: Omit<ServerWish, 'domain' | 'port' | 'accounts'>
  /** Whom a TLS server must have its certificate from. */
  readonly authorities?: string
  /** Milliseconds of RFC 3261's T1. */
  readonly t1?: number
}

/** Bootline's SIP client, fed from a real store, and a SIP server fed from the same one; no server, no queue. */
export interface Telling {
  readonly kamailio: Kamailio
  /** What the line's phone registers with. */
  account(number: string): Promise<Account>
  tell(mac: string): Promise<WakeAnswer>
  close(): Promise<void>
}

const domain = 'sip.lab.test'

export async function startTelling(wish: TellingWish): Promise<Telling> {
  const { transport = 'udp', reboot, lines, t1, authorities } = wish
  const folder = makeFolder()
  const store = await openStore({ folder: join(folder.path, 'data') })
  const port = await freePort()
  const hop = (await wish.through?.(port)) ?? (transport === 'tls' ? wish.kamailio?.tls?.port : port)
  const company = {
    name: 'Toine Immo',
    sip: { domain, proxy: '127.0.0.1', port: hop, transport },
    ...(reboot ? { reboot } : {}),
    sites: [{ name: 'Grasse' }],
    lines: lines.map((line) => ({ kind: 'fixed', site: 'Grasse', ...line })),
  }
  await applyEntries(store, readEntries({ companies: [company] }), catalogue, {
    who: { name: 'ana', source: 'cli' },
    prune: false,
  })
  const file = join(folder.path, 'feed.db')
  await updateFeedOnce({ file }, store.accounts)
  const kamailio = await startKamailio(folder.path, {
    ...wish.kamailio,
    domain,
    port,
    accounts: `sqlite:///${file}`,
  })
  const sender = createSipSender({
    listen: { host: '127.0.0.1', port: 0 },
    ...(t1 === undefined ? {} : { t1 }),
    ...(authorities === undefined ? {} : { authorities }),
  })
  return {
    kamailio,
    account: (number) =>
      accountOf(store, number, {
        transport: transport === 'udp' ? 'udp' : 'tcp',
        server: `127.0.0.1:${port}`,
      }),
    async tell(mac) {
      const target = await store.reboots.target(mac)
      if (!target) throw new Error(`nobody knows how to reach ${mac}`)
      const made = makeWake({ cause: 'change', restart: true }, target, catalogue, drivers)
      if ('why' in made) throw new Error(made.why)
      return sender.wake(made.wake)
    },
    async close() {
      await Promise.all([kamailio.stop(), sender.close()])
      await store.close()
      folder.remove()
    },
  }
}

/** What a line's phone registers with, and where. */
export async function accountOf(
  store: Store,
  number: string,
  way: Pick<Account, 'transport' | 'server'>,
): Promise<Account> {
  const companies = await store.readFleet({ secrets: true })
  for (const { sip, lines } of companies) {
    const line = lines.find((one) => one.number === number)
    if (line?.sip?.password === undefined) continue
    return { user: sipUser(line), password: line.sip.password, domain: sip.domain, ...way }
  }
  throw new Error(`${number} has no password`)
}
