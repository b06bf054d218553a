// What TLS costs in Node with nothing behind it: `node bare-https.mjs PORT CERTIFICATE KEY [AUTHORITY]` answers every
// request with the same 4 KB. With an authority it asks for client certificates, which it does not look at.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const [port, cert, key, authority] = process.argv.slice(2)
const body = Buffer.alloc(4096, 'a')
const asking = authority && { requestCert: true, rejectUnauthorized: false, ca: readFileSync(authority) }
const server = createServer(
  { cert: readFileSync(cert), key: readFileSync(key), ...asking },
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length })
    response.end(body)
  },
)
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 }, () =>
  process.stdout.write('listening\n'),
)
