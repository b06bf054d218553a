import { judge } from '../../../domain/permissions.ts'
import { nothingThere } from '../../http/failure.ts'
import type { ShownModel } from '../../routes/models.ts'
import { linePath, sitePath } from '../address.ts'
import { loopSteps, type WholeDevice } from '../devices/loop.ts'
import type { Act, Page, Visit } from '../page.ts'
import { hasText } from '../text.ts'
import type { Line, Lines } from './lines.ts'
import { installPlace } from './place.ts'

/** A device that was just linked comes alive, or is helped to. */
const watch: Page = {
  path: '/lines/{line}/install/watch',
  action: 'equipment.write',
  async show(visit) {
    const { ask, params, who, text } = visit
    const { body: line } = await ask<Line>('readLine', { params })
    const mac = line.equipment?.mac
    if (mac === undefined) throw nothingThere()
    const { body: device } = await ask<WholeDevice>('readDevice', { params: { mac } })
    const { body: server } = await ask<{ readonly devicesUrl: string }>('readServer')
    const [maker = '', name = ''] = device.model.split('/')
    const { body: model } = await ask<ShownModel>('readModel', { params: { maker, model: name } })
    const { company, site, number } = line
    const phase = phaseOf(device)
    return {
      view: 'install/watch',
      title: text('install.watch-title', { name: line.displayName }),
      place: installPlace(visit),
      data: {
        ...{ line, device, model, server },
        here: linePath(number, '/install'),
        back: { to: sitePath(company, site, '/install'), label: site },
        steps: loopSteps(device),
        phase,
        why: phase === 'refused' ? whyOf(visit, device) : undefined,
        isToReopen: phase === 'refused' && judge(who, 'device.window', { company, site }) === 'may',
        next: await nextLine(visit, line),
      },
    }
  },
}

/** Shorter than standings: whoever stands before the device wants to know whether to go on, wait or help. */
function phaseOf({ standing, firstSeenAt }: WholeDevice): 'ready' | 'refused' | 'coming' | 'silent' {
  if (standing === 'in-sync') return 'ready'
  if (standing === 'turned-away') return 'refused'
  return firstSeenAt === undefined ? 'silent' : 'coming'
}

/** A newer server may have refused for a reason that has no words here. */
function whyOf({ text }: Visit, { turnedAway }: WholeDevice): string | undefined {
  const key = `why.${turnedAway?.why}`
  return hasText(key) ? text(key) : turnedAway?.reason
}

async function nextLine({ ask }: Visit, { company, site, number }: Line) {
  const { body } = await ask<Lines>('listLines', {
    query: { company, site, equipment: 'to-complete', limit: 2 },
  })
  const next = body.items.find((line) => line.number !== number)
  return next && { to: linePath(next.number, '/install'), name: next.displayName }
}

const reopen: Act = {
  path: '/lines/{line}/install/watch',
  action: 'device.window',
  page: watch,
  async do({ ask, params }) {
    const { body: line } = await ask<Line>('readLine', { params })
    await ask('openDeviceWindow', { params: { mac: line.equipment?.mac ?? '' } })
    return { to: linePath(line.number, '/install/watch'), said: { text: 'install.reopened' } }
  },
}

export const watchPages: readonly Page[] = [watch]
export const watchActs: readonly Act[] = [reopen]
