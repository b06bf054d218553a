import { execFileSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Pair } from '../../../src/delivery/certificates/leaf.ts'
import { loadServerCertificates } from '../../../src/delivery/certificates/server-certificates.ts'
import { DAY, emptyFolder, hosts, makeOperatorPair, now, putOperatorPair, startedFolder } from './places.ts'

let good: ReturnType<typeof makeOperatorPair>
let other: ReturnType<typeof makeOperatorPair>
beforeAll(() => {
  good = makeOperatorPair()
  other = makeOperatorPair()
})

describe("an operator's own pair", () => {
  it('wins, and nothing of ours is made: the folder may be read-only', async () => {
    const folder = await emptyFolder()
    await putOperatorPair(folder, good)
    const loaded = await loadServerCertificates({ folder, hosts, now })
    expect(loaded).toMatchObject({ source: 'operator', faults: [], made: [] })
    expect(loaded.pairs).toEqual([{ cert: good.cert, key: good.key }])
    expect((await readdir(folder)).sort()).toEqual(['fullchain.pem', 'privkey.pem'])
  })

  it('is not pushed to devices, unless its root is put beside it', async () => {
    const folder = await startedFolder()
    await putOperatorPair(folder, good)
    expect((await loadServerCertificates({ folder, hosts, now })).caPem).toBeUndefined()
    await writeFile(join(folder, 'root.pem'), good.root)
    expect((await loadServerCertificates({ folder, hosts, now })).caPem).toBe(good.root)
  })

  it('is spoken of before it expires, and when it does not name where devices come', async () => {
    const folder = await emptyFolder()
    await putOperatorPair(folder, good)
    const place = { folder, hosts: ['elsewhere.example.net'], now: now + 80 * DAY }
    const loaded = await loadServerCertificates(place)
    expect(loaded.source).toBe('operator')
    expect(loaded.faults.map(({ code }) => code)).toEqual(['certificate-expiring', 'certificate-names'])
  })
})

interface Refusal {
  readonly what: string
  readonly code: string
  readonly pair: () => Partial<Pair>
  readonly at?: number
}

describe('a pair that cannot serve', () => {
  const refusals: readonly Refusal[] = [
    { what: 'whose key is another one', code: 'mismatch', pair: () => ({ cert: good.cert, key: other.key }) },
    { what: 'with the root first', code: 'mismatch', pair: () => ({ ...good, cert: good.root + good.cert }) },
    { what: 'that has expired', code: 'expired', pair: () => good, at: now + 91 * DAY },
    { what: 'that is not valid yet', code: 'early', pair: () => good, at: now - 2 * DAY },
    { what: 'without its key', code: 'incomplete', pair: () => ({ cert: good.cert }) },
    { what: 'without its certificate', code: 'incomplete', pair: () => ({ key: good.key }) },
    { what: 'cut off', code: 'unreadable', pair: () => ({ ...good, cert: good.cert.slice(0, 300) }) },
    { what: 'whose key is sealed', code: 'unreadable', pair: () => ({ ...good, key: sealed(good.key) }) },
  ]
  it.each(refusals)('$what is refused, and the own CA serves', async ({ code, pair, at = now }) => {
    const folder = await startedFolder()
    await putOperatorPair(folder, pair())
    const loaded = await loadServerCertificates({ folder, hosts, now: at })
    expect(loaded.faults.map((fault) => fault.code)).toEqual([`certificate-${code}`])
    expect(loaded).toMatchObject({ source: 'own-ca' })
    expect(loaded.pairs).toHaveLength(2)
    // A whole fleet would get new files, and reboot, for a fault that is soon corrected.
    expect(loaded.caPem).toBeUndefined()
  })

  it('leaves the former one in service', async () => {
    const folder = await emptyFolder()
    await putOperatorPair(folder, good)
    const former = await loadServerCertificates({ folder, hosts, now })
    await putOperatorPair(folder, { cert: other.cert })
    const after = await loadServerCertificates({ folder, hosts, now }, former)
    expect(after.pairs).toEqual(former.pairs)
    expect(after.faults.map(({ code }) => code)).toEqual(['certificate-mismatch'])
    expect(await readdir(folder)).not.toContain('ca.pem')
  })

  it('does not show its key in what is said', async () => {
    const folder = await startedFolder()
    await putOperatorPair(folder, { cert: good.cert, key: `${good.key.slice(0, 120)}\n` })
    const { faults } = await loadServerCertificates({ folder, hosts, now })
    expect(faults.map(({ code }) => code)).toEqual(['certificate-unreadable'])
    const body = good.key.split('\n')[1]?.slice(0, 20) ?? 'nothing'
    expect(
      faults.map((fault) => `${fault.stack} ${fault.remedy} ${String(fault.cause)}`).join(),
    ).not.toContain(body)
  })
})

function sealed(key: string): string {
  return execFileSync('openssl', ['pkcs8', '-topk8', '-passout', 'pass:sesame'], { input: key }).toString()
}
