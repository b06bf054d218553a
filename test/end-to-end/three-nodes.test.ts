import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { bootline, type Ended, environmentIn, type Server, serve } from '../lab/bootline.ts'
import { type DeskPhone, makeDeskPhone } from '../lab/desk-phone.ts'
import { type Gate, startGate } from '../lab/gate.ts'
import { type Kamailio, startKamailio } from '../lab/kamailio.ts'
import { domain } from '../lab/lab.ts'
import { freePort, makeFolder } from '../lab/places.ts'
import { eventually } from '../lab/tape.ts'
import { type Postgres, postgresPrograms, startPostgres } from '../registrar/postgres.ts'

const programs = postgresPrograms()
const mayBeMissing = process.env.BOOTLINE_TEST_COMPLETE === undefined
/** How long the database is away: half a minute takes patience that not every run has. */
const away = process.env.BOOTLINE_TEST_LONG === undefined ? 4_000 : 30_000

test.skipIf(programs === undefined && mayBeMissing)('PostgreSQL is installed for the tests', () => {
  expect(programs, 'bash scripts/test-packages.sh installs it').toBeDefined()
})

const names = ['a', 'b', 'c'] as const
const phonesCount = 6
const othersCount = 40
const macOf = (i: number): string => `805ec0ab${i.toString(16).padStart(4, '0')}`
const numberOf = (i: number): string => `+33483050${String(100 + i)}`
const everyone = Array.from({ length: phonesCount + othersCount }, (_, i) => i)
/** No phone of ours: by whom it is seen what is served, without taking what a phone is to be told of. */
const witness = phonesCount
const phoneMacs = everyone.slice(0, phonesCount).map(macOf)

interface Counts {
  answered: number
  'put off': number
  lost: number
}

const said = (counts: Counts): string =>
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')

