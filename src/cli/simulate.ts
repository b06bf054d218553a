import { drivers } from '../devices/vendors.ts'
import type { Model } from '../domain/model.ts'
import { chanceOf } from '../simulate/chance.ts'
import { type Living, live } from '../simulate/life.ts'
import { madeUpFleet } from '../simulate/made-up.ts'
import type { VirtualPhone } from '../simulate/phone.ts'
import { storm } from '../simulate/storm.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'
import { countMeant, mixMeant, registrarMeant, urlMeant } from './simulate-options.ts'
import { phonesMeant } from './simulate-phones.ts'
import { createRun } from './simulate-run.ts'
import { wantedNow } from './simulate-wanted.ts'

/** Seconds between two things that happen to a phone by itself. */
const pace = 60

export const simulate = command({
  name: 'simulate',
  summary: 'Have virtual phones start against a server, and check what they become',
  examples: [
    'bootline simulate --from fleet.yaml --url http://127.0.0.1:8080/ --once',
    'bootline simulate --from fleet.yaml --url https://127.0.0.1:8443/ --storm 1000',
    'bootline simulate --mix polycom/vvx-450=300,yealink/t54w=200 --fleet > rehearsal.json',
    'bootline simulate --count 20 --seed 7 --register 127.0.0.1:5060',
  ],
  options: {
    from: { type: 'string', value: 'FILE', about: 'the devices of this fleet file; else those of the store' },
    store: {
      type: 'boolean',
      about: 'the file says who takes part; what they should be stands in the store, looked up at each start',
    },
    url: { type: 'string', value: 'URL', about: 'where they are pointed to: http, https or tftp' },
    once: { type: 'boolean', about: 'each starts once; then it ends' },
    storm: { type: 'string', value: 'N', about: 'N starts at one moment; then it ends' },
    count: { type: 'string', value: 'N', about: 'so many of the devices, drawn by the seed' },
    mix: { type: 'string', value: 'MODEL=N,…', about: 'so many devices of each model' },
    seed: { type: 'string', value: 'S', about: 'the same number has the same things happen; 1 when absent' },
    register: { type: 'string', value: 'HOST:PORT', about: 'they register at this SIP server, over UDP' },
    certificates: { type: 'string', value: 'FOLDER', about: 'theirs: MAC.crt and MAC.key in this folder' },
    fleet: { type: 'boolean', about: 'print a made-up fleet file of the mix, and do nothing else' },
  },
  async run(context, values) {
    const mix = mixMeant(values.mix)
    const seed = countMeant('seed', values.seed) ?? 1
    if (values.fleet) {
      if (!mix) throw new Refusal('usage', '--fleet needs a mix', 'give --mix polycom/vvx-450=5 too')
      context.out(JSON.stringify(madeUpFleet(mix, seed, prefixOf), null, 2))
      return 0
    }
    const starts = countMeant('storm', values.storm)
    if (values.once && starts !== undefined)
      throw new Refusal('usage', '--once and --storm are given', 'give one of them')
    const ends = values.once === true || starts !== undefined
    if (ends && values.register !== undefined) {
      throw new Refusal('usage', 'who starts once hears nobody', 'leave --once, --storm or --register out')
    }
    const url = urlMeant(context, values.url)
    const registrar = registrarMeant(values.register)
    const chance = chanceOf(seed)
    const count = countMeant('count', values.count)
    const phones = await phonesMeant(context, { ...values, mix, count }, url, chance)
    const run = createRun(context, phones)
    const { signal } = run
    try {
      if (ends) await storm(phones, starts ?? phones.length, signal, run.booted)
      else {
        const living = { chance, signal, pace, tell: run.happened, ...(registrar ? { registrar } : {}) }
        await liveAll(context, phones, living, values.from === undefined || values.store === true)
      }
      const code = run.end()
      // Who starts once and was stopped before has not been tried.
      return ends && signal.aborted ? 1 : code
    } finally {
      run.forget()
    }
  },
})

/** Until the run ends. By the store means that they should be what it says at each of their starts. */
async function liveAll(
  context: Context,
  phones: readonly VirtualPhone[],
  living: Living,
  byStore: boolean,
): Promise<void> {
  const all = async (how: Living): Promise<void> => {
    await Promise.all(phones.map((phone) => live(phone, how)))
  }
  if (!byStore) return all(living)
  await withStore(context, (store) => all({ ...living, look: (mac) => wantedNow(store, mac) }))
}

/** Addresses that begin as those of the model's maker. */
function prefixOf(model: Model): string {
  const driver = drivers.find(({ models }) => models.includes(model))
  return driver?.prefixes[model.maker]?.[0] ?? '020000'
}
