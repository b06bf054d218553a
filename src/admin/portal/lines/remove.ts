import type { ShownPlan } from '../../routes/fleet-plan.ts'
import { address, linePath } from '../address.ts'
import type { Act, Page } from '../page.ts'
import { aboutLine, lineOfPage } from './known.ts'

/** Everything that goes with a line, and who loses something by it, before it goes. */
const removeLine: Page = {
  path: '/lines/{line}/remove',
  action: 'line.write',
  async show(visit) {
    const known = await lineOfPage(visit)
    const { number } = known.line
    const { body } = await visit.ask<{ plan: ShownPlan }>('removeLine', {
      params: { line: number },
      query: { dryRun: true, release: true },
    })
    const { changes, devices } = body.plan
    const concerned = changes.filter(({ subject }) => subject !== number)
    return {
      view: 'lines/remove',
      title: visit.text('lines.remove'),
      place: 'lines',
      data: {
        ...aboutLine(visit, known),
        supervisors: concerned
          .filter(({ what }) => what === 'line')
          .map(({ subject, name }) => ({ number: subject, name, to: linePath(subject) })),
        groups: concerned.filter(({ what }) => what === 'site').length > 0,
        resets: devices.filter(({ link }) => link === 'unlinked').length > 0,
        restarts: devices.filter(({ link }) => link === 'kept').length,
      },
    }
  },
}

const doRemove: Act = {
  path: '/lines/{line}/remove',
  action: 'line.write',
  page: removeLine,
  async do(visit) {
    const { line } = await lineOfPage(visit)
    await visit.ask('removeLine', { params: { line: line.number }, query: { release: true } })
    return {
      to: address('/lines', { company: line.company, site: line.site }),
      said: { text: 'lines.removed', values: { name: line.displayName } },
    }
  },
}

export const removePages = [removeLine]
export const removeActs = [doRemove]
