import { isHost, isPort } from './host-rules.ts'
import type { RebootSettings, RebootWay } from './intent.ts'
import { caution, fault, type Path, type Problem } from './problem.ts'

interface Way {
  /** The fields that say something; `needed` ones must be there. */
  readonly server?: 'needed'
  readonly user?: 'needed' | 'possible'
  readonly password?: 'needed' | 'possible'
  readonly profile?: 'possible'
}

const ways: Readonly<Record<RebootWay, Way>> = {
  sip: { user: 'possible', password: 'possible' },
  direct: {},
  asterisk: { server: 'needed', user: 'needed', password: 'needed' },
  // Its event socket has a password, and a user only where one was made for it.
  freeswitch: { server: 'needed', user: 'possible', password: 'needed', profile: 'possible' },
  web: { user: 'needed', password: 'needed' },
  none: {},
}

const fields = ['server', 'user', 'password', 'profile'] as const

/** How devices are told. What is said here goes into lines of other programs' protocols, and must not end them. */
export function checkReboot(reboot: RebootSettings, path: Path): readonly Problem[] {
  const way = ways[reboot.by]
  return [
    ...fields.flatMap((field) => {
      const at = `${path}.${field}`
      if (reboot[field] === undefined) return way[field] === 'needed' ? [missing(reboot.by, field, at)] : []
      return way[field] === undefined ? [unused(reboot.by, field, at)] : checkValue(reboot, field, at)
    }),
    ...checkAccount(reboot, way, path),
  ]
}

/** Where an account is a choice, half of one is a mistake. */
function checkAccount({ user, password }: RebootSettings, way: Way, path: Path): readonly Problem[] {
  if (way.user === 'possible' && user !== undefined && password === undefined && way.password === 'possible')
    return [accountHalf(`${path}.password`, 'the user has no password')]
  if (way.password === 'possible' && password !== undefined && user === undefined)
    return [accountHalf(`${path}.user`, 'the password has no user')]
  return []
}

function accountHalf(path: Path, wrong: string): Problem {
  return fault('reboot-account', path, wrong, 'give both, or neither')
}

function missing(by: RebootWay, field: (typeof fields)[number], path: Path): Problem {
  if (field === 'server')
    return fault('reboot-server', path, `${by} needs the address of its management port`, serverForm)
  return fault('reboot-account', path, `${by} needs a ${field} to sign in with`, 'give user and password')
}

function unused(by: RebootWay, field: (typeof fields)[number], path: Path): Problem {
  return caution('reboot-unused', path, `${field} says nothing while by is ${by}`, 'leave it out')
}

const serverForm = 'write host:port, as in 127.0.0.1:5038'

/** A value is shown in no sentence: one of them is a password, and another may be one by mistake. */
function checkValue(reboot: RebootSettings, field: (typeof fields)[number], path: Path): readonly Problem[] {
  const value = reboot[field] ?? ''
  if (field === 'server')
    return isServer(value)
      ? []
      : [fault('reboot-server', path, 'this is not an address with a port', serverForm)]
  if (field === 'profile')
    return /^[\w.-]{1,64}$/.test(value)
      ? []
      : [fault('reboot-profile', path, 'this is not the name of a profile', 'use letters, digits, _ . and -')]
  const fit = field === 'user' ? /^[\w+*#.~@-]{1,64}$/ : /^[\x21-\x7e]{1,128}$/
  if (fit.test(value)) return []
  const right =
    field === 'user'
      ? 'use up to 64 letters, digits and . _ + - @'
      : 'use 1 to 128 letters, digits and signs, without spaces'
  return [fault('reboot-account', path, `the ${field} has characters that cannot be sent`, right)]
}

function isServer(text: string): boolean {
  const [, bracketed, plain, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? []
  return isHost(bracketed ?? plain ?? '') && isPort(Number(port))
}
