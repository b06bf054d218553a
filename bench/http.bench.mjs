// Device files over HTTP on kept connections, in random order: one process of ours, deciding and recording each fetch,
// against one nginx worker that sends the same files from disk, and a bare node:http that sends them from memory; these
// do neither.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { macOf } from './fleet-file.mjs'
import { serveBare } from './lib/bare.mjs'
import { serveFleet } from './lib/bootline.mjs'
import { allFiles } from './lib/fetched.mjs'
import { median, ratios, spread, verdict } from './lib/figures.mjs'
import { mix, mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { serveFolder } from './lib/nginx.mjs'
import { clientCore, run as finish } from './lib/processes.mjs'
import { have } from './lib/programs.mjs'

const script = fileURLToPath(new URL('lib/get.lua', import.meta.url))
const roundsEach = 5
const seconds = 2

export async function run(print) {
  if (!have(['wrk'], 'HTTP', print)) return
  await mixed(print)
  await alike(print)
}

/** What offices have, each maker's files as they are. */
async function mixed(print) {
  const devices = mixedDevices(10_000)
  await served(print, devices, {}, (files) => ({
    'the configuration of each device': files.filter(({ main }) => main).slice(0, 10_000),
    'small files': files.filter(({ body }) => body.length < 8000).slice(0, 10_000),
  }))
}

/** Files of one page of memory, as such servers are mostly compared by: one maker's, with a template of that length. */
async function alike(print) {
  const templates = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  try {
    mkdirSync(join(templates, 'yealink'))
    writeFileSync(join(templates, 'yealink', 'phone.cfg.hbs'), '#!version:1.0.0.1\n'.padEnd(4096, '#'))
    const kind = mix.find(({ model }) => model === 'yealink/t54w')
    const devices = Array.from({ length: 10_000 }, (_, i) => ({ mac: macOf(kind.prefix, i), kind }))
    await served(print, devices, { BOOTLINE_TEMPLATES: templates }, (files) => ({
      'files of 4,096 bytes': files.filter(({ body }) => body.length === 4096),
    }))
  } finally {
    rmSync(templates, { recursive: true, force: true })
  }
}

async function served(print, devices, settings, setsOf) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const ours = await serveFleet(mixedFleet(devices), { settings })
  const others = {}
  try {
    print(`one process with ${devices.length} devices and all their files: ${megabytes(ours.memory())} MB`)
    const files = await allFiles(ours.ports.http, devices)
    const root = join(folder, 'www')
    mkdirSync(root)
    for (const { name, body } of files) writeFileSync(join(root, name), body)
    if (have(['nginx'], 'the comparison with nginx', print)) others.nginx = await serveFolder(root)
    others.bare = await serveBare('http', [root])
    for (const [what, set] of Object.entries(setsOf(files))) {
      const list = join(folder, 'list')
      writeFileSync(list, set.map(({ name, agent }) => `/${name}\t${agent}`).join('\n'))
      const size = set.reduce((sum, { body }) => sum + body.length, 0) / set.length
      print(`${what}: ${set.length} files of ${Math.round(size)} bytes on average, 64 connections`)
      await compare(print, list, { ours: { ...ours, port: ours.ports.http }, ...others })
    }
    print(`after all that: ${megabytes(ours.memory())} MB`)
  } finally {
    for (const other of Object.values(others)) await other.stop()
    await ours.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(print, list, servers) {
  const results = Object.fromEntries(Object.keys(servers).map((name) => [name, []]))
  for (const server of Object.values(servers)) await load(list, server)
  for (let round = 0; round < roundsEach; round++) {
    for (const [name, server] of Object.entries(servers)) results[name].push(await load(list, server))
  }
  for (const [name, rounds] of Object.entries(results)) {
    const of = (field) => rounds.map((round) => round[field])
    print(
      `  ${name.padEnd(5)} ${spread(of('rate'), 0)} requests/s, ${median(of('cpu')).toFixed(1)} µs of CPU each, ` +
        `p50 ${median(of('p50'))} µs, p99 ${median(of('p99'))} µs, ${of('failed').reduce((a, b) => a + b)} failed`,
    )
  }
  const against = (field, one, other) =>
    ratios(
      results[one].map((round) => round[field]),
      results[other].map((round) => round[field]),
    )
  print(`  CPU a request against a bare node:http: ${spread(against('cpu', 'ours', 'bare'))}`)
  if (!servers.nginx) return
  print(`  CPU a request against nginx: ${spread(against('cpu', 'ours', 'nginx'))}`)
  print(`  requests/s, a bare node:http against nginx: ${spread(against('rate', 'bare', 'nginx'))}`)
  const rate = median(against('rate', 'ours', 'nginx'))
  print(`  requests/s, ours against nginx: ${verdict(rate, { least: 0.9 })}`)
}

async function load(list, server) {
  const begin = server.cpu()
  const address = `http://127.0.0.1:${server.port}`
  const told = await finish(clientCore, 'wrk', [
    '-t1',
    '-c64',
    `-d${seconds}s`,
    '-s',
    script,
    address,
    '--',
    list,
  ])
  const { requests, micros, failed, p50, p99 } = JSON.parse(told.trim().split('\n').at(-1))
  return { rate: requests / (micros / 1e6), cpu: (server.cpu() - begin) / requests, failed, p50, p99 }
}

function megabytes(bytes) {
  return (bytes / 1048576).toFixed(0)
}
