import type { Address } from '../../settings/parse.ts'
import type { Sender, WakeAnswer } from '../wake.ts'
import { readAnswer } from './answer.ts'
import { converse } from './converse.ts'
import { type Errand, readErrand } from './errand.ts'
import { createGate } from './gate.ts'
import { readHead } from './head.ts'
import { systemNames } from './names.ts'
import { createNonces } from './nonces.ts'
import type { NoPath, Place } from './path.ts'
import { answerRequest } from './requests.ts'
import { createResolver, type Names } from './resolve.ts'
import { beginSignIn } from './sign-in.ts'
import { createStreams } from './streams.ts'
import { createTransactions } from './transactions.ts'
import { openUdp, type UdpPort } from './udp.ts'

export interface SipSenderOptions {
  /** Where the one UDP socket is bound, from which everything over UDP is sent. */
  readonly listen: Address
  /** Certificates (PEM) of the authorities that TLS servers are trusted by, in place of the system's. */
  readonly authorities?: string
  /** Milliseconds of RFC 3261's T1, from which all waits follow; absent: 500. */
  readonly t1?: number
  /** Absent: this machine's. */
  readonly names?: Names
}

export interface SipSender extends Sender {
  /** Where the socket is bound, once it is; fails where it cannot be. */
  readonly bound: Promise<Address>
}

/** Each that waits for an answer costs memory, and all devices of a region may be off at once. */
const MOST_AT_ONCE = 10_000

const stopping = 'this server is stopping'

/** Tells devices over SIP: through the company's server, or at their own address. */
export function createSipSender(options: SipSenderOptions): SipSender {
  const t1 = options.t1 ?? 500
  const gate = createGate(MOST_AT_ONCE)
  const transactions = createTransactions(t1)
  const nonces = createNonces()
  const resolver = createResolver(options.names ?? systemNames(), () => performance.now())

  const hear = (bytes: Buffer, from: Place, reply: (bytes: Buffer) => void): void => {
    const head = readHead(bytes)
    if (!head) return
    const answer = readAnswer(head)
    if (answer) transactions.hear(answer)
    const ours = answer ? undefined : answerRequest(head, from)
    if (ours) reply(ours)
  }
  const udp = openUdp(options.listen, { hear, lose: transactions.lose })
  let port: UdpPort | undefined
  const bound = udp.then((opened) => {
    port = opened
    return opened.address
  })
  // Whoever does not look at `bound` learns of it from the answers.
  bound.catch(() => {})
  const streams = createStreams({
    patience: 64 * t1,
    hear,
    lose: transactions.lose,
    ...(options.authorities !== undefined && { authorities: options.authorities }),
  })

  /** At the hop's places in turn: one that cannot be reached, or has too much to do, leaves it to the next. */
  const tell = async (errand: Errand): Promise<WakeAnswer> => {
    const { transport, host } = errand.hop
    // Nearly always all of this is known, and a wake that waits for nothing takes no turn of the loop.
    const carrier = transport === 'udp' ? (port ?? (await udp)) : streams.over(transport, host)
    const found = resolver.places(errand.hop, carrier.reachesIPv6)
    const places = found instanceof Promise ? await found : found
    if ('noPath' in places) return unreached(places)
    let said = unreached({ noPath: `${host} leads nowhere` })
    for (const place of places) {
      const way = carrier.pathTo(place)
      const path = way instanceof Promise ? await way : way
      const answer =
        'noPath' in path
          ? unreached(path)
          : await converse(path, errand, beginSignIn(errand, nonces), transactions)
      const isSilent = 'noAnswer' in answer
      said = isSilent ? silent(answer.noAnswer) : answer
      const isNextTried = 'noPath' in path || said.status === 503
      if (places.length > 1 && (isSilent || isNextTried)) resolver.avoid(place)
      // Whoever kept silent has used up the time of this wake: the next one begins elsewhere.
      if (!isNextTried) return said
    }
    return said
  }

  return {
    bound,
    async wake(wake) {
      const errand = readErrand(wake)
      if ('result' in errand) return errand
      const turn = gate.enter()
      if (turn) await turn
      try {
        return await tell(errand)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return { result: 'misconfigured', detail: `nothing can be sent over SIP: ${why}` }
      } finally {
        gate.leave()
      }
    },
    async close() {
      transactions.close(stopping)
      streams.close(stopping)
      await udp.then(
        (opened) => opened.close(),
        () => {},
      )
    },
  }
}

function unreached({ noPath, isMistrusted }: NoPath): WakeAnswer {
  return isMistrusted ? { result: 'misconfigured', detail: noPath } : { ...silent(noPath), isUnsent: true }
}

function silent(detail: string): WakeAnswer {
  return { result: 'silent', detail }
}
