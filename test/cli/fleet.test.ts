import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileTest } from '../store/databases.ts'
import { largeFleet } from './large-fleet.ts'
import { bootline, dataFolder, started } from './running.ts'

const sample = 'examples/toine-immo.yaml'

describe('a fleet file', () => {
  it('is planned, applied, exported and applied again', () => {
    const data = dataFolder()
    const plan = bootline(data, ['plan', sample])
    expect(plan.status).toBe(2)
    expect(plan.stdout).toContain('+ line +33483050173 Stéphane Biel')
    expect(plan.stdout).toContain('22 added, 0 changed, 0 removed; 9 devices reboot')
    expect(bootline(data, ['apply', sample])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('say it beforehand with --yes'),
    })
    expect(bootline(data, ['apply', sample, '--yes']).status).toBe(0)
    expect(bootline(data, ['plan', sample]).status).toBe(0)
    const exported = bootline(data, ['export']).stdout
    expect(bootline(data, ['apply', '-', '--yes', '--prune'], exported)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing to do'),
    })
    expect(bootline(data, ['export']).stdout).toBe(exported)
  })

  it('never shows a password unless asked for it by name', () => {
    const data = dataFolder()
    const secret = 'sEcr3t-0f-the-line'
    const file = `companies: [{ name: A, sip: { domain: x.net }, reboot: { user: prov, password: ${secret}-switch }, sites: [{ name: S }], lines: [{ number: "+33100000001", kind: fixed, site: S, sip: { password: ${secret} } }] }]`
    const changed = file.replaceAll('t-0f', 't-1f')
    const said = [
      bootline(data, ['plan', '-'], file),
      bootline(data, ['plan', '-', '--json'], file),
      bootline(data, ['apply', '-', '--yes'], file),
      bootline(data, ['plan', '-'], changed),
      bootline(data, ['plan', '-', '--json'], changed),
      bootline(data, ['apply', '-', '--yes'], file.replace(`${secret}-switch`, '"a\\tb"')),
      bootline(data, ['apply', '-', '--yes'], file.replace(secret, '"a\\tb"')),
      bootline(data, ['export']),
      bootline(data, ['lines', '--json']),
    ]
    for (const { stdout, stderr } of said) expect(stdout + stderr).not.toContain('sEcr3t')
    expect(said[3]?.stdout).toContain('reboot: password changed')
    const everything = bootline(data, ['export', '--with-secrets']).stdout
    expect(everything).toContain(`${secret}-switch`)
    expect(everything).toContain(`password: ${secret}\n`)
  })
})

