import { equippedKinds } from '../../../domain/equipment-rules.ts'
import { parseMac } from '../../../domain/mac.ts'
import { judge } from '../../../domain/permissions.ts'
import { address, linePath, sitePath } from '../address.ts'
import { isOnItsWay, loopSteps, type WholeDevice } from '../devices/loop.ts'
import { modelNamed } from '../models.ts'
import type { Page, Visit } from '../page.ts'
import { tried } from '../trial.ts'
import { aboutLine, lineOfPage, placeOf } from './known.ts'

/** One line: what it is, and "Matériel associé à la ligne". */
export const line: Page = {
  path: '/lines/{line}',
  action: 'line.read',
  async show(visit) {
    const known = await lineOfPage(visit)
    const { line: found, where } = known
    const { who } = visit
    const may = (action: 'line.write' | 'equipment.write' | 'keys.read' | 'keys.write' | 'site.read') =>
      judge(who, action, where) === 'may'
    const { equipment, number } = found
    const mac = equipment?.mac
    const model = equipment && (await modelNamed(visit, equipment.model))
    const device = mac === undefined ? undefined : await deviceAt(visit, mac)
    return {
      view: 'lines/line',
      title: found.displayName,
      place: placeOf(visit),
      data: {
        ...aboutLine(visit, known),
        crumbs: may('site.read')
          ? [
              { to: '/lines', label: visit.text('menu.lines') },
              { to: sitePath(found.company, found.site), label: found.site },
            ]
          : [],
        model,
        isOwn: who.role === 'user',
        device,
        steps: device && isOnItsWay(device) ? loopSteps(device) : undefined,
        others: device?.lines.filter((other) => other.number !== number).map(withWay),
        released: await released(visit),
        couldHave: equippedKinds.includes(found.kind),
        mayChange: may('line.write'),
        mayEquip: may('equipment.write'),
        mayReadKeys: may('keys.read') && found.capacity !== undefined,
        mayWriteKeys: may('keys.write'),
      },
    }
  },
}

async function deviceAt({ ask, ...visit }: Visit, mac: string): Promise<WholeDevice | undefined> {
  // A device is known a moment after its line: the page then shows what the line says of it.
  const { done } = await tried(visit, () => ask<WholeDevice>('readDevice', { params: { mac } }))
  return done?.body
}

/** The device that this line has just lost, while it is being reset. */
async function released(visit: Visit): Promise<object | undefined> {
  const parsed = parseMac(visit.query.released ?? '', 'released')
  if (!('mac' in parsed)) return undefined
  const device = await deviceAt(visit, parsed.mac)
  if (device?.standing !== 'unlinked') return undefined
  return { mac: device.mac, label: device.label, steps: loopSteps(device) }
}

function withWay({ number, port, name }: WholeDevice['lines'][number]): object {
  return { number, port, name, to: linePath(number) }
}

/** Back to the line, which then shows the device that it lost. */
export function lineAfterLoss(number: string, mac: string | undefined): string {
  return address(linePath(number), { released: mac })
}
