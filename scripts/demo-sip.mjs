/**
 * The least SIP server the demonstration can do with, over UDP on this machine: it lets every phone register, and hands
 * on to it what Bootline has to tell. Nobody can call anybody here.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export async function startSipServer() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  const contacts = new Map()
  const senders = new Map()
  socket.on('message', (bytes, from) => {
    const text = bytes.toString()
    if (text.startsWith('SIP/2.0')) back(text)
    else if (text.startsWith('REGISTER')) register(text, from)
    else onward(text, from)
  })
  socket.on('error', () => {})

  function register(text, { address, port }) {
    const user = userIn(header(text, 'To'))
    if (header(text, 'Expires') === '0') contacts.delete(user)
    else contacts.set(user, { address, port })
    socket.send(answer(text, '200 OK'), port, address)
  }

  function onward(text, from) {
    const contact = contacts.get(userIn(text))
    if (!contact) return socket.send(answer(text, '480 Temporarily Unavailable'), from.port, from.address)
    const branch = `z9hG4bKdemo${senders.size}`
    senders.set(branch, from)
    const [first, ...rest] = text.split('\r\n')
    const via = `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch}`
    socket.send([first, via, ...rest].join('\r\n'), contact.port, contact.address)
  }

  /** The uppermost Via is ours; the answer goes to whoever stands below it. */
  function back(text) {
    const lines = text.split('\r\n')
    const own = lines.findIndex((line) => /^via:/i.test(line))
    const sender = senders.get(/branch=([^;]+)/.exec(lines[own] ?? '')?.[1] ?? '')
    if (!sender) return
    lines.splice(own, 1)
    socket.send(lines.join('\r\n'), sender.port, sender.address)
  }

  return { port, close: () => new Promise((resolve) => socket.close(resolve)) }
}

function answer(text, status) {
  const copied = text.split('\r\n').filter((line) => /^(via|from|call-id|cseq|contact):/i.test(line))
  return [
    `SIP/2.0 ${status}`,
    ...copied,
    `To: ${header(text, 'To')};tag=demo`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}

function header(text, name) {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? ''
}

function userIn(text) {
  return /sips?:([^@;>\s]+)@/.exec(text)?.[1] ?? ''
}
