import type { z } from 'zod'
import { nothingThere } from '../../http/failure.ts'
import type { discoveredOf } from '../../routes/discovered.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import type { knownOfMac } from '../../routes/mac-lookup.ts'
import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import { modelChoices, modelsKnown } from '../models.ts'
import type { Act, Page, Visit } from '../page.ts'
import { tried } from '../trial.ts'

type Discovered = z.output<typeof discoveredOf>

const waysToWait = ['to-complete', 'without'] as const

/** For which line a discovered device is: first those that wait for one, then those that have none. */
const chooseLine: Page = {
  path: '/discovered/{mac}',
  action: 'equipment.write',
  async show(visit) {
    const { ask, query, text } = visit
    const device = await discoveredNamed(visit)
    const { search, after } = query
    const equipment = waysToWait.find((name) => name === query.equipment) ?? 'to-complete'
    const path = `/discovered/${device.mac}`
    const { body } = await ask<Listed<ShownLine>>('listLines', {
      query: { search, equipment, after, limit: 30 },
    })
    return {
      view: 'devices/choose-line',
      title: text('discovered.link'),
      place: 'devices',
      data: {
        device,
        path,
        search,
        equipment,
        pills: waysToWait.map((name) => ({
          name,
          here: name === equipment,
          to: address(path, { equipment: name, search }),
        })),
        items: body.items,
        next: body.next && address(path, { equipment, search, after: body.next }),
      },
    }
  },
}

interface Held {
  readonly equipment?: { readonly model: string; readonly label: string }
}

interface Trial {
  readonly dropped: Readonly<Record<'supervision' | 'shortcuts', readonly unknown[]>>
}

/** The last look before a device is a line's: which model it is, and what becomes of the keys. */
const linkPage: Page = {
  path: '/discovered/{mac}/link',
  action: 'equipment.write',
  async show(visit) {
    const { ask, query, form, text } = visit
    const device = await discoveredNamed(visit)
    const number = form.one('line') ?? query.line ?? ''
    const { body: line } = await ask<ShownLine>('readLine', { params: { line: number } })
    const { body: held, etag } = await ask<Held>('readEquipment', { params: { line: number } })
    const choices = modelChoices(await modelsKnown(visit, { maker: device.maker }))
    const expected = held.equipment
    const model =
      form.one('model') ?? device.model ?? choices.find(({ value }) => value === expected?.model)?.value
    const trial =
      model === undefined
        ? undefined
        : await tried(visit, async () => (await order(visit, number, model, etag, true)).body)
    return {
      view: 'devices/link',
      title: text('discovered.link'),
      place: 'devices',
      data: {
        device,
        line,
        etag,
        choices,
        model,
        other:
          expected !== undefined && device.model !== undefined && expected.model !== device.model && expected,
        dropped: droppedBy(trial?.done),
        path: `/discovered/${device.mac}`,
      },
    }
  },
}

function droppedBy(trial: Trial | undefined): number {
  const { supervision = [], shortcuts = [] } = trial?.dropped ?? {}
  return supervision.length + shortcuts.length
}

const link: Act = {
  path: '/discovered/{mac}/link',
  action: 'equipment.write',
  page: linkPage,
  async do(visit) {
    const { form, params } = visit
    const fields = { line: form.one('line') ?? '', model: form.one('model') ?? '' }
    await order(visit, fields.line, fields.model, form.one('etag') ?? '', false)
    return { to: `/devices/${params.mac}`, said: { text: 'discovered.said-linked' } }
  },
}

function order({ ask, params }: Visit, line: string, model: string, ifMatch: string, dryRun: boolean) {
  return ask<Trial>('setEquipment', {
    params: { line },
    query: { dryRun },
    body: { model, mac: params.mac },
    ifMatch,
  })
}

async function discoveredNamed({ ask, params }: Visit): Promise<Discovered> {
  const { body } = await ask<z.output<typeof knownOfMac>>('lookUpMac', { query: { mac: params.mac } })
  if (!body.discovered) throw nothingThere()
  return body.discovered
}

export const linkPages: readonly Page[] = [chooseLine, linkPage]
export const linkActs: readonly Act[] = [link]
