// Devices told over SIP: NOTIFY and its answer over UDP on loopback, one process of ours on one core, without the pacer,
// against a peer on the other core that does nothing but answer; and the same from bare Node, which keeps no transaction.
import { fileURLToPath } from 'node:url'
import { median, ratios, spread, verdict } from './lib/figures.mjs'
import { clientCore, run as finish, freePorts, serverCore, start } from './lib/processes.mjs'

const peerScript = fileURLToPath(new URL('lib/notify-peer.mjs', import.meta.url))
const programs = {
  ours: fileURLToPath(new URL('lib/notify-load.mjs', import.meta.url)),
  'bare Node': fileURLToPath(new URL('lib/notify-bare.mjs', import.meta.url)),
}
const roundsEach = 5
const seconds = 2
const least = 50_000

export async function run(print) {
  const [port] = await freePorts(1)
  const peer = start(clientCore, process.execPath, [peerScript, String(port)], { ready: /ready/ })
  try {
    await peer.ready
    for (const atOnce of [32, 128]) await compare(print, port, atOnce)
  } finally {
    await peer.stop()
  }
}

async function compare(print, port, atOnce) {
  const rounds = { ours: [], 'bare Node': [] }
  for (let round = 0; round < roundsEach; round++) {
    for (const [name, program] of Object.entries(programs)) {
      const words = [program, port, atOnce, seconds].map(String)
      rounds[name].push(JSON.parse(await finish(serverCore, process.execPath, words)))
    }
  }
  print(`${atOnce} at once`)
  for (const [name, all] of Object.entries(rounds)) {
    const unheard = all.reduce((sum, { others }) => sum + others, 0)
    print(
      `    ${name.padEnd(9)} ${spread(rates(all), 0)} NOTIFY and answer a second, ` +
        `${median(costs(all)).toFixed(1)} us of CPU each, ${unheard} not heard`,
    )
  }
  print(`    a second: ${verdict(median(rates(rounds.ours)), { least }, 0)}`)
  print(
    `    CPU against bare Node: ${median(ratios(costs(rounds.ours), costs(rounds['bare Node']))).toFixed(2)}`,
  )
}

function rates(rounds) {
  return rounds.map(({ heard, seconds: taken }) => heard / taken)
}

function costs(rounds) {
  return rounds.map(({ heard, cpu }) => (cpu * 1e6) / heard)
}
