import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../../src/main.ts'
import type { Flaw } from '../../src/store/examine.ts'
import { change, fileTest } from '../store/databases.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'

interface Told {
  readonly well: boolean
  readonly secrets: number
  readonly devices: number
  readonly files: number
  readonly flaws: readonly Flaw[]
}

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function bootline(folder: string, ...args: readonly string[]): Promise<Run> {
  const world = fakeWorld({ BOOTLINE_DATA: folder, BOOTLINE_CERTS: join(folder, 'certs') })
  const code = await main(args, world)
  return { code, stdout: world.written.stdout(), stderr: world.written.stderr() }
}

async function verified(folder: string): Promise<{ code: number; told: Told; text: string }> {
  const { code, stdout } = await bootline(folder, 'verify', '--json')
  return { code, told: JSON.parse(stdout) as Told, text: stdout }
}

async function sampled(): Promise<string> {
  const folder = dataFolder()
  expect((await bootline(folder, 'apply', 'examples/toine-immo.yaml', '--yes')).code).toBe(0)
  return folder
}

async function passwordsIn(folder: string): Promise<readonly string[]> {
  const { stdout } = await bootline(folder, 'export', '--with-secrets')
  return [...stdout.matchAll(/password: (\S+)/gi)].map(([, password = '']) => password)
}

test('a whole data folder is well, and says how much was looked at', async () => {
  const folder = await sampled()
  const { code, told } = await verified(folder)
  expect({ code, well: told.well, flaws: told.flaws }).toEqual({ code: 0, well: true, flaws: [] })
  expect(told.devices).toBeGreaterThan(3)
  expect(told.files).toBeGreaterThan(told.devices)
  // A password of each line, an account of each device.
  expect(told.secrets).toBeGreaterThan(told.devices)
  const { stdout } = await bootline(folder, 'verify')
  expect(stdout).toMatch(/ is whole; \d+ secrets, \d+ devices with \d+ files\.\nAll is well\.\n$/)
})

test('a secret that does not open is named by what it belongs to, its device by MAC, and nothing is shown of it', async () => {
  const folder = await sampled()
  const passwords = await passwordsIn(folder)
  expect(passwords.length).toBeGreaterThan(1)
  change(
    folder,
    `UPDATE line SET sip_password = (SELECT sip_password FROM line WHERE number = '+33483050188')
     WHERE number = '+33483050173'`,
  )
  const { code, told, text } = await verified(folder)
  expect(code).toBe(1)
  expect(told.flaws.map(({ code, where }) => [code, where])).toEqual([
    ['secret-shut', 'line-password:+33483050173'],
    ['device-not-rendered', 'device 64167fb269d6'],
  ])
  for (const password of passwords) expect(text).not.toContain(password)
  // The others of its page were rendered all the same.
  expect(told.files).toBeGreaterThan(3)
})

test('a device whose model is gone is named by MAC and line', async () => {
  const folder = await sampled()
  change(folder, `UPDATE equipment SET model = 'polycom/none' WHERE mac = '64167fb269d6'`)
  change(folder, `UPDATE device SET model = 'polycom/none' WHERE mac = '64167fb269d6'`)
  const { code, told } = await verified(folder)
  expect(code).toBe(1)
  expect(told.flaws).toMatchObject([
    { where: expect.stringMatching(/^device 64167fb269d6, line \+33483050173$/) },
  ])
})

test('what names something that is not there is told with how often', async () => {
  const folder = await sampled()
  change(folder, 'DELETE FROM device')
  const { code, told } = await verified(folder)
  expect(code).toBe(1)
  expect(told.flaws).toEqual([
    {
      code: 'reference-broken',
      where: 'equipment.mac',
      wrong: expect.stringMatching(/^\d+ of these name a device\.mac that is not there$/),
      right: 'restore a backup',
    },
  ])
  const { stdout } = await bootline(folder, 'verify')
  expect(stdout).toMatch(/^reference-broken {2}equipment\.mac: [\s\S]*\n1 thing is wrong\.\n$/)
})

fileTest('a folder without a database has nothing to verify, and gets none', async () => {
  const folder = dataFolder()
  const { code, stdout } = await bootline(folder, 'verify', '--json')
  expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 1, error: 'store-missing' })
  expect(existsSync(join(folder, 'bootline.db'))).toBe(false)
})
