import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import type { WakeEvents } from '../../src/devices/driver.ts'
import { defaultCodes, noKeys, type RebootWay, rebootWays } from '../../src/domain/intent.ts'
import type { Model } from '../../src/domain/model.ts'
import { liveDevice } from '../../src/provision/live-device.ts'
import { account, driverOf, sipPassword, surroundings } from './support.ts'

const mac = '0004f2aabbcc'
const number = '+33483050173'

/** Everything a device is told, by a company that has its devices told that way. */
function filesOf(model: Model, by: RebootWay): string {
  const { maker, id, kind } = model
  const live = liveDevice(
    {
      state: { mac, model: id, company: 'A', state: 'linked', generation: 1, account: account(mac) },
      company: {
        name: 'A',
        locale: 'fr',
        timezone: 'Europe/Paris',
        deviceAccess: 'first-contact',
        sip: { domain: 'sip.example.net', transport: 'udp' },
        keyDuringCall: 'hold',
        userSettings: 'ignored',
        codes: defaultCodes,
        reboot: { by },
      },
      site: { name: 'S' },
      lines: [
        {
          number,
          kind: kind === 'ata' ? 'analog' : 'fixed',
          site: 'S',
          name: `A line of ${maker}`,
          sip: { password: sipPassword(number) },
          equipment: { model: id, mac, port: 1, expansion: [] },
          keys: noKeys,
        },
      ],
      watched: [],
    },
    surroundings(),
    0,
  )
  if (!live) throw new Error(`${id} has no files`)
  return [...live.rendered.files.values()].map(({ body }) => body.toString()).join('\n')
}

const toRestartOrNot: WakeEvents = { resync: 'check-sync;reboot=false', reboot: 'check-sync;reboot=true' }
const asItsFilesSay: WakeEvents = { resync: 'check-sync', reboot: 'check-sync' }

/** What a device is sent, and what its own files must say for it to act on that. */
const families: readonly {
  readonly of: (model: Model) => boolean
  readonly events: WakeEvents | undefined
  readonly gates: readonly RegExp[]
}[] = [
  {
    of: ({ maker }) => maker === 'polycom' || maker === 'poly',
    events: asItsFilesSay,
    gates: [/voIpProt\.SIP\.specialEvent\.checkSync\.alwaysReboot="1"/],
  },
  {
    of: ({ maker }) => maker === 'yealink',
    events: toRestartOrNot,
    gates: [/^sip\.notify_reboot_enable = 0$/m, /^sip\.trust_ctrl = 1$/m],
  },
  {
    of: ({ maker, kind }) => maker === 'audiocodes' && kind !== 'ata',
    events: asItsFilesSay,
    gates: [/^voip\/services\/notify\/check_sync\/force_reboot_enabled=1\r?$/m],
  },
  {
    of: ({ generation }) => generation === 'mp-1xx',
    events: toRestartOrNot,
    gates: [/^EnableSIPRemoteReset ?= ?1\r?$/m],
  },
  { of: ({ generation }) => generation === 'mp-20x', events: undefined, gates: [] },
]

describe.each(catalogue.models)('$id', (model) => {
  const [family, other] = families.filter(({ of }) => of(model))

  test('is told by an event that its family listens to', () => {
    expect(family).toBeDefined()
    expect(other).toBeUndefined()
    expect(driverOf(model).wake(model)).toEqual(family?.events)
  })

  test('has files that let it act on that event', () => {
    const files = filesOf(model, 'sip')
    for (const gate of family?.gates ?? []) expect(files).toMatch(gate)
  })

  test('has the same files whoever tells it, unless this server does', () => {
    const files = filesOf(model, 'sip')
    for (const way of rebootWays.filter((each) => each !== 'direct')) expect(filesOf(model, way)).toBe(files)
    const direct = filesOf(model, 'direct')
    if (model.maker === 'yealink') {
      expect(direct).toBe(files.replaceAll('sip.trust_ctrl = 1', 'sip.trust_ctrl = 0'))
      expect(direct).not.toBe(files)
    } else expect(direct).toBe(files)
  })
})
