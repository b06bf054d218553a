import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFleetText } from '../../src/fleet/parse.ts'
import { main } from '../../src/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { dataFolder } from '../cli/running.ts'
import { type Server, serverWith } from './server.ts'

const sample = 'examples/toine-immo.yaml'
let server: Server

beforeAll(async () => {
  server = await serverWith(parseFleetText(readFileSync(sample)) as object)
})

afterAll(() => server.close())

async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const world = fakeWorld({ BOOTLINE_DATA: join(dataFolder(), 'none') })
  const code = await main(['simulate', ...args], world)
  return { code, out: world.written.stdout(), err: world.written.stderr() }
}

describe('bootline simulate', () => {
  test('starts every device of a fleet file once, and ends well', async () => {
    const { code, out } = await run(['--from', sample, '--url', server.http.href, '--once'])
    expect(out).toContain('9 starts in')
    expect(out).toContain('7 ok, 2 kept out')
    expect(code).toBe(0)
  })

  test('tells programs what each has become, and nobody a password', async () => {
    const { code, out } = await run(['--from', sample, '--url', server.http.href, '--once', '--json'])
    const { summary, phones } = JSON.parse(out) as { summary: object; phones: { mac: string; is?: object }[] }
    expect(summary).toMatchObject({ starts: 9, outcomes: { ok: 7, 'kept out': 2 } })
    expect(phones.find(({ mac }) => mac === '64:16:7f:b2:69:d6')).toMatchObject({
      model: 'polycom/vvx-450',
      is: { lines: [{ user: '33483050173', domain: 'sip.example.net' }], language: 'fr' },
    })
    for (const { intent } of server.wanted)
      for (const { sipPassword } of intent.ports) expect(out).not.toContain(sipPassword)
    expect(out).not.toContain('password')
    expect(code).toBe(0)
  })

  test('names what is not as the file has it, and fails', async () => {
    const file = join(dataFolder(), 'fleet.yaml')
    writeFileSync(file, readFileSync(sample, 'utf8').replace('label: Pierre Durand', 'label: Pierre Dupont'))
    const { code, out } = await run(['--from', file, '--url', server.http.href, '--once'])
    expect(out).toMatch(
      /64:16:7f:b2:69:d6 .* wrong\n {2}key 6: is dial \+33187044093 "Pierre Durand", should be .*"Pierre Dupont"/,
    )
    expect(code).toBe(1)
  })

  test('a storm goes round; chosen devices are the same for the same seed', async () => {
    const args = [
      '--from',
      sample,
      '--url',
      server.http.href,
      '--mix',
      'polycom/vvx-450,yealink/w60b',
      '--storm',
      '7',
    ]
    const { code, out } = await run(args)
    expect(out).toContain('7 starts in')
    expect(code).toBe(0)
    const chosen = async (seed: string): Promise<readonly string[]> => {
      const { out } = await run([
        '--from',
        sample,
        '--url',
        server.http.href,
        '--once',
        '--count',
        '4',
        '--seed',
        seed,
        '--json',
      ])
      return (JSON.parse(out) as { phones: { mac: string }[] }).phones.map(({ mac }) => mac).sort()
    }
    expect(await chosen('5')).toHaveLength(4)
    expect(await chosen('5')).toEqual(await chosen('5'))
  })

  test('makes up a fleet that a server takes', async () => {
    const { out } = await run(['--mix', 'polycom/vvx-450=3,audiocodes/mp-118=2', '--fleet'])
    const made = await serverWith(JSON.parse(out) as object)
    expect(made.wanted.map(({ intent }) => intent.model.id).sort()).toEqual([
      ...['audiocodes/mp-118', 'audiocodes/mp-118', 'polycom/vvx-450', 'polycom/vvx-450', 'polycom/vvx-450'],
    ])
    await made.close()
  })

  test.each([
    [['--fleet'], 'needs a mix'],
    [['--once', '--storm', '3'], 'give one of them'],
    [['--storm', 'many'], 'takes a whole number'],
    [['--mix', 'polycom/vvx-45=2'], 'did you mean polycom/vvx-450'],
    [['--url', 'ftp://x/', '--from', sample, '--once'], 'is no address of a server'],
    [['--register', 'somewhere', '--from', sample], 'is no registrar'],
    [
      ['--mix', 'polycom/vvx-450=2', '--from', sample, '--once', '--url', 'http://127.0.0.1:9/'],
      'the fleet has 1 of',
    ],
  ])('refuses %j', async (args, why) => {
    const { code, err } = await run(args)
    expect(err).toContain(why)
    expect(code).toBe(1)
  })
})
