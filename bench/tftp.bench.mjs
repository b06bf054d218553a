// Files over TFTP: small ones to many devices at once, and an image in large blocks, against tftpd-hpa, dnsmasq and bare
// node:dgram.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { macOf } from './fleet-file.mjs'
import { serveBare } from './lib/bare.mjs'
import { serveFleet } from './lib/bootline.mjs'
import { allFiles } from './lib/fetched.mjs'
import { median, ratios, spread, verdict } from './lib/figures.mjs'
import { mix, mixedFleet } from './lib/fleet.mjs'
import { ownNetwork } from './lib/network.mjs'
import { clientCore, run as finish, serverCore, start } from './lib/processes.mjs'
import { find, have } from './lib/programs.mjs'

const source = fileURLToPath(new URL('lib/tftp-load.c', import.meta.url))
const image = '440HD.img'
const roundsEach = 5

export async function run(print) {
  if (!have(['cc'], 'TFTP', print)) return
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const client = join(folder, 'tftp-load')
  await finish(undefined, 'cc', ['-O2', '-o', client, source])
  const network = await ownNetwork(print)
  const www = join(folder, 'www')
  mkdirSync(www)
  const firmware = Buffer.alloc(30 * 1024 * 1024, 'a firmware image, or as good as one: ')
  const devices = smallPhones(2000)
  // One file is fetched again and again here, which no device does: what is written of each is bounded all the same.
  const ours = await serveFleet(mixedFleet(devices), {
    within: network?.within,
    prepare(data) {
      mkdirSync(join(data, 'firmware'))
      writeFileSync(join(data, 'firmware', image), firmware)
    },
  })
  const others = []
  try {
    const files = await (network
      ? filesWithin(network, ours, devices, folder)
      : allFiles(ours.ports.http, devices))
    for (const { name, body } of files) writeFileSync(join(www, name), body)
    writeFileSync(join(www, image), firmware)
    writeFileSync(join(folder, 'small'), files.map(({ name }) => name).join('\n'))
    writeFileSync(join(folder, 'image'), image)
    const servers = { ours: { ...ours, port: ours.ports.tftp } }
    const beside = (name, server) => {
      servers[name] = server
      others.push(server)
    }
    if (have(['in.tftpd'], 'the comparison with tftpd-hpa', print)) beside('tftpd-hpa', hpa(www, network))
    if (have(['dnsmasq'], 'the comparison with dnsmasq', print) && network)
      beside('dnsmasq', dnsmasq(www, network))
    for (const server of others) await server.standing()
    beside('bare', await serveBare('tftp', [www], { within: network?.within }))
    const ask = { client, www, folder, servers, network }
    const size = files.reduce((sum, { body }) => sum + body.length, 0) / files.length
    print(`small files of ${Math.round(size)} bytes on average, each to an address of its own`)
    await compare(
      print,
      ask,
      { list: 'small', count: 2000, atOnce: 64, block: 1428, window: 1 },
      { 'tftpd-hpa': 15, dnsmasq: 0.85 },
    )
    await compare(print, ask, { list: 'small', count: 3000, atOnce: 512, block: 1428, window: 1 }, {})
    print('an image of 30 MB, 4 clients')
    await compare(
      print,
      ask,
      { list: 'image', count: 4, atOnce: 4, block: 1428, window: 1 },
      { 'tftpd-hpa': 1 },
    )
    await compare(
      print,
      ask,
      { list: 'image', count: 8, atOnce: 4, block: 1428, window: 16 },
      { 'tftpd-hpa': 1.9 },
    )
  } finally {
    for (const server of others) await server.stop()
    await ours.stop()
    await network?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Phones with few keys: their files have about the 4 KB that most devices' have. */
function smallPhones(count) {
  const kind = { ...mix.find(({ model }) => model === 'audiocodes/440hd'), watched: 2, shortcuts: 2 }
  return Array.from({ length: count }, (_, i) => ({ mac: macOf(kind.prefix, i), kind }))
}

function hpa(www, network) {
  const port = 16_969
  const args = ['-L', '-a', `127.0.0.1:${port}`, '-s', www]
  return { ...start(serverCore, find('in.tftpd'), args, { within: network?.within }), port }
}

/** It listens on port 69 only, which is why there is a network of its own. */
function dnsmasq(www, { within }) {
  const args = ['-k', '-p', '0', '--enable-tftp', `--tftp-root=${www}`, '--tftp-max=2000', '--user=root']
  const listen = ['--listen-address=127.0.0.1', '--bind-interfaces', '--conf-file=/dev/null', '--pid-file']
  return { ...start(serverCore, find('dnsmasq'), [...args, ...listen], { within }), port: 69 }
}

async function filesWithin(network, ours, devices, folder) {
  const list = join(folder, 'devices.json')
  const script = `
    import { readFileSync } from 'node:fs'
    import { allFiles } from ${JSON.stringify(new URL('lib/fetched.mjs', import.meta.url).href)}
    import { mix } from ${JSON.stringify(new URL('lib/fleet.mjs', import.meta.url).href)}
    const kind = mix.find(({ model }) => model === 'audiocodes/440hd')
    const devices = JSON.parse(readFileSync(${JSON.stringify(list)})).map((mac) => ({ mac, kind }))
    const files = await allFiles(${ours.ports.http}, devices)
    process.stdout.write(JSON.stringify(files.map(({ name, body }) => [name, body.toString('base64')])))`
  writeFileSync(list, JSON.stringify(devices.map(({ mac }) => mac)))
  const told = await finish(undefined, process.execPath, ['--input-type=module', '-e', script], {
    within: network.within,
  })
  return JSON.parse(told).map(([name, body]) => ({ name, body: Buffer.from(body, 'base64') }))
}

async function compare(print, ask, load, aims) {
  const results = Object.fromEntries(Object.keys(ask.servers).map((name) => [name, []]))
  for (let round = 0; round < roundsEach; round++) {
    for (const [name, server] of Object.entries(ask.servers))
      results[name].push(await once(ask, server, load))
  }
  const kind = `blksize ${load.block}${load.window > 1 ? `, windowsize ${load.window}` : ''}, ${load.atOnce} at once`
  print(`  ${kind}`)
  for (const [name, rounds] of Object.entries(results)) {
    const of = (field) => rounds.map((round) => round[field])
    const sum = (field) => of(field).reduce((a, b) => a + b)
    print(
      `    ${name.padEnd(9)} ${spread(of('rate'), 0)} files/s, ${median(of('megabytes')).toFixed(1)} MB/s, p99 ${median(of('p99')).toFixed(3)} s, ` +
        `${processor(name, of('cpu'))}${sum('retries')} retries, ${sum('failed')} failed, ${sum('wrong')} wrong`,
    )
  }
  const rate = (name) => results[name].map((round) => round.rate)
  for (const name of ['tftpd-hpa', 'dnsmasq'])
    if (results[name])
      print(`    bare against ${name}: ${median(ratios(rate('bare'), rate(name))).toFixed(2)}`)
  print(`    ours against bare: ${median(ratios(rate('ours'), rate('bare'))).toFixed(2)}`)
  for (const [name, least] of Object.entries(aims)) {
    if (results[name])
      print(`    against ${name}: ${verdict(median(ratios(rate('ours'), rate(name))), { least })}`)
  }
}

/** tftpd-hpa makes a process for each transfer, whose time is not in its own. */
function processor(name, times) {
  return name === 'tftpd-hpa' ? '' : `${median(times).toFixed(0)} µs of CPU a file, `
}

async function once({ client, www, folder, network }, server, { list, count, atOnce, block, window }) {
  const { port } = server
  const begin = server.cpu()
  const words = [port, www, count, atOnce, block, window, join(folder, list)].map(String)
  const told = JSON.parse(await finish(clientCore, client, words, { within: network?.within }))
  const cpu = (server.cpu() - begin) / count
  return { ...told, cpu, rate: told.finished / told.seconds, megabytes: told.bytes / 1e6 / told.seconds }
}
