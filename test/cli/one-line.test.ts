import { expect, test } from 'vitest'
import { main } from '../../src/main.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'

test('a line is found by whatever names it, and only by all of it', { timeout: 30_000 }, async () => {
  const data = dataFolder()
  const run = async (...args: string[]) => {
    const world = fakeWorld({ BOOTLINE_DATA: data })
    const status = await main(args, world)
    return { status, stdout: world.written.stdout(), stderr: world.written.stderr() }
  }
  expect((await run('apply', 'examples/toine-immo.yaml', '--yes')).status).toBe(0)
  const shown = await run('keys', '+33483050173')
  expect(shown.stdout).toMatch(/^\+33483050173 Stéphane Biel, /)
  expect(shown.stdout).toMatch(/supervision +Valérie Martin +\+33483050174/)
  for (const name of ['04 83 05 01 73', '64:16:7f:b2:69:d6'])
    expect((await run('keys', name)).stdout).toBe(shown.stdout)
  for (const part of ['+3348305017', '64:16:7f'])
    expect((await run('keys', part)).stderr).toContain('line-unknown')
  expect((await run('unlink', '64-16-7F-B2-69-D6', '--yes')).stdout).toContain('Done.')
  expect((await run('unlink', '+33483050173', '--yes')).stderr).toContain('not-linked')
  const linked = await run('link', '04 83 05 01 73', 'polycom/vvx-450', '64167fb269d6', '--yes')
  expect(linked.stdout).toContain('Done.')
})
