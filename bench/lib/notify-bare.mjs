// The least that Node can do for a NOTIFY and its answer: one datagram sent again and again, so many at once, nothing
// read and nothing kept. Arguments: the peer's port, how many at once, seconds. Prints how many were answered.
import { createSocket } from 'node:dgram'

const [port, atOnce, seconds] = process.argv.slice(2).map(Number)
const datagram = Buffer.from(`NOTIFY sip:a SIP/2.0\r\n${'x'.repeat(400)}\r\n\r\n`)
const socket = createSocket({
  type: 'udp4',
  recvBufferSize: 4 * 1024 * 1024,
  lookup: (address, _options, done) => done(null, address, 4),
})
let count = 0
const send = () => socket.send(datagram, port, '127.0.0.1', () => {})
socket.on('message', () => {
  count++
  send()
})
socket.bind(0, '127.0.0.1', () => {
  for (let i = 0; i < atOnce; i++) send()
  setTimeout(measure, 500)
})

function measure() {
  count = 0
  const [begin, cpu] = [performance.now(), process.cpuUsage()]
  setTimeout(() => {
    const { user, system } = process.cpuUsage(cpu)
    const taken = (performance.now() - begin) / 1000
    process.stdout.write(
      JSON.stringify({ heard: count, others: 0, seconds: taken, cpu: (user + system) / 1e6 }),
    )
    socket.close()
  }, seconds * 1000)
}
