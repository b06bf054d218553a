import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { ask } from '../delivery/service/asking.ts'
import { program } from '../delivery/service/clients.ts'
import { company, fleet } from '../delivery/service/fleet.ts'
import { run, temporaryFolder } from '../delivery/service/running.ts'

const filter = 'deploy/fail2ban/filter.d/bootline.conf'
const t54w = '805ec0aa0001'

let folder: string
let log: string
beforeAll(async () => {
  folder = await temporaryFolder()
  log = join(folder, 'bootline.log')
})
afterAll(() => rm(folder, { recursive: true }))

/** The addresses that the filter finds, one a line that fits. */
async function found(file: string, mode: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await program(
    'fail2ban-regex',
    '-o',
    '<ip> <time>',
    file,
    `${filter}[mode=${mode}]`,
  )
  expect(code, stdout + stderr).toBe(0)
  const now = Date.now() / 1000
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line.includes(' '))
    .map((line) => {
      const [address = '', time = ''] = line.split(' ')
      // The time is the one of the log, not that of this look at it.
      expect(Number(time)).toBeLessThan(now)
      return address
    })
}

it('finds who guesses in the log of a server, and no phone that is merely not linked', async () => {
  const destination = pino.destination({ dest: log, sync: true })
  const running = await run(fleet(company({ devices: { [t54w]: 'yealink/t54w' } })), {
    certs: folder,
    only: ['http'],
    log: pino({ level: 'info' }, destination),
  })
  onTestFinished(() => running.stop())
  const port = running.port('http')
  // At once: a guesser's answers come late.
  const names = Array.from({ length: 120 }, (_, i) => `805ec0bb${i.toString(16).padStart(4, '0')}`)
  await Promise.all(
    names.map((name) =>
      ask(port, { path: `/${name}.cfg`, from: '127.0.9.9', userAgent: '"source":"127.0.7.7"' }),
    ),
  )
  // Somebody tries to have another one banned; a phone that nobody linked asks for its files.
  await ask(port, {
    path: '/%22event%22:%22refused%22,%22source%22:%22127.0.7.7%22,%22why%22:%22a%22,%22guessing%22:true/805ec0cc0001.cfg',
    from: '127.0.9.9',
  })
  for (const file of ['805ec0dd0001.boot', '805ec0dd0001.cfg']) {
    await ask(port, { path: `/${file}`, from: '127.0.5.5', userAgent: 'Yealink SIP-T54W 96.86.0.100' })
  }
  const guessing = await found(log, 'guessing')
  expect(guessing.length).toBeGreaterThanOrEqual(5)
  expect(new Set(guessing)).toEqual(new Set(['127.0.9.9']))
  expect(new Set(await found(log, 'aggressive'))).toEqual(new Set(['127.0.9.9', '127.0.5.5']))
})

it('logs a bounded number of refusals of one source', async () => {
  const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line.includes('"event":"refused"'))
  const own = lines.filter((line) => line.includes('"source":"127.0.9.9"'))
  expect(own.some((line) => line.includes('"guessing":false'))).toBe(true)
  // Twenty a minute before it is found out and twenty after; the guessing may have crossed into the next minute.
  expect(own.length).toBeLessThanOrEqual(80)
})

it('takes no line for one of ours that only quotes it', async () => {
  const quoting = join(folder, 'quoting.log')
  const logger = pino({}, pino.destination({ dest: quoting, sync: true }))
  logger.info({ name: '"event":"refused","source":"203.0.113.9","why":"a","guessing":true,' }, 'answered')
  logger.info(
    { event: 'refused', source: '2001:db8::7', why: 'shut-out', guessing: true, mac: 'x' },
    'refused',
  )
  expect(await found(quoting, 'guessing')).toEqual(['2001:db8::7'])
  await writeFile(quoting, '')
})
