import { z } from 'zod'
import { type Extent, isWithin } from '../../domain/extent.ts'
import { parseMac } from '../../domain/mac.ts'
import { fault, type Problem } from '../../domain/problem.ts'
import { defined } from '../../fleet/kept.ts'
import type { DeviceCondition } from '../../store/devices.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure } from '../http/failure.ts'
import { alarmNames, standings } from './devices-shown.ts'

export const meantBody = z.strictObject({
  company: z.string().optional(),
  site: z.string().optional().describe('With its company'),
  model: z.string().optional(),
  standing: z.enum(standings).optional(),
  alarm: z.enum([...alarmNames, 'any']).optional(),
  search: z.string().trim().min(1).max(200).optional().describe('As the list of devices is searched'),
  macs: z.array(z.string()).max(10_000).optional().describe('In any writing; nothing else is given then'),
})

type Meant = z.output<typeof meantBody>

const pageSize = 500

/** Linked devices that somebody means and reaches. A named one that he does not reach is as unknown as any other. */
export async function devicesMeant(
  store: Pick<Store, 'devices'>,
  within: Extent,
  { company, site, model, standing, alarm, search: text, macs }: Meant,
  now: number,
): Promise<readonly DeviceCondition[]> {
  const filters = defined({ company, site, model, standing, alarm, text })
  const isNarrowed = Object.keys(filters).length > 0
  if ((macs === undefined) === !isNarrowed || (site !== undefined && company === undefined)) throw unclear()
  if (macs) return devicesNamed(store, within, macs, now)
  const query = { within, limit: pageSize, now, ...filters }
  const all: DeviceCondition[] = []
  for (let page = await store.devices.find(query); page.length > 0; ) {
    all.push(...page.map(({ device }) => device).filter(({ state }) => state === 'linked'))
    if (page.length < pageSize) break
    page = await store.devices.find({ ...query, after: page.at(-1)?.device.mac ?? '' })
  }
  return all
}

async function devicesNamed(
  store: Pick<Store, 'devices'>,
  within: Extent,
  texts: readonly string[],
  now: number,
): Promise<readonly DeviceCondition[]> {
  const problems: Problem[] = []
  const macs = texts.map((text, i) => {
    const parsed = parseMac(text, `macs[${i}]`)
    if ('mac' in parsed) return parsed.mac
    problems.push(parsed.problem)
    return undefined
  })
  const known = macs.filter((mac) => mac !== undefined)
  const found = (await store.devices.findNamed(known, now)).filter(({ device, lines }) =>
    isWithin(within, { ...device, lines: lines.map(({ number }) => number) }),
  )
  const seen = new Set(found.map(({ device }) => device.mac))
  for (const [i, mac] of macs.entries()) {
    if (mac === undefined || seen.has(mac)) continue
    problems.push(fault('device-unknown', `macs[${i}]`, 'no line has this device', 'leave it out'))
  }
  if (problems.length > 0) {
    throw new ApiFailure(
      422,
      'input-unfit',
      'not all of these devices can be told',
      'correct what is named and send it again',
      { problems },
    )
  }
  return found.map(({ device }) => device)
}

function unclear(): ApiFailure {
  return new ApiFailure(
    422,
    'input-unfit',
    'it is not clear which devices are meant',
    'give macs, or else what they have in common: company, site with its company, model, standing, alarm, search',
  )
}
