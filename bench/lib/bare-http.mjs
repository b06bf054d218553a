// What HTTP costs in Node with nothing behind it: `node bare-http.mjs PORT FOLDER [CERTIFICATE KEY]` answers with the
// folder's files from memory, with the headers devices get, and keeps what is PUT as files there; with a pair, over TLS.
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { basename, join } from 'node:path'

const [port, folder, cert, key] = process.argv.slice(2)
const files = new Map()
for (const name of readdirSync(folder)) {
  const body = readFileSync(join(folder, name))
  const told = ['Content-Length', String(body.length), 'Content-Type', 'text/plain', 'ETag', `"${name}"`]
  const headers = [...told, 'Last-Modified', new Date(0).toUTCString(), 'Cache-Control', 'private, no-cache']
  files.set(`/${name}`, { body, headers })
}

function answer(request, response) {
  if (request.method === 'PUT') return keep(request, response)
  const file = files.get(request.url)
  response.writeHead(file ? 200 : 404, file?.headers ?? ['Content-Length', '0'])
  response.end(file?.body)
}

async function keep(request, response) {
  const pieces = []
  try {
    for await (const piece of request) pieces.push(piece)
  } catch {
    return // The client has left.
  }
  await writeFile(join(folder, basename(request.url)), Buffer.concat(pieces))
  response.writeHead(201, ['Content-Length', '0'])
  response.end()
}

const server = cert
  ? createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) }, answer)
  : createServer(answer)
// In a crowd Node's 5 seconds would end connections whose next request has come and waits to be read.
server.keepAliveTimeout = 60_000
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 }, () =>
  process.stdout.write('listening\n'),
)
