import type { ShownKeys } from '../../routes/keys-shown.ts'
import { isOnItsWay, loopSteps, type WholeDevice } from '../devices/loop.ts'
import type { Page } from '../page.ts'
import { aboutLine } from './about.ts'

/** How the phone takes the keys that were saved, step by step while it happens. */
const progress: Page = {
  path: '/lines/{line}/keys/progress',
  action: 'keys.read',
  async show(visit) {
    const { ask, params, text } = visit
    const about = await aboutLine(visit)
    const { body: keys } = await ask<ShownKeys>('readKeys', { params: { line: params.line ?? '' } })
    const mac = about.line.equipment?.mac
    const device =
      mac === undefined ? undefined : (await ask<WholeDevice>('readDevice', { params: { mac } })).body
    return {
      view: 'keys/progress',
      title: `${text('keys.progress.title')} · ${about.line.displayName}`,
      place: about.place,
      data: {
        ...about,
        phone: mac,
        taking: keys.taking,
        steps: device && loopSteps(device),
        state: device ? stateOf(device) : 'later',
      },
    }
  },
}

/** Said above the steps; a phone that was never here, or was turned away, takes nothing for now. */
function stateOf(device: WholeDevice): 'refused' | 'unseen' | 'under-way' | 'done' {
  if (device.standing === 'turned-away') return 'refused'
  if (!isOnItsWay(device)) return 'done'
  return device.lastSeenAt === undefined ? 'unseen' : 'under-way'
}

export const progressPages: readonly Page[] = [progress]
