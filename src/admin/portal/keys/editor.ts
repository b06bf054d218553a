import type { ShownKeys } from '../../routes/keys-shown.ts'
import { isChangedSince } from '../changed-since.ts'
import type { Act, Page, Visit } from '../page.ts'
import { tried } from '../trial.ts'
import { aboutLine } from './about.ts'
import { keyChanges } from './changes.ts'
import { foundInDirectory } from './directory.ts'
import { draftIn, edited, isTyped, type Order, pressed } from './draft.ts'
import { drawn } from './drawing.ts'
import { orderKeys } from './order.ts'
import { namesIn, shortcutRows, supervisionRows } from './rows.ts'
import { spokenOf } from './spoken.ts'

const path = '/lines/{line}/keys'

/** "Touches programmables": the phone as it is and would be, the keys in their order, and what saving them does. */
const editor: Page = {
  path,
  action: 'keys.read',
  async show(visit) {
    const { ask, fault, form, text, params } = visit
    const about = await aboutLine(visit)
    const { body: stored, etag } = await ask<ShownKeys>('readKeys', { params: { line: params.line ?? '' } })
    const draft = draftShown(visit)
    const trial = draft && (await tried(visit, () => orderKeys(visit, about, draft, etag, true)))
    const keys: ShownKeys = trial?.done?.body ?? { ...stored, ...draft }
    const nameOf = namesIn(stored, keys)
    const rows = {
      supervision: supervisionRows(keys, nameOf),
      shortcuts: shortcutRows(keys, interceptionOf(keys, visit)),
    }
    const search = form.one('search')
    const found = await foundInDirectory(visit, about, search, keys)
    const units = drawn(keys)
    const next = `shortcuts[${keys.shortcuts.length}]`
    const isLate = isChangedSince(fault)
    return {
      view: 'keys/editor',
      title: `${text('keys.title')} · ${about.line.displayName}`,
      place: about.place,
      data: {
        ...about,
        etag,
        keys,
        ...rows,
        hasRoom: isBelow(keys.capacity?.keys),
        mayWatch: about.mayOrder && isBelow(keys.capacity?.keys) && isBelow(keys.capacity?.supervision),
        hasInterception: keys.shortcuts.includes('interception'),
        hasKeys: (stored.capacity?.keys.available ?? 0) > 0,
        units,
        // What is higher than a screen goes along with the lists instead of staying in sight.
        isLong: units.flatMap(({ pages }) => pages).length > 2,
        search,
        found,
        spoken: spokenOf(visit, rows, found?.items.length),
        typed: fault && isTyped(form) ? { number: form.one('number'), label: form.one('label') } : {},
        typedAt: { number: `${next}.number`, label: `${next}.label` },
        changes: keyChanges(stored, keys, nameOf),
        taking: about.line.equipment?.mac === undefined ? 'later' : keys.taking,
        isLate,
        isFault: fault !== undefined && !isLate,
        theirs: isLate ? theirsIn(stored, visit) : undefined,
      },
    }
  },
}

/** Each press of a button is tried at once, so that what cannot be is said where it was wanted. */
const edit: Act = {
  path,
  page: editor,
  async do(visit) {
    const { form } = visit
    const draft = draftIn(form)
    const [name] = pressed(form)
    if (!draft || name === '') return 'again'
    const about = await aboutLine(visit)
    const isSaved = name === 'save'
    await orderKeys(visit, about, edited(draft, form), form.one('etag'), !isSaved)
    return isSaved ? { to: `${about.at}/keys/progress` } : 'again'
  },
}

/** A press that was refused has changed nothing, unless all that is wrong with it is that somebody was quicker. */
function draftShown({ form, fault }: Visit): Order | undefined {
  const draft = draftIn(form)
  if (!draft || (fault && !isChangedSince(fault))) return draft
  return edited(draft, form)
}

function interceptionOf({ layout }: ShownKeys, { text }: Visit) {
  const number = layout.find(({ role }) => role === 'interception')?.number ?? ''
  return { label: text('keys.interception'), number }
}

function theirsIn(stored: ShownKeys, visit: Visit) {
  const nameOf = namesIn(stored)
  return [...supervisionRows(stored, nameOf), ...shortcutRows(stored, interceptionOf(stored, visit))]
}

function isBelow(room: { readonly used: number; readonly available: number } | undefined): boolean {
  return room !== undefined && room.used < room.available
}

export const editorPages: readonly Page[] = [editor]
export const editorActs: readonly Act[] = [edit]
