import { linePath } from '../address.ts'
import { choicesOf, siteNames } from '../names.ts'
import type { Act, Page } from '../page.ts'
import { differenceIn } from './difference.ts'
import { aboutLine, lineOfPage } from './known.ts'

/** What people call a line and where it is; its number and its kind are what it is. */
const fields = ['firstName', 'lastName', 'name', 'email', 'shortNumber', 'internetAccess', 'site'] as const

const changeLine: Page = {
  path: '/lines/{line}/change',
  action: 'line.write',
  async show(visit) {
    const known = await lineOfPage(visit)
    return {
      view: 'lines/change',
      title: visit.text('lines.change'),
      place: 'lines',
      data: {
        ...aboutLine(visit, known),
        etag: known.etag,
        sites: choicesOf(await siteNames(visit, known.line.company)),
        difference: differenceIn(visit),
      },
    }
  },
}

const saveLine: Act = {
  path: '/lines/{line}/change',
  action: 'line.write',
  page: changeLine,
  async do({ ask, form, params }) {
    const line = params.line ?? ''
    // A field that was emptied is cleared.
    const body = Object.fromEntries(fields.map((field) => [field, form.one(field) ?? null]))
    await ask('changeLine', { params: { line }, body, ifMatch: form.one('etag') })
    return { to: linePath(line), said: { text: 'lines.changed' } }
  },
}

export const changePages = [changeLine]
export const changeActs = [saveLine]
