import { createSocket, type RemoteInfo } from 'node:dgram'

const [rrq, wrq, data, ack, fault] = [1, 2, 3, 4, 5]
const block = 512
/** Sends again what nobody answered, after as many milliseconds, so many times. */
const patience = 1000
const attempts = 5

export interface TftpPlace {
  readonly host: string
  readonly port: number
  readonly localAddress?: string
}

/** One file, in blocks of 512 bytes without options, as the oldest devices ask; `undefined` when it is not there. */
export async function readOverTftp(
  place: TftpPlace,
  name: string,
  onlyBeginning = false,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let expected = 1
  const there = await converse(place, opening(rrq, name), (packet) => {
    if (packet.readUInt16BE(0) !== data || packet.readUInt16BE(2) !== (expected & 0xffff)) return 'wait'
    chunks.push(packet.subarray(4))
    const last = packet.length < 4 + block || onlyBeginning
    return { send: numbered(ack, expected++), done: last }
  })
  return there ? Buffer.concat(chunks) : undefined
}

/** Says whether the server took it. */
export function writeOverTftp(place: TftpPlace, name: string, body: Buffer): Promise<boolean> {
  let acknowledged = -1
  return converse(place, opening(wrq, name), (packet) => {
    if (packet.readUInt16BE(0) !== ack || packet.readUInt16BE(2) !== ((acknowledged + 1) & 0xffff))
      return 'wait'
    acknowledged++
    const from = acknowledged * block
    if (from > body.length) return { done: true }
    return {
      send: Buffer.concat([numbered(data, acknowledged + 1), body.subarray(from, from + block)]),
      done: false,
    }
  })
}

type Turn = 'wait' | { readonly send?: Buffer; readonly done: boolean }

/** Each side sends when the other has: what was sent last goes again when nothing comes. False for "not found". */
function converse(
  { host, port, localAddress }: TftpPlace,
  first: Buffer,
  turn: (packet: Buffer) => Turn,
): Promise<boolean> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  return new Promise<boolean>((resolve, reject) => {
    let last = first
    let to = port
    let left = attempts
    let timer: NodeJS.Timeout | undefined
    const end = (result: boolean | Error): void => {
      clearTimeout(timer)
      socket.close()
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    const send = (): void => {
      clearTimeout(timer)
      if (left-- === 0) end(new Error('no answer over TFTP'))
      else {
        socket.send(last, to, host)
        timer = setTimeout(send, patience)
      }
    }
    socket.once('error', end)
    socket.on('message', (packet: Buffer, from: RemoteInfo) => {
      if (packet.length < 4 || (to !== port && from.port !== to)) return
      if (packet.readUInt16BE(0) === fault) return end(false)
      const next = turn(packet)
      if (next === 'wait') return
      // The server answers from a port of its own for each transfer.
      to = from.port
      left = attempts
      if (next.send) last = next.send
      if (!next.done) return send()
      if (next.send) socket.send(next.send, to, host, () => end(true))
      else end(true)
    })
    if (localAddress === undefined) send()
    else socket.bind(0, localAddress, send)
  })
}

function opening(code: number | undefined, name: string): Buffer {
  return Buffer.concat([numbered(code ?? 0), Buffer.from(`${name}\0octet\0`)])
}

function numbered(...words: (number | undefined)[]): Buffer {
  const packet = Buffer.alloc(words.length * 2)
  for (const [i, word = 0] of words.entries()) packet.writeUInt16BE(word & 0xffff, i * 2)
  return packet
}
