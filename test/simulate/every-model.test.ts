import { expect, onTestFinished, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { type Boot, makePhone } from '../../src/simulate/phone.ts'
import { fleetOf } from './fleets.ts'
import { serverWith } from './server.ts'

const forever = new AbortController().signal

/** What one would have to know of a start that should have been good. */
function complaint({ mac, outcome, detail, differences }: Boot): object | undefined {
  return outcome === 'ok' ? undefined : { mac, outcome, detail, differences: differences.slice(0, 3) }
}

const settings = [
  { deviceAccess: 'open' },
  {
    locale: 'en',
    timezone: 'Asia/Kolkata',
    sip: { domain: 'sip.example.net', proxy: 'edge.example.net', port: 5081, transport: 'tls' },
    keyDuringCall: 'transfer',
    codes: { groupPickup: '*8', directedPickup: '**', voicemail: '888' },
  },
]

test.each(settings)(
  'every model of the catalogue becomes what it should be, at both starts: %j',
  async (company) => {
    const server = await serverWith(fleetOf(catalogue.models, company))
    onTestFinished(server.close)
    const phones = server.wanted.map((wanted) => makePhone(wanted, server.http, {}))
    expect(phones).toHaveLength(catalogue.models.length)
    const complaints: object[] = []
    for (const time of ['first', 'second']) {
      const boots = await Promise.all(phones.map((phone) => phone.boot(forever)))
      for (const boot of boots) {
        const found = complaint(boot)
        if (found) complaints.push({ time, ...found })
      }
    }
    expect(complaints).toEqual([])
  },
  60_000,
)
