/**
 * Sends Bootline what nobody means to send: requests, TFTP packets, SIP answers, uploads, fleet files, spreadsheets and
 * bodies of the API, from the generators in test/fuzz, for as long as it is told. What it finds it prints with the seed
 * and the smallest input that still shows it.
 *
 * Usage: npm run fuzz -- --minutes 10 [--seed S] [FILE…]    FILE is part of the name of a test: http, tftp, sip, api
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/** Files of tests run side by side as vitest.config.ts has it. */
const together = 2

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const minutes = Number(values.minutes)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
if (!(minutes > 0) || !Number.isInteger(seed)) {
  process.stderr.write('Give --minutes a number above 0, and --seed a whole number.\n')
  process.exit(1)
}

const files = positionals.length > 0 ? positionals.map((name) => `test/fuzz/${name}`) : ['test/fuzz']
const { stdout } = vitest(['list', ...files, '--json'], 'pipe')
const tests = JSON.parse(stdout.slice(stdout.indexOf('['))).length
const seconds = Math.ceil((minutes * 60 * Math.min(together, tests)) / tests)
process.stdout.write(`${tests} tests of ${seconds} s each, seed ${seed}\n`)
const env = { BOOTLINE_FUZZ_SECONDS: String(seconds), BOOTLINE_FUZZ_SEED: String(seed) }
process.exitCode = vitest(['run', ...files], 'inherit', env).status ?? 1

function vitest(args, stdout, env = {}) {
  return spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
}
