// Devices told over SIP: NOTIFY and its answer over UDP on loopback, one process of ours on one core, without the pacer,
// against a peer on the other core that does nothing but answer.
import { fileURLToPath } from 'node:url'
import { median, spread, verdict } from './lib/figures.mjs'
import { clientCore, run as finish, freePorts, serverCore, start } from './lib/processes.mjs'

const peerScript = fileURLToPath(new URL('lib/notify-peer.mjs', import.meta.url))
const loadScript = fileURLToPath(new URL('lib/notify-load.mjs', import.meta.url))
const roundsEach = 5
const seconds = 2
const least = 50_000

export async function run(print) {
  const [port] = await freePorts(1)
  const peer = start(clientCore, process.execPath, [peerScript, String(port)], { ready: /ready/ })
  try {
    await peer.ready
    for (const atOnce of [16, 128]) {
      const rounds = []
      for (let round = 0; round < roundsEach; round++) {
        const words = [loadScript, port, atOnce, seconds].map(String)
        rounds.push(JSON.parse(await finish(serverCore, process.execPath, words)))
      }
      const rates = rounds.map(({ results, seconds: taken }) => (results.heard ?? 0) / taken)
      const each = rounds.map(({ results, cpu }) => (cpu * 1e6) / (results.heard ?? 0))
      const unheard = rounds
        .flatMap(({ results }) => Object.entries(results))
        .filter(([result]) => result !== 'heard')
      print(
        `${atOnce} at once: ${spread(rates, 0)} NOTIFY and answer a second, ${median(each).toFixed(1)} us of CPU each, ` +
          `${unheard.reduce((sum, [, count]) => sum + count, 0)} not heard`,
      )
      print(`    ${verdict(median(rates), { least }, 0)}`)
    }
  } finally {
    await peer.stop()
  }
}
