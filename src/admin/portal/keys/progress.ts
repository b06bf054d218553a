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
    const goesOn = device !== undefined && isOnItsWay(device)
    return {
      view: 'keys/progress',
      title: `${text('keys.progress.title')} · ${about.line.displayName}`,
      place: about.place,
      data: {
        ...about,
        mac,
        taking: keys.taking,
        steps: device && loopSteps(device),
        state: device === undefined ? 'later' : goesOn ? 'under-way' : 'done',
      },
    }
  },
}

export const progressPages: readonly Page[] = [progress]
