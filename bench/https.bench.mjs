// One full handshake and one request a connection: what a connection costs the server, against a bare node:https server
// with the same certificate; the same again where each device shows a certificate of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { macOf } from './fleet-file.mjs'
import { serveBare } from './lib/bare.mjs'
import { serveFleet } from './lib/bootline.mjs'
import { deviceCertificates } from './lib/certificates.mjs'
import { median, ratios, spread, verdict } from './lib/figures.mjs'
import { mix, mixedFleet } from './lib/fleet.mjs'
import { clientCore, run as finish } from './lib/processes.mjs'
import { have } from './lib/programs.mjs'

const client = fileURLToPath(new URL('lib/tls-load.mjs', import.meta.url))
const roundsEach = 5
const connections = 500

const keys = {
  'RSA-2048': { file: 'server-rsa', cipher: 'ECDHE-RSA-AES128-GCM-SHA256', sigalgs: 'rsa_pss_rsae_sha256' },
  'P-256': {
    file: 'server-ecdsa',
    cipher: 'ECDHE-ECDSA-AES128-GCM-SHA256',
    sigalgs: 'ecdsa_secp256r1_sha256',
  },
}

export async function run(print) {
  await both(print, 'https')
  if (have(['openssl'], 'HTTPS with client certificates', print)) await both(print, 'mtls')
}

async function both(print, listener) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const kind = { ...mix.find(({ model }) => model === 'audiocodes/440hd'), watched: 0 }
  // So many devices that none asks more often than is written down.
  const devices = Array.from({ length: 100 }, (_, i) => ({ mac: macOf(kind.prefix, i), kind }))
  const access = listener === 'mtls' ? 'certificate' : 'open'
  const shown = listener === 'mtls' ? deviceCertificates(folder, devices) : undefined
  const ours = await serveFleet(mixedFleet(devices, { access }), {
    prepare(data) {
      mkdirSync(join(data, 'certs', 'vendors'), { recursive: true })
      shown?.trust(join(data, 'certs', 'vendors'))
    },
  })
  const visitors = devices.map(({ mac }) => ({
    agent: kind.agent(mac),
    requests: [{ method: 'GET', path: `/${mac}.cfg`, expected: [200] }],
    ...(shown ? { tls: shown.of(mac) } : {}),
  }))
  writeFileSync(join(folder, 'visitors.json'), JSON.stringify(visitors))
  try {
    for (const [name, key] of Object.entries(keys)) {
      for (const version of ['TLSv1.2', 'TLSv1.3']) {
        const tls = {
          maxVersion: version,
          minVersion: version,
          sigalgs: shown ? withRsa(key.sigalgs) : key.sigalgs,
        }
        const options = { ...tls, ...(version === 'TLSv1.2' ? { ciphers: key.cipher } : {}) }
        await compare(print, `${listener}, ${name}, ${version}`, {
          ours,
          listener,
          key,
          options,
          folder,
          shown,
        })
      }
    }
  } finally {
    await ours.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The server chooses its key by what the client takes most willingly; a client certificate is RSA in any case. */
const withRsa = (sigalgs) => [...new Set([sigalgs, 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256'])].join(':')

async function compare(print, what, { ours, listener, key, options, folder, shown }) {
  const certs = join(ours.folder, 'certs')
  const pair = [join(certs, `${key.file}.pem`), join(certs, `${key.file}.key`)]
  const bare = await serveBare('https', [...pair, ...(shown ? [shown.authority] : [])])
  try {
    const servers = { ours: { ...ours, port: ours.ports[listener] }, bare }
    const results = { ours: [], bare: [] }
    for (const server of Object.values(servers)) await once(server, folder, options)
    for (let round = 0; round < roundsEach; round++) {
      for (const [name, server] of Object.entries(servers))
        results[name].push(await once(server, folder, options))
    }
    const failed = [...results.ours, ...results.bare].reduce((sum, round) => sum + round.failed, 0)
    const cpu = (name) => results[name].map((round) => round.cpu)
    print(
      `${what}: ours ${spread(cpu('ours'), 0)} µs of CPU a connection, bare ${spread(cpu('bare'), 0)}, ${failed} failed`,
    )
    print(`  against the bare server: ${verdict(median(ratios(cpu('ours'), cpu('bare'))), { most: 1.1 })}`)
  } finally {
    await bare.stop()
  }
}

async function once(server, folder, tls) {
  const begin = server.cpu()
  const visitors = join(folder, 'visitors.json')
  const words = JSON.stringify({ port: server.port, visitors, count: connections, atOnce: 16, tls })
  const told = JSON.parse(await finish(clientCore, process.execPath, [client, words]))
  if (told.failed > 0) throw new Error(`${told.failed} connections failed: ${told.reason}`)
  return { cpu: (server.cpu() - begin) / connections, failed: told.failed }
}
