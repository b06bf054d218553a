import type { FleetDiff } from '../domain/fleet-diff.ts'
import type { Line } from '../domain/intent.ts'
import type { FleetReader } from '../store/store.ts'

/** A line whose device goes away with the line's SIP password in its memory. */
export interface Renewal {
  readonly number: string
  /** Made by the server: it is renewed. Given by the operator: it is kept, and the operator is told. */
  readonly password: 'renewed' | 'kept'
}

/** Which lines lose a device, by removal or by change of address. */
export async function renewals(
  diff: FleetDiff,
  reader: Pick<FleetReader, 'passwordOrigins'>,
): Promise<readonly Renewal[]> {
  const numbers = diff
    .flatMap((company) => company.lines)
    .flatMap(({ before, after }) => (before && after && losesDevice(before, after) ? [after.number] : []))
  if (numbers.length === 0) return []
  const origins = await reader.passwordOrigins(numbers)
  return numbers.map((number) => ({
    number,
    password: origins.get(number) === 'operator' ? 'kept' : 'renewed',
  }))
}

/** A new password given along with the change makes a renewal needless. */
function losesDevice(before: Line, after: Line): boolean {
  const had = before.equipment?.mac
  return had !== undefined && had !== after.equipment?.mac && before.sip?.password === after.sip?.password
}
