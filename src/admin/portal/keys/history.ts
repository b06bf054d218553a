import type { z } from 'zod'
import type { leftOf } from '../../routes/keys-history.ts'
import type { ShownKeys } from '../../routes/keys-shown.ts'
import type { Listed } from '../listed.ts'
import type { Act, Page, Visit } from '../page.ts'
import { aboutLine } from './about.ts'
import { keyChanges } from './changes.ts'
import type { Order } from './draft.ts'
import type { ChangedKeys } from './order.ts'
import { namesIn } from './rows.ts'

type Version = Order & { readonly change: number; readonly at: string; readonly who: string }
type History = Listed<Version> & { readonly names: Readonly<Record<string, string>> }

interface LeftOut {
  readonly left: z.output<typeof leftOf>
}

const none: Order = { supervision: [], shortcuts: [] }

/** What the keys were, who changed them and how; from here one goes back to any of it. */
const history: Page = {
  path: '/lines/{line}/keys/history',
  action: 'keys.read',
  async show(visit) {
    const about = await aboutLine(visit)
    const { items, names } = await versionsOf(visit)
    const nameOf = (number: string) => names[number] ?? number
    const versions = items.map(({ change, at, who, ...order }, i) => ({
      change,
      at,
      who,
      isCurrent: i === 0,
      changes: keyChanges(items[i + 1] ?? none, order, nameOf),
    }))
    return {
      view: 'keys/history',
      title: `${visit.text('keys.history')} · ${about.line.displayName}`,
      place: about.place,
      data: { ...about, versions },
    }
  },
}

/** Before going back: what it would change now, and which of the keys can no longer be. */
const undoing: Page = {
  path: '/lines/{line}/keys/undo',
  action: 'keys.write',
  async show(visit) {
    const { ask, form, query, params, text } = visit
    const about = await aboutLine(visit)
    const given = { params: { line: params.line ?? '' } }
    const { body: stored, etag } = await ask<ShownKeys>('readKeys', given)
    const change = Number(form.one('change') ?? query.change)
    const trial = { ...given, query: { dryRun: true }, ifMatch: etag, body: { change } }
    const { body: then } = await ask<ChangedKeys & LeftOut>('undoKeys', trial)
    const { items, names } = await versionsOf(visit)
    return {
      view: 'keys/undo',
      title: `${text('keys.undo.title')} · ${about.line.displayName}`,
      place: about.place,
      data: {
        ...about,
        etag,
        change,
        version: items.find((version) => version.change === change),
        changes: keyChanges(stored, then, namesIn(stored, then)),
        left: then.left.map((key) => ({ ...key, label: key.label ?? names[key.key] ?? key.key })),
        taking: about.line.equipment?.mac === undefined ? 'later' : stored.taking,
      },
    }
  },
}

const undo: Act = {
  path: undoing.path,
  page: undoing,
  async do({ ask, form, params }) {
    const line = params.line ?? ''
    const body = { change: Number(form.one('change')) }
    await ask('undoKeys', { params: { line }, ifMatch: form.one('etag'), body })
    return { to: `/lines/${encodeURIComponent(line)}/keys/progress` }
  },
}

async function versionsOf({ ask, params }: Visit): Promise<History> {
  return (await ask<History>('readKeyHistory', { params: { line: params.line ?? '' } })).body
}

export const historyPages: readonly Page[] = [history, undoing]
export const historyActs: readonly Act[] = [undo]
