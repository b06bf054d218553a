// The devices of a storm: `node storm-client.mjs PORT DEVICES FILE-WITH-THEM WORKERS TLS-OPTIONS`, one line of JSON.
import { readFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { percentile } from './figures.mjs'
import { visit } from './tls-load.mjs'

if (isMainThread) {
  const [port, count, file, workers, tls] = process.argv.slice(2)
  const all = JSON.parse(readFileSync(file, 'utf8')).slice(0, Number(count))
  const shares = Array.from({ length: Number(workers) }, (_, n) =>
    all.filter((_, i) => i % Number(workers) === n),
  )
  const begin = performance.now()
  const told = await Promise.all(
    shares.map((devices) => share({ port: Number(port), devices, tls: JSON.parse(tls) })),
  )
  const seconds = (performance.now() - begin) / 1000
  const times = told.flatMap((each) => each.times)
  const sum = (field) => told.reduce((total, each) => total + each[field], 0)
  const result = {
    seconds,
    failed: sum('failed'),
    retried: sum('retried'),
    reason: told.find(({ reason }) => reason)?.reason,
  }
  process.stdout.write(
    JSON.stringify({ ...result, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }),
  )
} else {
  const { port, devices, tls } = workerData
  // All come at once, and a device that gets no answer comes again, as devices do.
  parentPort.postMessage(await visit({ port, devices, atOnce: devices.length, tls, tries: 5 }))
}

function share(work) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: work })
    worker.on('message', resolve).on('error', reject)
  })
}
