import { existsSync } from 'node:fs'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'
import { bootline, type Ended, environmentIn, type Server, serve, type Watch, watch } from './bootline.ts'
import { type DeskPhone, type DeviceWish, makeDeskPhone } from './desk-phone.ts'
import { type Kamailio, type ServerEvent, startKamailio } from './kamailio.ts'
import type { ServerWish } from './kamailio-script.ts'
import { freePort, makeFolder } from './places.ts'
import { eventually } from './tape.ts'

export interface LabWish {
  /** One folder for a test file: the first start makes a certificate authority, which takes a second. */
  readonly certs: string
  readonly transport?: 'udp' | 'tcp' | 'tls'
  /** What else is decided for the company. */
  readonly company?: object
  readonly lines: readonly object[]
  readonly kamailio?: Omit<ServerWish, 'domain' | 'port' | 'accounts'>
  readonly settings?: NodeJS.ProcessEnv
}

/** A company with its SIP server, the Bootline that it is provisioned by, and its phones, all as they are in life. */
export interface Lab {
  readonly folder: string
  readonly store: Store
  readonly kamailio: Kamailio
  readonly sipPort: number
  server: Server
  /** The command line; whatever is refused fails the test. */
  run(...args: readonly string[]): Promise<Ended>
  /** Changes what the file says of the company's lines, and nothing else. */
  change(...lines: readonly object[]): Promise<void>
  phone(wish: DeviceWish): DeskPhone
  watch(mac: string): Watch
  startServer(): Promise<void>
  startKamailio(): Promise<void>
  /** Once the device has all it should have and nobody means to tell it any more. */
  inSync(mac: string): Promise<void>
  /** What happened to the device's restart, oldest first. */
  story(mac: string): Promise<readonly string[]>
  /** The NOTIFYs that came to the SIP server, each once however often it was sent. */
  notified(): readonly ServerEvent[]
  close(): Promise<void>
}

export const domain = 'sip.lab.test'
export const companyName = 'Toine Immo'

export async function startLab(wish: LabWish): Promise<Lab> {
  const folder = makeFolder()
  const [httpPort, sipPort] = [await freePort(), await freePort()]
  const environment = { ...environmentIn(folder.path, httpPort, wish.certs), ...wish.settings }
  const phones: DeskPhone[] = []
  const { transport = 'udp', company, lines } = wish
  const tlsPort = wish.kamailio?.tls?.port
  const sip = { domain, proxy: '127.0.0.1', port: transport === 'tls' ? tlsPort : sipPort, transport }

  const run = async (input: string | undefined, args: readonly string[]): Promise<Ended> => {
    const ended = await bootline(environment, args, input)
    if (ended.status !== 0) throw new Error(`bootline ${args.join(' ')}: ${ended.stderr}${ended.stdout}`)
    return ended
  }
  const apply = (company: object) =>
    run(JSON.stringify({ companies: [{ name: companyName, ...company }] }), ['apply', '-', '--yes'])
  const sites = [{ name: 'Grasse' }]
  await apply({
    sip,
    sites,
    ...company,
    lines: lines.map((line) => ({ ...inGrasse, ...line })),
  })

  const accounts = `${folder.path}/feed.db`
  const server = await serve(environment)
  await eventually(() => existsSync(accounts), Boolean)
  const startRegistrar = () =>
    startKamailio(folder.path, { ...wish.kamailio, domain, port: sipPort, accounts: `sqlite:///${accounts}` })
  const store = await openStore({ folder: environment.BOOTLINE_DATA ?? '' })
  const lab = {
    folder: folder.path,
    store,
    kamailio: await startRegistrar(),
    sipPort,
    server,
    run: (...args: readonly string[]) => run(undefined, args),
    async change(...changed: readonly object[]) {
      await apply({ lines: changed.map((line) => ({ ...inGrasse, ...line })) })
    },
    phone(device: DeviceWish) {
      const phone = makeDeskPhone(environment.BOOTLINE_PUBLIC_URL ?? '', device)
      phones.push(phone)
      return phone
    },
    watch: (mac: string) => watch(environment, mac),
    async startServer() {
      lab.server = await serve(environment)
    },
    async startKamailio() {
      lab.kamailio = await startRegistrar()
    },
    async inSync(mac: string) {
      await eventually(
        async () => ({
          device: await store.devices.deviceState(mac),
          jobs: await store.reboots.jobs({ mac, limit: 1 }),
        }),
        ({ device, jobs }) => jobs.length === 0 && device?.revision === device?.deliveredRevision,
      )
    },
    async story(mac: string) {
      const events = await store.reboots.eventsOf(mac, 100)
      return events
        .map(({ what, detail }) => (what === 'told' || what === 'unreached' ? `${what}: ${detail}` : what))
        .reverse()
    },
    notified: () => eachOnce(lab.kamailio.events.all),
    async close() {
      await Promise.all(phones.map((phone) => phone.switchOff()))
      await Promise.all([lab.server.stop(), lab.kamailio.stop()])
      await store.close()
      folder.remove()
    },
  }
  return lab
}

const inGrasse = { kind: 'fixed', site: 'Grasse' }

function eachOnce(events: readonly ServerEvent[]): readonly ServerEvent[] {
  const notified = events.filter(({ what }) => what === 'notify')
  return [...new Map(notified.map((event) => [event.callId, event])).values()]
}
