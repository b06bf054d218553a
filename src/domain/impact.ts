import type { DeviceIntent, KeyIntent } from './device-intent.ts'
import { deviceIntent, linesByDevice } from './devices.ts'
import { sameRecord } from './diff.ts'
import type { CompanyChange, DeviceImpact } from './fleet-diff.ts'
import type { Company } from './intent.ts'
import type { ModelLookup } from './model.ts'
import { touchedDevices } from './touched.ts'

/**
 * Which devices of a company get other files by a change, why, and how soon they must take them. Comparing intents is
 * comparing files: a device's files depend on nothing else of the fleet. Only devices that what has changed leads to
 * are looked at.
 */
export function impactOf(
  change: CompanyChange,
  before: Company | undefined,
  after: Company | undefined,
  models: ModelLookup,
): readonly DeviceImpact[] {
  const touched = touchedDevices(change, before, after)
  const was = intents(before, touched, models)
  const is = intents(after, touched, models)
  const impacts: DeviceImpact[] = []
  for (const [mac, now] of is) {
    const old = was.get(mac)
    const difference = old ? compareDevices(old, now) : linked
    if (difference) {
      const link = old ? 'kept' : 'linked'
      impacts.push({ mac, model: now.model.id, company: change.name, link, ...difference })
    }
  }
  for (const [mac, old] of was) {
    if (is.has(mac)) continue
    impacts.push({ mac, model: old.model.id, company: change.name, link: 'unlinked', ...unlinked })
  }
  return impacts
}

type Difference = Pick<DeviceImpact, 'urgency' | 'reasons' | 'restart'>

const linked: Difference = { urgency: 'reboot', reasons: ['equipment linked'], restart: true }
const unlinked: Difference = { urgency: 'reboot', reasons: ['equipment removed'], restart: true }

function intents(
  company: Company | undefined,
  touched: ReadonlySet<string>,
  models: ModelLookup,
): ReadonlyMap<string, DeviceIntent> {
  const all = new Map<string, DeviceIntent>()
  if (!company || touched.size === 0) return all
  const byNumber = new Map(company.lines.map((line) => [line.number, line]))
  const lines = company.lines.filter((line) => touched.has(line.equipment?.mac ?? ''))
  for (const [mac, own] of linesByDevice(lines)) {
    const intent = deviceIntent(company, mac, own, models, (number) => byNumber.get(number))
    if (intent) all.set(mac, intent)
  }
  return all
}

/**
 * Reboot or not: a phone is woken at once when what it does changes (lines, keys, equipment, calls), and left until the
 * quiet hours when only what it shows does (a colleague's name, the language, the clock). `undefined`: nothing changed.
 */
export function compareDevices(before: DeviceIntent, after: DeviceIntent): Difference | undefined {
  const differs = ({ of }: Aspect) => !sameRecord(of(before), of(after))
  const doing = aspects.filter(differs)
  if (doing.length > 0) {
    const restart = doing.some((aspect) => aspect.restart)
    return { urgency: 'reboot', reasons: doing.map(({ reason }) => reason), restart }
  }
  const showing = texts.filter(differs)
  if (showing.length === 0) return undefined
  return { urgency: 'quiet-hours', reasons: showing.map(({ reason }) => reason), restart: false }
}

interface Aspect {
  readonly reason: string
  readonly of: (device: DeviceIntent) => unknown
  /** Looking for new files is not enough, or not known to be. */
  readonly restart?: true
}

/** What a device does. */
const aspects: readonly Aspect[] = [
  { reason: 'model changed', of: (device) => device.model.id, restart: true },
  { reason: 'expansion modules changed', of: (device) => device.expansion, restart: true },
  {
    reason: 'lines changed',
    of: (device) => device.ports.map(({ displayName, shortNumber, ...rest }) => rest),
    restart: true,
  },
  { reason: 'keys changed', of: (device) => device.keys.map(actionOf) },
  { reason: 'SIP server changed', of: (device) => device.sip, restart: true },
  { reason: 'codes changed', of: (device) => device.codes },
  { reason: 'key during a call changed', of: (device) => device.keyDuringCall },
  { reason: 'extra parameters changed', of: (device) => device.parameters, restart: true },
]

/** What a device shows, and whom it listens to. */
const texts: readonly Aspect[] = [
  {
    reason: "the line's name changed",
    of: (device) => device.ports.map((port) => [port.displayName, port.shortNumber]),
  },
  { reason: 'names on keys changed', of: (device) => device.keys.map((key) => key.label) },
  { reason: 'language changed', of: (device) => device.locale },
  { reason: 'time zone changed', of: (device) => device.timezone },
  { reason: 'who tells the device changed', of: (device) => device.toldDirectly },
]

/** A key without the texts that others decide: the manager's own label on a shortcut is part of the key. */
function actionOf(key: KeyIntent): unknown {
  if (key.role === 'line') return [key.slot.number]
  if (key.role === 'supervision') return [key.slot.number, key.role, key.sipUser, key.number]
  return [key.slot.number, key.role, key.label, key.number]
}
