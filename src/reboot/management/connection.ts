import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Block, BlockReader } from './blocks.ts'
import { failureOf, SwitchFailure } from './failure.ts'
import type { ServerAddress } from './server-address.ts'

export type Answers = (block: Block) => boolean

/** A line to a switch: commands go out as they come, and each block that comes back answers the first that it fits. */
export interface Connection {
  /** The first block that fits, with nothing sent for it: a greeting. */
  expect(answers: Answers): Promise<Block>
  ask(command: string, answers: Answers): Promise<Block>
  /** Whoever still waits gets the failure; a line that has ended stays ended. */
  end(failure: SwitchFailure): void
}

interface Waiting {
  readonly answers: Answers
  readonly resolve: (block: Block) => void
  readonly reject: (failure: SwitchFailure) => void
}

/** `onEnd` is told once, however the line ends. */
export function openConnection(
  address: ServerAddress,
  tls: boolean,
  read: BlockReader,
  onEnd: () => void,
): Connection {
  const waiting: Waiting[] = []
  let ended: SwitchFailure | undefined
  const socket = dial(address, tls)
  const end = (failure: SwitchFailure): void => {
    if (ended) return
    ended = failure
    socket.destroy()
    onEnd()
    for (const { reject } of waiting.splice(0)) reject(failure)
  }
  const take = (chunk: string): void => {
    for (const block of read(chunk)) {
      const index = waiting.findIndex(({ answers }) => answers(block))
      waiting.splice(index, index < 0 ? 0 : 1)[0]?.resolve(block)
    }
  }
  socket.setNoDelay(true).setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    try {
      take(chunk)
    } catch {
      end(new SwitchFailure('misconfigured', 'what answers there speaks something else'))
    }
  })
  socket.on('error', (error) => {
    const { result, detail } = failureOf(error)
    end(new SwitchFailure(result, detail))
  })
  socket.on('close', () => end(closed()))

  const expect = (answers: Answers): Promise<Block> =>
    new Promise((resolve, reject) => {
      if (ended) reject(ended)
      else waiting.push({ answers, resolve, reject })
    })
  return {
    expect,
    ask: (command, answers) => {
      const answer = expect(answers)
      if (!ended) socket.write(command)
      return answer
    },
    end,
  }
}

function closed(): SwitchFailure {
  return new SwitchFailure('silent', 'the connection was closed without an answer')
}

function dial({ host, port }: ServerAddress, tls: boolean): Socket {
  if (!tls) return connect({ host, port })
  return connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) })
}
