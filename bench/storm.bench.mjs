// Power returns: all devices come at one moment over HTTPS, each with a full handshake, and make the requests of a real
// boot, with those that find nothing and the logs they leave; to one process and to two workers, against nginx and a bare
// node:https with the same files, which keep the logs.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveBare } from './lib/bare.mjs'
import { serveFleet } from './lib/bootline.mjs'
import { booting } from './lib/boots.mjs'
import { allFiles } from './lib/fetched.mjs'
import { mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { serveFolder } from './lib/nginx.mjs'
import { run as finish } from './lib/processes.mjs'
import { have } from './lib/programs.mjs'

const client = fileURLToPath(new URL('lib/storm-client.mjs', import.meta.url))
const count = 10_000
const rounds = 2
/** TLS 1.2 with RSA is what most devices in the field speak, and what costs a server most. */
const tls = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }

export async function run(print) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const devices = mixedDevices(count)
  const fleet = mixedFleet(devices)
  const running = []
  try {
    const one = await serveFleet(fleet, { core: undefined })
    running.push(one)
    const two = await serveFleet(fleet, { core: undefined, settings: { BOOTLINE_WORKERS: '2' } })
    running.push(two)
    const boots = devices.map(booting)
    writeFileSync(join(folder, 'boots.json'), JSON.stringify(boots))
    const requests = boots.reduce((sum, boot) => sum + boot.requests.length, 0)
    print(
      `${count} devices of mixed vendors at once, RSA-2048, TLS 1.2, ${requests} requests; client and server share the machine`,
    )
    const servers = {
      'one process': { ...one, port: one.ports.https },
      'two workers': { ...two, port: two.ports.https },
    }
    const { root, pair } = await sameFiles(one, folder, devices)
    servers.bare = await serveBare('http', [root, pair.cert, pair.key], { core: undefined })
    running.push(servers.bare)
    if (have(['nginx'], 'the comparison with nginx', print)) {
      servers.nginx = await serveFolder(root, { tls: pair, core: undefined })
      running.push(servers.nginx)
    }
    const results = Object.fromEntries(Object.keys(servers).map((name) => [name, []]))
    for (const [name, server] of Object.entries(servers))
      print(`  ${name}: ${megabytes(server.memory())} MB before`)
    for (let round = 0; round < rounds; round++) {
      for (const [name, server] of Object.entries(servers))
        results[name].push(await storm(print, name, server, folder))
    }
    for (const name of ['one process', 'two workers']) {
      const failed = results[name].reduce((sum, each) => sum + each.failed, 0)
      print(`  ${name}: failed devices: ${failed}, aim 0: ${failed === 0 ? 'met' : 'NOT met'}`)
      if (results.nginx) print(`  ${name}: time against nginx: ${times(results[name], results.nginx)}`)
    }
    if (results.nginx) print(`  bare: time against nginx: ${times(results.bare, results.nginx)}`)
    print(`  two workers: time against one process: ${times(results['two workers'], results['one process'])}`)
  } finally {
    for (const server of running) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The files and the certificate of ours, for others to serve. */
async function sameFiles(ours, folder, devices) {
  const root = join(folder, 'www')
  mkdirSync(root)
  for (const { name, body } of await allFiles(ours.ports.http, devices)) writeFileSync(join(root, name), body)
  const certs = join(ours.folder, 'certs')
  const pair = { cert: join(folder, 'server.pem'), key: join(folder, 'server.key') }
  cpSync(join(certs, 'server-rsa.pem'), pair.cert)
  cpSync(join(certs, 'server-rsa.key'), pair.key)
  return { root, pair }
}

function times(ours, theirs) {
  return ours.map((each, i) => (each.seconds / theirs[i].seconds).toFixed(2)).join(', ')
}

async function storm(print, name, server, folder) {
  const begin = server.cpu()
  const words = [
    client,
    String(server.port),
    String(count),
    join(folder, 'boots.json'),
    '2',
    JSON.stringify(tls),
  ]
  const told = JSON.parse(await finish(undefined, process.execPath, words))
  const cpu = (server.cpu() - begin) / count
  print(
    `  ${name.padEnd(11)} ${told.seconds.toFixed(1)} s, ${cpu.toFixed(0)} µs of CPU a device, a device is done after p50 ${(told.p50 / 1000).toFixed(1)} s, ` +
      `p99 ${(told.p99 / 1000).toFixed(1)} s, ${told.retried} came again, ${told.failed} failed, ${megabytes(server.memory())} MB${told.reason ? ` (first: ${told.reason})` : ''}`,
  )
  return told
}

function megabytes(bytes) {
  return (bytes / 1048576).toFixed(0)
}