describe.skipIf(programs === undefined)('three servers on one PostgreSQL', () => {
  const folder = makeFolder()
  let postgres: Postgres
  let cable: Gate
  let balancer: Gate
  let kamailio: Kamailio
  let store: Store
  const environments: NodeJS.ProcessEnv[] = []
  const servers: Server[] = []
  const phones: DeskPhone[] = []
  let labels = 0

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '')
    cable = await startGate([postgres.port])
    const throughCable = new URL(postgres.url)
    throughCable.port = String(cable.port)
    const ports = await Promise.all(names.map(freePort))
    balancer = await startGate(ports)
    const key = randomBytes(32).toString('base64url')
    const feed = join(folder.path, 'feed.db')
    for (const [i, name] of names.entries()) {
      environments.push({
        ...environmentIn(join(folder.path, name), ports[i] ?? 0, join(folder.path, 'certs')),
        BOOTLINE_KEY: key,
        BOOTLINE_DATABASE_URL: throughCable.href,
        BOOTLINE_PUBLIC_URL: `http://127.0.0.1:${balancer.port}/`,
        BOOTLINE_REGISTRAR_DATABASE: feed,
      })
    }
    const sipPort = await freePort()
    await apply({
      sip: { domain, proxy: '127.0.0.1', port: sipPort },
      deviceAccess: 'open',
      sites: [{ name: 'Grasse' }],
      lines: everyone.map((i) => lineOf(i)),
    })
    for (const environment of environments) servers.push(await serve(environment))
    await eventually(() => existsSync(feed), Boolean)
    kamailio = await startKamailio(folder.path, { domain, port: sipPort, accounts: `sqlite:///${feed}` })
    // It looks at the database by another way, which is not cut.
    store = await openStore({ folder: join(folder.path, 'looker'), key, databaseUrl: postgres.url })
  }, 120_000)

  afterAll(async () => {
    await Promise.all(phones.map((phone) => phone.switchOff()))
    await Promise.all([...servers.map((server) => server.stop()), kamailio?.stop()])
    await store?.close()
    await Promise.all([cable?.close(), balancer?.close()])
    await postgres?.stop()
    folder.remove()
  })

  function lineOf(i: number, label = 'none'): object {
    return {
      number: numberOf(i),
      kind: 'fixed',
      site: 'Grasse',
      name: `Line ${i}`,
      equipment: { model: 'yealink/t54w', mac: macOf(i) },
      keys: { shortcuts: [{ number: '3899', label }] },
    }
  }

  const run = (company: object, at = 0): Promise<Ended> =>
    bootline(
      environments[at] ?? {},
      ['apply', '-', '--yes', '--json'],
      JSON.stringify({ companies: [{ name: 'Toine Immo', ...company }] }),
    )

  async function apply(company: object, at?: number): Promise<void> {
    const ended = await run(company, at)
    if (ended.status !== 0) throw new Error(`${ended.stderr}${ended.stdout}`)
  }

  /** Changes the keys of these lines to something they never were; says to what. */
  async function relabel(which: readonly number[]): Promise<string> {
    labels += 1
    const label = `Label ${labels}`
    await apply({ lines: which.map((i) => lineOf(i, label)) })
    return label
  }

  /** A device's file from one server, or by way of the balancer: what is in it, or why it was not given. */
  function asked(i: number, port = balancer.port): Promise<{ body: string } | 'put off' | 'lost'> {
    return new Promise((resolve) => {
      const headers = { 'User-Agent': `Yealink SIP-T54W 96.86.0.100 ${macOf(i)}` }
      get({ host: '127.0.0.1', port, path: `/${macOf(i)}.cfg`, headers, agent: false }, (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (piece: string) => {
          body += piece
        })
        answer.once('end', () => {
          if (answer.statusCode === 200 && answer.complete) resolve({ body })
          // As a server under load may, and says when to come again.
          else resolve(answer.statusCode === 503 && answer.headers['retry-after'] ? 'put off' : 'lost')
        })
        answer.once('error', () => resolve('lost'))
      }).once('error', () => resolve('lost'))
    })
  }

  async function fetched(i: number, port?: number): Promise<string | undefined> {
    const answer = await asked(i, port)
    return typeof answer === 'string' ? undefined : answer.body
  }

  const portOf = (at: number): number => Number(environments[at]?.BOOTLINE_HTTP?.split(':')[1])

  /** All others boot again and again, each whenever it has its answer, until the work is done. */
  async function storming(work: () => Promise<void>): Promise<Counts> {
    const counts = { answered: 0, 'put off': 0, lost: 0 }
    let over = false
    const boots = everyone.slice(phonesCount).map(async (i) => {
      while (!over) {
        const answer = await asked(i)
        counts[typeof answer === 'string' ? answer : 'answered'] += 1
        if (typeof answer !== 'string') expect(answer.body).toContain(numberOf(i).slice(1))
      }
    })
    await work().finally(() => {
      over = true
    })
    await Promise.all(boots)
    return counts
  }

  const toldOnce = async (since: number): Promise<readonly string[]> => {
    await eventually(
      async () => (await store.reboots.jobs({ limit: 100 })).length,
      (left) => left === 0,
    )
    const users = everyone.slice(0, phonesCount).map((i) => numberOf(i).slice(1))
    const notified = kamailio.events.all
      .slice(since)
      .filter(({ what, user }) => what === 'notify' && users.includes(user))
    return [...new Map(notified.map((event) => [event.callId, event.user])).values()].sort()
  }

  const print = (text: string): void => void process.stdout.write(`${text}\n`)

  test('phones boot through whichever server answers, and register', async () => {
    for (const [i, mac] of phoneMacs.entries()) {
      const userAgent = `Yealink SIP-T54W 96.86.0.100 ${mac}`
      const address = `127.0.1.${10 + i}`
      phones.push(
        makeDeskPhone(`http://127.0.0.1:${balancer.port}/`, { make: 'yealink', mac, userAgent, address }),
      )
    }
    const boots = await Promise.all(phones.map((phone) => phone.switchOn()))
    expect(boots.map(({ registered }) => registered)).toEqual(phones.map(() => [true]))
  })

  test('a change is served by all of them', async () => {
    const took: number[] = []
    for (let round = 0; round < 3; round++) {
      const other = phonesCount + round
      const label = await relabel([other])
      const from = performance.now()
      await Promise.all(
        names.map((_, at) =>
          eventually(
            () => fetched(other, portOf(at)),
            (body) => body?.includes(label) === true,
          ),
        ),
      )
      took.push(performance.now() - from)
    }
    print(`a change was served by all three after ${took.map(Math.round).join(', ')} ms`)
  })

  test('one is killed in a storm: everybody is answered by the others, and each phone is told once', async () => {
    const since = kamailio.events.all.length
    const before = phones.map(({ boots }) => boots.all.length)
    const counts = await storming(async () => {
      await relabel(everyone.slice(0, phonesCount))
      await servers[1]?.stop('SIGKILL')
      await Promise.all(phones.map(({ boots }, i) => boots.until(() => true, before[i])))
    })
    const told = await toldOnce(since)
    expect(told).toEqual(everyone.slice(0, phonesCount).map((i) => numberOf(i).slice(1)))
    print(`storm with a server killed: ${said(counts)}; ${told.length} phones told once each`)
  })

  test('the database is out of reach: devices are served, changes fail plainly, then all goes on', async () => {
    const since = kamailio.events.all.length
    const counts = await storming(async () => {
      cable.cut()
      const gone = performance.now()
      const refused = await run({ lines: [lineOf(0, 'never')] })
      expect(refused.status).toBe(1)
      expect(`${refused.stdout}${refused.stderr}`).toContain('store-unreachable')
      await new Promise((resolve) => setTimeout(resolve, away - (performance.now() - gone)))
      cable.mend()
    })
    expect(counts.lost).toBe(0)
    const label = await eventually(
      () => relabel([0, witness]).catch(() => undefined),
      (made) => made !== undefined,
    )
    await eventually(
      () => fetched(witness, portOf(2)),
      (body) => body?.includes(label ?? '-') === true,
    )
    expect(await toldOnce(since)).toEqual([numberOf(0).slice(1)])
    print(`database cut for ${away / 1000} s in a storm: ${said(counts)}`)
  })

  test('the database falls and rises again: what was acknowledged is there', async () => {
    const since = kamailio.events.all.length
    const label = await relabel([1, witness])
    const counts = await storming(() => postgres.restart())
    expect(counts.lost).toBe(0)
    await eventually(
      () => fetched(witness, portOf(0)),
      (body) => body?.includes(label) === true,
    )
    expect(await toldOnce(since)).toEqual([numberOf(1).slice(1)])
    servers[1] = await serve(environments[1] ?? {})
    await eventually(
      () => fetched(witness, portOf(1)),
      (body) => body?.includes(label) === true,
    )
    print(`database restarted in a storm: ${said(counts)}; the killed server is back`)
  })
})
