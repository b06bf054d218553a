import type { CompanyChange, FleetDiff } from '../domain/fleet-diff.ts'
import { type Line, noKeys } from '../domain/intent.ts'
import { enqueueMessages, type NewMessage } from './hooks-messages.ts'
import type { Queries } from './tables.ts'

/** A message stays small enough for any receiver; a change of more lines is told in several, in order. */
const linesPerMessage = 500

type Told = Readonly<Record<string, unknown>>

/** Tells which lines got or lost their device, and whose keys are others now. What the keys are is asked for. */
export async function enqueueLineChanges(db: Queries, diff: FleetDiff, at: number): Promise<void> {
  await enqueueMessages(
    db,
    diff.flatMap((company) => [
      ...inPieces('line.unlinked', company, unlinked, at),
      ...inPieces('line.linked', company, linked, at),
      ...inPieces('keys.changed', company, otherKeys, at),
    ]),
  )
}

type LineChange = CompanyChange['lines'][number]

function inPieces(
  type: string,
  { name, lines }: CompanyChange,
  tell: (change: LineChange) => Told | undefined,
  at: number,
): readonly NewMessage[] {
  const told = lines.map(tell).filter((one) => one !== undefined)
  const pieces = Math.ceil(told.length / linesPerMessage)
  return Array.from({ length: pieces }, (_, i) => ({
    type,
    subject: `company:${name}`,
    at,
    data: { company: name, lines: told.slice(i * linesPerMessage, (i + 1) * linesPerMessage) },
  }))
}

function linked({ before, after }: LineChange): Told | undefined {
  const [was, is] = [deviceOf(before), deviceOf(after)]
  if (!is || (was && was.mac === is.mac && was.port === is.port && was.model === is.model)) return undefined
  return { number: after?.number, ...is }
}

function unlinked({ before, after }: LineChange): Told | undefined {
  const [was, is] = [deviceOf(before), deviceOf(after)]
  if (!was || (is && was.mac === is.mac && was.port === is.port)) return undefined
  return { number: before?.number, ...was }
}

function otherKeys({ before, after }: LineChange): Told | undefined {
  const same = JSON.stringify(before?.keys ?? noKeys) === JSON.stringify(after?.keys ?? noKeys)
  return after && !same ? { number: after.number } : undefined
}

/** Equipment without a MAC is a wish, and no device. */
function deviceOf(line: Line | undefined) {
  const { model, mac, port } = line?.equipment ?? {}
  return mac === undefined ? undefined : { mac, model, port }
}
