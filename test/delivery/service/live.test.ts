import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../store/databases.ts'
import { makeTestAuthority, makeTestDeviceCertificate } from '../certificates/device-certificates.ts'
import { makeOperatorPair, putOperatorPair } from '../certificates/places.ts'
import { ask } from './asking.ts'
import { company, fleet } from './fleet.ts'
import { apply, type Running, run, temporaryFolder } from './running.ts'

const t54w = '805ec0aa0001'
const vvx = '64167fb269d6'
const devices = { [t54w]: 'yealink/t54w', [vvx]: 'polycom/vvx-450' }
/** Folders are looked at every other second, or when the system tells of a change. */
const patience = { timeout: 15_000, interval: 50 }

let certs: string
beforeAll(async () => {
  certs = await temporaryFolder()
  await mkdir(join(certs, 'vendors'))
})
afterAll(() => rm(certs, { recursive: true }))

async function started(wish: object = {}, settings: Record<string, string> = {}): Promise<Running> {
  const running = await run(fleet(company({ devices, ...wish })), { certs, settings })
  onTestFinished(() => running.stop())
  return running
}

const file = async (running: Running, path: string): Promise<string> =>
  (await ask(running.port('http'), { path })).body.toString()

describe('a change that another process makes', () => {
  it('is served by this one', async () => {
    const running = await started()
    expect(await file(running, `/${t54w}.cfg`)).toContain('Line 0')
    const other = await openStore({ folder: running.folder })
    onTestFinished(() => other.close())
    await apply(other, fleet(company({ devices, lines: { [t54w]: { name: 'Reception' } } })))
    await expect
      .poll(() => file(running, `/${t54w}.cfg`), { timeout: 5000, interval: 20 })
      .toContain('Reception')

    const mac = '805ec0aa0002'
    expect((await ask(running.port('http'), { path: `/${mac}.cfg` })).status).toBe(401)
    await apply(other, fleet(company({ devices: { ...devices, [mac]: 'yealink/t54w' } })))
    await expect.poll(() => file(running, `/${mac}.cfg`), { timeout: 5000, interval: 20 }).toContain('Line 2')
  })

  it('in who may have files holds at once, though no file changes', async () => {
    const running = await started()
    expect((await ask(running.port('http'), { path: `/${t54w}.cfg` })).status).toBe(200)
    const other = await openStore({ folder: running.folder })
    onTestFinished(() => other.close())
    const status = async (path: string) =>
      (await ask(running.port('http'), { path, from: '127.0.0.5' })).status
    await apply(other, { companies: [{ name: 'Toine Immo', deviceAccess: 'certificate' }] })
    await expect
      .poll(async () => (await ask(running.port('http'), { path: `/${t54w}.cfg` })).status, patience)
      .toBe(401)
    await apply(other, { companies: [{ name: 'Toine Immo', deviceAccess: 'open' }] })
    await expect.poll(() => status(`/${t54w}.cfg`), patience).toBe(200)
    expect(await status('/805ec0aa7777.cfg')).toBe(404)
  })
})

