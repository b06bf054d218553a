import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { makeDeviceAccount } from '../../../src/fleet/passwords.ts'
import { environmentOf, openStore } from '../../store/databases.ts'
import { ask } from './asking.ts'
import { curl } from './clients.ts'
import { company, fleet, passwordOf } from './fleet.ts'
import { apply, type Running, run, temporaryFolder } from './running.ts'

let certs: string
beforeAll(async () => {
  certs = await temporaryFolder()
})
afterAll(() => rm(certs, { recursive: true }))

const mac = '805ec0aa0001'
const path = `/${mac}.cfg`
const devices = { [mac]: 'yealink/t54w' }
const phone = '127.0.0.2'
const author = { name: 'ana', source: 'cli', at: 0 }

async function started(): Promise<Running> {
  const running = await run(fleet(company({ devices })), { certs, only: ['http', 'https'] })
  onTestFinished(() => running.stop())
  return running
}

const statusOf = async (running: Running, from: string): Promise<number> =>
  (await ask(running.port('http'), { path, from })).status

async function signedIn(running: Running): Promise<{ user: string; status: () => Promise<number> }> {
  const account = (await running.store.devices.deviceState(mac))?.account
  const url = `https://127.0.0.1:${running.port('https')}${path}`
  const pair = `${account?.user}:${account?.password}`
  const status = async () => (await curl('-k', '--interface', '127.0.0.7', '--basic', '-u', pair, url)).status
  return { user: account?.user ?? '', status }
}

describe('a device that is unlinked', () => {
  it('loses its account at once and is made neutral where it was last, and nowhere else', async () => {
    const running = await started()
    const state = () => running.store.devices.deviceState(mac)
    expect(await statusOf(running, phone)).toBe(200)
    await expect.poll(async () => (await state())?.lastSource).toBe(phone)
    const account = await state().then((device) => device?.account)

    await running.apply(fleet(company({ devices, lines: { [mac]: { equipment: null } } })))
    const neutral = async () => (await ask(running.port('http'), { path, from: phone })).body.toString()
    await expect.poll(neutral, { interval: 20 }).not.toContain(passwordOf(mac))
    expect(await neutral()).toContain('#!version')
    expect(await neutral()).not.toContain(account?.user)

    const pair = `${account?.user}:${account?.password}`
    const url = `https://127.0.0.1:${running.port('https')}${path}`
    expect((await curl('-k', '--interface', '127.0.0.7', '--basic', '-u', pair, url)).status).toBe(401)
    expect(await statusOf(running, '127.0.0.8')).toBe(401)
    const log = { path: `/${mac}-sys.log`, method: 'PUT', body: 'x' }
    expect((await ask(running.port('http'), { ...log, from: phone })).status).toBe(403)
    expect((await ask(running.port('http'), { ...log, from: '127.0.0.8' })).status).toBe(401)
  })
})

describe('a window that a manager opens anew', () => {
  it('lets another source in, with another account; the former one is dead', async () => {
    const running = await started()
    expect(await statusOf(running, phone)).toBe(200)
    const former = await signedIn(running)
    expect(await former.status()).toBe(200)
    expect(await statusOf(running, '127.0.0.3')).toBe(401)

    await running.store.devices.openDeviceWindow(mac, { ...author, at: Date.now() }, makeDeviceAccount)
    await expect.poll(() => statusOf(running, '127.0.0.3'), { interval: 50 }).toBe(200)
    expect(await former.status()).toBe(401)
    expect(await statusOf(running, phone)).toBe(401)
    const present = await signedIn(running)
    expect(present.user).not.toBe(former.user)
    expect(await present.status()).toBe(200)
  })
})

describe('a server that is killed right after a first contact', () => {
  it('still has the window bound when it comes back', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
    const store = await openStore({ folder })
    await apply(store, fleet(company({ devices })))
    await store.close()

    const first = await serve(folder)
    expect((await ask(first.port, { path, from: phone })).status).toBe(200)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')

    const second = await serve(folder)
    expect((await ask(second.port, { path, from: '127.0.0.3' })).status).toBe(401)
    expect((await ask(second.port, { path, from: phone })).status).toBe(200)
    second.child.kill('SIGTERM')
    expect(await once(second.child, 'exit')).toEqual([0, null])
  })

  async function serve(folder: string): Promise<{ child: ChildProcess; port: number }> {
    const child = spawn(process.execPath, [resolve('bin/bootline.mjs'), 'serve'], {
      env: {
        ...process.env,
        BOOTLINE_DATA: folder,
        ...environmentOf(folder),
        BOOTLINE_CERTS: certs,
        BOOTLINE_HTTP: '127.0.0.1:0',
        BOOTLINE_HTTPS: 'off',
        BOOTLINE_MTLS: 'off',
        BOOTLINE_TFTP: 'off',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => {
      if (child.exitCode === null) child.kill('SIGKILL')
    })
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /http +127\.0\.0\.1:(\d+)/.exec(line)?.[1]
      if (port !== undefined) return { child, port: Number(port) }
    }
    throw new Error('the server ended before it listened')
  }
})
