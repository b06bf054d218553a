import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { devices } from '../../src/cli/devices.ts'
import { discovered } from '../../src/cli/discovered.ts'
import { firmware } from '../../src/cli/firmware.ts'
import { render } from '../../src/cli/render.ts'
import { moment } from '../../src/cli/story-times.ts'
import { uploads } from '../../src/cli/uploads.ts'
import { window } from '../../src/cli/window.ts'
import { createUploads } from '../../src/delivery/uploads.ts'
import { inPlainWords } from '../../src/domain/refusals.ts'
import { bootId } from '../../src/domain/starts.ts'
import { windowTimes } from '../../src/domain/window.ts'
import { parseFleetText } from '../../src/fleet/parse.ts'
import { dataFolder } from './running.ts'
import {
  apply,
  base,
  delivery,
  jsonOf,
  minute,
  open,
  run,
  sample,
  secret,
  t54w,
  vvx,
  within,
} from './sample-fleet.ts'

const refusal = (why: string) => ({ status: 401, bytes: 0, complete: false, why })

describe('the list of devices', () => {
  const stateOf = async (data: string, mac: string): Promise<string> => {
    const all: { mac: string; state: string }[] = await jsonOf(devices, data)
    return all.find((device) => device.mac === mac)?.state ?? 'missing'
  }

  test('says how each is', async () => {
    const now = Date.now()
    const data = await sample(async ({ devices }) => {
      await devices.saveRevisions([vvx, t54w, open].map((mac) => ({ mac, revision: 'new', at: now })))
      for (const mac of [vvx, t54w]) {
        await devices.bindWindow(mac, '192.0.2.7', now)
        await devices.closeWindow(mac, now)
      }
      await devices.recordDeliveries([
        delivery(vvx, now - 2000, { completes: 'new', version: '6.4.3.5', userAgent: 'x' }),
        delivery(t54w, now - 2000, { completes: 'old' }),
      ])
    })
    const { stdout } = await run(devices, data)
    const rowOf = (mac: string) =>
      stdout.split('\n').find((row) => row.startsWith(mac.replace(/(..)(?=.)/g, '$1:')))
    expect(rowOf(vvx)).toMatch(
      new RegExp(
        `Polycom VVX 450 +\\+33483050173 +in sync +${moment(now - 2000)} +192.0.2.7 +6.4.3.5 +Grasse +Toine Immo`,
      ),
    )
    expect(rowOf(t54w)).toMatch(/Yealink T54W .* behind /)
    expect(rowOf(base)).toMatch(
      /1: \+33483050190, 2: \+33483050191, 4: \+33483050192 +waiting for first contact \(until \d{4}-/,
    )
    // Its company is open: nobody waits for a first contact.
    expect(rowOf(open)).toMatch(/ never seen +- +- +- +Atelier /)
    expect(stdout.trimEnd().split('\n')).toHaveLength(10)
  })

  test('is narrowed to a company, to those behind, to those never seen, or to both', async () => {
    const now = Date.now()
    const data = await sample(async ({ devices }) => {
      await devices.saveRevisions([vvx, t54w].map((mac) => ({ mac, revision: 'new', at: now })))
      await devices.recordDeliveries([
        delivery(vvx, now, { completes: 'new' }),
        delivery(t54w, now, { completes: 'old' }),
      ])
    })
    const macs = async (...args: string[]) =>
      ((await jsonOf(devices, data, ...args)) as { mac: string }[]).map(({ mac }) => mac)
    expect(await macs('--behind')).toEqual([t54w])
    expect(await macs('--company', 'Menuiserie Aubert')).toEqual([open, '00908f602aac'])
    const never = await macs('--never-seen')
    expect(never).toHaveLength(7)
    expect(never).not.toContain(vvx)
    expect(await macs('--never-seen', '--behind')).toEqual([...never, t54w].sort())
    await expect(run(devices, data, ['--company', 'Nobody'])).rejects.toThrow('there is no company "Nobody"')
  })

  test('shows who was turned away lately, until he has his files', async () => {
    const now = Date.now()
    const data = await sample(({ devices }) =>
      devices.recordDeliveries([
        delivery(t54w, now - 5 * minute),
        delivery(t54w, now - 3 * minute, refusal('credentials-wrong')),
        delivery(vvx, now - 3 * minute, refusal('credentials-needed')),
        delivery(vvx, now - 2 * minute),
        delivery(base, now - 31 * 24 * 3_600_000, refusal('window-expired')),
        delivery(open, now - minute, { status: 404, why: 'absent', complete: false }),
      ]),
    )
    expect(await stateOf(data, t54w)).toBe('turned-away')
    for (const mac of [vvx, base, open]) expect(await stateOf(data, mac)).not.toBe('turned-away')
    await within(data, (store) => store.devices.recordDeliveries([delivery(t54w, now)]))
    expect(await stateOf(data, t54w)).not.toBe('turned-away')
  })

  test('keeps an unlinked device until it is reset', async () => {
    const now = Date.now()
    const data = await sample((store) => apply(store, unlinkAll(base)))
    expect(await stateOf(data, base)).toBe('unlinked')
    expect((await run(devices, data)).stdout).toMatch(/80:5e:c0:11:22:33 .* unlinked, not reset yet /)
    await within(data, async (store) => {
      await store.devices.saveRevisions([{ mac: base, revision: 'neutral', at: now }])
      await store.devices.recordDeliveries([delivery(base, now, { completes: 'neutral' })])
    })
    expect((await run(devices, data)).stdout).toMatch(/80:5e:c0:11:22:33 .* unlinked, reset /)
    for (const option of ['--behind', '--never-seen'])
      expect((await run(devices, data, [option])).stdout).not.toContain('80:5e:c0:11:22:33')
  })
})

function unlinkAll(mac: string): object {
  const { companies } = parseFleetText(readFileSync('examples/toine-immo.yaml')) as {
    companies: { name: string; lines: { equipment?: { mac?: string } }[] }[]
  }
  return {
    companies: companies.map(({ name, lines }) => ({
      name,
      lines: lines
        .filter(({ equipment }) => equipment?.mac?.replaceAll(':', '') === mac)
        .map((line) => ({ ...line, equipment: null })),
    })),
  }
}

describe('the story of a device', () => {
  test('is told start by start, the latest first, with what it got and why not', async () => {
    const now = Date.now()
    const [monday, tuesday] = [now - 86_400_000, now - minute]
    const data = await sample(async ({ devices }) => {
      await devices.saveRevisions([{ mac: t54w, revision: 'r2', at: now }])
      await devices.recordDeliveries([
        delivery(t54w, monday, {
          name: `${t54w}.boot`,
          revision: 'r1',
          userAgent: 'Yealink SIP-T54W 96.86.0.45',
        }),
        delivery(t54w, monday + 1000, { revision: 'r1', completes: 'r1' }),
        delivery(t54w, monday + 4 * minute, { name: `${t54w}-all.log`, kind: 'log', method: 'PUT' }),
        delivery(t54w, tuesday, { name: `${t54w}.boot`, status: 304, revision: 'r2', version: '96.86.0.45' }),
        delivery(t54w, tuesday + 10, refusal('credentials-needed')),
        delivery(t54w, tuesday + 20, { complete: false, bytes: 10, revision: 'r2' }),
        delivery(t54w, tuesday + 30, { revision: 'r2', completes: 'r2' }),
        delivery(t54w, tuesday + 40, {
          name: 'favorite_setting.xml',
          kind: 'resource',
          status: 404,
          why: 'absent',
        }),
        delivery(t54w, tuesday + 50, { ...refusal('credentials-wrong'), source: '198.51.100.9' }),
        delivery(vvx, tuesday),
      ])
    })
    const { stdout } = await run(devices, data, ['80:5E:C0:AA:00:01'])
    const [, second = '', first = ''] = stdout.split('\n\n')
    expect(second.trimEnd().split('\n')).toEqual([
      `${moment(tuesday)}  from 192.0.2.7, 198.51.100.9 over https, boot ${bootId(tuesday)}`,
      `  was given      ${t54w}.cfg`,
      `  had already    ${t54w}.boot`,
      '  not there      favorite_setting.xml',
      `  turned away    ${t54w}.cfg, asked from 198.51.100.9: it signed in with a wrong name or password, as after a factory reset`,
      '  → in sync: it has all files of revision r2',
    ])
    expect(first.trimEnd().split('\n')).toEqual([
      `${moment(monday)}  from 192.0.2.7 over https, boot ${bootId(monday)}`,
      '  says it is     Yealink SIP-T54W 96.86.0.45',
      `  was given      ${t54w}.boot, ${t54w}.cfg`,
      `  sent           ${t54w}-all.log`,
      '  → these were files of revision r1, which is no longer what it should be',
    ])
  })

  test('begins with the facts', async () => {
    const data = await sample()
    const { stdout } = await run(devices, data, [t54w])
    expect(stdout).toMatch(/^80:5e:c0:aa:00:01: waiting for first contact/)
    expect(stdout).toMatch(
      /model +Yealink T54W \(yealink\/t54w\)\n.*company +Toine Immo, Grasse\n.*lines +\+33483050175\n/,
    )
    expect(stdout).toMatch(/access +a window is open until .*, for the first who asks/)
    expect(stdout).toContain('It has asked for nothing yet.')
    expect((await run(devices, data, [open])).stdout).toMatch(/access +open: /)
  })

  test('tells how long the window lasts: a first contact makes it short', async () => {
    const now = Date.now()
    const data = await sample(({ devices }) => devices.bindWindow(t54w, '192.0.2.7', now))
    const { stdout } = await run(devices, data, [t54w])
    const end = moment(now + windowTimes.afterContact)
    expect(stdout).toContain(`a window is open until ${end}, for 192.0.2.7`)
  })

  test('says that a start which broke off completed nothing', async () => {
    const now = Date.now()
    const data = await sample(({ devices }) =>
      devices.recordDeliveries([
        delivery(t54w, now, { complete: false, bytes: 3 }),
        delivery(vvx, now, refusal('shut-out')),
      ]),
    )
    expect((await run(devices, data, [t54w])).stdout).toMatch(
      /broke off +805ec0aa0001\.cfg\n {2}→ it took no file of its own/,
    )
    expect((await run(devices, data, [vvx])).stdout).toMatch(
      /guessing names of devices\n {2}→ it got nothing/,
    )
  })

  test('is the same for programs', async () => {
    const now = Date.now()
    const data = await sample(async ({ devices }) => {
      await devices.saveRevisions([{ mac: t54w, revision: 'r1', at: now }])
      await devices.recordDeliveries([delivery(t54w, now, { revision: 'r1', completes: 'r1' })])
    })
    expect(await jsonOf(devices, data, t54w)).toMatchObject({
      mac: t54w,
      state: 'awaited',
      boots: [
        {
          from: new Date(now).toISOString(),
          given: [`${t54w}.cfg`],
          isWhole: true,
          revision: { id: 'r1', isWanted: true },
        },
      ],
    })
  })

  test('lets nothing through that whoever asked wrote for the terminal', async () => {
    const data = await sample(({ devices }) =>
      devices.recordDeliveries([
        delivery(t54w, Date.now(), {
          name: `\u001b[2J/\n${t54w}.cfg`,
          userAgent: 'x\u009b31m\u202e',
          version: '\u0007',
        }),
      ]),
    )
    const said = [(await run(devices, data, [t54w])).stdout, (await run(devices, data)).stdout].join('')
    expect(said).toContain(`?[2J/?${t54w}.cfg`)
    expect(said.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
  })

  test('is not there for a device nobody linked, or a text that is no address', async () => {
    const data = await sample()
    await expect(run(devices, data, ['805ec0ffffff'])).rejects.toMatchObject({ code: 'device-unknown' })
    await expect(run(devices, data, ['1073'])).rejects.toMatchObject({ code: 'mac-invalid' })
  })

  test('has words for reasons of a newer server too', () => {
    expect(inPlainWords('moon-phase')).toBe('moon-phase')
    expect(inPlainWords('toString')).toBe('toString')
    expect(inPlainWords(undefined)).toBe('no reason was written down')
  })
})

describe('discovered devices', () => {
  test('are listed with the command that links each', async () => {
    const at = Date.now()
    const data = await sample(({ devices }) =>
      devices.recordDiscovered([
        {
          at: at - 10,
          mac: '805ec0000099',
          maker: 'yealink',
          model: 'yealink/t54w',
          version: '96.86.0.45',
          source: '192.0.2.8',
          name: '805ec0000099.boot',
        },
        { at, mac: '0004f2000099', maker: 'polycom', source: '192.0.2.9', name: '0004f2000099.cfg' },
      ]),
    )
    const { stdout } = await run(discovered, data)
    const [, first, second] = stdout.split('\n')
    expect(first).toMatch(
      /^00:04:f2:00:00:99 +polycom +- +192\.0\.2\.9 .* bootline link LINE MODEL 00:04:f2:00:00:99$/,
    )
    expect(second).toMatch(
      /Yealink T54W +96\.86\.0\.45 .* 1 +bootline link LINE yealink\/t54w 80:5e:c0:00:00:99$/,
    )
    expect(await jsonOf(discovered, data)).toMatchObject([
      { mac: '0004f2000099', lastAt: new Date(at).toISOString() },
      { mac: '805ec0000099', link: 'bootline link LINE yealink/t54w 80:5e:c0:00:00:99' },
    ])
  })

  test('may be none', async () => {
    const data = await sample()
    expect((await run(discovered, data)).stdout).toBe('No unknown device has asked for a file.\n')
    expect(await jsonOf(discovered, data)).toEqual([])
  })
})

describe('what a device sent', () => {
  const log = `${vvx}-app.log`
  const wild = Buffer.from('one\x1b[2J\ttwo\u009b31m\r\n\u202ethree\n')

  async function withUploads(): Promise<string> {
    const data = dataFolder()
    const kept = createUploads(join(data, 'uploads'))
    await kept.save(vvx, 'log', log, wild)
    await kept.save(vvx, 'overrides', `${vvx}-phone.cfg`, Buffer.from([0xff, 0x00, 0x0a]))
    return data
  }

  test('is listed with its kind, size and time', async () => {
    const data = await withUploads()
    const { stdout } = await run(uploads, data, ['64:16:7f:b2:69:d6'])
    expect(stdout).toMatch(/^FILE +KIND +BYTES +SENT\n/)
    expect(stdout).toMatch(new RegExp(`${log} +log +${wild.length} +\\d{4}-\\d\\d-\\d\\d`))
    expect(stdout).toMatch(new RegExp(`${vvx}-phone.cfg +overrides +3 `))
    expect(await jsonOf(uploads, data, vvx)).toContainEqual({
      kind: 'log',
      name: log,
      size: wild.length,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    expect((await run(uploads, data, [t54w])).stdout).toContain('sent nothing that is still here')
  })

  test('is printed byte for byte to a program, and without harm to a person', async () => {
    const data = await withUploads()
    const shown = await run(uploads, data, [vvx, '--file', log], { answer: '' })
    expect(shown.stdout).toBe('one[2J\ttwo31m\nthree\n')
    expect((await run(uploads, data, [vvx, '--file', log])).stdout).toBe(wild.toString())
    expect(await jsonOf(uploads, data, vvx, '--file', log)).toMatchObject({
      name: log,
      body: wild.toString(),
    })
    await expect(run(uploads, data, [vvx, '--file', '../key'])).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('a window', () => {
  const stateOf = (data: string, mac: string) => within(data, (store) => store.devices.deviceState(mac))

  test('opens after a yes, for a device with a new account, and the history knows who did it', async () => {
    const data = await sample(({ devices }) => devices.closeWindow(vvx, Date.now()))
    const before = await stateOf(data, vvx)
    const { code, stdout } = await run(window, data, ['64:16:7f:b2:69:d6'], { answer: 'y\n' })
    const after = await stateOf(data, vvx)
    expect(code).toBe(0)
    expect(before?.window).toBeUndefined()
    expect(after?.window?.expiresAt).toBe((after?.window?.openedAt ?? 0) + windowTimes.open)
    expect(after?.account).not.toEqual(before?.account)
    expect(stdout).toContain('the first who asks for its files gets them, with its passwords')
    expect(stdout).toContain(`The window is open until ${moment(after?.window?.expiresAt ?? 0)}.`)
    expect(stdout).not.toContain(after?.account?.password)
    const [last] = await within(data, (store) => store.recentAudit(1))
    expect(last).toMatchObject({ subject: vvx, source: 'cli' })
  })

  test('stays shut after a no, and with nobody to ask', async () => {
    const data = await sample()
    const before = await stateOf(data, vvx)
    expect((await run(window, data, [vvx], { answer: 'n\n' })).code).toBe(1)
    await expect(run(window, data, [vvx])).rejects.toMatchObject({ code: 'nobody-to-ask' })
    await expect(run(window, data, ['805ec0ffffff', '--yes'])).rejects.toMatchObject({
      code: 'device-unknown',
    })
    expect(await stateOf(data, vvx)).toEqual(before)
  })

  test('says where it is of no use, and what it means for an unlinked device', async () => {
    const data = await sample((store) => apply(store, unlinkAll(base)))
    expect((await run(window, data, [open, '--yes'])).stdout).toContain(
      'its company is open, so no window is needed',
    )
    expect((await run(window, data, [base, '--yes'])).stdout).toContain('gets its neutral configuration')
    await within(data, (store) =>
      apply(store, { companies: [{ name: 'Toine Immo', deviceAccess: 'certificate' }] }),
    )
    expect((await run(window, data, [vvx, '--yes'])).stdout).toContain('a window lets nobody in')
    expect(await jsonOf(window, data, vvx, '--yes')).toMatchObject({
      mac: vvx,
      windowUntil: expect.any(String),
    })
  })
})

describe('firmware', () => {
  test('is listed with the models that are told of it', async () => {
    const data = await sample()
    mkdirSync(join(data, 'fw'))
    for (const name of ['T54W-96.86.0.9.rom', 'T54W-96.86.0.45.rom', 'ringtone.wav', 'README.md'])
      writeFileSync(join(data, 'fw', name), '')
    const { stdout } = await run(firmware, data)
    expect(stdout).toMatch(/^ringtone\.wav +none: no model asks for this name$/m)
    expect(stdout).toMatch(/^T54W-96\.86\.0\.9\.rom +a newer one is there for .*yealink\/t54w/m)
    expect(stdout).toMatch(/^T54W-96\.86\.0\.45\.rom +.*yealink\/t54w/m)
    expect(stdout).not.toContain('README')
    const { images } = await jsonOf(firmware, data)
    expect(images).toContainEqual({ image: 'ringtone.wav', models: [], passedOver: [] })
  })

  test('may be none, in a folder or without one', async () => {
    const data = dataFolder()
    expect((await run(firmware, data)).stdout).toContain('There is no folder')
    mkdirSync(join(data, 'fw'))
    expect((await run(firmware, data)).stdout).toContain('No image in')
    expect(await jsonOf(firmware, data)).toEqual({ folder: join(data, 'fw'), images: [] })
  })
})

describe('the files of a device', () => {
  test('are shown with their names, and without a password or account', async () => {
    const data = await sample()
    const { stdout } = await run(render, data, [vvx])
    expect([...stdout.matchAll(/^==> (.*) <==$/gm)].map(([, name]) => name)).toEqual([
      `${vvx}.cfg`,
      `${vvx}-lines.cfg`,
      `${vvx}-settings.cfg`,
      `${vvx}-directory.xml`,
    ])
    expect(stdout).toContain('reg.1.auth.password="********"')
    expect(stdout).toContain('device.prov.serverName="prov.example.net:8443"')
    const account = (await within(data, (store) => store.devices.deviceState(vvx)))?.account
    for (const hidden of [secret, account?.password ?? '']) {
      expect(stdout).not.toContain(hidden)
      expect(JSON.stringify(await jsonOf(render, data, vvx))).not.toContain(hidden)
    }
    const full = (await run(render, data, [vvx, '--with-secrets'])).stdout
    expect(full).toContain(`reg.1.auth.password="${secret}"`)
    expect(full).toContain(account?.password)
  })

  test('mask what an operator’s own parameters name a password, and a word that is not one stays', async () => {
    const data = await sample((store) =>
      apply(store, {
        companies: [
          {
            name: 'Menuiserie Aubert',
            parameters: {
              yealink: { 'static.security.user_password': 'admin:Zq8', 'phone_setting.backlight_time': '77' },
            },
          },
        ],
      }),
    )
    const { stdout } = await run(render, data, [open, '--file', `${open.toUpperCase()}.CFG`])
    expect(stdout).toMatch(/static\.security\.user_password *= *"?\*{8}/)
    expect(stdout).toMatch(/phone_setting\.backlight_time *= *"?77/)
    expect(stdout).not.toContain('Zq8')
    expect(stdout).not.toContain('==>')
  })

  test('are written into a folder byte for byte, for their owner alone', async () => {
    const data = await sample()
    const out = join(data, 'out')
    mkdirSync(out)
    writeFileSync(join(out, `${vvx}.cfg`), 'old', { mode: 0o644 })
    const { stdout } = await run(render, data, [vvx, '--with-secrets', '--out', out])
    expect(stdout.trim().split('\n')).toHaveLength(4)
    expect(readdirSync(out)).toHaveLength(4)
    const { files } = await jsonOf(render, data, vvx, '--with-secrets')
    for (const { name, body } of files as { name: string; body: string }[]) {
      expect(readFileSync(join(out, name), 'utf8')).toBe(body)
      expect(statSync(join(out, name)).mode & 0o777).toBe(0o600)
    }
  })

  test('are compared with those it took last', async () => {
    const data = await sample()
    expect((await run(render, data, [vvx, '--diff'])).stdout).toContain('Nothing is kept')
    const { files } = (await jsonOf(render, data, vvx)) as { files: { name: string; body: string }[] }
    const keep = (change: (body: string) => string) =>
      within(data, (store) =>
        store.devices.saveTaken([
          {
            ...{ mac: vvx, company: 'Toine Immo', revision: 'r0', at: Date.now() },
            files: files.map(({ name, body }) => ({ name, contentType: 'text/plain', body: change(body) })),
          },
        ]),
      )
    await keep((body) => body)
    expect((await run(render, data, [vvx, '--diff'])).stdout).toMatch(/^The same as on /)
    await keep((body) => body.replaceAll('33483050173', '33483050000'))
    const { stdout } = await run(render, data, [vvx, '--diff'])
    expect(stdout).toMatch(/^--- .*-lines\.cfg\n\+\+\+ .*\n@@ /m)
    expect(stdout).toMatch(/^-.*33483050000/m)
    expect(stdout).toMatch(/^\+.*33483050173/m)
    await expect(run(render, data, [vvx, '--diff', '--with-secrets'])).rejects.toMatchObject({
      code: 'usage',
    })
  })

  test('are those of a neutral device once it is unlinked', async () => {
    const data = await sample((store) => apply(store, unlinkAll(base)))
    const { stdout } = await run(render, data, [base])
    expect(stdout).not.toContain('33483050190')
    expect(await jsonOf(render, data, base)).toMatchObject({ state: 'neutral' })
  })

  test('are rendered with the operator’s templates; a broken one is told', async () => {
    const data = await sample()
    const own = join(data, 'own', 'yealink')
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'boot.cfg.hbs'), '## mine\n')
    const env = { BOOTLINE_TEMPLATES: join(data, 'own') }
    expect((await run(render, data, [t54w, '--file', `${t54w}.boot`], { env })).stdout).toBe('## mine\n')
    writeFileSync(join(own, 'boot.cfg.hbs'), '{{#if}')
    const broken = await run(render, data, [t54w, '--file', `${t54w}.boot`], { env })
    expect(broken.stdout).toContain('#!version:1.0.0.1')
    expect(broken.stderr).toContain('boot.cfg.hbs is broken, the shipped one serves')
  })

  test('are refused under a name that is none of theirs', async () => {
    const data = await sample()
    await expect(run(render, data, [vvx, '--file', 'x.cfg'])).rejects.toMatchObject({
      remedy: expect.stringContaining(`${vvx}-lines.cfg`),
    })
    await expect(run(render, data, ['805ec0ffffff'])).rejects.toMatchObject({ code: 'device-unknown' })
  })
})
