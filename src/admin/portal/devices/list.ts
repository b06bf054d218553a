import type { z } from 'zod'
import { mayAnywhere } from '../../../domain/permissions.ts'
import { type deviceOf, standings } from '../../routes/devices-shown.ts'
import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import type { Page, Visit } from '../page.ts'
import { choicesFor } from './choices.ts'
import { type Filters, filtersOf, isNarrowed } from './filters.ts'
import { alarmsBeside } from './words.ts'

type Device = z.output<typeof deviceOf>

/** As many as one looks through; the rest comes by paging and by narrowing. */
const pageSize = 50

/** All devices somebody has to do with, narrowed by how they are and where they stand. */
export const deviceList: Page = {
  path: '/devices',
  action: 'site.read',
  async show(visit) {
    const { ask, query, text, who } = visit
    const asked = filtersOf(query)
    const choices = await choicesFor(visit, asked)
    const filters = { ...asked, ...choices.place }
    const { after } = query
    const { body } = await ask<Listed<Device>>('listDevices', {
      query: { ...filters, after, limit: pageSize },
    })
    return {
      view: 'devices/list',
      title: text('menu.devices'),
      place: 'devices',
      data: {
        tab: 'devices',
        items: body.items.map(rowOf),
        pills: await pillsFor(visit, filters),
        advice: filters.standing ?? (filters.alarm && `alarms.${filters.alarm}`),
        filters,
        ...choices,
        narrowed: isNarrowed(filters),
        mayRestart: mayAnywhere(who, 'device.reboot'),
        first: after && address('/devices', filters),
        next: body.next && address('/devices', { ...filters, after: body.next }),
        everything: '/devices',
      },
    }
  },
}

/** A base or an adapter has many lines: some of them say which one it is. */
function rowOf(device: Device): object {
  const named = device.lines.slice(0, 2)
  return { ...device, alarms: alarmsBeside(device), named, others: device.lines.length - named.length }
}

interface Pill {
  readonly name: string
  readonly to: string
  readonly here: boolean
  readonly count?: number
}

/** Every way to stand, with how many stand so where that is counted: by companies, not by what is searched. */
async function pillsFor(visit: Visit, filters: Filters): Promise<readonly Pill[]> {
  const { standing, alarm, ...others } = filters
  const counts = await countsFor(visit, others)
  const total = counts && standings.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
  const pill = (name: string, here: boolean, more: Filters, count?: number): Pill => ({
    name,
    here,
    to: address('/devices', { ...others, ...more }),
    ...(count === undefined ? {} : { count }),
  })
  return [
    pill('all', standing === undefined && alarm === undefined, {}, total),
    pill('attention', alarm !== undefined, { alarm: 'any' }),
    ...standings
      .filter((name) => name === standing || counts === undefined || (counts[name] ?? 0) > 0)
      .map((name) => pill(name, name === standing, { standing: name }, counts?.[name])),
  ]
}

type Counts = Readonly<Record<string, number>>

async function countsFor({ ask }: Visit, { company, ...narrower }: Filters): Promise<Counts | undefined> {
  if (isNarrowed(narrower)) return undefined
  const { body } = await ask<Listed<{ readonly devices: Counts }>>('readFacts', {
    query: { company, limit: 500 },
  })
  if (body.next !== undefined) return undefined
  const sum = (name: string) => body.items.reduce((total, { devices }) => total + (devices[name] ?? 0), 0)
  return Object.fromEntries(standings.map((name) => [name, sum(name)]))
}