describe('single lines', () => {
  it('are linked, listed and unlinked', () => {
    const data = dataFolder()
    bootline(data, ['apply', sample, '--yes'])
    expect(bootline(data, ['lines', '--to-complete']).stdout).toContain('Léa Hoarau')
    const linked = bootline(data, ['link', '+33262300101', 'polycom/vvx-450', '64:16:7f:00:00:99', '--yes'])
    expect(linked).toMatchObject({ status: 0, stdout: expect.stringContaining('equipment linked') })
    expect(bootline(data, ['lines', '--to-complete']).stdout).not.toContain('Léa Hoarau')
    expect(bootline(data, ['keys', '1073']).stdout).toMatch(
      /8\/47 keys, supervision 4\/45, interception 1\/1[\s\S]*7 +phone 7 +interception +Interception +\*98/,
    )
    expect(bootline(data, ['keys', '+33483050199']).stdout).toContain('this model has no programmable keys')
    const reset = bootline(data, ['unlink', '80:5e:c0:11:22:33', '--yes'])
    expect(reset.stdout).toContain('80:5e:c0:11:22:33  yealink/w60b  is reset')
    expect(bootline(data, ['devices']).stdout).toMatch(/W60B +- +unlinked, not reset yet/)
    expect(bootline(data, ['unlink', '80:5e:c0:11:22:33', '--yes'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not-linked'),
    })
    expect(bootline(data, ['link', '1073', 'polycom/vvx-45', '--yes'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/model-unknown|there is no model/),
    })
  })
})

describe('bad input', () => {
  const one = (fields: string) =>
    `companies: [{ name: A, sip: { domain: x.net }, sites: [{ name: S }], lines: [{ number: "+33100000001", kind: fixed, site: S, ${fields} }] }]`
  const files: [string, string, RegExp][] = [
    ['malformed YAML', 'companies:\n  - name: "A\n', /yaml-syntax.*line \d+, column \d+/],
    ['an unknown field', one('emial: a@b.c'), /emial: there is no field[\s\S]*did you mean email/],
    ['a wrong type', one('email: 3'), /email: 3 is not a text/],
    [
      'a multicast MAC',
      one('equipment: { model: polycom/vvx-450, mac: "01:00:5e:00:00:01" }'),
      /is a multicast address/,
    ],
    [
      'a label with control characters',
      one(
        'equipment: { model: polycom/vvx-450 }, keys: { shortcuts: [{ number: "1", label: "a\\u0007b" }] }',
      ),
      /shortcuts\[0\]\.label: the text holds control characters/,
    ],
    ['not UTF-8', 'companies: \ufffe', /fleet-refused|wrong-type|yaml-syntax/],
  ]
  it.each(files)('%s is refused, with nothing changed', (_, file, says) => {
    const data = dataFolder()
    const run = bootline(data, ['apply', '-', '--yes'], file)
    expect(run).toMatchObject({ status: 1, stderr: expect.stringMatching(says) })
    expect(bootline(data, ['export']).stdout).toBe('companies: []\n')
    expect(JSON.parse(bootline(data, ['plan', '-', '--json'], file).stdout)).toMatchObject({
      error: { code: expect.any(String), remedy: expect.any(String) },
    })
  })

  it('a file that is no plain readable file', () => {
    const data = dataFolder()
    symlinkSync(join(process.cwd(), sample), join(data, 'link.yaml'))
    mkdirSync(join(data, 'folder.yaml'))
    writeFileSync(join(data, 'huge.yaml'), Buffer.alloc(50 * 1024 * 1024, ' '))
    expect(bootline(data, ['apply', join(data, 'link.yaml'), '--yes']).stderr).toContain('file-link')
    expect(bootline(data, ['apply', join(data, 'folder.yaml'), '--yes']).stderr).toContain('file-unreadable')
    expect(bootline(data, ['apply', join(data, 'none.yaml'), '--yes']).stderr).toContain('file-missing')
    expect(bootline(data, ['apply', join(data, 'huge.yaml'), '--yes']).stderr).toContain('file-too-large')
    expect(bootline(data, ['export']).stdout).toBe('companies: []\n')
  })
})

describe('a backup', () => {
  fileTest('brings the fleet back', () => {
    const data = dataFolder()
    const file = join(data, 'copy.db')
    bootline(data, ['apply', sample, '--yes'])
    const before = bootline(data, ['export', '--with-secrets']).stdout
    expect(bootline(data, ['backup', file]).status).toBe(0)
    expect(bootline(data, ['backup', file])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('store-backup-exists'),
    })
    bootline(data, ['apply', '-', '--yes', '--prune'], 'companies: []')
    expect(bootline(data, ['export']).stdout).toBe('companies: []\n')
    expect(bootline(data, ['restore', file, '--yes']).status).toBe(0)
    expect(bootline(data, ['export', '--with-secrets']).stdout).toBe(before)
  })
})

describe('whatever happens to a process', () => {
  it('killed at any point of an apply, all of it is there or nothing', async () => {
    const data = dataFolder()
    const file = join(data, 'fleet.yaml')
    let name = 'Name 0'
    writeFileSync(file, largeFleet(500, name))
    expect(bootline(data, ['apply', file, '--yes']).status).toBe(0)
    const wholeRun = await timed(() => {
      writeFileSync(file, largeFleet(500, 'Name 1'))
      name = 'Name 1'
      return started(data, ['apply', file, '--yes']).ended
    })
    for (let i = 2; i < 10; i++) {
      const next = `Name ${i}`
      writeFileSync(file, largeFleet(500, next))
      const { child, ended } = started(data, ['apply', file, '--yes'])
      // Points spread over the run: most fall into planning and saving, where there is something to break.
      const timer = setTimeout(() => child.kill('SIGKILL'), (wholeRun * (i - 1)) / 9)
      const { status } = await ended
      clearTimeout(timer)
      const lines: { lastName: string }[] = JSON.parse(bootline(data, ['lines', '--json']).stdout)
      const names = new Set(lines.map((line) => line.lastName.replace(/ \d+$/, '')))
      expect(lines).toHaveLength(500)
      expect(names.size).toBe(1)
      const [found = ''] = names
      expect([name, next]).toContain(found)
      if (status === 0) expect(found).toBe(next)
      name = found
    }
  })

  it('two applies at once end as one after the other', async () => {
    const data = dataFolder()
    const files = ['One', 'Two'].map((name) => {
      const file = join(data, `${name}.yaml`)
      writeFileSync(file, largeFleet(400, name))
      return file
    })
    const runs = await Promise.all(files.map((file) => started(data, ['apply', file, '--yes']).ended))
    for (const { status, stderr } of runs) {
      if (status !== 0) expect(stderr).toMatch(/error (fleet-moved|store-busy|store-conflict):/)
    }
    expect(runs.some(({ status }) => status === 0)).toBe(true)
    const lines: { lastName: string }[] = JSON.parse(bootline(data, ['lines', '--json']).stdout)
    expect(new Set(lines.map((line) => line.lastName.split(' ')[0])).size).toBe(1)
    expect(lines).toHaveLength(400)
  })
})

describe('the sample', () => {
  it('names the schema that editors check it with', () => {
    expect(readFileSync(sample, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schema\/fleet\.schema\.json/,
    )
  })
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
