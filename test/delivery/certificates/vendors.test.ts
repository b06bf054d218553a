import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { vendorAuthorities } from '../../../src/delivery/certificates/vendors.ts'
import { makeTestAuthority, makeTestDeviceCertificate, type TestAuthority } from './device-certificates.ts'
import { emptyFolder } from './places.ts'

let root: TestAuthority
let issuing: TestAuthority
beforeAll(() => {
  root = makeTestAuthority('Maker Root CA')
  issuing = makeTestAuthority('Maker Issuing CA', root)
})

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await emptyFolder()
  await mkdir(join(folder, 'vendors'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'vendors', name), text)
  return folder
}

describe("makers' CAs", () => {
  it('are read from every .pem, several of them in one file', async () => {
    const notes = `Taken from the maker's site.\n${root.pem}\n${issuing.pem}`
    const folder = await folderWith({ 'maker.pem': notes, 'README.md': 'no certificate', 'old.crt': 'none' })
    const { authorities, faults } = await vendorAuthorities(folder)
    expect(faults).toEqual([])
    expect(authorities.map(({ file, subject }) => [file, subject])).toEqual([
      ['vendors/maker.pem', 'O=Maker Inc., CN=Maker Root CA'],
      ['vendors/maker.pem', 'O=Maker Inc., CN=Maker Issuing CA'],
    ])
    expect(Date.parse(authorities[0]?.expiry ?? '')).toBeGreaterThan(Date.now())
  })

  it('a bad file is named, and the others count', async () => {
    const device = makeTestDeviceCertificate(root, { cn: '64167FB269D6' })
    const files = {
      'a.pem': 'nothing',
      'b.pem': root.pem,
      'c.pem': root.pem.slice(0, 400),
      'd.pem': device.cert,
    }
    const { authorities, faults } = await vendorAuthorities(await folderWith(files))
    expect(authorities.map(({ file }) => file)).toEqual(['vendors/b.pem'])
    expect(faults.map(({ code, message }) => [code, /vendors\/(.)\.pem/.exec(message)?.[1]])).toEqual([
      ['certificate-unreadable', 'a'],
      ['certificate-unreadable', 'c'],
      ['certificate-authority', 'd'],
    ])
  })

  it('may be none', async () => {
    expect(await vendorAuthorities(await emptyFolder())).toEqual({ authorities: [], faults: [] })
  })
})
