import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished, test } from 'vitest'
import type { Finding } from '../../src/cli/doctor-finding.ts'
import { judgePort } from '../../src/cli/doctor-ports.ts'
import { main } from '../../src/main.ts'
import { fileTest } from '../store/databases.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'

const off = Object.fromEntries(
  ['HTTP', 'HTTPS', 'MTLS', 'TFTP', 'ADMIN', 'SIP'].map((name) => [`BOOTLINE_${name}`, 'off']),
)

interface Told {
  readonly code: number
  readonly of: (about: string) => readonly Finding[]
}

async function examine(folder: string, env: Record<string, string> = {}): Promise<Told> {
  const world = fakeWorld({
    ...off,
    BOOTLINE_DATA: folder,
    BOOTLINE_CERTS: join(folder, 'certs'),
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    ...env,
  })
  const code = await main(['doctor', '--json'], world)
  const { well, findings } = JSON.parse(world.written.stdout()) as {
    well: boolean
    findings: readonly Finding[]
  }
  expect(well).toBe(code === 0)
  for (const { state, remedy } of findings) expect(remedy === undefined).toBe(state === 'good')
  return { code, of: (about) => findings.filter((finding) => finding.about === about) }
}

async function withFleet(folder: string, sip: object): Promise<void> {
  const file = join(folder, 'fleet.json')
  writeFileSync(
    file,
    JSON.stringify({ companies: [{ name: 'Toine Immo', sip, sites: [{ name: 'Grasse' }] }] }),
  )
  const world = fakeWorld({ BOOTLINE_DATA: folder })
  expect(await main(['apply', file, '--yes'], world), world.written.stderr()).toBe(0)
}

/** A SIP server that answers as it is told. */
async function sipServer(answer: string | undefined) {
  const socket = createSocket('udp4')
  const heard: string[] = []
  socket.on('message', (bytes, { port, address }) => {
    heard.push(bytes.toString())
    if (answer !== undefined) socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { heard, port: socket.address().port }
}

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

it('finds a server well whose SIP server answers, whatever it answers, and changes nothing it looks at', async () => {
  const folder = dataFolder()
  const { port, heard } = await sipServer('SIP/2.0 404 Not Found\r\nContent-Length: 0\r\n\r\n')
  await withFleet(folder, { domain: '127.0.0.1', port })
  const modified = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode])
  const before = modified()
  const told = await examine(folder)
  expect(told.code).toBe(0)
  expect(told.of('SIP of Toine Immo')).toMatchObject([{ state: 'good' }])
  expect(heard[0]).toMatch(/^OPTIONS sip:127\.0\.0\.1 SIP\/2\.0\r\n/)
  expect(told.of('database')).toMatchObject([{ state: 'good', says: 'whole; 1 companies' }])
  expect(told.of('key file')).toMatchObject([{ state: 'good' }])
  expect(modified()).toEqual(before)
})

it('finds a SIP server that is not there, and a name that leads nowhere', async () => {
  const folder = dataFolder()
  const gone = createSocket('udp4').bind(0, '127.0.0.1')
  await once(gone, 'listening')
  const { port } = gone.address()
  gone.close()
  await withFleet(folder, { domain: '127.0.0.1', port })
  const told = await examine(folder)
  expect(told.code).toBe(1)
  expect(told.of('SIP of Toine Immo')).toMatchObject([
    { state: 'wrong', says: expect.stringContaining('ECONNREFUSED') },
  ])
})

fileTest('finds a key that others may read, and a database that is none', async () => {
  const folder = dataFolder()
  await withFleet(folder, { domain: '127.0.0.1', transport: 'tcp', port: 9 })
  chmodSync(join(folder, 'bootline.key'), 0o644)
  expect((await examine(folder)).of('key file')).toMatchObject([
    { state: 'wrong', remedy: expect.stringContaining('chmod 600') },
  ])
  chmodSync(join(folder, 'bootline.key'), 0o600)
  writeFileSync(join(folder, 'bootline.db'), 'this is no database, however long it may be')
  const told = await examine(folder)
  expect(told.code).toBe(1)
  expect(told.of('database')).toMatchObject([{ state: 'wrong' }])
})

