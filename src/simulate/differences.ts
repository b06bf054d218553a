import type { Expected, Wanted } from './expected.ts'
import type { Family } from './family.ts'
import type { Understood, UnderstoodKey, UnderstoodLine } from './understood.ts'

/** One way in which a phone is not what it should be. Passwords never stand in it. */
export interface Difference {
  /** `key 3`, `line on port 1`, `language`. */
  readonly where: string
  readonly is: string
  readonly should: string
}

const nothing = 'nothing'

/** What the files do not say is not compared; whatever they say beyond what is wanted is a difference too. */
export function differences(
  should: Expected,
  is: Understood,
  { intent, unknownPasswords }: Wanted,
  { loses }: Family,
): readonly Difference[] {
  const found: Difference[] = is.faults.map((fault) => ({
    where: 'files',
    is: fault,
    should: 'files it can read',
  }))
  const same: Same = (a, b) => alike(a, b, loses)
  const numberOf = new Map(intent.ports.map(({ port, number }) => [port, number]))
  for (const port of both(should.lines, is.lines, ({ port }) => port)) {
    const secret = unknownPasswords.has(numberOf.get(port) ?? '')
    found.push(...lineAt(port, should.lines, is.lines, same, secret))
  }
  for (const place of both(should.keys, is.keys, ({ place }) => place)) {
    const [wanted, there] = [should.keys, is.keys].map((keys) => keys.find((key) => key.place === place))
    const text = [wanted, there].map((key) => (key ? inWords(key) : nothing))
    if (!wanted || !there || !sameKey(wanted, there, same)) {
      found.push({ where: `key ${place}`, is: text[1] ?? nothing, should: text[0] ?? nothing })
    }
  }
  return should.lines.length === 0 ? found : [...found, ...services(should, is)]
}

type Same = (should: string, is: string) => boolean

/** Blanks and what a format cannot carry do not count; a screen may cut what is long. */
function alike(should: string, is: string, loses: RegExp | undefined): boolean {
  const [wanted = '', shown = ''] = [should, is].map((text) => {
    const plain = text.replace(/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]+/gu, '')
    return loses ? plain.replace(loses, '') : plain
  })
  return wanted === shown || (shown.length > 8 && wanted.startsWith(shown) && Buffer.byteLength(wanted) > 32)
}

function both<T>(a: readonly T[], b: readonly T[], of: (one: T) => number): readonly number[] {
  return [...new Set([...a, ...b].map(of))].sort((x, y) => x - y)
}

function lineAt(
  port: number,
  should: readonly UnderstoodLine[],
  is: readonly UnderstoodLine[],
  same: Same,
  passwordUnknown: boolean,
): readonly Difference[] {
  const where = `line on port ${port}`
  const [wanted, ...more] = should.filter((line) => line.port === port)
  const there = is.filter((line) => line.port === port)
  const [first] = there
  if (!wanted || !first || there.length > more.length + 1) {
    const names = (lines: readonly UnderstoodLine[]): string =>
      lines.map(({ user }) => user).join(', ') || nothing
    return [{ where, is: names(there), should: wanted ? wanted.user : nothing }]
  }
  const found: Difference[] = []
  const compare = (
    what: string,
    a: string | undefined,
    b: string | undefined,
    equal: Same = (x, y) => x === y,
  ): void => {
    if (a === undefined || b === undefined || equal(a, b)) return
    found.push({ where: `${where}, ${what}`, is: b || nothing, should: a || nothing })
  }
  compare('user', wanted.user, first.user)
  compare('user it signs in as', wanted.authUser, first.authUser)
  compare('registrar', wanted.domain, first.domain)
  compare('first hop', `${wanted.via}:${wanted.viaPort}`, `${first.via}:${first.viaPort}`)
  compare('transport', wanted.transport, first.transport)
  compare('name', wanted.name, first.name, same)
  compare('use', wanted.use, first.use)
  if (first.password === '' || (!passwordUnknown && first.password !== wanted.password)) {
    const what = first.password === '' ? 'no password' : 'another password'
    found.push({ where: `${where}, password`, is: what, should: 'the password of the line' })
  }
  return found
}

function sameKey(should: UnderstoodKey, is: UnderstoodKey, same: Same): boolean {
  if (should.kind !== is.kind || !same(should.label, is.label)) return false
  if (should.kind === 'line') return true
  return (
    same(should.target ?? '', is.target ?? '') &&
    (is.dials === undefined || is.dials === should.dials) &&
    (is.pickup === undefined || is.pickup === should.pickup)
  )
}

function inWords({ kind, label, target, dials, pickup }: UnderstoodKey): string {
  const whom = target === undefined ? '' : ` ${target}`
  const called = dials === undefined || dials === target ? '' : `, dials ${dials}`
  const taken = pickup === undefined || pickup === '' ? '' : `, takes with ${pickup}`
  return `${kind}${whom} "${label}"${called}${taken}`
}

function services(should: Expected, is: Understood): readonly Difference[] {
  const said = (value: unknown): string => (value === undefined || value === '' ? nothing : String(value))
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['code that takes a call', should.codes.directedPickup, is.codes.directedPickup],
    ['code that takes a call of the group', should.codes.groupPickup, is.codes.groupPickup],
    ['number of the voicemail', should.codes.voicemail, is.codes.voicemail],
    ['language', should.language, is.language],
    ['minutes from UTC', should.clock?.offsetMinutes, is.clock?.offsetMinutes],
    ['summer time', should.clock?.summerTime, is.clock?.summerTime],
    ...(should.keys.some(({ kind }) => kind === 'supervision')
      ? [['key pressed during a call', should.duringCall, is.duringCall] as const]
      : []),
  ]
  return pairs.flatMap(([where, wanted, there]) =>
    wanted === undefined || there === undefined || wanted === there
      ? []
      : [{ where, is: said(there), should: said(wanted) }],
  )
}
