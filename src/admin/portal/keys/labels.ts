import type { ShownKeys } from '../../routes/keys-shown.ts'
import type { Page } from '../page.ts'
import { aboutLine } from './about.ts'
import { drawn } from './drawing.ts'

/** The labels of a phone's keys on paper: strips to cut out where it takes paper, a card to keep beside it elsewhere. */
const labels: Page = {
  path: '/lines/{line}/labels',
  action: 'keys.read',
  async show(visit) {
    const { ask, params, text } = visit
    const about = await aboutLine(visit)
    const { body: keys } = await ask<ShownKeys>('readKeys', { params: { line: params.line ?? '' } })
    const units = drawn(keys)
    return {
      view: 'keys/labels',
      title: `${text('keys.labels')} · ${about.line.displayName}`,
      place: about.place,
      frame: 'bare',
      data: { ...about, units, hasPaper: units.some(({ paper }) => paper) },
    }
  },
}

export const labelPages: readonly Page[] = [labels]
