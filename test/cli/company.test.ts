import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../../src/main.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'

test('companies are listed and renamed, an empty one is to go and is kept, lines move', {
  timeout: 30_000,
}, async () => {
  const data = dataFolder()
  const run = async (...args: string[]) => {
    const world = fakeWorld({ BOOTLINE_DATA: data })
    const status = await main(args, world)
    return { status, stdout: world.written.stdout(), stderr: world.written.stderr() }
  }
  expect((await run('apply', 'examples/toine-immo.yaml', '--yes')).status).toBe(0)
  expect((await run('company', 'rename', 'Toine Immo', 'Toine')).stdout).toBe('Toine Immo is called Toine.\n')
  expect((await run('companies')).stdout).toMatch(/^Toine +\d/m)
  expect((await run('company', 'delete', 'Toine')).stderr).toContain('company-in-use')
  expect((await run('company', 'keep', 'Toine')).stderr).toContain('deletion-unknown')
  const file = join(data, 'empty.json')
  writeFileSync(file, JSON.stringify({ companies: [{ name: 'Empty', sip: { domain: 'e.example.net' } }] }))
  expect((await run('apply', file, '--yes')).status).toBe(0)
  expect((await run('company', 'delete', 'Empty')).stdout).toMatch(/^Empty goes on 20/)
  expect((await run('company', 'keep', 'Empty')).stdout).toBe('Empty stays.\n')
  expect((await run('move', '1073', '--to', 'Empty', '--dry-run')).stdout).toContain(
    'lost: key 1 of +33483050173',
  )
  expect((await run('move', '1073', '--to', 'Empty', '--yes')).stdout).toContain('moved to another company')
  expect((await run('company', 'delete', 'Empty')).stderr).toContain('company-in-use')
  expect((await run('company', 'drop', 'Toine')).stderr).toContain('there are create, rename, delete, keep')
  expect((await run('move', '1073', '--to', 'Nowhere')).stderr).toContain('company-unknown')
  expect((await run('move', '1073', '--to', 'Empty')).stderr).toContain('in Empty already')
})

test('a company is added with what it needs, and no other is changed by it', {
  timeout: 30_000,
}, async () => {
  const data = dataFolder()
  const run = async (...args: string[]) => {
    const world = fakeWorld({ BOOTLINE_DATA: data })
    const status = await main(args, world)
    return { status, stdout: world.written.stdout(), stderr: world.written.stderr() }
  }
  const create = (...options: string[]) => run('company', 'create', 'Banque', ...options)
  expect((await create()).stderr).toContain('--domain is missing')
  expect((await create('--domain', 'sip.example.net', '--locale', 'de')).stderr).toContain('give fr, en')
  expect((await create('--domain', 'sip.example.net', '--port', '70000')).stderr).toContain('sip.port')
  expect((await run('companies')).stdout).not.toContain('Banque')
  const made = await create('--domain', 'sip.example.net', '--port', '5070', '--transport', 'tcp')
  expect(made.stdout).toBe('Banque is added, without sites and lines yet.\n')
  const exported = (await run('export')).stdout
  expect(exported).toMatch(/domain: sip.example.net\s+port: 5070\s+transport: tcp/)
  expect((await create('--domain', 'other.example.net')).stderr).toContain('name-taken')
  expect((await run('export')).stdout).toBe(exported)
  expect((await run('company', 'delete', 'Banque', '--locale', 'en')).stderr).toContain('goes with create')
})