describe('the operator’s own templates', () => {
  it('are taken up when they come, left aside when they are broken, and gone when they go', async () => {
    const templates = await temporaryFolder()
    onTestFinished(() => rm(templates, { recursive: true }))
    await mkdir(join(templates, 'yealink'))
    const own = join(templates, 'yealink/phone.cfg.hbs')
    const running = await started({}, { BOOTLINE_TEMPLATES: templates })
    const shipped = await file(running, `/${t54w}.cfg`)
    const polycom = await file(running, `/${vvx}-lines.cfg`)

    await writeFile(own, '#!version:1.0.0.1\n# by the operator\n')
    await expect
      .poll(() => file(running, `/${t54w}.cfg`), patience)
      .toBe('#!version:1.0.0.1\n# by the operator\n')

    const told = () => running.log.filter(({ text }) => text.startsWith('a template is broken'))
    expect(told()).toEqual([])
    await writeFile(own, '#!version:1.0.0.1\n{{#if broken}}\n')
    await expect.poll(() => file(running, `/${t54w}.cfg`), patience).toBe(shipped)
    expect(told().length).toBeGreaterThan(0)
    expect(told()[0]?.fields).toMatchObject({ file: own })

    // It compiles, and fails only with a device's values.
    await writeFile(own, '#!version:1.0.0.1\n{{missing "helper"}}\n')
    const before = told().length
    await expect.poll(() => told().length, patience).toBeGreaterThan(before)
    expect(await file(running, `/${t54w}.cfg`)).toBe(shipped)

    await writeFile(own, '#!version:1.0.0.1\n# mended\n')
    await expect.poll(() => file(running, `/${t54w}.cfg`), patience).toContain('# mended')
    await rm(own)
    await expect.poll(() => file(running, `/${t54w}.cfg`), patience).toBe(shipped)
    expect(await file(running, `/${vvx}-lines.cfg`)).toBe(polycom)
  })

  it('of a file for everybody reach those too who ask only for what is newer', async () => {
    const templates = await temporaryFolder()
    onTestFinished(() => rm(templates, { recursive: true }))
    await mkdir(join(templates, 'yealink'))
    const running = await started({}, { BOOTLINE_TEMPLATES: templates })
    const path = '/y000000000096.cfg'
    const first = await ask(running.port('http'), { path })
    const headers = { 'If-Modified-Since': first.headers['last-modified'] ?? '' }
    expect((await ask(running.port('http'), { path, headers })).status).toBe(304)
    await writeFile(join(templates, 'yealink/common.cfg.hbs'), '#!version:1.0.0.1\n# for everybody\n')
    const newer = async () => (await ask(running.port('http'), { path, headers })).body.toString()
    await expect.poll(newer, patience).toContain('# for everybody')
  })
})

describe('an image', () => {
  it('that is put into the folder is what devices are told to run', async () => {
    const running = await started()
    expect(await file(running, `/${t54w}.cfg`)).not.toContain('.rom')
    const firmware = join(running.folder, 'firmware')
    await mkdir(firmware)
    await writeFile(join(firmware, 'T54W(T57W,T53W)-96.86.0.45.rom'), 'image')
    await writeFile(join(firmware, '3111-48840-001.sip.ld'), 'image')
    await expect.poll(() => file(running, `/${t54w}.cfg`), patience).toContain('96.86.0.45.rom')
    await expect.poll(() => file(running, `/${vvx}.cfg`), patience).toContain('sip.ld')
    const url = /firmware\.url = (.+)/.exec(await file(running, `/${t54w}.cfg`))?.[1] ?? ''
    expect(await file(running, new URL(url).pathname)).toBe('image')
    await rm(join(firmware, 'T54W(T57W,T53W)-96.86.0.45.rom'))
    await expect.poll(() => file(running, `/${t54w}.cfg`), patience).not.toContain('.rom')
  })
})

describe('certificates', () => {
  it('that an operator brings serve without a restart', async () => {
    const own = await temporaryFolder()
    onTestFinished(() => rm(own, { recursive: true }))
    const running = await run(fleet(company({ devices })), { certs: own })
    onTestFinished(() => running.stop())
    const issuer = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(
          { host: '127.0.0.1', port: running.port('https'), rejectUnauthorized: false },
          () => {
            resolve(String(socket.getPeerCertificate().issuer.CN))
            socket.destroy()
          },
        )
        socket.on('error', reject)
      })
    expect(await issuer()).not.toBe('Root of the operator')
    await putOperatorPair(own, makeOperatorPair({ hosts: ['prov.example.net'] }))
    await expect.poll(issuer, patience).toBe('Root of the operator')
    expect((await ask(running.port('https'), { path: `/${t54w}.cfg`, tls: {} })).status).toBe(200)
  })

  it('of makers count as soon as they are there, for devices that were refused before too', async () => {
    const running = await started({ deviceAccess: 'certificate' })
    const maker = makeTestAuthority('Late Root CA')
    const pair = makeTestDeviceCertificate(maker, { cn: t54w })
    const status = async () => (await ask(running.port('mtls'), { path: `/${t54w}.cfg`, tls: pair })).status
    // Making the keys above held this process up, and a server that is held up puts devices off for a moment.
    await expect.poll(status, patience).toBe(401)
    await writeFile(join(certs, 'vendors/late.pem'), maker.pem)
    await expect.poll(status, patience).toBe(200)
    await rm(join(certs, 'vendors/late.pem'))
    await expect.poll(status, patience).toBe(401)
  })
})
