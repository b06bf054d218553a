import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createFreeswitchSender } from '../../../src/reboot/freeswitch/sender.ts'
import type { Sender, Wake } from '../../../src/reboot/wake.ts'
import { wakeOf as anyWakeOf, password } from '../management/wakes.ts'
import { type Esl, type EslPeer, startEsl } from './esl-peer.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function start(
  changes: Partial<Esl> = {},
): Promise<{ readonly peer: EslPeer; readonly sender: Sender }> {
  const peer = await startEsl({ password, ...changes })
  const sender = createFreeswitchSender()
  ends.push(peer.close, sender.close)
  return { peer, sender }
}

function withReboot(wake: Wake, changes: Partial<Wake['reboot']>): Wake {
  return { ...wake, reboot: { ...wake.reboot, ...changes } }
}

/** Through the socket's one password, without a user. */
function wakeOf(port: number, changes: Partial<Wake> = {}): Wake {
  const { user: _, ...reboot } = anyWakeOf(port).reboot
  return anyWakeOf(port, { reboot: { ...reboot, by: 'freeswitch' }, ...changes })
}

const device = { user: '33483050173', host: 'sip.example.net', event: 'check-sync;reboot=true' }

describe('a NOTIFY event', () => {
  it('has every header without which FreeSWITCH sends nothing and says nothing', async () => {
    const { peer, sender } = await start()
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(peer.sent).toEqual([{ ...device, profile: 'internal' }])
  })

  it('goes to the profile that the company names', async () => {
    const { peer, sender } = await start()
    await sender.wake(withReboot(wakeOf(peer.port), { profile: 'wan-5080' }))
    expect(peer.sent).toEqual([{ ...device, profile: 'wan-5080' }])
  })

  it.each([1, 2, 5])('is answered in packets of %i bytes', async (piece) => {
    const { peer, sender } = await start({ piece })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(peer.connections()).toBe(1)
  })

  it('for each of many devices at once goes over one connection, and no other command does', async () => {
    const { peer, sender } = await start()
    const macs = Array.from({ length: 50 }, (_, index) => `805ec00000${(10 + index).toString(16)}`)
    const answers = await Promise.all(
      macs.map((mac) => sender.wake(wakeOf(peer.port, { mac, users: [`u-${mac}`] }))),
    )
    expect(answers.every(({ result }) => result === 'queued')).toBe(true)
    expect(peer.sent.map(({ user }) => user).sort()).toEqual(macs.map((mac) => `u-${mac}`).sort())
    expect(peer.connections()).toBe(1)
    expect(new Set(peer.commands)).toEqual(new Set([`auth ${password}`, 'sendevent NOTIFY']))
  })
})

describe('an account made for it', () => {
  const accounts = { 'bootline@pbx.example.net': 'of-its-own' }

  it('signs in with its own password', async () => {
    const { peer, sender } = await start({ accounts })
    const account = { user: 'bootline@pbx.example.net', password: 'of-its-own' }
    expect(await sender.wake(withReboot(wakeOf(peer.port), account))).toMatchObject({ result: 'queued' })
    expect(peer.commands[0]).toBe('userauth bootline@pbx.example.net:of-its-own')
    expect(await sender.wake(withReboot(wakeOf(peer.port), { ...account, password }))).toMatchObject({
      result: 'credentials',
    })
  })

  it.each(['bootline', '@pbx', 'bootline@', 'a:b@pbx', 'a@b@c', 'x\n\n@pbx'])('%j is none', async (user) => {
    const { peer, sender } = await start({ accounts })
    expect(await sender.wake(withReboot(wakeOf(peer.port), { user }))).toMatchObject({
      result: 'misconfigured',
    })
    expect(peer.connections()).toBe(0)
  })
})

describe('what FreeSWITCH refuses', () => {
  it('is credentials where the password is another, which is not repeated', async () => {
    const { peer, sender } = await start()
    const answer = await sender.wake(withReboot(wakeOf(peer.port), { password: 'not-the-one' }))
    expect(answer.result).toBe('credentials')
    expect(JSON.stringify(answer)).not.toContain('not-the-one')
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
  })

  it('is a refusal where the access list shuts us out; the password is not said', async () => {
    const { peer, sender } = await start({ shut: true })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({
      result: 'refused',
      detail: expect.stringContaining('access list'),
    })
    expect(peer.heard()).toBe('')
  })

  it('is a refusal with its reason where it takes no event', async () => {
    const { peer, sender } = await start({ error: '-ERR not now' })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({
      result: 'refused',
      detail: `FreeSWITCH at 127.0.0.1:${peer.port}: -ERR not now`,
    })
  })
})

describe('values that could say more than they should', () => {
  const bad = 'x\n\napi shutdown\n\n'
  it.each<[string, (wake: Wake) => Wake]>([
    ['user', (wake) => ({ ...wake, users: [bad] })],
    ['domain', (wake) => ({ ...wake, sip: { ...wake.sip, domain: bad } })],
    ['event', (wake) => ({ ...wake, event: bad })],
    ['profile', (wake) => withReboot(wake, { profile: bad })],
    ['password', (wake) => withReboot(wake, { password: bad })],
    ['empty user', (wake) => ({ ...wake, users: [''] })],
    ['empty profile', (wake) => withReboot(wake, { profile: '' })],
    ['missing user', (wake) => ({ ...wake, users: [] })],
  ])('in the %s are sent nowhere', async (_, change) => {
    const { peer, sender } = await start()
    expect(await sender.wake(change(wakeOf(peer.port)))).toMatchObject({ result: 'misconfigured' })
    expect(peer.connections()).toBe(0)
  })

  it('arrive as they are, or not at all', async () => {
    const { peer, sender } = await start()
    const text = fc.oneof(
      { weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9.-]{1,8}$/) },
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'ab1+*#._~-;=,: "\r\n\0%'), maxLength: 12 }),
    )
    await fc.assert(
      fc.asyncProperty(text, text, text, async (user, host, profile) => {
        const before = peer.sent.length
        const wake = withReboot(wakeOf(peer.port, { users: [user] }), { profile })
        const { result } = await sender.wake({ ...wake, sip: { ...wake.sip, domain: host } })
        const sent = peer.sent.slice(before)
        if (result === 'misconfigured') expect(sent).toEqual([])
        else expect(sent).toEqual([{ ...device, user, host, profile }])
        expect(peer.commands.every((command) => /^(auth |sendevent NOTIFY$)/.test(command))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
