// The API with 10,000 devices: reads and key saves a second, and whether saving keeps devices waiting: the delivery of
// files without and with somebody who saves as fast as he can, in turn, so that both see the same machine.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveFleet } from './lib/bootline.mjs'
import { median, ratios, spread } from './lib/figures.mjs'
import { mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { clientCore, run as finish, freePorts } from './lib/processes.mjs'

const program = fileURLToPath(new URL('lib/api-load.mjs', import.meta.url))
const main = new URL('../dist/main.js', import.meta.url).href
const roundsEach = 3
const seconds = 2

const operations = {
  line: 'a line',
  keys: 'its keys',
  page: '50 lines',
  search: '50 lines by a name',
  save: 'keys read and saved',
}

export async function run(print) {
  const devices = mixedDevices(10_000)
  const fleet = mixedFleet(devices)
  const [admin] = await freePorts(1)
  const settings = { BOOTLINE_ADMIN: `127.0.0.1:${admin}`, BOOTLINE_SIP: 'off' }
  const ours = await serveFleet(fleet, { settings })
  try {
    const token = tokenFor(ours.folder)
    const phones = fleet.companies[0].lines.filter(({ keys }) => keys).map(({ number }) => [number])
    const files = devices
      .filter(({ kind }) => kind.model.startsWith('yealink/t'))
      .map(({ mac, kind }) => [`${mac}.cfg`, kind.agent(mac)])
    const list = (name, entries) => {
      const file = join(ours.folder, name)
      writeFileSync(file, JSON.stringify(entries))
      return file
    }
    const [lineList, fileList] = [list('lines.json', phones), list('files.json', files)]
    const api = (what, atOnce) => load({ port: admin, token, what, atOnce, list: lineList })
    const delivery = () => load({ port: ours.ports.http, what: 'deliver', atOnce: 8, list: fileList })

    print(`${devices.length} devices, one process, ${seconds} s a round, 8 at once`)
    for (const [what, name] of Object.entries(operations)) {
      const rounds = await repeated(async () => {
        const begin = ours.cpu()
        const done = await api(what, 8)
        // What is saved was read before: the two are counted as one.
        return { ...done, cpu: (ours.cpu() - begin) / 1000 / done.count }
      })
      print(`  ${name}: ${told(rounds)}, ${median(rounds.map(({ cpu }) => cpu)).toFixed(1)} ms of CPU each`)
    }
    await delivery()
    const alone = []
    const beside = []
    const saves = []
    for (let round = 0; round < roundsEach; round++) {
      alone.push(await delivery())
      const [delivered, saved] = await Promise.all([delivery(), api('save', 1)])
      beside.push(delivered)
      saves.push(saved)
    }
    print(`  files to devices, 8 at once, nobody saves: ${told(alone)}`)
    print(`  files to devices, 8 at once, one saves:    ${told(beside)}`)
    print(`  what is saved meanwhile: ${told(saves)}`)
    const of = (rounds) => rounds.map(({ p99 }) => p99)
    print(`  p99 with a writer against without: ${spread(ratios(of(beside), of(alone)))}`)
    print(`  memory: ${(ours.memory() / 1048576).toFixed(0)} MB`)
  } finally {
    await ours.stop()
  }
}

async function load(what) {
  return JSON.parse(
    await finish(clientCore, process.execPath, [program, JSON.stringify({ seconds, ...what })]),
  )
}

async function repeated(work) {
  const rounds = []
  for (let round = 0; round < roundsEach; round++) rounds.push(await work())
  return rounds
}

function told(rounds) {
  const of = (field) => rounds.map((round) => round[field])
  const failed = of('failed').reduce((a, b) => a + b)
  return (
    `${spread(of('rate'), 0)} a second, p50 ${median(of('p50'))} µs, p99 ${median(of('p99'))} µs, ` +
    `${failed} failed`
  )
}

/** Made as its administrator would make it. */
function tokenFor(folder) {
  const script = `
    import { main } from ${JSON.stringify(main)}
    process.exitCode = await main(['tokens', 'create', 'bench', '--role', 'operator', '--json'])`
  const env = { ...process.env, BOOTLINE_DATA: `${folder}/data` }
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
  })
  return JSON.parse(said).token
}
