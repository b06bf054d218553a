import { takesEquipment } from '../../../domain/equipment-rules.ts'
import { address, linePath, sitePath } from '../address.ts'
import { modelChoices, modelsKnown, portsOf } from '../models.ts'
import { choicesOf } from '../names.ts'
import type { Act, Form, Page, Visit } from '../page.ts'
import { check, equipmentBody, type Meant } from './check.ts'
import { discoveredAt } from './discovered.ts'
import type { Line } from './lines.ts'
import { installPlace } from './place.ts'
import { sharedDevices } from './ports.ts'

/** One line gets its device: the label is scanned, or its address typed, or a device picked that has just asked. */
export const installLine: Page = {
  path: '/lines/{line}/install',
  action: 'equipment.write',
  async show(visit) {
    const { ask, params, query, form, text } = visit
    const { body: line } = await ask<Line>('readLine', { params })
    const { etag: state } = await ask('readEquipment', { params })
    const fitting = (await modelsKnown(visit)).filter(({ kind }) => takesEquipment(line.kind, kind))
    const typed = meantBy(form)
    const meant: Meant = {
      mac: typed.mac ?? query.mac,
      model: typed.model ?? query.model ?? line.equipment?.model,
      port: typed.port ?? query.port,
    }
    const model = fitting.find(({ id }) => id === meant.model)
    const { company, site } = line
    return {
      view: 'install/line',
      title: text('install.line-title', { name: line.displayName }),
      place: installPlace(visit),
      data: {
        ...{ line, state, model, meant, company },
        here: linePath(line.number, '/install'),
        back: { to: sitePath(company, site, '/install'), label: site },
        isExpected: model !== undefined && model.id === line.equipment?.model,
        models: modelChoices(fitting),
        ports: model && model.ports > 1 ? choicesOf(portsOf(model).map(String)) : [],
        port: String(meant.port ?? line.equipment?.port ?? 1),
        check: await check(visit, line.number, state, meant),
        asked: (await discoveredAt(visit, company, site)).map((device) => ({
          ...device,
          to: linkTo(line, { mac: device.mac, model: device.model ?? line.equipment?.model }),
        })),
        shared: (await sharedDevices(visit, line, fitting)).map((device) => ({
          ...device,
          to: linkTo(line, { mac: device.mac, model: device.model, port: String(device.port) }),
        })),
      },
    }
  },
}

/** Whoever was told of something odd and sends the same again, means it. */
const link: Act = {
  path: '/lines/{line}/install',
  action: 'equipment.write',
  page: installLine,
  async do(visit) {
    const { ask, params, form } = visit
    const line = params.line ?? ''
    const state = form.one('state') ?? ''
    const meant = await completed(visit, meantBy(form))
    const found = await check(visit, line, state, meant)
    const isOdd = found !== undefined && !found.fault && (found.warnings.length > 0 || found.dropped > 0)
    if (isOdd && form.one('seen') !== found.mac) return 'again'
    await ask('setEquipment', { params, body: equipmentBody(meant), ifMatch: state })
    return { to: linePath(line, '/install/watch'), said: { text: 'install.linked' } }
  },
}

export const installLineActs: readonly Act[] = [link]

/** The model that is expected stands in the line, and is sent only where another is chosen. */
async function completed({ ask, params }: Visit, meant: Meant): Promise<Meant> {
  if (meant.model !== undefined) return meant
  const { body } = await ask<Line>('readLine', { params })
  return { ...meant, model: body.equipment?.model }
}

function meantBy(form: Form): Meant {
  return { mac: form.one('mac'), model: form.one('model'), port: form.one('port') }
}

function linkTo(line: Line, { mac, model, port }: Meant): string {
  return address(linePath(line.number, '/install'), { mac, model, port })
}
