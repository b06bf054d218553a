import { describe, expect, it } from 'vitest'
import { type Asking, challenge, isRight, proofIn } from './digest-peer.ts'
import { type Heard, line, senderFor, udpPeer, wakeAt } from './support.ts'

const account = { user: 'provisioning', password: 'n7-battery' }
const withAccount = { reboot: { by: 'sip', ...account } } as const

/** Asks until the proof is right; with a new nonce each time. */
function insisting(asking: Asking, who: typeof line) {
  return (request: Heard, index: number): void => {
    if (isRight(request, asking, who)) request.reply(request.answer('200 OK'))
    else
      request.reply(request.answer(asking.proxy ? '407 Proof' : '401 Proof', challenge(asking, `n${index}`)))
  }
}

function sequenceOf(heard: readonly Heard[]): (string | undefined)[] {
  return heard.map((request) => request.header('CSeq'))
}

describe('a challenge', () => {
  const algorithms = [undefined, 'MD5', 'md5-sess', 'SHA-256', 'SHA-256-sess']
  const variants = [false, true].flatMap((proxy) =>
    algorithms.flatMap((algorithm) =>
      [undefined, 'auth', 'auth-int,auth'].map((qop) => ({
        proxy,
        algorithm,
        qop,
        name: `${proxy} ${algorithm} ${qop}`,
      })),
    ),
  )

  it.each(variants)(
    'is answered: by a proxy $proxy, algorithm $algorithm, qop $qop',
    async ({ proxy, algorithm, qop }) => {
      const asking = {
        proxy,
        realm: 'sip.example.net',
        opaque: '5ccc',
        ...(algorithm !== undefined && { algorithm }),
        ...(qop !== undefined && { qop }),
      }
      const peer = await udpPeer(insisting(asking, line))
      expect(await senderFor().wake(wakeAt(peer.port))).toEqual({
        result: 'heard',
        status: 200,
        detail: '200 OK',
      })
      const [first, second] = peer.heard
      expect(peer.heard).toHaveLength(2)
      expect(sequenceOf(peer.heard)).toEqual(['1 NOTIFY', '2 NOTIFY'])
      expect(second?.header('Call-ID')).toBe(first?.header('Call-ID'))
      expect(second?.header('From')).toBe(first?.header('From'))
      expect(second?.header('Via')).not.toBe(first?.header('Via'))
    },
  )

  it('is answered with the stronger hash where both are offered', async () => {
    const strong = { realm: 'r', algorithm: 'SHA-256', qop: 'auth' }
    const peer = await udpPeer((request) => {
      if (isRight(request, strong, line)) request.reply(request.answer('200 OK'))
      else
        request.reply(
          request.answer('401 x', challenge({ ...strong, algorithm: 'MD5' }, 'm'), challenge(strong, 's')),
        )
    })
    expect(await senderFor().wake(wakeAt(peer.port))).toMatchObject({ result: 'heard' })
  })

  it('is not answered again when the password is wrong, and nothing tells the password', async () => {
    const peer = await udpPeer(insisting({ realm: 'r', qop: 'auth' }, { ...line, password: 'another' }))
    const answer = await senderFor().wake(wakeAt(peer.port))
    expect(answer).toMatchObject({ result: 'credentials', status: 401 })
    expect(answer.detail).toBe(`401 Proof: the password of ${line.user} is not taken`)
    expect(peer.heard).toHaveLength(2)
    expect(peer.heard.map(({ text }) => text).join()).not.toContain(line.password)
  })

  it('cannot be answered by nobody, nor one of an unknown kind', async () => {
    const peer = await udpPeer((request) =>
      request.reply(request.answer('401 x', challenge({ realm: 'r', algorithm: 'X' }, 'n'))),
    )
    const { credentials: _, ...nobody } = wakeAt(peer.port)
    expect(await senderFor().wake(wakeAt(peer.port))).toMatchObject({
      result: 'credentials',
      detail: '401 x: no proof of a known kind is asked for',
    })
    const known = await udpPeer(insisting({ realm: 'r' }, line))
    const { port } = known
    expect(await senderFor().wake({ ...nobody, sip: { ...nobody.sip, port } })).toMatchObject({
      result: 'credentials',
      detail: '401 Proof: there is nobody to sign in as',
    })
    expect([peer.heard.length, known.heard.length]).toEqual([1, 1])
  })

  it('whose nonce is out of date is answered once more, and not for ever', async () => {
    const asking = { realm: 'r', qop: 'auth' }
    const once = await udpPeer((request, index) => {
      if (index === 2 && isRight(request, asking, line)) request.reply(request.answer('200 OK'))
      else
        request.reply(
          request.answer('401 x', challenge(asking, `n${index}`, ...(index > 0 ? ['stale=true'] : []))),
        )
    })
    expect(await senderFor().wake(wakeAt(once.port))).toMatchObject({ result: 'heard' })
    expect(proofIn(once.heard[2] as Heard, asking)).toMatchObject({ nonce: 'n1', nc: '00000001' })

    const always = await udpPeer((request, index) =>
      request.reply(request.answer('401 x', challenge(asking, `n${index}`, 'stale=true'))),
    )
    expect(await senderFor().wake(wakeAt(always.port))).toMatchObject({ result: 'credentials' })
    expect(always.heard).toHaveLength(3)
  })

  it('that is another each time is not followed for ever', async () => {
    const peer = await udpPeer((request, index) =>
      request.reply(request.answer('407 x', challenge({ proxy: true, realm: `r${index}` }, 'n'))),
    )
    expect(await senderFor().wake(wakeAt(peer.port))).toMatchObject({ result: 'credentials' })
    expect(peer.heard).toHaveLength(5)
  })
})

