import type { z } from 'zod'
import type { orderOf } from '../../routes/keys-shown.ts'
import type { Form } from '../page.ts'

/** Keys in their order, as somebody wants them. */
export type Order = z.output<typeof orderOf>

export type Section = 'supervision' | 'shortcuts'

type Key = Order['shortcuts'][number]

/** The server keeps nothing of what is not saved: a form carries the whole order from page to page in these fields. */
const fieldOf: Readonly<Record<Section, string>> = { supervision: 'watched', shortcuts: 'dialled' }

/** A number has no blank, so that what comes after the first one is the label. */
export function written(key: Key): string {
  return key === 'interception' ? key : `${key.number} ${key.label}`
}

function read(text: string): Key {
  if (text === 'interception') return text
  const blank = text.indexOf(' ')
  return blank < 0
    ? { number: text, label: '' }
    : { number: text.slice(0, blank), label: text.slice(blank + 1) }
}

/** What a page sent; `undefined` where it was opened and nothing was sent. */
export function draftIn(form: Form): Order | undefined {
  if (form.one('draft') === undefined) return undefined
  return { supervision: [...form.all(fieldOf.supervision)], shortcuts: form.all(fieldOf.shortcuts).map(read) }
}

/** What was pressed: `up supervision 3`, `watch +33483050174`, `save`. */
export function pressed(form: Form): readonly [name: string, ...more: string[]] {
  const [name = '', ...more] = (form.one('do') ?? '').split(' ')
  return [name, ...more]
}

/** The order after what was pressed; what says nothing of keys leaves it as it is. */
export function edited(draft: Order, form: Form): Order {
  const [name, ...more] = pressed(form)
  const { supervision, shortcuts } = draft
  const dialled = (key: Key): Order => ({ supervision, shortcuts: [...shortcuts, key] })
  switch (name) {
    case 'watch':
      return { supervision: [...supervision, more.join(' ')], shortcuts }
    case 'shorten':
      return dialled(read(more.join(' ')))
    case 'intercept':
      return dialled('interception')
    case 'type':
      return isTyped(form) ? dialled(typedIn(form)) : draft
    case 'reset':
      return { supervision: [], shortcuts: [] }
    case 'reset-shortcuts':
      return { supervision, shortcuts: [] }
    default:
      return inSection(draft, name, more)
  }
}

export function isTyped(form: Form): boolean {
  return form.one('number') !== undefined || form.one('label') !== undefined
}

function typedIn(form: Form): Key {
  return { number: form.one('number') ?? '', label: form.one('label') ?? '' }
}

function inSection(draft: Order, name: string, [section, place]: readonly string[]): Order {
  const i = Number(place)
  if (section === 'supervision') return { ...draft, supervision: changed(draft.supervision, name, i) }
  if (section === 'shortcuts') return { ...draft, shortcuts: changed(draft.shortcuts, name, i) }
  return draft
}

function changed<T>(keys: readonly T[], name: string, i: number): T[] {
  const rest = keys.toSpliced(i, 1)
  const key = keys[i]
  if (key === undefined || rest.length === keys.length) return [...keys]
  if (name === 'drop') return rest
  if (name === 'up') return rest.toSpliced(Math.max(0, i - 1), 0, key)
  if (name === 'down') return rest.toSpliced(i + 1, 0, key)
  return [...keys]
}
