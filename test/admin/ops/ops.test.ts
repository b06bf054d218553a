import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { Authenticate } from '../../../src/admin/authenticate.ts'
import { createMetrics, type Metrics } from '../../../src/admin/ops/metrics.ts'
import { createOps } from '../../../src/admin/ops/ops.ts'
import { startAdminServer } from '../../../src/admin/server.ts'
import { ask, drained, open, tftpGet } from '../../delivery/service/asking.ts'
import { company, fleet } from '../../delivery/service/fleet.ts'
import { type Running, run, temporaryFolder } from '../../delivery/service/running.ts'
import { operator } from '../helpers/serving.ts'

let certs: string
beforeAll(async () => {
  certs = await temporaryFolder()
})
afterAll(() => rm(certs, { recursive: true }))

const t54w = '805ec0aa0001'
const other = '805ec0aa0002'
const devices = { [t54w]: 'yealink/t54w', [other]: 'yealink/t54w' }

/** Callers are known by their word alone. */
const authenticate: Authenticate = async ({ headers }) => {
  if (headers.authorization === 'Bearer operator') return operator
  if (headers.authorization === 'Bearer manager')
    return { ...operator, role: 'manager', companies: ['Toine Immo'] }
  return undefined
}

async function watched() {
  let metrics: Metrics | undefined
  const running = await run(fleet(company({ devices })), {
    certs,
    only: ['http', 'https', 'tftp'],
    measures(store) {
      metrics = createMetrics({ store, now: Date.now })
      return metrics.measures
    },
  })
  onTestFinished(() => running.stop())
  if (!metrics) throw new Error('nothing was measured')
  const state: { service: Running['service'] | undefined; stopping: boolean } = {
    service: running.service,
    stopping: false,
  }
  const faults: unknown[] = []
  const { store } = running
  const broken = { generation: () => Promise.reject(new Error('the disk is gone')) }
  const parts = { service: () => state.service, stopping: () => state.stopping, metrics, authenticate }
  const report = (error: unknown) => void faults.push(error)
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const serve = async (read: typeof store | typeof broken) => {
    const server = await startAdminServer({
      listen: { host: '127.0.0.1', port: 0 },
      sourceOf: (request) => request.socket.remoteAddress ?? '',
      log: quiet,
      mount: (app) => void app.use(createOps({ ...parts, store: read, report })),
    })
    onTestFinished(() => server.close())
    return (path: string, headers: Record<string, string> = {}) =>
      fetch(new URL(path, server.address), { headers: { connection: 'close', ...headers } })
  }
  return { running, state, faults, look: await serve(store), lookBroken: () => serve(broken) }
}

/** A sample of the page, by its name and labels as they are written. */
async function sample(page: string, name: string): Promise<number | undefined> {
  const line = page.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

it('tells what devices asked for, how they were answered and how long it took', async () => {
  const { running, look } = await watched()
  await ask(running.port('http'), { path: `/${t54w}.cfg` })
  await ask(running.port('http'), { path: `/${t54w}.cfg` })
  await ask(running.port('http'), { path: '/805ec0ffffff.cfg' })
  await ask(running.port('http'), { path: '/y000000000000.boot' })
  await tftpGet(running.port('tftp'), `${other}.cfg`)
  const page = await (await look('/metrics')).text()
  const value = (name: string) => sample(page, name)
  const requests = (labels: string) => value(`bootline_requests_total{${labels}}`)
  expect(await requests('transport="http",vendor="yealink",kind="device",answer="200"')).toBe(2)
  expect(await requests('transport="http",vendor="yealink",kind="device",answer="401"')).toBe(1)
  expect(await requests('transport="tftp",vendor="yealink",kind="device",answer="200"')).toBe(1)
  expect(await value('bootline_file_lookups_total{found="ready"}')).toBe(3)
  expect(await value('bootline_delivery_seconds_count{transport="http"}')).toBe(2)
  expect(await value('bootline_delivery_seconds_count{transport="tftp"}')).toBe(1)
  expect(await value('bootline_render_seconds_count')).toBe(2)
  expect(page).toContain('process_resident_memory_bytes')
})

it('tells how devices are and who waits to be told', async () => {
  const { running, look } = await watched()
  const page = await (await look('/metrics')).text()
  expect(await sample(page, 'bootline_devices{state="awaited"}')).toBe(2)
  expect(await sample(page, 'bootline_devices{state="in-sync"}')).toBe(0)
  expect(await sample(page, 'bootline_reboot_jobs{state="waiting"}')).toBe(
    (await running.store.reboots.count()).waiting,
  )
  expect(await sample(page, 'bootline_messages_waiting')).toBe(0)
})

it('counts TLS handshakes by how they ended', async () => {
  const { running, look } = await watched()
  const port = running.port('https')
  await ask(port, { path: '/', tls: {} })
  await drained(open(port).end('no handshake at all'))
  const page = await (await look('/metrics')).text()
  expect(await sample(page, 'bootline_tls_handshakes_total{listener="https",outcome="full"}')).toBe(1)
  await expect
    .poll(async () =>
      sample(
        await (await look('/metrics')).text(),
        'bootline_tls_handshakes_total{listener="https",outcome="failed"}',
      ),
    )
    .toBe(1)
})

it('shows metrics to this machine and to who may read the server, and to nobody behind a proxy', async () => {
  const { look } = await watched()
  const status = async (headers: Record<string, string>) => (await look('/metrics', headers)).status
  const forwarded = { 'x-forwarded-for': '203.0.113.9' }
  expect(await status({})).toBe(200)
  expect(await status(forwarded)).toBe(401)
  expect(await status({ ...forwarded, authorization: 'Bearer manager' })).toBe(403)
  expect(await status({ ...forwarded, authorization: 'Bearer operator' })).toBe(200)
})

it('is alive while it runs, and ready while it can serve', async () => {
  const { state, look, lookBroken } = await watched()
  const told = async (answer: Response) => [answer.status, await answer.json()]
  expect(await told(await look('/healthz'))).toEqual([200, { alive: true }])
  expect(await told(await look('/readyz'))).toEqual([200, { ready: true, reasons: [] }])
  expect(await told(await (await lookBroken())('/readyz'))).toEqual([
    503,
    { ready: false, reasons: ['store'] },
  ])
  const { service } = state
  state.service = undefined
  expect(await told(await look('/readyz'))).toEqual([503, { ready: false, reasons: ['files', 'listeners'] }])
  state.service = service
  state.stopping = true
  expect(await told(await look('/readyz'))).toEqual([503, { ready: false, reasons: ['stopping'] }])
  expect((await look('/healthz')).status).toBe(200)
})
