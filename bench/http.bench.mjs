// Device files over HTTP on kept connections, in random order: one process of ours, deciding and recording each fetch,
// against one nginx worker that sends the same files from disk and does neither.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveFleet } from './lib/bootline.mjs'
import { allFiles } from './lib/fetched.mjs'
import { median, ratios, spread, verdict } from './lib/figures.mjs'
import { mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { serveFolder } from './lib/nginx.mjs'
import { clientCore, run as finish } from './lib/processes.mjs'
import { have } from './lib/programs.mjs'

const script = fileURLToPath(new URL('lib/get.lua', import.meta.url))
const roundsEach = 5
const seconds = 3

export async function run(print) {
  if (!have(['wrk'], 'HTTP', print)) return
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const devices = mixedDevices(10_000)
  const ours = await serveFleet(mixedFleet(devices))
  let nginx
  try {
    print(
      `one process with 10,000 devices of mixed vendors and all their files: ${megabytes(ours.memory())} MB`,
    )
    const files = await allFiles(ours.ports.http, devices)
    const root = join(folder, 'www')
    mkdirSync(root)
    for (const { name, body } of files) writeFileSync(join(root, name), body)
    if (have(['nginx'], 'the comparison with nginx', print)) nginx = await serveFolder(root)
    const sets = {
      'the configuration of each device': files.filter(({ main }) => main).slice(0, 10_000),
      'small files': files.filter(({ body }) => body.length < 8000).slice(0, 10_000),
    }
    for (const [what, set] of Object.entries(sets)) {
      const list = join(folder, 'list')
      writeFileSync(list, set.map(({ name, agent }) => `/${name}\t${agent}`).join('\n'))
      const size = set.reduce((sum, { body }) => sum + body.length, 0) / set.length
      print(`${what}: ${set.length} files of ${Math.round(size)} bytes on average, 64 connections`)
      await compare(print, list, ours, nginx)
    }
    print(`after all that: ${megabytes(ours.memory())} MB`)
  } finally {
    await nginx?.stop()
    await ours.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(print, list, ours, nginx) {
  const ask = (server, port) => () => load(list, server, port)
  const programs = { ours: ask(ours, ours.ports.http), ...(nginx ? { nginx: ask(nginx, nginx.port) } : {}) }
  const results = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
  for (const program of Object.values(programs)) await program()
  for (let round = 0; round < roundsEach; round++) {
    for (const [name, program] of Object.entries(programs)) results[name].push(await program())
  }
  for (const [name, rounds] of Object.entries(results)) {
    const of = (field) => rounds.map((round) => round[field])
    print(
      `  ${name.padEnd(5)} ${spread(of('rate'), 0)} requests/s, ${median(of('cpu')).toFixed(1)} µs of CPU each, ` +
        `p50 ${median(of('p50'))} µs, p99 ${median(of('p99'))} µs, ${of('failed').reduce((a, b) => a + b)} failed`,
    )
  }
  if (!nginx) return
  const rate = (name) => results[name].map((round) => round.rate)
  const cpu = (name) => results[name].map((round) => round.cpu)
  print(`  requests/s against nginx: ${verdict(median(ratios(rate('ours'), rate('nginx'))), { least: 0.9 })}`)
  print(`  CPU a request against nginx: ${spread(ratios(cpu('ours'), cpu('nginx')))}`)
}

async function load(list, server, port) {
  const begin = server.cpu()
  const address = `http://127.0.0.1:${port}`
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
