import type { DeviceIntent, KeyIntent } from './device-intent.ts'
import { deviceIntent, linesByDevice } from './devices.ts'
import { sameRecord } from './diff.ts'
import type { DeviceImpact } from './fleet-diff.ts'
import type { Company } from './intent.ts'
import type { ModelLookup } from './model.ts'

/**
 * Which devices of a company get other files, why, and how soon they must take them. Comparing intents is comparing
 * files: a device's files depend on nothing else of the fleet.
 */
export function impactOf(
  before: Company | undefined,
  after: Company | undefined,
  models: ModelLookup,
): readonly DeviceImpact[] {
  const name = after?.name ?? before?.name ?? ''
  const was = intents(before, models)
  const is = intents(after, models)
  const impacts: DeviceImpact[] = []
  for (const [mac, now] of is) {
    const old = was.get(mac)
    const change = old
      ? compareDevices(old, now)
      : { urgency: 'reboot' as const, reasons: ['equipment linked'] }
    if (change)
      impacts.push({ mac, model: now.model.id, company: name, link: old ? 'kept' : 'linked', ...change })
  }
  for (const [mac, old] of was) {
    if (is.has(mac)) continue
    impacts.push({
      mac,
      model: old.model.id,
      company: name,
      link: 'unlinked',
      urgency: 'reboot',
      reasons: ['equipment removed'],
    })
  }
  return impacts
}

function intents(company: Company | undefined, models: ModelLookup): ReadonlyMap<string, DeviceIntent> {
  const all = new Map<string, DeviceIntent>()
  if (!company) return all
  const byNumber = new Map(company.lines.map((line) => [line.number, line]))
  for (const [mac, lines] of linesByDevice(company.lines)) {
    const intent = deviceIntent(company, mac, lines, models, (number) => byNumber.get(number))
    if (intent) all.set(mac, intent)
  }
  return all
}

/**
 * Reboot or not: a phone is woken at once when what it does changes (lines, keys, equipment, calls), and left until the
 * quiet hours when only what it shows does (a colleague's name, the language, the clock). `undefined`: nothing changed.
 */
export function compareDevices(
  before: DeviceIntent,
  after: DeviceIntent,
): Pick<DeviceImpact, 'urgency' | 'reasons'> | undefined {
  const doing = aspects
    .filter(([, aspect]) => !sameRecord(aspect(before), aspect(after)))
    .map(([reason]) => reason)
  if (doing.length > 0) return { urgency: 'reboot', reasons: doing }
  const showing = texts.filter(([, text]) => !sameRecord(text(before), text(after))).map(([reason]) => reason)
  return showing.length > 0 ? { urgency: 'quiet-hours', reasons: showing } : undefined
}

type Aspect = readonly [reason: string, of: (device: DeviceIntent) => unknown]

/** What a device does. */
const aspects: readonly Aspect[] = [
  ['model changed', (device) => device.model.id],
  ['expansion modules changed', (device) => device.expansion],
  ['lines changed', (device) => device.ports.map(({ displayName, shortNumber, ...rest }) => rest)],
  ['keys changed', (device) => device.keys.map(actionOf)],
  ['SIP server changed', (device) => device.sip],
  ['codes changed', (device) => device.codes],
  ['key during a call changed', (device) => device.keyDuringCall],
  ['extra parameters changed', (device) => device.parameters],
]

/** What a device shows. */
const texts: readonly Aspect[] = [
  ["the line's name changed", (device) => device.ports.map((port) => [port.displayName, port.shortNumber])],
  ['names on keys changed', (device) => device.keys.map((key) => key.label)],
  ['language changed', (device) => device.locale],
  ['time zone changed', (device) => device.timezone],
]

/** A key without the texts that others decide: the manager's own label on a shortcut is part of the key. */
function actionOf(key: KeyIntent): unknown {
  if (key.role === 'line') return [key.slot.number]
  if (key.role === 'supervision') return [key.slot.number, key.role, key.sipUser, key.number]
  return [key.slot.number, key.role, key.label, key.number]
}
