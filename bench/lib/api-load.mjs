// One kind of request over and over on kept connections, for a while; prints how many, and how long they took:
// api-load.mjs {"port", "token", "what": "line" | "keys" | "page" | "search" | "save" | "deliver", "seconds", "atOnce", "list"}; the list is a file of
// [[number or file name, user agent]].
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const { port, token, what, seconds, atOnce, list } = JSON.parse(process.argv[2])
const devices = JSON.parse(readFileSync(list, 'utf8'))
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
const authorization = { Authorization: `Bearer ${token}` }
const micros = []
let failed = 0
let turn = 0

function ask(path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', agent, path, method, headers }, (answer) => {
      const pieces = []
      answer.on('data', (piece) => pieces.push(piece))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          etag: answer.headers.etag,
          body: Buffer.concat(pieces),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function timed(work) {
  const began = performance.now()
  const { status } = await work()
  micros.push(Math.round((performance.now() - began) * 1000))
  if (status !== 200) failed++
}

const escaped = (number) => number.replace('+', '%2B')
const read = (path) => timed(() => ask(`/api/v1${path}`, { headers: authorization }))

const kinds = {
  line: ([number]) => read(`/lines/${escaped(number)}`),
  keys: ([number]) => read(`/lines/${escaped(number)}/keys`),
  page: ([number]) => read(`/lines?after=${escaped(number)}&limit=50`),
  search: ([number]) => read(`/lines?search=Dupont&after=${escaped(number)}&limit=50`),
  /** What somebody does at the editor: the keys are read, turned round, and saved as they were read. */
  async save([number]) {
    const path = `/api/v1/lines/${escaped(number)}/keys`
    const read = await ask(path, { headers: authorization })
    const { supervision, shortcuts } = JSON.parse(read.body)
    const body = JSON.stringify({ supervision: supervision.toReversed(), shortcuts })
    const headers = { ...authorization, 'If-Match': read.etag, 'Content-Type': 'application/json' }
    await timed(() => ask(path, { method: 'PUT', headers, body }))
  },
  deliver([name, userAgent]) {
    return timed(() => ask(`/${name}`, { headers: { 'User-Agent': userAgent } }))
  },
}

const begin = performance.now()
const end = begin + seconds * 1000
async function worker() {
  while (performance.now() < end) {
    const n = turn++
    // 7919 is prime: neighbours in the fleet are not neighbours in time, and each device comes once before any twice.
    await kinds[what](devices[(n * 7919) % devices.length], n)
  }
}
await Promise.all(Array.from({ length: atOnce }, worker))
const took = (performance.now() - begin) / 1000
agent.destroy()
micros.sort((a, b) => a - b)
const at = (share) => micros[Math.min(micros.length - 1, Math.floor(micros.length * share))] ?? 0
process.stdout.write(
  JSON.stringify({ count: micros.length, failed, rate: micros.length / took, p50: at(0.5), p99: at(0.99) }),
)
