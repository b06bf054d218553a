// Devices over TLS, each on a connection of its own with a full handshake: `node tls-load.mjs JSON`, or in a worker
// of the storm. Each device makes its requests one after the other and is done when the last one is answered as it should be.
import { readFileSync } from 'node:fs'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'

/** Makes the devices' connections, so many at once; `{ seconds, failed, retried, times }`, times in milliseconds. */
export async function visit({ port, devices, atOnce, tls = {}, tries = 1 }) {
  const times = []
  let failed = 0
  let retried = 0
  let reason
  let next = 0
  const begin = performance.now()
  const worker = async () => {
    while (next < devices.length) {
      const device = devices[next++]
      const started = performance.now()
      for (let left = tries; ; left--) {
        try {
          await boot(port, device, tls)
          times.push(performance.now() - started)
          break
        } catch (error) {
          reason ??= error.message
          if (left > 1) {
            retried++
            await new Promise((resolve) => setTimeout(resolve, 2000))
          } else {
            failed++
            break
          }
        }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, devices.length) }, worker))
  return { seconds: (performance.now() - begin) / 1000, failed, retried, reason, times }
}

function boot(port, { agent, address, requests, tls: own }, options) {
  return new Promise((resolve, reject) => {
    const host = { host: '127.0.0.1', port, ...(address === undefined ? {} : { localAddress: address }) }
    const socket = connect({ ...host, rejectUnauthorized: false, ...options, ...own })
    let at = 0
    let heard = Buffer.alloc(0)
    const fail = (why) => {
      socket.destroy()
      reject(new Error(why))
    }
    const ask = () => {
      const { method, path, body } = requests[at]
      const last = at === requests.length - 1 ? 'Connection: close\r\n' : ''
      const length = body === undefined ? '' : `Content-Length: ${body.length}\r\n`
      socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${agent}\r\n${length}${last}\r\n${body ?? ''}`,
      )
    }
    socket.setNoDelay(true)
    socket.setTimeout(60_000, () => fail('nothing came for a minute'))
    socket.on('error', (error) => reject(error))
    socket.on('close', () => reject(new Error('the connection was closed')))
    socket.on('secureConnect', ask)
    socket.on('data', (piece) => {
      heard = heard.length === 0 ? piece : Buffer.concat([heard, piece])
      const end = heard.indexOf('\r\n\r\n')
      if (end === -1) return
      const head = heard.latin1Slice(0, end)
      const size = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      if (heard.length < end + 4 + size) return
      const status = Number(head.slice(9, 12))
      const { path, expected } = requests[at]
      if (!expected.includes(status)) return fail(`${path} is answered with ${status}`)
      heard = heard.subarray(end + 4 + size)
      at++
      if (at < requests.length) return ask()
      resolve()
      socket.end()
    })
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { visitors, count, ...rest } = JSON.parse(process.argv[2])
  const known = JSON.parse(readFileSync(visitors, 'utf8'))
  const told = await visit({
    ...rest,
    devices: Array.from({ length: count }, (_, i) => known[i % known.length]),
  })
  process.stdout.write(JSON.stringify(told))
}
