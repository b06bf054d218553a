import { describe, expect, test } from 'vitest'
import { command } from '../../src/cli/command.ts'
import { contextIn } from '../../src/cli/context.ts'
import { Refusal, report } from '../../src/cli/failure.ts'
import { progressOn } from '../../src/cli/progress.ts'
import { table } from '../../src/cli/table.ts'
import { main, verbs } from '../../src/main.ts'
import { fakeWorld } from './fake-world.ts'

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function bootline(args: string, env: Record<string, string> = {}): Promise<Outcome> {
  const world = fakeWorld(env)
  const code = await main(args.split(' ').filter(Boolean), world)
  return { code, stdout: world.written.stdout(), stderr: world.written.stderr() }
}

describe('the verbs', () => {
  test('each bears the name it is asked by and has an example of itself', async () => {
    for (const [name, load] of Object.entries(verbs)) {
      const verb = await load()
      expect(verb.name).toBe(name)
      for (const example of verb.examples) expect(example).toMatch(new RegExp(`\\bbootline ${name}\\b`))
    }
  })

  test('help lists them all, in words and as JSON', async () => {
    const { code, stdout } = await bootline('help')
    expect(code).toBe(0)
    for (const name of Object.keys(verbs)) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    const json = JSON.parse((await bootline('help --json')).stdout) as { name: string }[]
    expect(json.map(({ name }) => name)).toEqual(Object.keys(verbs))
    expect((await bootline('--help')).stdout).toBe(stdout)
  })

  test('each explains itself, whichever way it is asked', async () => {
    const explained = await bootline('help models')
    expect(explained).toMatchObject({ code: 0, stderr: '' })
    expect(explained.stdout).toContain('Usage: bootline models [OPTIONS]')
    expect(explained.stdout).toMatch(/--maker NAME +only those of one maker\n/)
    expect(explained.stdout).toContain('  bootline models --maker')
    for (const asked of ['models --help', 'models --maker -h', 'models -h']) {
      expect((await bootline(asked)).stdout).toBe(explained.stdout)
    }
  })

  test('the version is that of the package', async () => {
    expect(await bootline('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})

describe('wrong use ends with 1, says what is wrong and what would be right', () => {
  test.each([
    ['', 'error usage: a verb is missing\n  → bootline help lists them\n'],
    ['modles', 'error usage: there is no verb "modles"\n  → did you mean bootline models?\n'],
    ['xyzzy', 'error usage: there is no verb "xyzzy"\n  → bootline help lists the verbs there are\n'],
    [
      'constructor',
      'error usage: there is no verb "constructor"\n  → bootline help lists the verbs there are\n',
    ],
    ['help xyzzy', 'error usage: there is no verb xyzzy\n  → bootline help lists them\n'],
    ['models --makr x', "error usage: Unknown option '--makr'\n  → did you mean --maker?\n"],
    [
      'models --zzzzzz',
      "error usage: Unknown option '--zzzzzz'\n  → bootline help models lists its options\n",
    ],
    [
      'models extra',
      'error usage: "extra" is one argument too many\n  → bootline help models says what it takes\n',
    ],
  ])('bootline %s', async (args, stderr) => {
    expect(await bootline(args)).toEqual({ code: 1, stdout: '', stderr })
  })

  test('a value that is missing', async () => {
    expect(await bootline('models --maker')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'--maker"),
    })
  })

  test('as JSON where that was asked for, and then on stdout', async () => {
    const { code, stdout, stderr } = await bootline('modles --json')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'usage', message: 'there is no verb "modles"', remedy: 'did you mean bootline models?' },
    })
  })
})

describe('arguments', () => {
  const seen: unknown[] = []
  const sample = command({
    name: 'sample',
    summary: 'Take arguments',
    operands: ['FILE', '[OTHER]'],
    examples: ['bootline sample a'],
    options: {
      wait: { type: 'string', value: 'SECONDS', about: 'how long' },
      yes: { type: 'boolean', about: 'go on' },
    },
    run(_, { wait, yes }, operands) {
      seen.push({ wait, yes, operands })
      return 7
    },
  })
  const run = (...args: string[]) => sample.run(contextIn(fakeWorld(), false), args)

  test('arrive read and checked, and the exit code is the verb’s own', async () => {
    expect(await run('a', '--wait=3', 'b', '--yes')).toBe(7)
    expect(seen.at(-1)).toEqual({ wait: '3', yes: true, operands: ['a', 'b'] })
    expect(await run('--', '--yes')).toBe(7)
    expect(seen.at(-1)).toEqual({ wait: undefined, yes: undefined, operands: ['--yes'] })
  })

  test('too few and too many are refused', async () => {
    await expect(run()).rejects.toThrow('FILE is missing')
    await expect(run('a', 'b', 'c')).rejects.toThrow('"c" is one argument too many')
  })

  test('stand in the usage', () => {
    expect(sample.usage).toBe('bootline sample FILE [OTHER] [OPTIONS]')
  })
})

describe('settings', () => {
  test('are shown with where they come from, and a key is not shown', async () => {
    const env = { BOOTLINE_HTTP: '10.0.0.1:80', BOOTLINE_KEY: 'ab'.repeat(32) }
    const { code, stdout } = await bootline('settings', env)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^BOOTLINE_HTTP +10\.0\.0\.1:80 +environment /m)
    expect(stdout).toMatch(/^BOOTLINE_ADMIN +127\.0\.0\.1:3000 +default /m)
    const json = await bootline('settings --json', env)
    expect(JSON.parse(json.stdout)).toContainEqual(
      expect.objectContaining({ name: 'BOOTLINE_KEY', origin: 'environment' }),
    )
    expect(stdout + json.stdout).not.toContain('abab')
  })

  test('that are wrong are all named at once', async () => {
    const env = { BOOTLINE_HTTP: 'x', BOOTLINE_TFPT: 'off' }
    const { code, stderr } = await bootline('settings', env)
    expect(code).toBe(1)
    expect(stderr).toContain('error settings: 2 settings are wrong\n')
    expect(stderr).toContain('  BOOTLINE_HTTP: "x" is no address to listen on\n    → host:port')
    expect(stderr).toContain('  BOOTLINE_TFPT: there is no such setting\n    → did you mean BOOTLINE_TFTP?\n')
    const { error } = JSON.parse((await bootline('settings --json', env)).stdout) as {
      error: { problems: unknown }
    }
    expect(error.problems).toEqual([
      { path: 'BOOTLINE_TFPT', wrong: 'there is no such setting', right: 'did you mean BOOTLINE_TFTP?' },
      expect.objectContaining({ path: 'BOOTLINE_HTTP' }),
    ])
  })
})

describe('models', () => {
  test('are listed with the keys people can order', async () => {
    const { code, stdout } = await bootline('models')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^polycom\/vvx-450 .* phone +47 /m)
    expect(stdout).toMatch(/^yealink\/w60b .* dect-base +none /m)
  })

  test('of one maker', async () => {
    const listed = JSON.parse((await bootline('models --maker yealink --json')).stdout) as { id: string }[]
    expect(listed.length).toBeGreaterThan(0)
    for (const { id } of listed) expect(id).toMatch(/^yealink\//)
    expect(await bootline('models --maker acme')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('yealink'),
    })
  })
})

