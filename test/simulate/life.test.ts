import { EventEmitter, once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { chanceOf } from '../../src/simulate/chance.ts'
import { live, type News } from '../../src/simulate/life.ts'
import { makePhone } from '../../src/simulate/phone.ts'
import { register } from '../../src/simulate/sip-agent.ts'
import { fleetOf } from './fleets.ts'
import { registrar } from './registrar.ts'
import { serverWith } from './server.ts'

async function livingPhone(pace: number, withRegistrar: boolean, id = 'yealink/t54w') {
  const model = catalogue.find(id)
  const server = await serverWith(fleetOf(model ? [model] : [], { deviceAccess: 'open' }))
  onTestFinished(server.close)
  const [wanted] = server.wanted
  const line = wanted?.intent.ports[0]
  if (!wanted || !line) throw new Error(`${id} is not in the fleet`)
  const sip = withRegistrar
    ? await registrar((user) => (user === line.sipUser ? line.sipPassword : undefined))
    : undefined
  const ending = new AbortController()
  const events = new EventEmitter()
  const news: News[] = []
  const tell = (one: News): void => {
    news.push(one)
    events.emit('news')
  }
  const { signal } = ending
  const place = sip ? { registrar: { host: '127.0.0.1', port: sip.port } } : {}
  const life = live(makePhone(wanted, server.http, {}), { chance: chanceOf(1), signal, pace, tell, ...place })
  return {
    news,
    sip,
    user: line.sipUser,
    next: () => once(events, 'news'),
    async end() {
      ending.abort()
      await life
    },
  }
}

test('registers with what its files say, and starts again when it is told', async () => {
  const { news, sip, user, next, end } = await livingPhone(3600, true)
  await next()
  expect(news[0]).toMatchObject({ happening: 'switched on', registered: 1, boot: { outcome: 'ok' } })
  expect([...(sip?.contacts.keys() ?? [])]).toEqual([user])
  expect(await sip?.notify(user, 'message-summary')).toBe('SIP/2.0 489 Bad Event')
  const again = next()
  expect(await sip?.notify(user, 'check-sync;reboot=true')).toBe('SIP/2.0 200 OK')
  await again
  expect(news[1]).toMatchObject({ happening: 'told', registered: 1, boot: { outcome: 'ok' } })
  await end()
  expect(sip?.contacts.size).toBe(0)
})

test('things happen to it by themselves, the same for the same seed', async () => {
  const { news, next, end } = await livingPhone(0.001, false)
  while (news.length < 12) await next()
  await end()
  expect(news.every(({ boot }) => boot.outcome === 'ok')).toBe(true)
  const kinds = new Set(news.map(({ happening }) => happening))
  expect(kinds).toContain('polls')
  expect(kinds).toContain('lost power')
  const draws = (seed: number): readonly number[] => {
    const chance = chanceOf(seed)
    return Array.from({ length: 5 }, chance.next)
  }
  expect(draws(8)).toEqual(draws(8))
  expect(draws(8)).not.toEqual(draws(9))
})

test('a registrar that knows another password lets nobody in', async () => {
  const sip = await registrar(() => 'another')
  const common = {
    authUser: '4001',
    domain: 'sip.example.net',
    via: 'x',
    viaPort: 5060,
    transport: 'udp',
  } as const
  const [line] = await register([{ port: 1, user: '4001', password: 'mine', ...common }], {
    host: '127.0.0.1',
    port: sip.port,
  })
  expect(line?.accepted).toBe(false)
  await line?.hangUp()
})
