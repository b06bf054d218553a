import type { Company } from '../domain/intent.ts'
import type { When } from '../domain/when.ts'
import { minutesToTell, type Planned } from '../provision/pace.ts'
import type { DeviceCondition } from '../store/devices.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { plannedText } from './reboot-plan.ts'
import { instant } from './story-times.ts'
import { devicesNamed, devicesWithin, isNarrowed, narrowing } from './targets.ts'
import { readWhen } from './when.ts'

export const reboot = command({
  name: 'reboot',
  summary: 'Have devices restart and take what they should have, one after the other at the set rate',
  operands: ['[MAC|LINE]'],
  examples: [
    'bootline reboot 64:16:7f:b2:69:d6',
    'bootline reboot --company "Toine Immo" --site Grasse --when quiet',
    'bootline reboot --model yealink/t54w --when 03:00 --dry-run',
  ],
  options: {
    ...narrowing,
    when: {
      type: 'string',
      value: 'now|quiet|HH:MM|MOMENT',
      about: 'at once, in the quiet hours, at an hour of the company’s clock, or at 2026-12-01T03:00:00Z',
    },
    'dry-run': { type: 'boolean', about: 'show which devices, when and for how long, and do nothing' },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, { when = 'now', 'dry-run': dryRun = false, yes = false, ...narrowed }, [named]) {
    const now = Date.now()
    const time = readWhen(when, now)
    if ((named === undefined) === !isNarrowed(narrowed)) {
      throw new Refusal(
        'usage',
        named === undefined ? 'no device is named' : 'a device is named, and a group of devices too',
        'give a MAC, a line, or --company, --site, --model',
      )
    }
    return withStore(context, async (store) => {
      const devices =
        named === undefined ? await devicesWithin(store, narrowed) : await devicesNamed(store, [named])
      const planned = await plan(store, devices, time)
      const { rebootsPerMinute: perMinute, rebootsPerSite: perSite } = context.settings()
      const rates = { perMinute, perSite }
      if (!context.json) context.out(plannedText(planned, rates))
      if (planned.length > 0 && !dryRun) {
        if (planned.length > 1 && !yes && !(await context.confirm('Have them restart?'))) return 1
        await order(store, planned, now)
      }
      return tell(context, planned, { done: !dryRun, minutes: minutesToTell(planned, rates) })
    })
  },
})

async function plan(
  store: Store,
  devices: readonly DeviceCondition[],
  time: When,
): Promise<readonly Planned[]> {
  const names = [...new Set(devices.map(({ company }) => company))]
  if (names.length === 0) return []
  const companies = new Map<string, Company>()
  for (const company of await store.readFleet({ companies: names, secrets: false }))
    companies.set(company.name, company)
  return devices.map((device) => {
    const company = companies.get(device.company)
    // The company of an unlinked device may be gone.
    return { device, dueAt: time(company ?? { timezone: 'UTC' }), way: company?.reboot?.by ?? 'sip' }
  })
}

/** Companies on different clocks have different times; those on the same are ordered together. */
async function order(store: Store, planned: readonly Planned[], at: number): Promise<void> {
  const who = commandLineUser().name
  for (const dueAt of new Set(planned.map((one) => one.dueAt))) {
    const macs = planned.filter((one) => one.dueAt === dueAt).map(({ device }) => device.mac)
    await store.reboots.order({ macs, dueAt, who, at })
  }
}

function tell(
  context: Context,
  planned: readonly Planned[],
  { done, minutes }: { readonly done: boolean; readonly minutes: number },
): number {
  if (context.json) {
    const devices = planned.map(({ device: { mac, model, company, site }, dueAt }) => {
      return { mac, model, company, site, dueAt: instant(dueAt) }
    })
    context.out(JSON.stringify({ ordered: done, devices, minutes }, null, 2))
  } else if (done && planned.length > 0) {
    context.out('Queued. bootline watch shows what becomes of it, bootline queue cancel takes it back.')
  }
  return 0
}
