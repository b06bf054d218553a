import { createSocket } from 'node:dgram'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { PNP_GROUP } from '../../../src/delivery/zero-touch/pnp-sockets.ts'
import type { PnpDevice } from '../../../src/delivery/zero-touch/pnp-subscribe.ts'
import { audiocodesAsks, okFor, phone, responder, yealinkAsks } from './phone.ts'

test('a phone asks, hears that it was heard, and is given the address', async () => {
  const { address } = await responder()
  const asking = await phone()
  asking.say(yealinkAsks(asking.port, 'call-1'), address.port)

  const ok = await asking.hears()
  expect(ok.start).toBe('SIP/2.0 200 OK')
  expect(ok.from.port).toBe(address.port)
  expect(ok.header('Via')).toBe(`SIP/2.0/UDP 127.0.0.1:${asking.port};branch=z9hG4bK-1234`)
  expect(ok.header('From')).toBe('<sip:MAC001565f4f9e1@224.0.1.75>;tag=2183')
  expect(ok.header('To')).toMatch(/^<sip:MAC001565f4f9e1@224\.0\.1\.75>;tag=\w+$/)
  expect(ok.header('Call-ID')).toBe('call-1')
  expect(ok.header('CSeq')).toBe('1 SUBSCRIBE')
  expect(ok.header('Content-Length')).toBe('0')

  const notify = await asking.hears()
  expect(notify.start).toBe(`NOTIFY sip:MAC001565f4f9e1@127.0.0.1:${asking.port} SIP/2.0`)
  expect(notify.from).toEqual({ address: '127.0.0.1', port: address.port })
  expect(notify.header('Via')).toMatch(
    new RegExp(`^SIP/2\\.0/UDP 127\\.0\\.0\\.1:${address.port};branch=z9hG4bK\\w+;rport$`),
  )
  expect(notify.header('From')).toBe(ok.header('To'))
  expect(notify.header('To')).toBe(ok.header('From'))
  expect(notify.header('Call-ID')).toBe('call-1')
  expect(notify.header('CSeq')).toBe('1 NOTIFY')
  expect(notify.header('Event')).toBe('ua-profile')
  expect(notify.header('Subscription-State')).toBe('terminated;reason=timeout')
  expect(notify.header('Content-Type')).toBe('application/url')
  expect(notify.header('Content-Length')).toBe(String(notify.body.length))
  expect(notify.body).toBe('https://prov.example.net:8443/')
})

test('whoever asks for it is told where it was seen', async () => {
  const { address } = await responder()
  const asking = await phone()
  asking.say(audiocodesAsks(asking.port, 'call-1'), address.port)
  expect((await asking.hears()).header('Via')).toBe(
    `SIP/2.0/UDP 127.0.0.1:${asking.port};rport=${asking.port};received=127.0.0.1;branch=z9hG4bK-1234`,
  )
  expect((await asking.hears()).start).toBe(`NOTIFY sip:00000001@127.0.0.1:${asking.port} SIP/2.0`)
})

test('the address may depend on what the device says of itself, and a device may stay unanswered', async () => {
  const seen: PnpDevice[] = []
  const { address } = await responder({
    url(device) {
      seen.push(device)
      return device.mac === '805e0c4d796d' ? undefined : `http://192.0.2.1/${device.mac ?? 'none'}/`
    },
  })
  const asking = await phone()
  asking.say(yealinkAsks(asking.port, 'a', 'MAC%3A805E0C4D796D'), address.port)
  asking.say(yealinkAsks(asking.port, 'b', 'MAC:805E0C4D796E'), address.port)
  asking.say(audiocodesAsks(asking.port, 'c'), address.port)
  const heard = [await asking.hears(), await asking.hears(), await asking.hears(), await asking.hears()]
  expect(heard.map(({ body, header }) => [header('Call-ID'), body])).toEqual([
    ['b', ''],
    ['b', 'http://192.0.2.1/805e0c4d796e/'],
    ['c', ''],
    ['c', 'http://192.0.2.1/none/'],
  ])
  const yealink = { vendor: 'yealink', model: 'W52P', version: '25.81.0.10', address: '127.0.0.1' }
  expect(seen).toEqual([
    { mac: '805e0c4d796d', ...yealink },
    { mac: '805e0c4d796e', ...yealink },
    { model: '440HD', version: '2.2.2', address: '127.0.0.1' },
  ])
})

