import { adminUrlOf } from '../admin/people/admin-url.ts'
import { makeLink } from '../admin/people/links.ts'
import { locales } from '../domain/intent.ts'
import { checkEmail } from '../domain/line-rules.ts'
import { checkName } from '../domain/text-rules.ts'
import type { Settings } from '../settings.ts'
import type { People } from '../store/people.ts'
import { refuseScope, unknownPerson } from '../store/people-failure.ts'
import type { Person } from '../store/people-read.ts'
import { Refusal } from './failure.ts'
import { commandLineUser } from './fleet-store.ts'
import { type ScopeValues, scopeMeant, scopeText } from './people-scope.ts'
import { moment } from './story-times.ts'

export const actions = ['add', 'invite', 'role', 'disable', 'enable', 'remove', 'reset'] as const
export type Action = (typeof actions)[number]

/** What takes something away is asked for first. */
export function question(action: Action, email: string): string | undefined {
  if (action === 'remove') return `Remove ${email}, with the sessions and tokens of that person?`
  if (action === 'disable') return `Sign ${email} out everywhere and let that person in no more?`
  return undefined
}

export interface Surroundings {
  readonly people: People
  readonly settings: Settings
  readonly now: number
}

export interface Values extends ScopeValues {
  readonly name?: string | undefined
  readonly locale?: string | undefined
  readonly 'second-factor'?: boolean | undefined
}

interface Done {
  readonly result: unknown
  readonly text: string
}

export async function act(
  around: Surroundings,
  action: Action,
  email: string,
  values: Values,
): Promise<Done> {
  const { people, now } = around
  const author = { ...commandLineUser(), at: now }
  if (action === 'add' || action === 'invite') {
    const known = action === 'invite' ? await people.find({ email }) : undefined
    const person = known ?? (await people.add(author, newcomer(email, values, now)))
    return action === 'add' ? done(person, 'is known now') : link(around, person)
  }
  const person = await people.find({ email })
  if (!person) throw unknownPerson()
  if (action === 'reset') return reset(around, person, values)
  if (action === 'remove') {
    await people.remove(author, person.id, () => {})
    return { result: { email: person.email, removed: true }, text: `${person.email} is gone.` }
  }
  if (action === 'role') {
    if (values.role === undefined) throw new Refusal('usage', '--role is missing', 'say which role')
    const scope = scopeMeant(values, person.role, now)
    return done(await people.change(author, person.id, () => ({ scope })), 'may do that from now on')
  }
  const disabled = action === 'disable'
  const changed = await people.change(author, person.id, () => ({ disabled }))
  return done(changed, disabled ? 'may not sign in any more' : 'may sign in again')
}

function newcomer(email: string, values: Values, now: number): Parameters<People['add']>[1] {
  const { name = email.replace(/@.*/, ''), locale } = values
  if (values.role === undefined) {
    throw new Refusal(
      'usage',
      '--role is missing',
      'say what the person may do: --role manager --company NAME',
    )
  }
  refuseScope([...checkEmail(email, 'EMAIL'), ...checkName(name, '--name')])
  return {
    email,
    name,
    locale: locales.find((one) => one === locale) ?? 'fr',
    ...scopeMeant(values, 'user', now),
  }
}

/** Who cannot come in any more: another password, and the codes of a lost phone no longer asked for if so wished. */
async function reset(around: Surroundings, person: Person, values: Values): Promise<Done> {
  if (values['second-factor'] && person.hasSecondFactor) {
    await around.people.credentials.dropSecondFactor(person.id)
    await noted(around, person, 'second-factor-off')
  }
  return link(around, person)
}

async function link(around: Surroundings, person: Person): Promise<Done> {
  const { people, settings, now } = around
  if (person.disabled) {
    throw new Refusal(
      'person-disabled',
      `${person.email} may not sign in`,
      'bootline users enable EMAIL first',
    )
  }
  const made = await makeLink({ people, now: () => now, adminUrl: adminUrlOf(settings) }, person)
  await noted(around, person, 'link-made')
  const { kind, link: address, until } = made
  return {
    result: { email: person.email, kind, link: address, until: new Date(until).toISOString() },
    text: [
      `${person.email} sets a password here, once, until ${moment(until)}:`,
      `  ${address}`,
      'Whoever has this link can do that: hand it over in private.',
    ].join('\n'),
  }
}

async function noted(
  { people, now }: Surroundings,
  { id }: Person,
  what: 'link-made' | 'second-factor-off',
): Promise<void> {
  const by = commandLineUser().name
  await people.watch.note({ at: now, what, person: id, by, address: 'command line', userAgent: '' })
}

function done(person: Person, what: string): Done {
  const { id, email, name, role, companies, sites, line, disabled } = person
  const where = role === 'operator' ? 'everywhere' : scopeText(person)
  return {
    result: { id, email, name, role, companies, sites, ...(line === undefined ? {} : { line }), disabled },
    text: `${email}, ${role}, ${where}: ${what}.`,
  }
}
