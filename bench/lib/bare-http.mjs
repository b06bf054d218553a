// What HTTP costs in Node with nothing behind it: `node bare-http.mjs PORT FOLDER` answers with the folder's files from
// memory, with the headers devices get.
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const [port, folder] = process.argv.slice(2)
const files = new Map()
for (const name of readdirSync(folder)) {
  const body = readFileSync(join(folder, name))
  const told = ['Content-Length', String(body.length), 'Content-Type', 'text/plain', 'ETag', `"${name}"`]
  const headers = [...told, 'Last-Modified', new Date(0).toUTCString(), 'Cache-Control', 'private, no-cache']
  files.set(`/${name}`, { body, headers })
}
const server = createServer((request, response) => {
  const file = files.get(request.url)
  response.writeHead(file ? 200 : 404, file?.headers)
  response.end(file?.body)
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'))
