import cluster, { type Worker } from 'node:cluster'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { GuardMark } from '../access/guard.ts'
import type { ServiceLog } from '../log.ts'
import { createNewsroom } from './newsroom.ts'
import type { Beginning, FromWorker, News, Told, ToWorker, WorkerFault } from './words.ts'

export interface CrewParts {
  readonly count: number
  /** The file of a worker's program. */
  readonly program: string
  readonly nonceKey: Buffer
  readonly marks: () => readonly GuardMark[]
  readonly hear: (worker: number, told: Told) => void
  readonly log: ServiceLog
}

/** The worker processes that answer devices, each begun again when it ends. */
export interface Crew {
  readonly addresses: Readonly<Record<string, string>>
  readonly wanted: number
  /** How many listen now. */
  readonly serving: number
  /** How often a worker ended that was not told to. */
  readonly restarts: number
  /** Begins all; fails as the first worker that cannot listen. */
  start(): Promise<void>
  /** All workers hear of it at once, or all but one. */
  tell(news: News, but?: number): void
  /** Lets what is under way at the workers end. */
  close(): Promise<void>
}

const second = 1000
/** A worker ends what is under way for 5 seconds; one that then is still there is ended. */
const patience = 9 * second
/** How long is waited before a worker is begun again, longer each time, until one has lived for a minute. */
const backoff = { first: second / 5, longest: 30 * second, lived: 60 * second } as const
/** Session tickets serve for this long and at most as long again. */
const ticketsLast = 24 * 3600 * second

export function createCrew(parts: CrewParts): Crew {
  const { count, log } = parts
  const members = new Map<number, Worker>()
  const serving = new Set<number>()
  const failures = new Map<number, number>()
  const waiting = new Set<NodeJS.Timeout>()
  let addresses: Readonly<Record<string, string>> = {}
  let ticketKeys = newTicketKeys()
  let restarts = 0
  let starting = true
  let closing = false
  const newsroom = createNewsroom((worker, news) => say(members.get(worker), { say: 'news', news }))
  const tell = (news: News, but?: number): void => newsroom.tell([...members.keys()], news, but)
  const rotation = setInterval(() => {
    ticketKeys = newTicketKeys()
    tell({ what: 'tickets', ticketKeys })
  }, ticketsLast).unref()

  /** Resolves when it listens, fails when it ends or says that it cannot. */
  function begin(number: number): Promise<void> {
    const member = cluster.fork()
    const began = Date.now()
    let fault: WorkerFault | undefined
    members.set(number, member)
    // A worker that is gone cannot be told anything, and its end is heard of anyway.
    member.on('error', () => {})
    return new Promise((resolve, reject) => {
      member.on('message', (word: FromWorker) => {
        if (word.say === 'happened') hear(number, word.happenings, word.lost)
        else if (word.say === 'awake') say(member, { say: 'begin', ...beginningOf(number) })
        else if (word.say === 'failed') fault = word
        else {
          addresses = word.addresses
          serving.add(number)
          log.info({ worker: number, process: member.process.pid }, 'a worker serves devices')
          resolve()
        }
      })
      member.once('exit', (code: number, signal: string | null) => {
        const hadServed = serving.delete(number)
        members.delete(number)
        reject(failureOf(number, fault ?? endedEarly(code, signal)))
        if (Date.now() - began > backoff.lived) failures.delete(number)
        if (closing || (starting && !hadServed)) return
        again(number, { code, signal, fault })
      })
    })
  }

  function beginningOf(worker: number): Beginning {
    return { worker, ticketKeys, nonceKey: parts.nonceKey.toString('base64'), marks: parts.marks() }
  }

  function again(number: number, why: object): void {
    const failed = failures.get(number) ?? 0
    const pause = Math.min(backoff.longest, backoff.first * 2 ** failed)
    failures.set(number, failed + 1)
    restarts++
    log.error({ worker: number, ...why, pause }, 'a worker ended and is begun again')
    const timer = setTimeout(() => {
      waiting.delete(timer)
      // How it fares is told by its end.
      begin(number).catch(() => {})
    }, pause)
    waiting.add(timer)
  }

  function hear(worker: number, happenings: readonly Told[], lost: number): void {
    for (const told of happenings) parts.hear(worker, told)
    if (lost > 0) log.error({ worker, lost }, 'what happened at a worker was dropped: too much waited')
  }

  async function close(): Promise<void> {
    closing = true
    clearInterval(rotation)
    for (const timer of waiting) clearTimeout(timer)
    await Promise.all(
      [...members.values()].map(async (member) => {
        // What it told last comes before the end of the channel, and that may come after its own.
        const ended = Promise.all([once(member, 'exit'), once(member, 'disconnect')])
        const timer = setTimeout(() => member.process.kill('SIGKILL'), patience)
        say(member, { say: 'stop' })
        await ended
        clearTimeout(timer)
      }),
    )
  }

  return {
    wanted: count,
    get addresses() {
      return addresses
    },
    get serving() {
      return serving.size
    },
    get restarts() {
      return restarts
    },
    async start() {
      // Each takes connections by itself: handed over by this process, devices would wait while it works.
      cluster.schedulingPolicy = cluster.SCHED_NONE
      cluster.setupPrimary({ exec: parts.program, args: [], execArgv: [] })
      try {
        await Promise.all(Array.from({ length: count }, (_, i) => begin(i + 1)))
        starting = false
      } catch (error) {
        await close()
        throw error
      }
    },
    tell,
    close,
  }
}

function say(member: Worker | undefined, word: ToWorker): void {
  if (member?.isConnected()) member.send(word, () => {})
}

function newTicketKeys(): string {
  return randomBytes(48).toString('base64')
}

function endedEarly(code: number, signal: string | null): WorkerFault {
  return {
    code: 'worker-ended',
    message: `a worker ended before it listened: ${signal ?? `exit code ${code}`}`,
    remedy: 'the log says why; BOOTLINE_WORKERS=1 does without workers',
  }
}

function failureOf(worker: number, { code, message, remedy }: WorkerFault): Error {
  return Object.assign(new Error(message), { code, remedy, worker })
}
