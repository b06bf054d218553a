import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readSettings } from '../../src/settings.ts'
import { program } from '../delivery/service/clients.ts'
import { temporaryFolder } from '../delivery/service/running.ts'

const unit = 'deploy/systemd/bootline.service'

it('systemd understands the unit and finds little that it exposes', async () => {
  const verified = await program('systemd-analyze', 'verify', unit)
  // Whether node is installed where the unit looks for it is this machine's business.
  expect(verified.stderr.split('\n').filter((line) => line.includes('bootline.service:'))).toEqual([])
  const judged = await program(
    'systemd-analyze',
    'security',
    '--offline=true',
    '--threshold=20',
    '--no-pager',
    unit,
  )
  expect(judged.code, judged.stdout.split('\n').at(-2)).toBe(0)
})

it('sets only settings that there are', async () => {
  const text = await readFile(unit, 'utf8')
  const set = [...text.matchAll(/^Environment=(BOOTLINE_\w+)=(.*)$/gm)].map(([, name, value]) => [
    name,
    value,
  ])
  expect(set.length).toBeGreaterThan(0)
  expect(readSettings(Object.fromEntries(set))).toHaveProperty('settings')
})

it('nginx understands the example', async () => {
  const folder = await temporaryFolder()
  onTestFinished(() => rm(folder, { recursive: true }))
  const pair = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=prov.example.net', '-days', '2']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  expect((await program('openssl', 'req', '-x509', ...curve, ...pair, ...subject)).code).toBe(0)
  const example = (await readFile('deploy/nginx/bootline.conf', 'utf8'))
    .replaceAll(/\/etc\/ssl\/\S+\/fullchain\.pem/g, join(folder, 'cert.pem'))
    .replaceAll(/\/etc\/ssl\/\S+\/privkey\.pem/g, join(folder, 'key.pem'))
    .replaceAll('listen 443', 'listen 127.0.0.1:8499')
  const whole = join(folder, 'nginx.conf')
  await writeFile(whole, `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\n${example}\n}\n`)
  const checked = await program('nginx', '-t', '-p', folder, '-c', whole)
  expect(checked.code, checked.stderr).toBe(0)
})
