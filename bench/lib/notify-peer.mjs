// A SIP peer that answers every request with 200 at once: the answer is the request's own headers under another first
// line, so that it costs next to nothing. Its only argument is the port, on 127.0.0.1.
import { createSocket } from 'node:dgram'

const ok = Buffer.from('SIP/2.0 200 OK')
const socket = createSocket({
  type: 'udp4',
  recvBufferSize: 8 * 1024 * 1024,
  lookup: (address, _options, done) => done(null, address, 4),
})
socket.on('message', (request, { address, port }) => {
  socket.send([ok, request.subarray(request.indexOf('\r\n'))], port, address, () => {})
})
socket.bind(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready\n'))
