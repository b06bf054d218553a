/**
 * Shows Bootline with nothing but this machine: a server on free ports with a data folder of its own, a sample fleet,
 * and virtual phones that live in it until Ctrl-C.
 *
 * Usage: npm run demo [-- --keep]    --keep leaves the data folder behind
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ready } from './ready.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = join(root, 'bin', 'bootline.mjs')
const keep = process.argv.includes('--keep')
const children = new Set()
let ending = false

try {
  ready()
} catch (error) {
  process.stderr.write(`Not ready: ${error.message}\n`)
  process.exit(1)
}
const { load } = await import('js-yaml')
const { demoFleet } = await import('./demo-fleet.mjs')
const { startSipServer } = await import('./demo-sip.mjs')

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
const folder = mkdtempSync(join(tmpdir(), 'bootline-demo-'))
const sip = await startSipServer()
try {
  process.exitCode = await demonstrate()
} catch (error) {
  process.stderr.write(`The demonstration ended: ${error.message}\n`)
  process.exitCode = 1
} finally {
  await Promise.all([...children].map(stopped))
  await sip.close()
  if (keep) process.stdout.write(`Everything is left in ${folder}\n`)
  else rmSync(folder, { recursive: true, force: true })
}

async function demonstrate() {
  const [http, https, admin] = await freePorts(3)
  const url = `http://127.0.0.1:${http}/`
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BOOTLINE_'))),
    BOOTLINE_DATA: join(folder, 'data'),
    BOOTLINE_CERTS: join(folder, 'certs'),
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    BOOTLINE_HTTP: `127.0.0.1:${http}`,
    BOOTLINE_HTTPS: `127.0.0.1:${https}`,
    BOOTLINE_MTLS: 'off',
    BOOTLINE_TFTP: 'off',
    BOOTLINE_ADMIN: `127.0.0.1:${admin}`,
    BOOTLINE_SIP: '127.0.0.1:0',
    BOOTLINE_PUBLIC_URL: url,
  }
  const sample = load(readFileSync(join(root, 'examples', 'toine-immo.yaml'), 'utf8'))
  const { fleet, phones } = demoFleet(sample, sip.port)
  const file = (name, data) => {
    writeFileSync(join(folder, name), JSON.stringify(data))
    return join(folder, name)
  }

  const applying = bootline(
    env,
    ['apply', file('fleet.json', fleet), '--yes'],
    ['ignore', 'ignore', 'inherit'],
  )
  const applied = await ended(applying)
  if (ending) return 0
  if (applied !== 0) throw new Error('the sample fleet was refused')

  const server = bootline(env, ['serve'], ['ignore', 'pipe', 'pipe'])
  server.stderr.pipe(createWriteStream(join(folder, 'server.log')))
  const greeting = await greetingOf(server)
  if (ending) return 0
  const link = /https?:\S+\/sign-in\/link\/\S+/.exec(greeting)?.[0]
  process.stdout.write(
    [
      `Bootline serves ${/serves (\d+)/.exec(greeting)?.[1]} devices.`,
      '',
      `  portal    http://127.0.0.1:${admin}/`,
      `  sign in   ${link}    (good once)`,
      `  devices   ${url}`,
      '',
      'Change the keys of somebody of Toine Immo: the phone is told, and starts again with them.',
      'An AudioCodes 440HD is off, a Yealink T46S comes from a network that its company does not admit,',
      'and a Yealink T46U comes that no line has: the portal offers to link it.',
      '',
      '',
    ].join('\n'),
  )
  const living = [
    '--from',
    file('phones.json', phones),
    '--store',
    '--url',
    url,
    '--register',
    `127.0.0.1:${sip.port}`,
  ]
  const simulated = ended(bootline(env, ['simulate', ...living], 'inherit'))
  const first = await Promise.race([simulated.then(() => 'phones'), ended(server).then(() => 'server')])
  if (!ending) throw new Error(`the ${first} ended by itself; --keep leaves the log behind`)
  await simulated
  return 0
}

/** Ctrl-C, or whoever ends this. */
function stop() {
  if (!ending) for (const child of children) child.kill('SIGINT')
  ending = true
}

function stopped(child) {
  child.kill('SIGINT')
  return ended(child)
}

/** In a group of its own, so that Ctrl-C reaches it once, from here. */
function bootline(env, args, stdio) {
  const child = spawn(process.execPath, [program, ...args], { env, stdio, detached: true })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? 1)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}

/** All it says once it serves. */
function greetingOf(server) {
  let text = ''
  return new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece
      if (text.includes('Stop it with')) resolve(text)
    })
    server.once('exit', (code) => {
      if (ending) resolve('')
      else
        reject(
          new Error(
            `the server did not start (${code}): ${readFileSync(join(folder, 'server.log'), 'utf8')}`,
          ),
        )
    })
  })
}

/** Ports nobody has now; found together, so that none comes twice. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve, reject) => {
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server.address().port))
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
