import { EventEmitter, once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { CertificateError } from '../../../src/delivery/certificates/errors.ts'
import { loadServerCertificates } from '../../../src/delivery/certificates/server-certificates.ts'
import { listenerOptions } from '../../../src/delivery/certificates/tls-policy.ts'
import { vendorAuthorities } from '../../../src/delivery/certificates/vendors.ts'
import { type Loaded, type Pace, watchCertificates } from '../../../src/delivery/certificates/watch.ts'
import { makeTestAuthority } from './device-certificates.ts'
import { handshake, listen } from './listeners.ts'
import { DAY, emptyFolder, hosts, makeOperatorPair, now, putOperatorPair, startedFolder } from './places.ts'

const never = 3_600_000
const events: Pace = { settle: 20, look: never, judge: never }

let first: ReturnType<typeof makeOperatorPair>
let second: ReturnType<typeof makeOperatorPair>
beforeAll(() => {
  first = makeOperatorPair()
  second = makeOperatorPair()
})

/** A listener that serves what stands in the folder, and goes on with what comes there. */
async function serving(folder: string, pace: Pace, clock: () => number = () => now) {
  const loaded: Loaded = {
    server: await loadServerCertificates({ folder, hosts, now }),
    vendors: await vendorAuthorities(folder),
  }
  const told = new EventEmitter()
  const options = ({ server }: Loaded) => listenerOptions({ pairs: server.pairs, policy: 'modern' })
  const { server, port } = await listen(options(loaded))
  const watch = watchCertificates({
    ...{ folder, hosts, loaded, pace, now: clock },
    changed(other) {
      server.setSecureContext(options(other))
      told.emit('changed', other)
    },
    report: (fault) => told.emit('fault', fault),
  })
  onTestFinished(() => watch.close())
  return {
    server,
    changed: async () => (await once(told, 'changed'))[0] as Loaded,
    fault: async () => (await once(told, 'fault'))[0] as CertificateError,
    told,
    serial: async () => (await handshake(port, { rejectUnauthorized: false })).peer.serialNumber,
  }
}

async function operatorFolder(): Promise<string> {
  const folder = await emptyFolder()
  await putOperatorPair(folder, first)
  return folder
}

describe('certificates that change while the server runs', () => {
  it('serve the next connection', async () => {
    const folder = await operatorFolder()
    const { changed, serial } = await serving(folder, events)
    const before = await serial()
    const change = changed()
    await putOperatorPair(folder, second)
    await change
    expect(await serial()).not.toBe(before)
  })

  it("give way to an operator's pair that comes later, and take over when it goes", async () => {
    const folder = await startedFolder()
    const { changed } = await serving(folder, events)
    const coming = changed()
    await putOperatorPair(folder, first)
    expect((await coming).server).toMatchObject({ source: 'operator', pairs: [{ cert: first.cert }] })
    const going = changed()
    await rm(join(folder, 'privkey.pem'))
    await rm(join(folder, 'fullchain.pem'))
    expect((await going).server.source).toBe('own-ca')
  })

  it('go on serving when the new ones do not match, which is said once', async () => {
    const folder = await operatorFolder()
    const { changed, fault, serial, told } = await serving(folder, events)
    const before = await serial()
    const faults: string[] = []
    told.on('fault', ({ code }: CertificateError) => faults.push(code))
    const refusal = fault()
    await putOperatorPair(folder, { cert: second.cert })
    expect((await refusal).code).toBe('certificate-mismatch')
    expect(await serial()).toBe(before)
    const change = changed()
    await putOperatorPair(folder, { key: second.key })
    await change
    expect(await serial()).not.toBe(before)
    expect(faults).toEqual(['certificate-mismatch'])
  })

  it('are found behind a link that certbot turns to another file', async () => {
    const archive = await emptyFolder()
    await putOperatorPair(await mkdtemp(join(archive, 'one-')).then((made) => moved(made, 'one')), first)
    await putOperatorPair(await mkdtemp(join(archive, 'two-')).then((made) => moved(made, 'two')), second)
    await symlink('one', join(archive, 'live'))
    const folder = await emptyFolder()
    for (const name of ['fullchain.pem', 'privkey.pem']) {
      await symlink(join(archive, 'live', name), join(folder, name))
    }
    const { changed, serial } = await serving(folder, { settle: 20, look: 20, judge: never })
    const before = await serial()
    const change = changed()
    await symlink('two', join(archive, 'next'))
    await rename(join(archive, 'next'), join(archive, 'live'))
    await change
    expect(await serial()).not.toBe(before)
  })

  it("tell of makers' CAs that are added", async () => {
    const folder = await startedFolder()
    await mkdir(join(folder, 'vendors'))
    const { changed } = await serving(folder, events)
    const change = changed()
    await writeFile(join(folder, 'vendors', 'maker.pem'), makeTestAuthority('Maker Root CA').pem)
    const { vendors } = await change
    expect(vendors.authorities.map(({ subject }) => subject)).toEqual(['O=Maker Inc., CN=Maker Root CA'])
  })

  it('are told only when they are others', async () => {
    const folder = await operatorFolder()
    const { changed, told } = await serving(folder, events)
    let changes = 0
    told.on('changed', () => changes++)
    await copyFile(join(folder, 'fullchain.pem'), join(folder, 'copy.pem'))
    await writeFile(join(folder, 'fullchain.pem'), first.cert)
    const change = changed()
    await writeFile(join(folder, 'root.pem'), first.root)
    expect((await change).server.caPem).toBe(first.root)
    expect(changes).toBe(1)
  })
})

describe('certificates that grow old while the server runs', () => {
  it('are renewed, when they are of the own CA', async () => {
    const folder = await startedFolder()
    let clock = now
    const { changed, serial } = await serving(folder, { settle: never, look: never, judge: 20 }, () => clock)
    const before = await serial()
    const change = changed()
    clock = now + 800 * DAY
    expect((await change).server.made).toEqual(['server-rsa.pem', 'server-ecdsa.pem'])
    expect(await serial()).not.toBe(before)
  })

  it("are spoken of, when they are the operator's, and serve on", async () => {
    const folder = await operatorFolder()
    let clock = now
    const pace = { settle: never, look: never, judge: 20 }
    const { fault, serial } = await serving(folder, pace, () => clock)
    const before = await serial()
    const warning = fault()
    clock = now + 80 * DAY
    expect((await warning).code).toBe('certificate-expiring')
    const refusal = fault()
    clock = now + 91 * DAY
    expect((await refusal).code).toBe('certificate-expired')
    expect(await serial()).toBe(before)
  })
})

async function moved(folder: string, name: string): Promise<string> {
  const target = join(folder, '..', name)
  await rename(folder, target)
  return target
}