describe('what ends a verb', () => {
  const told = (error: unknown, json = false, env: Record<string, string> = {}) => {
    const world = fakeWorld(env)
    report(error, world, json)
    return { stdout: world.written.stdout(), stderr: world.written.stderr() }
  }

  test('any error with a code and a remedy is explained, whoever made it', () => {
    const error = Object.assign(new Error('another command is writing'), {
      code: 'store-busy',
      remedy: 'try again',
    })
    expect(told(error)).toEqual({
      stdout: '',
      stderr: 'error store-busy: another command is writing\n  → try again\n',
    })
  })

  test('faults come with their places, to programs too', () => {
    const faults = [{ path: 'companies[0].name', wrong: 'it is empty', right: 'give one' }]
    const error = new Refusal('fleet-refused', 'one fault', 'correct it', faults)
    expect(told(error).stderr).toBe(
      'error fleet-refused: one fault\n  companies[0].name: it is empty\n    → give one\n  → correct it\n',
    )
    expect(JSON.parse(told(error, true).stdout)).toMatchObject({
      error: { code: 'fleet-refused', problems: faults },
    })
  })

  test('what nobody foresaw is told in short, and where it happened only when asked', () => {
    const error = new TypeError('x is not a function')
    expect(told(error).stderr).toMatch(
      /^error unexpected: x is not a function\n {2}→ .*BOOTLINE_LOG_LEVEL=debug.*\n$/,
    )
    expect(told(error, false, { BOOTLINE_LOG_LEVEL: 'debug' }).stderr).toContain('frame.test.ts')
    // An error of the system has a code, but no remedy.
    const system = Object.assign(new Error('no such file'), { code: 'ENOENT' })
    expect(told(system).stderr).toContain('error unexpected: no such file')
  })
})

describe('a question', () => {
  test.each([
    ['y\n', true],
    ['YES\n', true],
    ['\n', false],
    ['yesterday\n', false],
  ])('answered %j', async (answer, expected) => {
    const world = fakeWorld({}, true)
    world.stdin.end(answer)
    await expect(contextIn(world, false).confirm('Go on?')).resolves.toBe(expected)
    expect(world.written.stderr()).toContain('Go on? [y/N] ')
    expect(world.written.stdout()).toBe('')
  })

  test('the end of the input is a no', async () => {
    const world = fakeWorld({}, true)
    world.stdin.end()
    await expect(contextIn(world, false).confirm('Go on?')).resolves.toBe(false)
  })

  test('with nobody there it is refused, never taken for a yes', async () => {
    await expect(contextIn(fakeWorld(), false).confirm('Go on?')).rejects.toThrow('nobody is there')
  })
})

describe('progress', () => {
  const steps = (isTTY: boolean, json = false) => {
    const world = fakeWorld({}, isTTY)
    let clock = 0
    const progress = progressOn(json ? undefined : world.stderr, 'Rendering', () => clock)
    for (let done = 1; done <= 120; done++) {
      clock += 50
      progress.at(done, 120)
    }
    progress.end()
    return world.written.stderr()
  }

  test('overwrites its own line on a terminal, not at every step, and leaves none behind', () => {
    const drawn = steps(true).split('\r').slice(1)
    expect(drawn[0]).toBe('Rendering 1 of 120\u001b[K')
    expect(drawn.length).toBeLessThan(70)
    expect(drawn.at(-1)).toBe('\u001b[K')
  })

  test('is a line now and then in a log', () => {
    expect(steps(false)).toBe('Rendering 100 of 120\n')
  })

  test('is silent for programs', () => {
    expect(steps(true, true)).toBe('')
  })
})

test('columns line up by letters, and no line ends in blanks', () => {
  expect(
    table([
      ['a', 'bé', ''],
      ['long', '😀', 'x'],
    ]),
  ).toBe('a     bé\nlong  😀   x')
})