test('headers in their short form and folded lines are understood', async () => {
  const { address } = await responder()
  const asking = await phone()
  const short = yealinkAsks(asking.port, 'call-1')
    .replace('Via:', 'v :')
    .replace('From:', 'f:')
    .replace('To:', 't:')
    .replace('Call-ID:', 'i:')
    .replace('Contact:', 'M:')
    .replace('Event: ua-profile;', 'o: ua-profile;\r\n ')
  asking.say(short, address.port)
  expect((await asking.hears()).header('Call-ID')).toBe('call-1')
  expect((await asking.hears()).body).toBe('https://prov.example.net:8443/')
})

describe('a question that is repeated', () => {
  test('is answered again, but starts nothing new', async () => {
    const { address } = await responder()
    const asking = await phone()
    asking.say(yealinkAsks(asking.port, 'call-1'), address.port)
    const first = await asking.hears()
    const notify = await asking.hears()
    asking.say(okFor(notify), address.port)
    asking.say(yealinkAsks(asking.port, 'call-1'), address.port)
    asking.say(yealinkAsks(asking.port, 'call-2'), address.port)
    const again = await asking.hears()
    expect(again.text).toBe(first.text)
    expect((await asking.hears()).header('Call-ID')).toBe('call-2')
  })

  test('is left unheard when it comes too often, without harm to others', async () => {
    let now = 0
    const { address, log } = await responder({ now: () => now })
    const asking = await phone()
    for (let n = 0; n < 30; n++) asking.say(yealinkAsks(asking.port, `call-${n}`), address.port)
    // A 200 and a NOTIFY for each that is heard.
    for (let n = 0; n < 20; n++) await asking.hears()
    expect(log.lines.filter((line) => line.includes('asked the network'))).toHaveLength(10)
    now += 2000
    asking.say(yealinkAsks(asking.port, 'later'), address.port)
    let heard = await asking.hears()
    while (heard.header('Call-ID') !== 'later') heard = await asking.hears()
    expect(heard.start).toBe('SIP/2.0 200 OK')
  })
})

describe('the address is sent again', () => {
  test('until the phone has heard it', async () => {
    const { address } = await responder()
    const asking = await phone()
    asking.say(yealinkAsks(asking.port, 'call-1'), address.port)
    await asking.hears()
    const first = await asking.hears()
    const second = await asking.hears()
    expect(second.text).toBe(first.text)
  })

  test('to those alone who have not answered, whatever others say', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { address, log } = await responder()
    const [asking, stranger] = [await phone(), await phone('127.0.0.2')]
    asking.say(yealinkAsks(asking.port, 'heard'), address.port)
    await asking.hears()
    asking.say(okFor(await asking.hears()), address.port)
    asking.say(audiocodesAsks(asking.port, 'unheard'), address.port)
    await asking.hears()
    const notify = await asking.hears()
    stranger.say(okFor(notify), address.port)
    asking.say(okFor(notify, '100 Trying'), address.port)
    asking.say(audiocodesAsks(asking.port, 'last'), address.port)
    await asking.hears()
    await asking.hears()

    vi.advanceTimersByTime(500)
    const again = [await asking.hears(), await asking.hears()].map(({ header }) => header('Call-ID'))
    expect(again).toEqual(['unheard', 'last'])
    vi.advanceTimersByTime(32_000)
    expect(log.lines.filter((line) => line.includes('did not take it'))).toHaveLength(2)
    // All is forgotten: the same question is a new one.
    asking.say(yealinkAsks(asking.port, 'heard'), address.port)
    let heard = await asking.hears()
    while (heard.header('Call-ID') !== 'heard') heard = await asking.hears()
    expect((await asking.hears()).start).toMatch(/^NOTIFY /)
  })
})

