import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ask } from './asking.ts'
import { company, fleet } from './fleet.ts'
import { run, temporaryFolder } from './running.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => rm(folder, { recursive: true }))

const [phone, awaited, vvx] = ['805ec0aa0001', '805ec0d57d72', '64167fb269d6']
const devices = { [phone]: 'yealink/t54w', [awaited]: 'yealink/t31g', [vvx]: 'polycom/vvx-450' }
/** Looks for templates and images come every two seconds. */
const soon = { timeout: 8000 }

test('an own template and a new image are told to the devices that have them, and to no other', async () => {
  const templates = join(folder, 'templates')
  await mkdir(join(templates, 'yealink'), { recursive: true })
  const wanted = fleet(company({ devices, deviceAccess: 'open' }))
  const settings = { BOOTLINE_TEMPLATES: templates }
  const running = await run(wanted, { certs: join(folder, 'certs'), settings, only: ['http'] })
  onTestFinished(() => running.stop())
  const { reboots, devices: stored } = running.store
  const takes = async (mac: string, userAgent: string, names: readonly string[]): Promise<void> => {
    for (const name of names) await ask(running.port('http'), { path: `/${name}`, userAgent })
    const missing = async () => {
      const { revision, deliveredRevision } = (await stored.deviceState(mac)) ?? {}
      return revision === deliveredRevision ? undefined : revision
    }
    await expect.poll(missing).toBeUndefined()
  }
  const takesAll = () =>
    takes(phone, `Yealink SIP-T54W 96.86.0.45 ${phone}`, [`${phone}.boot`, `${phone}.cfg`])
  const told = async () => (await reboots.jobs({ limit: 10 })).map(({ mac, reasons }) => [mac, ...reasons])
  await takesAll()
  const application = 'FileTransport PolycomVVX-VVX_450-UA/5.9.1.0615 Type/Application'
  await takes(
    vvx,
    application,
    ['', '-lines', '-settings'].map((part) => `${vvx}${part}.cfg`),
  )

  await writeFile(
    join(templates, 'yealink', 'boot.cfg.hbs'),
    '#!version:1.0.0.1\n## ours\ninclude:config "{{configuration}}"\n',
  )
  await expect.poll(told, soon).toEqual([[phone, 'templates changed']])
  const [job] = await reboots.jobs({ limit: 1 })
  expect(job).toMatchObject({ quiet: true, state: 'waiting' })
  await takesAll()
  expect(await reboots.confirm(Date.now())).toEqual([{ mac: phone, what: 'in-sync' }])

  await mkdir(join(running.folder, 'firmware'), { recursive: true })
  await writeFile(join(running.folder, 'firmware', 'T54W-96.86.0.70.rom'), 'an image')
  await expect.poll(told, soon).toEqual([[phone, 'firmware changed']])
})