describe('a nonce', () => {
  it('is used again by the next wake, whoever it signs in, and counted', async () => {
    const asking = { proxy: true, realm: 'sip.example.net', qop: 'auth' }
    const other = { user: '33483050174', password: 'other' }
    const peer = await udpPeer((request) => {
      if ([line, other].some((who) => isRight(request, asking, who))) request.reply(request.answer('200 OK'))
      else request.reply(request.answer('407 x', challenge(asking, 'n')))
    })
    const sender = senderFor()
    await sender.wake(wakeAt(peer.port))
    await sender.wake(wakeAt(peer.port, { users: [other.user], credentials: other }))
    await sender.wake(wakeAt(peer.port))
    const proofs = peer.heard.map((request) => proofIn(request, asking))
    expect(proofs.map((proof) => proof?.nc)).toEqual([undefined, '00000001', '00000002', '00000003'])
    expect(new Set(proofs.slice(1).map((proof) => proof?.cnonce)).size).toBe(1)
    expect(sequenceOf(peer.heard)).toEqual(['1 NOTIFY', '2 NOTIFY', '1 NOTIFY', '1 NOTIFY'])
  })

  it('that is given to many wakes at once is counted for all of them together', async () => {
    const asking = { realm: 'r', qop: 'auth' }
    const counts: string[] = []
    const peer = await udpPeer((request) => {
      const proof = proofIn(request, asking)
      if (proof?.nc !== undefined) counts.push(proof.nc)
      request.reply(
        proof ? request.answer('200 OK') : request.answer('401 x', challenge(asking, 'of-this-second')),
      )
    })
    const sender = senderFor()
    const wakes = Array.from({ length: 20 }, () => sender.wake(wakeAt(peer.port)))
    expect((await Promise.all(wakes)).map(({ result }) => result)).toEqual(Array(20).fill('heard'))
    expect(new Set(counts).size).toBe(20)
  })

  it('of an earlier wake may be refused without a word: the password was not', async () => {
    const asking = { realm: 'r', qop: 'auth' }
    let valid = 'first'
    const peer = await udpPeer((request) => {
      const isValid = proofIn(request, asking)?.nonce === valid && isRight(request, asking, line)
      request.reply(isValid ? request.answer('200 OK') : request.answer('401 x', challenge(asking, valid)))
    })
    const sender = senderFor()
    await sender.wake(wakeAt(peer.port))
    valid = 'second'
    expect(await sender.wake(wakeAt(peer.port))).toMatchObject({ result: 'heard' })
    expect(await sender.wake(wakeAt(peer.port))).toMatchObject({ result: 'heard' })
    expect(peer.heard.map((request) => proofIn(request, asking)?.nonce)).toEqual([
      undefined,
      'first',
      'first',
      'second',
      'second',
    ])
  })
})

describe('who signs in', () => {
  const server = { proxy: true, realm: 'sip.example.net', qop: 'auth' }
  const device = { realm: 'PolycomSPIP', algorithm: 'MD5' }

  it('is the account at the server and the line at the device behind it, both in one request', async () => {
    const peer = await udpPeer((request) => {
      if (!isRight(request, server, account)) request.reply(request.answer('407 x', challenge(server, 'p')))
      else if (!isRight(request, device, line)) request.reply(request.answer('401 x', challenge(device, 'd')))
      else request.reply(request.answer('200 OK'))
    })
    const sender = senderFor()
    expect(await sender.wake(wakeAt(peer.port, withAccount))).toMatchObject({ result: 'heard' })
    expect(peer.heard).toHaveLength(3)
    expect(peer.heard[0]?.header('From')).toMatch(/^<sip:provisioning@sip\.example\.net>;tag=/)
    expect(peer.heard[0]?.header('To')).toBe(`<sip:${line.user}@sip.example.net>`)
    // What a device asked for is of no use to another one behind the same server.
    await sender.wake(wakeAt(peer.port, withAccount))
    expect(proofIn(peer.heard[3] as Heard, server)).toBeDefined()
    expect(proofIn(peer.heard[3] as Heard, device)).toBeUndefined()
  })

  it('is the line where the server asks nobody and the device does', async () => {
    const peer = await udpPeer(insisting(device, line))
    const sender = senderFor()
    expect(await sender.wake(wakeAt(peer.port, withAccount))).toMatchObject({ result: 'heard' })
    expect(peer.heard.map((request) => proofIn(request, device)?.username)).toEqual([
      undefined,
      account.user,
      line.user,
    ])
    await sender.wake(wakeAt(peer.port, withAccount))
    expect(proofIn(peer.heard[3] as Heard, device)).toBeUndefined()
  })

  it('is the line at once where the device is told directly', async () => {
    const peer = await udpPeer(insisting(device, line), '127.0.0.61', 5060)
    const told = wakeAt(peer.port, { reboot: { by: 'direct', ...account }, address: '127.0.0.61' })
    expect(await senderFor({ listen: { host: '0.0.0.0', port: 0 } }).wake(told)).toMatchObject({
      result: 'heard',
    })
    expect(peer.heard.map((request) => proofIn(request, device)?.username)).toEqual([undefined, line.user])
  })

  it('never writes a challenge that could become a header', async () => {
    const peer = await udpPeer((request, index) =>
      request.reply(
        index === 0
          ? request.answer('401 x', 'WWW-Authenticate: Digest realm="r", nonce="n\rX-Injected: 1"')
          : request.answer('200 OK'),
      ),
    )
    expect(await senderFor().wake(wakeAt(peer.port))).toMatchObject({ result: 'credentials' })
    expect(peer.heard).toHaveLength(1)
  })
})
