import { locales } from '../domain/intent.ts'
import { nearest } from '../domain/nearest.ts'
import type { Person } from '../store/people-read.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'
import { dayOf, scopeOptions, scopeText } from './people-scope.ts'
import { table } from './table.ts'
import { type Action, act, actions, question } from './users-actions.ts'

export const users = command({
  name: 'users',
  summary: 'List people who may use the admin plane, add them, let them in, change what they may do',
  operands: ['[list|add|invite|role|disable|enable|remove|reset]', '[EMAIL]'],
  examples: [
    'bootline users',
    'bootline users invite ana@example.net --role manager --company "Toine Immo"',
    'bootline users role paul@example.net --role installer --site "Toine Immo/Grasse" --until 2027-01-31',
    'bootline users reset ana@example.net',
  ],
  options: {
    name: { type: 'string', value: 'NAME', about: 'what somebody is called' },
    locale: { type: 'string', value: 'fr|en', about: 'the language of the pages; fr when absent' },
    ...scopeOptions,
    'second-factor': { type: 'boolean', about: 'with reset: take the second factor off too' },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, { yes = false, ...values }, [action = 'list', email]) {
    if (action !== 'list' && !isAction(action)) throw unknownAction(action)
    if (action !== 'list' && email === undefined) {
      throw new Refusal('usage', 'EMAIL is missing', `bootline users ${action} ana@example.net`)
    }
    if (values.locale !== undefined && !locales.some((locale) => locale === values.locale)) {
      throw new Refusal('usage', `there is no language "${values.locale}"`, `there are ${locales.join(', ')}`)
    }
    return withStore(context, async (store) => {
      const { people } = store
      if (action === 'list' || email === undefined) {
        const all = await everybody((after) => people.list({ after, limit: 500 }))
        context.show(all.map(dated), () => listText(all))
        return 0
      }
      const asked = question(action, email)
      if (asked !== undefined && !yes && !(await context.confirm(asked))) return 1
      const done = await act({ people, settings: context.settings(), now: Date.now() }, action, email, values)
      context.show(done.result, () => done.text)
      return 0
    })
  },
})

function isAction(text: string): text is Action {
  return actions.some((action) => action === text)
}

function unknownAction(text: string): Refusal {
  const known = ['list', ...actions]
  const meant = nearest(text, known)
  const remedy = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`
  return new Refusal('usage', `users knows no "${text}"`, remedy)
}

async function everybody(page: (after: number) => Promise<readonly Person[]>): Promise<readonly Person[]> {
  const all: Person[] = []
  for (let some = await page(0); some.length > 0; some = await page(all.at(-1)?.id ?? 0)) all.push(...some)
  return all
}

/** Times as programs read them. */
function dated({ createdAt, lastSignInAt, linkUntil, sites, ...person }: Person): object {
  const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())
  return {
    ...person,
    sites: sites.map((site) => ({ ...site, until: iso(site.until) })),
    createdAt: iso(createdAt),
    lastSignInAt: iso(lastSignInAt),
    linkUntil: iso(linkUntil),
  }
}

function listText(all: readonly Person[]): string {
  if (all.length === 0) return 'Nobody yet: bootline serve makes the first operator and prints a link.'
  return table([
    ['EMAIL', 'NAME', 'ROLE', 'WHERE', 'LAST SIGN-IN', 'STATE'],
    ...all.map((person) => [
      person.email,
      person.name,
      person.role,
      person.role === 'operator' ? 'everywhere' : scopeText(person),
      person.lastSignInAt === undefined ? '-' : dayOf(person.lastSignInAt),
      stateOf(person),
    ]),
  ])
}

function stateOf({ disabled, lastSignInAt, hasSecondFactor }: Person): string {
  if (disabled) return 'disabled'
  if (lastSignInAt === undefined) return 'invited'
  return hasSecondFactor ? 'second factor' : 'active'
}
