import { expect, test } from 'vitest'
import { company, createScene, mac, type Scene, second, shortcut } from './scene.ts'

/** What devices are told, and which are not told at all. */
async function changed(before: object, after: object, ...macs: readonly string[]): Promise<Scene> {
  const scene = await createScene()
  await scene.apply(before)
  await scene.boots(...macs)
  await scene.clock.advance(second)
  await scene.apply(after)
  scene.start()
  await scene.clock.advance(2 * second)
  return scene
}

test('a changed key asks for new files, another line for a restart', async () => {
  const one = await changed(
    company('A', { [mac(1)]: {}, [mac(2)]: {} }),
    company('A', { [mac(1)]: shortcut('3899'), [mac(2)]: { sip: { user: 'other' } } }),
    mac(1),
    mac(2),
  )
  const told = Object.fromEntries(one.tells.map(({ mac: who, wake }) => [who, [wake.form, wake.event]]))
  expect(told).toStrictEqual({
    [mac(1)]: ['resync', 'check-sync;reboot=false'],
    [mac(2)]: ['reboot', 'check-sync;reboot=true'],
  })
})

test('it has what a sender needs: users, their server, the line’s own credentials, the last address', async () => {
  const sip = { domain: 'sip.example.net', proxy: 'edge.example.net', transport: 'tls' }
  const phone = { sip: { user: 'valerie', password: 'Zq8-first-secret' } }
  const scene = await changed(
    company('A', { [mac(1)]: phone }, { sip }),
    company('A', { [mac(1)]: { ...phone, ...shortcut('3899') } }, { sip }),
    mac(1),
  )
  expect(scene.tells).toMatchObject([
    {
      wake: {
        mac: mac(1),
        model: { id: 'yealink/t54w' },
        users: ['valerie'],
        credentials: { user: 'valerie', password: 'Zq8-first-secret' },
        sip,
        reboot: { by: 'sip' },
        address: '192.0.2.7',
      },
    },
  ])
  expect(JSON.stringify(scene.log)).not.toContain('Zq8-first-secret')
  expect(JSON.stringify(await scene.job(mac(1)))).not.toContain('Zq8-first-secret')
})

test('a DECT base with five lines is told once, however many of them change', async () => {
  const base = mac(7)
  const lines = (parts: object): object[] =>
    [1, 2, 3, 4, 5].map((port) => ({
      number: `+3348305000${port}`,
      kind: 'fixed',
      site: 'Grasse',
      firstName: 'Handset',
      lastName: String(port),
      sip: { user: `handset${port}`, ...parts },
      equipment: { model: 'yealink/w60b', mac: base, port },
    }))
  const scene = await changed(
    company('A', {}, { lines: lines({ password: 'Zq8-first-secret' }) }),
    company('A', {}, { lines: lines({ password: 'Zq8-second-secret' }) }),
    base,
  )
  expect(scene.tells.map(({ wake }) => wake.users)).toStrictEqual([
    ['handset1', 'handset2', 'handset3', 'handset4', 'handset5'],
  ])
})

test('an unlinked phone is told with what it still has, and to restart', async () => {
  const phone = { sip: { user: 'valerie', password: 'Zq8-first-secret' } }
  const scene = await changed(
    company('A', { [mac(1)]: phone }),
    company('A', { [mac(1)]: { ...phone, equipment: undefined } }),
    mac(1),
  )
  expect(scene.tells).toMatchObject([
    { mac: mac(1), wake: { form: 'reboot', users: ['valerie'], sip: { domain: 'sip.example.net' } } },
  ])
})

test('where the company has nobody told, it is said at once that devices come by themselves', async () => {
  const scene = await changed(
    company('A', { [mac(1)]: {} }, { reboot: { by: 'none' } }),
    company('A', { [mac(1)]: shortcut('3899') }, { reboot: { by: 'none' } }),
    mac(1),
  )
  expect(scene.tells).toHaveLength(0)
  expect(await scene.job(mac(1))).toMatchObject({
    state: 'given-up',
    lastDetail:
      'its company has its devices told by nobody; it will take its files at its next start or poll',
  })
  expect(await scene.story(mac(1))).toStrictEqual(['queued', 'given-up'])
  await scene.boots(mac(1))
  await scene.clock.advance(2 * second)
  expect(await scene.job(mac(1))).toBeUndefined()
})

test('a model that nobody knows how to tell is left to itself, which is said', async () => {
  const adapter = '00908f000001'
  const lines = (name: string): object[] => [
    {
      number: '+33483050001',
      kind: 'analog',
      site: 'Grasse',
      name,
      equipment: { model: 'audiocodes/mp-202b', mac: adapter, port: 1, use: 'fax' },
      sip: { user: name },
    },
  ]
  const scene = await changed(
    company('A', {}, { lines: lines('one') }),
    company('A', {}, { lines: lines('two') }),
    adapter,
  )
  expect(scene.tells).toHaveLength(0)
  expect((await scene.job(adapter))?.lastDetail).toMatch(
    /^how to tell an AudioCodes MP-202B is not established; it will take its files at its next start or poll$/,
  )
})
