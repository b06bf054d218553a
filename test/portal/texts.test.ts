import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { hasText, text } from '../../src/admin/portal/text.ts'
import { catalogue } from '../../src/admin/portal/texts/index.ts'
import { table } from '../../src/settings/table.ts'

const folderOf = (path: string) => fileURLToPath(new URL(`../../${path}/`, import.meta.url))

const views = filesOf(folderOf('portal/views'), '.hbs')
const programs = filesOf(folderOf('src/admin/portal'), '.ts').filter(({ name }) => !/^texts\//.test(name))
const keys = Object.keys(catalogue.fr)

function filesOf(folder: string, ending: string) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

/** What a view's `t` is given: whole keys, and the beginnings of keys whose rest is known only when it is shown. */
function namedByViews() {
  const whole = new Set<string>()
  const begun = new Set<string>()
  for (const { text: view } of views) {
    for (const [, given = ''] of view.matchAll(/[{(]t ([^})=]*?)(?=\s+\w+=|[})])/g)) {
      const parts = given.trim().split(/\s+/)
      const literals = parts.map((part) => /^'([^']*)'$/.exec(part)?.[1])
      const end = literals.indexOf(undefined)
      const known = (end < 0 ? literals : literals.slice(0, end)).join('.')
      if (end < 0) whole.add(known)
      else if (known) begun.add(`${known}.`)
    }
  }
  return { whole, begun }
}

function namedByPrograms() {
  const whole = new Set<string>()
  const begun = new Set<string>()
  for (const { text: program } of [...programs, ...views]) {
    for (const [, literal = ''] of program.matchAll(/['"]([a-z][\w-]*(?:\.[\w-]+)+)['"]/g)) whole.add(literal)
    for (const [, start = ''] of program.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*(?:[\w-]*-)?)\$\{/g))
      begun.add(start)
  }
  return { whole, begun }
}

test('every text that a view names is there', () => {
  const { whole, begun } = namedByViews()
  expect(whole.size).toBeGreaterThan(20)
  expect([...whole].filter((key) => !keys.includes(key))).toEqual([])
  expect([...begun].filter((start) => !keys.some((key) => key.startsWith(start)))).toEqual([])
})

test('every text that a page names is there', () => {
  const named = programs.flatMap(({ text: program }) =>
    [...program.matchAll(/\btext(?:\(|: )'([^']+)'/g)].map(([, key = '']) => key),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((key) => !keys.includes(key))).toEqual([])
})

test('no text is there for nobody', () => {
  const [inViews, inPrograms] = [namedByViews(), namedByPrograms()]
  const whole = new Set([...inViews.whole, ...inPrograms.whole])
  const begun = [...inViews.begun, ...inPrograms.begun]
  expect(keys.filter((key) => !whole.has(key) && !begun.some((start) => key.startsWith(start)))).toEqual([])
})

test('both languages name the same values in a text', () => {
  const valuesOf = (entry: unknown) =>
    [...new Set([...JSON.stringify(entry).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()
  const unlike = keys.filter(
    (key) => valuesOf(catalogue.fr[key]).join() !== valuesOf(catalogue.en[key]).join(),
  )
  expect(unlike).toEqual([])
})

test('views hold no words of their own, and escape what they show', () => {
  for (const { name, text: view } of views) {
    const words = view
      .replaceAll(/\{\{!--[\s\S]*?--\}\}|\{\{\{?[\s\S]*?\}?\}\}/g, '')
      .replaceAll(/<[^>]*>/g, '')
      .match(/\p{L}{3,}/gu)
    expect(words?.filter((word) => word !== 'Bootline') ?? [], name).toEqual([])
    if (!name.startsWith('frame/')) expect(view, name).not.toMatch(/\{\{\{/)
    expect(view, `${name}: the policy of the pages forbids it`).not.toMatch(/\s(?:style|on\w+)=/)
  }
})

test('French signs of two parts keep to their words', () => {
  expect(text('fr', 'keys.group', { name: 'Accueil' })).toContain('«\u00a0Accueil\u00a0»')
})

test('a text counts as its language does', () => {
  expect(text('fr', 'frame.home')).toBe('Retour à l’accueil')
  expect(() => text('fr', 'nothing.there')).toThrow('nothing.there')
})

test.each(Object.values(table).map(({ name }) => name))(
  'people are told what %s is, in their language',
  (name) => {
    expect(hasText(`setting.${name}`)).toBe(true)
  },
)
