import type { Visit } from '../page.ts'
import { pressed, type Section } from './draft.ts'
import type { Row } from './rows.ts'

/** What was done, for those who hear the page: where a key is now, or that one has come or gone. */
export function spokenOf(
  { form, text, fault }: Visit,
  rows: Readonly<Record<Section, readonly Row[]>>,
  found: number | undefined,
): string {
  if (fault) return ''
  const [name, section, place] = pressed(form)
  if (name === 'up' || name === 'down') {
    const list = section === 'supervision' ? rows.supervision : rows.shortcuts
    const now = Math.min(Math.max(Number(place) + (name === 'up' ? -1 : 1), 0), list.length - 1)
    const row = list[now]
    return row ? text('keys.spoken.moved', { label: row.label, key: row.key }) : ''
  }
  if (name === 'drop') return text('keys.spoken.removed')
  if (['watch', 'shorten', 'type', 'intercept'].includes(name)) return text('keys.spoken.added')
  return found === undefined ? '' : text('keys.spoken.found', { count: found })
}