test.each([
  ['another event', (text: string) => text.replace('ua-profile;', 'presence;')],
  ['another profile', (text: string) => text.replace('"device"', '"user"')],
  ['another method', (text: string) => text.replaceAll('SUBSCRIBE', 'REGISTER')],
  ['a method that is not that of CSeq', (text: string) => text.replace('1 SUBSCRIBE', '1 NOTIFY')],
  ['no way back', (text: string) => text.replace(/Via.*\r\n/, '')],
  ['no Call-ID', (text: string) => text.replace(/Call-ID.*\r\n/, '')],
  ['two Call-IDs', (text: string) => text.replace('Call-ID', 'Call-ID: x\r\nCall-ID')],
  ['no Contact', (text: string) => text.replace(/Contact.*\r\n/, '')],
  ['the Contact of another host', (text: string) => text.replace(/(Contact.*@)127\.0\.0\.1/, '$1127.0.0.2')],
  ['a Contact without a port that can be', (text: string) => text.replace(/(Contact.*):\d+>/, '$1:70000>')],
  ['a Contact with more in it', (text: string) => text.replace(/(Contact: <)/, '$1sip:a b@127.0.0.1> <')],
  ['another content', (text: string) => text.replace('application/url', 'application/sdp')],
  ['a control character', (text: string) => text.replace('call-x', 'call\u0007x')],
  ['a bare line feed', (text: string) => text.replace('call-x', 'call\nx: y')],
  ['no end', (text: string) => text.slice(0, -2)],
  ['another version', (text: string) => text.replace('SIP/2.0\r', 'SIP/3.0\r')],
  ['too much', (text: string) => text.replace('Expires: 0', `Expires: ${'0'.repeat(4096)}`)],
])('%s is no question', async (_why, spoilt) => {
  const { address, log } = await responder()
  const asking = await phone()
  const text = yealinkAsks(asking.port, 'call-x')
  expect(spoilt(text)).not.toBe(text)
  asking.say(spoilt(text), address.port)
  asking.say(yealinkAsks(asking.port, 'good'), address.port)
  expect((await asking.hears()).header('Call-ID')).toBe('good')
  expect(log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
})

describe('the address given', () => {
  test.each(['https://admin:geheim@prov.example.net/', 'https://prov.example.net/\r\ngeheim', 'geheim'])(
    'is never one that holds a secret or is none: %j',
    async (bad) => {
      const { address, log } = await responder({
        url: ({ mac }) => (mac === undefined ? 'http://192.0.2.1/' : bad),
      })
      const asking = await phone()
      asking.say(yealinkAsks(asking.port, 'bad'), address.port)
      asking.say(audiocodesAsks(asking.port, 'good'), address.port)
      expect((await asking.hears()).header('Call-ID')).toBe('good')
      expect(log.lines.join()).toContain('no usable address')
      expect(log.lines.join()).not.toContain('geheim')
    },
  )

  test('may fail to be found without an end to the rest', async () => {
    const { address, log } = await responder({
      url({ mac }) {
        if (mac !== undefined) throw new Error('the fleet is not loaded')
        return 'http://192.0.2.1/'
      },
    })
    const asking = await phone()
    asking.say(yealinkAsks(asking.port, 'bad'), address.port)
    asking.say(audiocodesAsks(asking.port, 'good'), address.port)
    expect((await asking.hears()).header('Call-ID')).toBe('good')
    expect(log.lines[0]).toContain('"level":"error"')
  })
})

test('an address that is not this machine’s is an error', async () => {
  await expect(responder({ listen: { interface: '192.0.2.77', port: 5060 } })).rejects.toMatchObject({
    code: 'EADDRNOTAVAIL',
  })
})

test('questions by multicast are answered by unicast', async ({ skip }) => {
  const { multicastPort, address } = await responder()
  const asking = await phone()
  skip(!(await loopbackCarriesMulticast()), 'this system carries no multicast on its loopback')
  asking.socket.setMulticastInterface('127.0.0.1')
  asking.say(yealinkAsks(asking.port, 'call-1'), multicastPort, PNP_GROUP)
  const ok = await asking.hears()
  expect(ok.start).toBe('SIP/2.0 200 OK')
  expect(ok.from).toEqual({ address: '127.0.0.1', port: address.port })
  const notify = await asking.hears()
  expect(notify.body).toBe('https://prov.example.net:8443/')
  asking.say(okFor(notify), notify.from.port)
})

/** Asks the system by trying, with another group and without the responder. */
async function loopbackCarriesMulticast(): Promise<boolean> {
  const listening = createSocket({ type: 'udp4', reuseAddr: true })
  onTestFinished(() => void listening.close())
  await new Promise<void>((done) => listening.bind(0, '239.1.2.3', done))
  const speaking = await phone()
  speaking.socket.setMulticastInterface('127.0.0.1')
  return new Promise((carried) => {
    listening.once('message', () => carried(true))
    try {
      listening.addMembership('239.1.2.3', '127.0.0.1')
    } catch {
      carried(false)
    }
    speaking.say('hello', listening.address().port, '239.1.2.3')
    setTimeout(() => carried(false), 1000)
  })
}
