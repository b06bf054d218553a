import { describe, expect, test } from 'vitest'
import { contextIn } from '../../../src/cli/context.ts'
import { dhcp } from '../../../src/cli/dhcp.ts'
import { dhcpPlan } from '../../../src/delivery/zero-touch/dhcp-plan.ts'
import { snippet } from '../../../src/delivery/zero-touch/snippets.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import { fakeWorld } from '../../cli/fake-world.ts'

const publicUrl = 'https://prov.example.net:8443/'

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const world = fakeWorld(env)
  await dhcp.run(contextIn(world, args.includes('--json')), args)
  return world.written.stdout()
}

describe('the verb', () => {
  test('prints every server’s snippet, or one alone', async () => {
    const env = { BOOTLINE_PUBLIC_URL: publicUrl }
    const all = await run([], env)
    const one = await run(['--server', 'dnsmasq'], env)
    expect(all).toContain(one.trimEnd())
    expect(one).toContain(`\ndhcp-option=66,"${publicUrl}"\n`)
    expect(one).not.toContain('ISC')
    for (const name of ['ISC dhcpd', 'Kea', 'dnsmasq', 'Windows Server'])
      expect(all).toContain(`Bootline for ${name}`)
  })

  test('gives programs the same texts', async () => {
    const shown = JSON.parse(await run(['--json', '--url', 'http://192.0.2.1/a'], { BOOTLINE_TFTP: '69' }))
    expect(shown).toMatchObject({ url: 'http://192.0.2.1/a/', tftpUrl: 'tftp://192.0.2.1/' })
    expect(shown.snippets.map(({ server }: { server: string }) => server)).toEqual([
      'isc',
      'kea',
      'dnsmasq',
      'windows',
    ])
    const [first] = shown.snippets
    expect(
      await run(['--server', first.server, '--url', 'http://192.0.2.1/a'], { BOOTLINE_TFTP: '69' }),
    ).toBe(`${first.text}\n`)
  })

  test('offers TFTP only on the port that devices ask', async () => {
    const env = { BOOTLINE_PUBLIC_URL: publicUrl }
    expect(await run([], { ...env, BOOTLINE_TFTP: '0.0.0.0:69' })).toContain('tftp://prov.example.net/')
    expect(await run([], env)).not.toContain('tftp://prov')
    expect(await run([], { ...env, BOOTLINE_TFTP: 'off' })).not.toContain('tftp://prov')
  })

  test('says what is missing or wrong, and what would be right', async () => {
    await expect(run([])).rejects.toMatchObject({
      code: 'settings',
      remedy: expect.stringMatching(/BOOTLINE_PUBLIC_URL.*--url/),
    })
    await expect(run(['--server', 'bind', '--url', publicUrl])).rejects.toMatchObject({
      code: 'usage',
      remedy: expect.stringContaining('dnsmasq'),
    })
    await expect(run([], { BOOTLINE_PUBLIC_URL: 'https://prov.example.net/$x' })).rejects.toMatchObject({
      code: 'settings',
      message: expect.stringContaining('BOOTLINE_PUBLIC_URL'),
    })
  })

  test.each([
    'https://user:geheim@prov.example.net/',
    'https://geheim@prov.example.net/',
    'https://prov.example.net/?geheim=1',
    'https://prov.example.net/geheim#1',
    'https://prov.example.net/geheim"',
    "https://prov.example.net/geheim'; calc",
    'https://prov.example.net/geheim`',
    'https://prov.example.net/$(geheim)',
    'https://prov.example.net/geheim\n',
    'https://prov.example.net/geheim\\n',
    'https://prov.example.net/%67eheim',
    'https://prov.example.net/geheim,x',
    'https://prov.example.net/geheim x',
    'https://prov.example.net/geheim;my.cfg',
    'https://prov.example.net/geheimé',
    `https://prov.example.net/geheim/${'x'.repeat(255)}`,
    'ftp://prov.example.net/geheim/',
    'tftp:///geheim',
    'geheim',
    '',
  ])('refuses %j without repeating it', async (url) => {
    const refusal = await run(['--url', url]).catch((error: Error) => error)
    expect(refusal).toMatchObject({ code: 'usage', message: expect.stringMatching(/^--url: /) })
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('geheim')
  })
})

describe('a snippet', () => {
  const text = (server: 'isc' | 'kea' | 'dnsmasq') =>
    snippet(
      server,
      dhcpPlan(
        drivers.flatMap((driver) => driver.dhcp),
        publicUrl,
      ),
    )

  test.each(['isc', 'kea', 'dnsmasq', 'windows'] as const)(
    'for %s is as it was agreed on',
    async (server) => {
      const written = `${snippet(
        server,
        dhcpPlan(
          drivers.flatMap((driver) => driver.dhcp),
          publicUrl,
        ),
      )}\n`
      await expect(written).toMatchFileSnapshot(`golden/${server}.txt`)
    },
  )

  test('lets nothing count that is not proven', () => {
    const counted = (['isc', 'kea', 'dnsmasq'] as const).map((server) =>
      text(server).replace(/^ *#.*\n?/gm, ''),
    )
    for (const lines of counted) expect(lines).not.toMatch(/yealink|161|Poly-|\b43\b|vendor-encapsulated/i)
    for (const lines of counted) expect(lines).toContain('440HD')
    for (const server of ['isc', 'kea', 'dnsmasq'] as const) expect(text(server)).toMatch(/# .*not sure/)
  })

  test('compares exactly as many bytes as a class begins with', () => {
    const [group] = drivers.flatMap((driver) => driver.dhcp)
    if (!group) throw new Error('no device asks DHCP')
    const plan = dhcpPlan(
      [{ ...group, classes: [{ begins: 'Acme-' }, { beginsWithBytes: '0a0b' }] }],
      publicUrl,
    )
    expect(snippet('isc', plan)).toContain('substring(option vendor-class-identifier, 0, 5) = "Acme-"')
    expect(snippet('isc', plan)).toContain('substring(option vendor-class-identifier, 0, 2) = 0a:0b')
    expect(snippet('kea', plan)).toContain("substring(option[60].hex,0,5) == 'Acme-'")
    expect(snippet('kea', plan)).toContain('substring(option[60].hex,0,2) == 0x0a0b')
    expect(snippet('dnsmasq', plan)).toContain(',60,0a:0b\n')
  })
})

test('the facts fit in every server’s language', () => {
  const names = drivers.flatMap((driver) => driver.dhcp).map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
  const classes = drivers
    .flatMap((driver) => driver.dhcp)
    .flatMap((facts) => facts.classes.flatMap((each) => Object.entries(each)))
  for (const [kind, text] of classes) {
    expect(text).toMatch(kind === 'beginsWithBytes' ? /^([0-9a-f]{2})+$/ : /^[A-Za-z0-9._-]+$/)
  }
})
