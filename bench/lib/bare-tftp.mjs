// What TFTP costs in Node with nothing behind it: `node bare-tftp.mjs PORT FOLDER` sends the folder's files from memory
// with the block size and the window that are asked for. It decides and records nothing, knows no limits, and sends
// nothing again: on a network it would be no server.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [port, folder] = process.argv.slice(2)
const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
const transfers = new Map()

async function open(at, hear) {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 4 * 1024 * 1024,
    lookup: (host, _options, found) => found(null, host, 4),
  })
  socket.on('message', hear)
  const listening = once(socket, 'listening')
  socket.bind(at, '127.0.0.1')
  await listening
  return socket
}

const pool = await Promise.all(Array.from({ length: 32 }, () => open(0, hearTransfer)))
let turn = 0

function hearRequest(datagram, from) {
  const [name, , ...options] = datagram.toString('latin1', 2).split('\0')
  const body = files.get(name)
  if (body === undefined) return
  const asked = (option, otherwise) =>
    options.includes(option) ? Number(options[options.indexOf(option) + 1]) : otherwise
  const transfer = {
    socket: pool[turn++ % pool.length],
    from,
    body,
    size: asked('blksize', 512),
    window: asked('windowsize', 1),
    acked: -1,
    sent: 0,
  }
  transfers.set(`${from.address} ${from.port}`, transfer)
  const granted = `\0\x06blksize\0${transfer.size}\0windowsize\0${transfer.window}\0`
  transfer.socket.send(Buffer.from(granted), from.port, from.address)
}

function hearTransfer(datagram, from) {
  const transfer = transfers.get(`${from.address} ${from.port}`)
  if (transfer === undefined || datagram[1] !== 4) return
  const steps = (datagram.readUInt16BE(2) - transfer.acked) & 0xffff
  if (steps === 0 || transfer.acked + steps > transfer.sent) return
  transfer.acked += steps
  const last = Math.floor(transfer.body.length / transfer.size) + 1
  if (transfer.acked === last) transfers.delete(`${from.address} ${from.port}`)
  while (transfer.sent < Math.min(last, transfer.acked + transfer.window)) send(transfer, ++transfer.sent)
}

function send({ socket, from, body, size }, block) {
  const header = Buffer.from([0, 3, (block >> 8) & 0xff, block & 0xff])
  socket.send([header, body.subarray((block - 1) * size, block * size)], from.port, from.address)
}

await open(Number(port), hearRequest)
process.stdout.write('listening\n')
