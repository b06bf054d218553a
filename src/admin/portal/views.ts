import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import { shownAgo, shownDate, shownMac, shownNumber } from './formats.ts'
import { icon } from './icons.ts'
import type { Fault } from './page.ts'
import { text, type Values } from './text.ts'
import type { Locale } from './texts/written.ts'

const folder = fileURLToPath(new URL('../../../portal/views/', import.meta.url))

/** What every view may name with @: who reads, in which language, at what time. */
export interface Surroundings {
  readonly locale: Locale
  readonly zone?: string | undefined
  readonly now: number
  readonly [name: string]: unknown
}

export type Render = (view: string, values: object, surroundings: Surroundings) => string

/** The pages' Handlebars: all views can include each other by their path, and what stands in braces is escaped. */
export function readViews(): Render {
  const handlebars = Handlebars.create()
  const views = new Map<string, HandlebarsTemplateDelegate>()
  for (const file of readdirSync(folder, { recursive: true }) as string[]) {
    if (!file.endsWith('.hbs')) continue
    const name = file.slice(0, -'.hbs'.length).replaceAll('\\', '/')
    const view = handlebars.compile(readFileSync(folder + file, 'utf8'), {
      knownHelpers,
      explicitPartialContext: false,
    })
    views.set(name, view)
    handlebars.registerPartial(name, view)
  }
  for (const [name, helper] of Object.entries(helpers))
    handlebars.registerHelper(name, helper as Handlebars.HelperDelegate)
  return (name, values, surroundings) => {
    const view = views.get(name)
    if (!view) throw new Error(`there is no view ${name}`)
    return view(values, { data: surroundings })
  }
}

interface Options {
  readonly hash: Values
  readonly data: Surroundings
}

/** Views say what is shown and in which order; everything that is worked out, was worked out before. */
const helpers: Readonly<Record<string, (...given: never[]) => unknown>> = {
  /** `{{t 'lines.found' count=total}}`; more than one part makes up the key: `{{t 'standing' standing}}`. */
  t: (...given: [...string[], Options]) => {
    const { data, hash } = given.at(-1) as Options
    return text(data.locale, given.slice(0, -1).join('.'), hash)
  },
  date: (at: string, { data, hash }: Options) =>
    shownDate(data.locale, at, (hash.zone as string | undefined) ?? data.zone),
  ago: (at: string, { data }: Options) => shownAgo(data.locale, at, data.now),
  number: (number: string, { data }: Options) => shownNumber(data.locale, number),
  mac: (mac: string) => shownMac(mac),
  /** For a part of an address. */
  part: (value: string | number) => encodeURIComponent(value),
  /** What was typed into a field of the form that could not be taken. */
  typed: (name: string, { data }: Options) =>
    (data.typed as Readonly<Record<string, string>> | undefined)?.[name],
  /** What is wrong with a field, by the name it has in the operation. */
  faults: (path: string, { data }: Options) =>
    (data.fault as Fault | undefined)?.problems.filter((problem) => problem.path === path) ?? [],
  icon: (name: string) => new Handlebars.SafeString(icon(name)),
  is: (a: unknown, b: unknown) => a === b,
  not: (a: unknown) => !a,
  or: (a: unknown, b: unknown) => a || b,
  and: (a: unknown, b: unknown) => a && b,
  json: (value: unknown) => JSON.stringify(value),
  /** For partials: `{{> parts/pills items=(list a b)}}` */
  list: (...given: unknown[]) => given.slice(0, -1),
}

const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]))
