import { once } from 'node:events'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createAsteriskSender } from '../../../src/reboot/asterisk/sender.ts'
import type { Sender } from '../../../src/reboot/wake.ts'
import { password, wakeOf } from '../management/wakes.ts'
import { type Ami, type AmiPeer, startAmi } from './ami-peer.ts'

const usual: Ami = {
  users: { bootline: { secret: password, write: true }, reader: { secret: password, write: false } },
  endpoints: new Set(['33483050173', '33483050174']),
}

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function start(
  changes: Partial<Ami> = {},
): Promise<{ readonly peer: AmiPeer; readonly sender: Sender }> {
  const peer = await startAmi({ ...usual, ...changes })
  const sender = createAsteriskSender()
  ends.push(peer.close, sender.close)
  return { peer, sender }
}

describe('PJSIPNotify', () => {
  it('asks for the NOTIFY of the endpoint, and takes "sent" for queued only', async () => {
    const { peer, sender } = await start()
    expect(await sender.wake(wakeOf(peer.port))).toEqual({
      result: 'queued',
      detail: `Asterisk at 127.0.0.1:${peer.port}: NOTIFY sent`,
    })
    expect(peer.notified).toEqual([{ endpoint: '33483050173', event: 'check-sync;reboot=true' }])
    expect(peer.faults).toEqual([])
  })

  it('signs in without the password ever travelling', async () => {
    const { peer, sender } = await start()
    await sender.wake(wakeOf(peer.port))
    expect(peer.heard()).toContain('AuthType: MD5')
    expect(peer.heard()).not.toContain(password)
    expect(peer.heard()).not.toContain('of-the-line')
  })

  it('tells a device with several lines once, through the first', async () => {
    const { peer, sender } = await start()
    await sender.wake(wakeOf(peer.port, { users: ['33483050174', '33483050173', '33483050175'] }))
    expect(peer.notified.map(({ endpoint }) => endpoint)).toEqual(['33483050174'])
  })

  it.each([1, 2, 3, 7])('reads answers that come in packets of %i bytes', async (piece) => {
    const { peer, sender } = await start({ piece })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(await sender.wake(wakeOf(peer.port, { users: ['nobody'] }))).toMatchObject({ result: 'absent' })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(peer.connections()).toBe(1)
  })

  it('knows an endpoint that is not there from one that is, whichever is answered first', async () => {
    const { peer, sender } = await start({ hold: 6 })
    const users = ['33483050173', 'a', '33483050174', 'b', 'c', '33483050173']
    const answers = await Promise.all(
      users.map((user, index) =>
        sender.wake(wakeOf(peer.port, { mac: `805ec000000${index}`, users: [user] })),
      ),
    )
    expect(answers.map(({ result }) => result)).toEqual([
      'queued',
      'absent',
      'queued',
      'absent',
      'absent',
      'queued',
    ])
    expect(peer.connections()).toBe(1)
  })

  it('never has two commands for one device under way', async () => {
    const { peer, sender } = await start({ hold: 2 })
    const both = [sender.wake(wakeOf(peer.port)), sender.wake(wakeOf(peer.port, { event: 'check-sync' }))]
    await once(peer.events, 'notified')
    const other = sender.wake(wakeOf(peer.port, { mac: '805ec0000002', users: ['33483050174'] }))
    await Promise.all([both[0], other])
    const third = sender.wake(wakeOf(peer.port, { mac: '805ec0000003', users: ['33483050174'] }))
    await Promise.all([both[1], third])
    const [first, second, ...later] = peer.notified
    expect(first).toEqual({ endpoint: '33483050173', event: 'check-sync;reboot=true' })
    expect(second?.endpoint).toBe('33483050174')
    expect(later).toContainEqual({ endpoint: '33483050173', event: 'check-sync' })
  })
})

describe('what Asterisk refuses', () => {
  it('is credentials where the password is another', async () => {
    const { peer, sender } = await start()
    const wake = wakeOf(peer.port)
    const answer = await sender.wake({ ...wake, reboot: { ...wake.reboot, password: 'not-the-one' } })
    expect(answer.result).toBe('credentials')
    expect(answer.detail).toContain('Authentication failed')
    expect(JSON.stringify(answer)).not.toContain('not-the-one')
    expect(await sender.wake(wake)).toMatchObject({ result: 'queued' })
  })

  it('is told to all who waited for the same sign-in', async () => {
    const { peer, sender } = await start({ users: {} })
    const macs = ['805ec0000001', '805ec0000002', '805ec0000003']
    const answers = await Promise.all(macs.map((mac) => sender.wake(wakeOf(peer.port, { mac }))))
    expect(answers.map(({ result }) => result)).toEqual(['credentials', 'credentials', 'credentials'])
    expect(peer.connections()).toBe(1)
  })

  it('is a refusal where the user may only read', async () => {
    const { peer, sender } = await start()
    const wake = wakeOf(peer.port)
    const answer = await sender.wake({ ...wake, reboot: { ...wake.reboot, user: 'reader' } })
    expect(answer).toMatchObject({ result: 'refused', detail: expect.stringContaining('Permission denied') })
    expect(peer.notified).toEqual([])
  })

  it('is a matter of set-up where Asterisk has no PJSIPNotify', async () => {
    const { peer, sender } = await start({ bare: true })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({
      result: 'misconfigured',
      detail: expect.stringContaining('Invalid/unknown command: PJSIPNotify'),
    })
  })
})

describe('values that could say more than they should', () => {
  it.each([
    ['a line end', 'x\r\nAction: Command'],
    ['a bare LF', 'x\nAction: Command'],
    ['NUL', 'x\0'],
    ['a comma', 'x,Via=y'],
    ['a space', 'x y'],
    ['a quote', 'x"'],
    ['a semicolon', 'x;y'],
    ['a channel name', 'PJSIP/x'],
    ['nothing', ''],
  ])('with %s in the user are sent nowhere', async (_, user) => {
    const { peer, sender } = await start()
    expect(await sender.wake(wakeOf(peer.port, { users: [user] }))).toMatchObject({ result: 'misconfigured' })
    expect(peer.connections()).toBe(0)
  })

  it('arrive as one endpoint and one variable, or not at all', async () => {
    const { peer, sender } = await start()
    const text = fc.oneof(
      fc.stringMatching(/^[a-z0-9.~-]{1,8}$/),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'ab1+*#._~-;=,: "\r\n\0%'), maxLength: 12 }),
    )
    await fc.assert(
      fc.asyncProperty(text, text, async (user, event) => {
        const before = peer.notified.length
        const { result } = await sender.wake(wakeOf(peer.port, { users: [user], event }))
        const sent = peer.notified.slice(before)
        if (result === 'misconfigured') expect(sent).toEqual([])
        else expect(sent).toEqual([{ endpoint: user, event }])
        expect(peer.faults).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('with a line end in the user who signs in are sent nowhere', async () => {
    const { peer, sender } = await start()
    const wake = wakeOf(peer.port)
    const reboot = { ...wake.reboot, user: 'x\r\nAction: Command' }
    expect(await sender.wake({ ...wake, reboot })).toMatchObject({ result: 'misconfigured' })
    expect(peer.connections()).toBe(0)
  })
})
