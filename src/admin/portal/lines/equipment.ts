import { takesEquipment } from '../../../domain/equipment-rules.ts'
import type { ShownModel } from '../../routes/models.ts'
import { linePath } from '../address.ts'
import { byMaker, modelNamed, modelsKnown } from '../models.ts'
import type { Act, Page, Visit } from '../page.ts'
import { differenceIn } from './difference.ts'
import { type EquipmentAnswer, effectOf } from './equipment-effect.ts'
import {
  type GivenEquipment,
  givenEquipment,
  moduleChoices,
  moduleValue,
  portChoices,
} from './equipment-given.ts'
import { aboutLine, type KnownLine, lineOfPage } from './known.ts'

interface Chosen {
  readonly model: ShownModel | undefined
  readonly given: GivenEquipment
}

/** Equipment for a line that has none, or another model in place of the one it has, with what that does. */
const equipment: Page = {
  path: '/lines/{line}/equipment',
  action: 'equipment.write',
  async show(visit) {
    const known = await lineOfPage(visit)
    const { line } = known
    const fields = Object.keys(visit.form.fields).length > 0 ? visit.form.fields : visit.query
    const { model, given } = await chosen(visit, known, fields)
    const fitting = (await modelsKnown(visit)).filter(({ kind }) => takesEquipment(line.kind, kind))
    const isTried = fields.model !== undefined && visit.fault === undefined
    return {
      view: 'lines/equipment',
      title: visit.text(line.equipment ? 'lines.change-model' : 'lines.associate'),
      place: 'lines',
      data: {
        ...aboutLine(visit, known),
        etag: known.equipmentEtag,
        makers: byMaker(fitting),
        model,
        given,
        ports: model && model.ports > 1 ? portChoices(model) : undefined,
        port: String(given.port ?? 1),
        modules:
          model && model.expansions.length > 0
            ? moduleChoices(model, visit.text('lines.no-module'))
            : undefined,
        module: moduleValue(given.expansion),
        effect: isTried && given.model ? await effectOf(visit, known, given) : undefined,
        difference: differenceIn(visit),
      },
    }
  },
}

async function chosen(
  visit: Visit,
  { line }: KnownLine,
  fields: Readonly<Record<string, string>>,
): Promise<Chosen> {
  const id = fields.model ?? line.equipment?.model
  const model = id === undefined ? undefined : await modelNamed(visit, id)
  const mac = fields.model === undefined ? line.equipment?.mac : fields.mac
  return { model, given: givenEquipment({ ...fields, ...(mac ? { mac } : {}) }, model, line) }
}

const setEquipment: Act = {
  path: '/lines/{line}/equipment',
  action: 'equipment.write',
  page: equipment,
  async do(visit) {
    const { ask, form } = visit
    const known = await lineOfPage(visit)
    const { line } = known
    const { given } = await chosen(visit, known, form.fields)
    const change = { params: { line: line.number }, body: given, ifMatch: form.one('etag') }
    const { body } = await ask<EquipmentAnswer>('setEquipment', { ...change, query: { dryRun: true } })
    // What goes is shown before it goes, to whoever sees the page without its script as well.
    const { supervision, shortcuts } = body.dropped
    if (form.one('seen') !== `${given.model} ${supervision.length + shortcuts.length}`) return 'again'
    await ask('setEquipment', change)
    return { to: linePath(line.number), said: { text: 'lines.equipment-saved' } }
  },
}

export const equipmentPages = [equipment]
export const equipmentActs = [setEquipment]
