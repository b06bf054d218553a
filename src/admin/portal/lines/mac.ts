import type { z } from 'zod'
import type { knownOfMac } from '../../routes/mac-lookup.ts'
import { linePath } from '../address.ts'
import { makerNames, modelsKnown } from '../models.ts'
import type { Act, Page, Visit } from '../page.ts'
import { tried } from '../trial.ts'
import { differenceIn } from './difference.ts'
import { effectOf } from './equipment-effect.ts'
import { aboutLine, type KnownLine, lineOfPage } from './known.ts'

/** Another MAC for the equipment of a line, looked at while it is typed. */
const changeMac: Page = {
  path: '/lines/{line}/mac',
  action: 'equipment.write',
  async show(visit) {
    const known = await lineOfPage(visit)
    const { equipment } = known.line
    if (!equipment) return { to: linePath(known.line.number, '/equipment') }
    const written = visit.form.one('mac') ?? visit.query.mac
    return {
      view: 'lines/mac',
      title: visit.text(equipment.mac ? 'lines.change-mac' : 'lines.give-mac'),
      place: 'lines',
      data: {
        ...aboutLine(visit, known),
        etag: known.equipmentEtag,
        written,
        check: written === undefined ? undefined : await checked(visit, known, equipment.model, written),
        difference: differenceIn(visit),
      },
    }
  },
}

async function checked(visit: Visit, known: KnownLine, model: string, mac: string): Promise<object> {
  const { done, fault } = await tried(visit, () =>
    visit.ask<z.output<typeof knownOfMac>>('lookUpMac', { query: { mac } }),
  )
  if (fault) return { fault }
  const { lines, makers, ...found } = done.body
  const others = lines
    .filter(({ number }) => number !== known.line.number)
    .map((other) => ({ ...other, to: linePath(other.number) }))
  return {
    ...found,
    others,
    makers: makerNames(await modelsKnown(visit), makers).toSorted(),
    ...(await effectOf(visit, known, { model, mac })),
  }
}

const saveMac: Act = {
  path: '/lines/{line}/mac',
  action: 'equipment.write',
  page: changeMac,
  async do(visit) {
    const { ask, form } = visit
    const { line } = await lineOfPage(visit)
    await ask('setEquipment', {
      params: { line: line.number },
      body: { model: line.equipment?.model ?? '', mac: form.one('mac') ?? null },
      ifMatch: form.one('etag'),
    })
    return { to: linePath(line.number), said: { text: 'lines.mac-saved' } }
  },
}

export const macPages = [changeMac]
export const macActs = [saveMac]
