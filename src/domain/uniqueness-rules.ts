import { type Line, sipUser } from './intent.ts'
import { type Claims, type Holder, type LocatedCompany, shortOf } from './located-fleet.ts'
import { formatMac } from './mac.ts'
import { fault, type Path, type Problem } from './problem.ts'
import { withArticle } from './text-rules.ts'

/** What only one line may hold: its number, its e-mail address, its SIP account, its port of a device. */
export function checkUniqueness(fleet: readonly LocatedCompany[], claims: Claims): readonly Problem[] {
  const numbers = new Taken(claims.numbers)
  const emails = new Taken(claims.emails)
  const sipUsers = new Taken(claims.sipUsers)
  const shorts = new Taken(claims.shortNumbers)
  const devices = new Devices(claims.macs)
  return fleet.flatMap(({ company, lines, path: companyPath }) => {
    return company.lines.flatMap((line, i) => {
      const path = lines[i] ?? companyPath
      const holder = { company: company.name, number: line.number }
      const says = (code: string, field: string, what: string, right: string) => (other: Holder) =>
        fault(code, `${path}.${field}`, `${what} already belongs to ${spoken(other, holder)}`, right)
      return [
        ...numbers.take(line.number, holder, (other) =>
          fault(
            'number-taken',
            `${path}.number`,
            `${line.number} is already a line of ${other.company}`,
            'a number is one line: remove one of the two',
          ),
        ),
        ...emails.take(
          line.email?.toLowerCase(),
          holder,
          says('email-taken', 'email', 'this e-mail address', 'give each person an own address'),
        ),
        ...shorts.take(
          line.shortNumber && shortOf(company.name, line.shortNumber),
          holder,
          says(
            'short-number-taken',
            'shortNumber',
            `${line.shortNumber}`,
            'give each line an own short number',
          ),
        ),
        ...sipUsers.take(
          account(line, company.sip.domain),
          holder,
          says(
            'sip-user-taken',
            'sip.user',
            `the SIP user ${sipUser(line)}`,
            'give each line an own SIP user',
          ),
        ),
        ...devices.take(line, holder, `${path}.equipment`),
      ]
    })
  })
}

function account(line: Line, domain: string): string {
  return `${sipUser(line)}@${domain}`.toLowerCase()
}

function spoken(other: Holder, self: Holder): string {
  return other.company === self.company ? `line ${other.number}` : `line ${other.number} of ${other.company}`
}

/** First come, first served: the second one to claim a thing is told who has it. */
class Taken {
  private readonly held = new Map<string, Holder>()
  constructor(private readonly elsewhere: ReadonlyMap<string, Holder>) {}

  take(thing: string | undefined, holder: Holder, refuse: (other: Holder) => Problem): readonly Problem[] {
    if (thing === undefined) return []
    const other = this.held.get(thing) ?? this.elsewhere.get(thing)
    if (other) return [refuse(other)]
    this.held.set(thing, holder)
    return []
  }
}

interface Device {
  readonly first: Holder
  readonly model: string
  readonly ports: Map<number, Holder>
}

/** One port of one device has at most one line; all lines of a device agree on its model and its company. */
class Devices {
  private readonly byMac = new Map<string, Device>()
  constructor(private readonly elsewhere: ReadonlyMap<string, Holder>) {}

  take(line: Line, holder: Holder, path: Path): readonly Problem[] {
    const { mac, model, port } = line.equipment ?? {}
    if (mac === undefined || model === undefined || port === undefined) return []
    const shown = formatMac(mac)
    const device = this.byMac.get(mac)
    const other =
      this.elsewhere.get(mac) ??
      (device && device.first.company !== holder.company ? device.first : undefined)
    if (other) {
      return [
        fault(
          'mac-taken',
          `${path}.mac`,
          `${shown} already belongs to line ${other.number} of ${other.company}`,
          'a device belongs to one company: check the address',
        ),
      ]
    }
    if (!device) {
      this.byMac.set(mac, { first: holder, model, ports: new Map([[port, holder]]) })
      return []
    }
    const taken = device.ports.get(port)
    if (taken) {
      return [
        fault(
          'mac-taken',
          `${path}.mac`,
          `${shown} port ${port} already has line ${taken.number}`,
          'check the address, or give another port of the device',
        ),
      ]
    }
    device.ports.set(port, holder)
    if (device.model === model) return []
    return [
      fault(
        'device-models',
        `${path}.model`,
        `${shown} is ${withArticle(device.model)} on line ${device.first.number}`,
        'one device has one model: write the same on all its lines',
      ),
    ]
  }
}
