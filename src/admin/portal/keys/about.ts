import { judge } from '../../../domain/permissions.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import type { Visit } from '../page.ts'

/** The line that a page of keys is about, and what one may do with its keys. */
export interface About {
  readonly line: ShownLine
  /** Where its pages are. */
  readonly at: string
  readonly mayOrder: boolean
  readonly mayDial: boolean
  /** Under which entry of the menu its pages are found, and the way back there. */
  readonly place: string
  readonly crumbs: readonly { readonly to: string; readonly label: string }[]
}

export async function aboutLine({ ask, params, text, who }: Visit): Promise<About> {
  const { body: line } = await ask<ShownLine>('readLine', { params: { line: params.line ?? '' } })
  const where = { company: line.company, site: line.site, line: line.number }
  const at = `/lines/${encodeURIComponent(line.number)}`
  const lines = { to: '/lines', label: text('menu.lines') }
  const own = { to: '/', label: text('menu.my-line') }
  const isOwn = who.role === 'user'
  return {
    line,
    at,
    mayOrder: judge(who, 'keys.write', where) === 'may',
    mayDial: judge(who, 'shortcuts.write', where) === 'may',
    place: isOwn ? 'my-line' : 'lines',
    crumbs: isOwn ? [own] : [lines, { to: at, label: line.displayName }],
  }
}
