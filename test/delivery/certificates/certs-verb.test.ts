import { X509Certificate } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certs } from '../../../src/cli/certs.ts'
import { contextIn } from '../../../src/cli/context.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { makeTestAuthority } from './device-certificates.ts'
import { DAY, emptyFolder, makeOperatorPair, now, putOperatorPair, startedFolder } from './places.ts'

async function run(folder: string, ...args: string[]) {
  const world = fakeWorld({ BOOTLINE_CERTS: folder, BOOTLINE_PUBLIC_URL: 'https://prov.example.net:8443/' })
  const code = await certs.run(contextIn(world, args.includes('--json')), args)
  return { code, stdout: world.written.stdout(), stderr: world.written.stderr() }
}

describe('bootline certs', () => {
  it('lists what there is with its names, its end and its fingerprint', async () => {
    const folder = await startedFolder()
    await mkdir(join(folder, 'vendors'))
    await writeFile(join(folder, 'vendors', 'maker.pem'), makeTestAuthority('Maker Root CA').pem)
    await writeFile(join(folder, 'vendors', 'bad.pem'), 'nothing')
    const { stdout, stderr } = await run(folder)
    expect(stdout).toMatch(
      /server-rsa\.pem +O=Bootline, CN=prov\.example\.net +prov\.example\.net 192\.0\.2\.10 +RSA 2048/,
    )
    expect(stdout).toMatch(/vendors\/maker\.pem +O=Maker Inc\., CN=Maker Root CA/)
    expect(stdout).toMatch(/server-ecdsa\.pem +([0-9A-F]{2}:){31}/)
    expect(stderr).toContain('bad.pem')
  })

  it('says it to programs too', async () => {
    const folder = await startedFolder()
    const listing = JSON.parse((await run(folder, '--json')).stdout)
    expect(listing).toMatchObject({ folder, source: 'own-ca', vendors: [], faults: [] })
    expect(listing.certificates.map(({ file }: { file: string }) => file)).toEqual([
      'ca.pem',
      'server-rsa.pem',
      'server-ecdsa.pem',
    ])
    expect(JSON.stringify(listing)).not.toContain('PRIVATE')
  })

  it('makes nothing by looking', async () => {
    const folder = await emptyFolder()
    expect((await run(folder)).stdout).toContain('No certificates')
    expect(await readdir(folder)).toEqual([])
  })

  it('tells why an own pair does not serve', async () => {
    const folder = await startedFolder()
    await putOperatorPair(folder, makeOperatorPair({ from: now - 20 * DAY, until: now - DAY }))
    const { stdout, stderr } = await run(folder)
    expect(stdout).toContain("The server's own CA")
    expect(stderr).toContain('certificate-expired')
  })
})

describe('bootline certs make', () => {
  it('makes a CA and pairs for the public URL and for every --host, once', async () => {
    const folder = join(await emptyFolder(), 'certs')
    const made = await run(folder, 'make', '--host', 'Büro.example', '--host', '2001:db8::10')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const listing = JSON.parse((await run(folder, '--json')).stdout)
    expect(listing.certificates[1].names).toEqual(['prov.example.net', 'xn--bro-hoa.example', '2001:db8::10'])
    const again = await run(folder, 'make')
    expect(again.stdout).toContain('already')
    const after = JSON.parse((await run(folder, '--json')).stdout)
    expect(after.certificates).toEqual(listing.certificates)
  })

  it('overwrites nothing for a new name, unless --renew is said', async () => {
    const folder = await startedFolder()
    const refused = await run(folder, 'make', '--host', 'new.example.net')
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('--renew')
    expect((await run(folder, 'make', '--host', 'new.example.net', '--renew')).code).toBe(0)
    expect((await run(folder)).stdout).toContain('new.example.net')
  })

  it('refuses what is no host', async () => {
    const folder = await emptyFolder()
    const making = run(folder, 'make', '--host', 'https://prov.example.net/')
    await expect(making).rejects.toMatchObject({ code: 'certificate-host' })
  })
})

describe('bootline certs ca', () => {
  it('prints what devices are to trust', async () => {
    const folder = await startedFolder()
    const { stdout } = await run(folder, 'ca')
    expect(new X509Certificate(stdout).subject).toMatch(/CN=Bootline CA [0-9a-f]{8}/)
    const pair = makeOperatorPair()
    await putOperatorPair(folder, pair)
    await expect(run(folder, 'ca')).rejects.toMatchObject({ code: 'certificate-authority' })
    await writeFile(join(folder, 'root.pem'), pair.root)
    expect((await run(folder, 'ca')).stdout).toBe(pair.root)
  })
})
