import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { drivers } from '../../src/devices/vendors.ts'
import type { RebootSettings } from '../../src/domain/intent.ts'
import type { Model } from '../../src/domain/model.ts'
import type { Wake } from '../../src/reboot/wake.ts'
import { createSenders, type Senders } from '../../src/reboot/ways.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }

function opened(listen: Parameters<typeof createSenders>[0]['listen']): Senders {
  const senders = createSenders({ listen, drivers, log })
  onTestFinished(() => senders.close())
  return senders
}

function wake(model: Model | undefined, reboot: RebootSettings, port: number): Wake {
  if (!model) throw new Error('no such model')
  return {
    mac: '805ec0aa0001',
    model,
    form: 'resync',
    event: 'check-sync;reboot=false',
    users: ['33483050173'],
    sip: { domain: '127.0.0.1', port, transport: 'udp' },
    reboot,
  }
}

const phone = catalogue.find('yealink/t54w')

/** A device or a proxy that takes everything. */
async function agreeable(): Promise<{ port: number; heard: string[] }> {
  const socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const heard: string[] = []
  socket.on('message', (bytes, from) => {
    const request = bytes.toString()
    heard.push(request)
    const copied = request.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq):/i.test(line))
    socket.send(
      ['SIP/2.0 200 OK', ...copied, 'Content-Length: 0', '', ''].join('\r\n'),
      from.port,
      from.address,
    )
  })
  return { port: socket.address().port, heard }
}

test('over SIP, from the socket that is set', async () => {
  const { port, heard } = await agreeable()
  const sender = await opened({ host: '127.0.0.1', port: 0 }).of('sip')
  expect(await sender.wake(wake(phone, { by: 'sip' }, port))).toMatchObject({ result: 'heard', status: 200 })
  expect(heard).toHaveLength(1)
  expect(heard[0]).toMatch(/^NOTIFY sip:33483050173@127\.0\.0\.1/)
})

test('one sender serves both ways over SIP', async () => {
  const senders = opened({ host: '127.0.0.1', port: 0 })
  expect(await senders.of('direct')).toBe(await senders.of('sip'))
})

test('where SIP is off, devices that need it are not told, and why is said', async () => {
  const sender = await opened('off').of('sip')
  expect(await sender.wake(wake(phone, { by: 'sip' }, 5060))).toStrictEqual({
    result: 'misconfigured',
    detail: 'BOOTLINE_SIP is off: nothing is sent over SIP',
  })
})

test('a port that is taken is tried again, and in use once it is free', async () => {
  const other = createSocket('udp4')
  other.bind(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const senders = opened({ host: '127.0.0.1', port })
  await expect(senders.of('sip')).rejects.toThrow()
  const closed = once(other, 'close')
  other.close()
  await closed
  expect(await senders.of('sip')).toHaveProperty('wake')
})

test.each([
  ['asterisk', 'misconfigured', 'the company names no Asterisk server'],
  ['freeswitch', 'misconfigured', 'the company names no FreeSWITCH server'],
  ['web', 'absent', 'the device was never seen: its address is not known'],
] as const)('%s has a sender of its own, that says what it lacks', async (by, result, detail) => {
  const sender = await opened('off').of(by)
  expect(await sender.wake(wake(phone, { by }, 5060))).toStrictEqual({ result, detail })
})