it('finds templates that are broken or that nothing asks for, and images no model takes', async () => {
  const folder = dataFolder()
  const own = join(folder, 'templates', 'yealink')
  mkdirSync(own, { recursive: true })
  mkdirSync(join(folder, 'firmware'))
  const [shipped = ''] = readdirSync('templates/yealink').filter((name) => name.endsWith('.hbs'))
  writeFileSync(join(own, shipped), 'account = {{#each}')
  writeFileSync(join(own, 'other.cfg.hbs'), 'fine')
  writeFileSync(join(folder, 'firmware', 'holiday.jpg'), 'no image')
  const told = await examine(folder, { BOOTLINE_TEMPLATES: join(folder, 'templates') })
  expect(told.code).toBe(1)
  expect(
    told
      .of('templates')
      .map(({ state }) => state)
      .sort(),
  ).toEqual(['warning', 'wrong'])
  expect(told.of('firmware')).toMatchObject([
    { state: 'warning', says: expect.stringContaining('holiday.jpg') },
  ])
})

it('finds a clock that is not that of the public URL, and a name that leads nowhere', async () => {
  const folder = dataFolder()
  const port = await listening((_request, response) => {
    response.setHeader('Date', new Date(Date.now() - 3_600_000).toUTCString())
    response.end()
  })
  const late = await examine(folder, { BOOTLINE_PUBLIC_URL: `http://127.0.0.1:${port}/` })
  expect(late.of('clock')).toContainEqual(expect.objectContaining({ state: 'wrong' }))
  const nowhere = await examine(folder, { BOOTLINE_PUBLIC_URL: 'http://nowhere.invalid/' })
  expect(nowhere.of('public URL')).toMatchObject([{ state: 'wrong' }])
  expect(nowhere.code).toBe(1)
})

it('finds a port that something else has, and knows the server by its answer', async () => {
  const folder = dataFolder()
  const taken = await listening((_request, response) => void response.end())
  // Nothing listens where the server would be asked whether it runs.
  const told = await examine(folder, { BOOTLINE_HTTP: `127.0.0.1:${taken}`, BOOTLINE_ADMIN: '127.0.0.1:1' })
  expect(told.of('port http')).toMatchObject([{ state: 'wrong' }])
  const alive = await listening((_request, response) => void response.end('{"alive":true}'))
  const runs = await examine(folder, {
    BOOTLINE_HTTP: `127.0.0.1:${taken}`,
    BOOTLINE_ADMIN: `127.0.0.1:${alive}`,
  })
  expect(runs.of('port http')).toMatchObject([{ state: 'good', says: `listens on 127.0.0.1:${taken}` }])
})

it('finds a certificate that does not name the public URL, and a key that is open', async () => {
  const folder = dataFolder()
  const certs = join(folder, 'certs')
  mkdirSync(certs)
  const made = ['-keyout', join(certs, 'privkey.pem'), '-out', join(certs, 'fullchain.pem')]
  const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90']
  const names = ['-subj', '/CN=other.example.net', '-addext', 'subjectAltName=DNS:other.example.net']
  expect(spawnSync('openssl', ['req', '-x509', ...what, ...made, ...names]).status).toBe(0)
  chmodSync(join(certs, 'privkey.pem'), 0o644)
  const url = { BOOTLINE_HTTPS: '127.0.0.1:0', BOOTLINE_PUBLIC_URL: 'https://127.0.0.1:1/' }
  const told = await examine(folder, url)
  const says = told.of('certificates').map((finding) => `${finding.state} ${finding.says}`)
  expect(told.code).toBe(1)
  expect(says).toContainEqual(expect.stringMatching(/^wrong .*127\.0\.0\.1/))
  expect(says).toContainEqual(expect.stringMatching(/^wrong others may read the key .*privkey\.pem/))
})

fileTest('makes no database where there is none', async () => {
  const folder = dataFolder()
  expect((await examine(folder)).of('database')).toMatchObject([{ state: 'warning' }])
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['free', true, 'wrong'],
  ['free', false, 'good'],
  ['free', undefined, 'good'],
  ['taken', true, 'good'],
  ['taken', false, 'wrong'],
  ['taken', undefined, 'good'],
  [{ cannot: 'EACCES' }, false, 'wrong'],
  [{ cannot: 'EADDRNOTAVAIL' }, undefined, 'wrong'],
] as const)('a port that is %j while the server runs: %s is %s', (state, runs, verdict) => {
  expect(judgePort('http', '0.0.0.0:8080', state, runs).state).toBe(verdict)
})

it('says to a person what to do', async () => {
  const world = fakeWorld({ ...off, BOOTLINE_DATA: dataFolder() })
  expect(await main(['doctor'], world)).toBe(0)
  expect(world.written.stdout()).toMatch(/^warning {2}public URL: .*\n {9}→ set it to a name/m)
  expect(world.written.stdout()).toMatch(/Nothing is wrong, \d+ to be looked at\.\n$/)
})
