import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rrq } from '../delivery/tftp/peer.ts'
import { type DeviceServer, deviceServer } from './device-server.ts'
import { expectNoInsides, expectNoSecrets, fuzz, patience } from './fuzzing.ts'
import { oddText, splicedBytes } from './generators.ts'

let server: DeviceServer

beforeAll(async () => {
  server = await deviceServer()
})
afterAll(() => server.close())

function packets(names: readonly string[]): fc.Arbitrary<readonly Buffer[]> {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...names,
        'octet',
        'netascii',
        'mail',
        'blksize',
        'tsize',
        'timeout',
        'windowsize',
        'rollover',
      ),
      fc.constantFrom('0', '1', '8', '512', '65464', '65465', '-1'),
      oddText,
    ),
    { maxLength: 7 },
  )
  const packet = fc
    .tuple(fc.nat({ max: 7 }), words)
    .map(([opcode, all]) => `\0${String.fromCharCode(opcode)}${all.map((word) => `${word}\0`).join('')}`)
  const whole = [
    ...fc.sample(packet, { numRuns: 150, seed: 1 }),
    ...names.map((name) => rrq(name, { blksize: 1400, tsize: 0 }).toString('latin1')),
  ]
  return fc.array(splicedBytes(whole, ['\0', 'octet\0', '\0\x01', '\0\x04\0\x01', '\0\x05']), {
    minLength: 1,
    maxLength: 8,
  })
}

const sources = fc.tuple(
  fc.integer({ min: 251, max: 255 }),
  fc.nat({ max: 255 }),
  fc.integer({ min: 1, max: 254 }),
)

/** Everything that comes until the packet after all the others is answered: they are heard in their order. */
async function heardAfter(packets: readonly Buffer[], from: readonly number[]): Promise<string> {
  const socket = createSocket('udp4')
  try {
    socket.bind(0, `127.${from.join('.')}`)
    await once(socket, 'listening')
    const pieces: Buffer[] = []
    const { host, port } = server.tftp
    const last = new Promise<void>((resolve) => {
      socket.on('message', (bytes, peer) => {
        pieces.push(bytes)
        // To a transfer that has begun goes noise as well, and then its end.
        if (bytes.readUInt16BE(0) === 3) for (const one of packets) socket.send(one, peer.port, peer.address)
        if (bytes.readUInt16BE(0) !== 5) socket.send(Buffer.from('\0\x05\0\0no\0'), peer.port, peer.address)
        else if (isSentinel(bytes)) resolve()
      })
    })
    for (const one of packets) socket.send(one, port, host)
    const asking = everyWhile(socket, port, host)
    await last
    clearInterval(asking)
    return Buffer.concat(pieces).toString('latin1')
  } finally {
    socket.close()
  }
}

/** A mode that nobody speaks is refused without a transfer; datagrams may be lost where many come. */
function everyWhile(socket: Socket, port: number, host: string): NodeJS.Timeout {
  const ask = (): void => socket.send(rrq('sentinel', {}, 'sentinel'), port, host)
  ask()
  return setInterval(ask, 500)
}

function isSentinel(bytes: Buffer): boolean {
  return bytes.readUInt16BE(2) === 4
}

test(
  'whatever a stranger sends over TFTP, it gets no secret, and the devices are served',
  async () => {
    await fuzz(
      fc.record({ bytes: packets(server.names), from: sources }),
      async ({ bytes, from }) => {
        const text = await heardAfter(bytes, from)
        expect(text).not.toBe('')
        expectNoInsides(text)
        expectNoSecrets(text, server.secrets)
      },
      { after: server.well },
    )
  },
  patience,
)
