import { linePath } from '../address.ts'
import type { Act, Page } from '../page.ts'
import { differenceIn } from './difference.ts'
import { type EquipmentAnswer, lostKeys } from './equipment-effect.ts'
import { aboutLine, lineOfPage } from './known.ts'
import { lineAfterLoss } from './line.ts'

/** What goes with the equipment of a line, before it goes. */
const unlink: Page = {
  path: '/lines/{line}/unlink',
  action: 'equipment.write',
  async show(visit) {
    const known = await lineOfPage(visit)
    const { number, equipment } = known.line
    if (!equipment) return { to: linePath(number) }
    const { body } = await visit.ask<EquipmentAnswer>('removeEquipment', {
      params: { line: number },
      query: { dryRun: true },
      ifMatch: known.equipmentEtag,
    })
    return {
      view: 'lines/unlink',
      title: visit.text('lines.unlink'),
      place: 'lines',
      data: {
        ...aboutLine(visit, known),
        etag: known.equipmentEtag,
        ...(await lostKeys(visit, known, body)),
        isReset: body.plan.devices.some(({ link }) => link === 'unlinked'),
        difference: differenceIn(visit),
      },
    }
  },
}

const removeEquipment: Act = {
  path: '/lines/{line}/unlink',
  action: 'equipment.write',
  page: unlink,
  async do(visit) {
    const { ask, form } = visit
    const { line } = await lineOfPage(visit)
    await ask('removeEquipment', { params: { line: line.number }, ifMatch: form.one('etag') })
    return { to: lineAfterLoss(line.number, line.equipment?.mac), said: { text: 'lines.unlinked' } }
  },
}

export const unlinkPages = [unlink]
export const unlinkActs = [removeEquipment]
