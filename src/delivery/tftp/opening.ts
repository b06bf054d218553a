import type { Desk } from './desk.ts'
import type { ReadOutcome, TftpAnswer, TftpPeer } from './files.ts'
import { encodeNetascii } from './netascii.ts'
import { agree, announcedSize, type Terms } from './options.ts'
import { errorPacket, type Fault, type Request } from './packets.ts'
import { startReading } from './reading.ts'
import { sendPacket } from './sockets.ts'
import { bodySource, fileSource, type Source } from './source.ts'
import type { Place } from './table.ts'
import { startWriting } from './writing.ts'

/** A request, and who serves it on which place. */
interface Asked {
  readonly desk: Desk
  readonly place: Place
  readonly request: Request
  readonly name: string
  readonly peer: TftpPeer
}

/**
 * Asks for what the request names, and starts the transfer or refuses it: at once where the answer is there at once, as
 * that of nearly every device is.
 */
export function openTransfer(asked: Asked): void {
  const { desk, place, request, name, peer } = asked
  const settle = (fault: Fault | undefined): void => {
    if (fault === undefined) return
    if (isCurrent(asked)) sendPacket(place.wire, errorPacket(fault))
    desk.table.end(place)
    desk.log?.debug({ name, peer, fault }, 'TFTP request refused')
  }
  const fail = (error: unknown): void => {
    desk.log?.error({ name, peer, err: error }, 'a TFTP request failed')
    settle('failed')
  }
  let opened: Fault | undefined | Promise<Fault | undefined>
  try {
    opened = request.kind === 'read' ? openRead(asked) : openWrite(asked)
  } catch (error) {
    fail(error)
    return
  }
  if (opened instanceof Promise) opened.then(settle, fail)
  else settle(opened)
}

/** The peer may have begun anew, or the server closed, while the answer was looked for. */
function isCurrent({ desk, place }: Asked): boolean {
  return desk.table.find(place.key) === place
}

function openRead(asked: Asked): Fault | undefined | Promise<Fault | undefined> {
  const answer = asked.desk.files.read(asked.name, asked.peer)
  return answer instanceof Promise
    ? answer.then((found) => beginReading(asked, found))
    : beginReading(asked, answer)
}

function beginReading(asked: Asked, answer: TftpAnswer): Fault | undefined {
  const { desk, place, request, name, peer } = asked
  if ('error' in answer) return answer.error
  const told = (outcome: ReadOutcome, error?: unknown): void => {
    desk.table.end(place)
    const fields = { name, peer, ...outcome }
    if (error === undefined) desk.log?.debug(fields, 'TFTP read ended')
    else desk.log?.error({ ...fields, err: error }, 'a file could not be read for TFTP')
    guarded(desk, () => answer.done?.(outcome))
  }
  const { source, terms } = prepare(request, answer)
  if (!isCurrent(asked)) {
    source.close()
    told({ bytes: 0, complete: false })
    return undefined
  }
  const { wire } = place
  place.transfer = startReading({ name: request.name, wire, source, terms, clock: desk.clock, ended: told })
  return undefined
}

function prepare(
  request: Request,
  answer: Exclude<TftpAnswer, { error: unknown }>,
): { source: Source; terms: Terms } {
  const netascii = request.mode === 'netascii'
  if ('body' in answer) {
    const body = netascii ? encodeNetascii(answer.body) : answer.body
    const terms = agree(request, body.length)
    return { source: bodySource(body, terms.blockSize), terms }
  }
  // How long a file becomes as netascii is known only once it is read: no size is better than a wrong one.
  const terms = agree(request, netascii ? undefined : answer.size)
  return { source: fileSource(answer.file, { ...terms, size: answer.size, netascii }), terms }
}

async function openWrite(asked: Asked): Promise<Fault | undefined> {
  const { desk, place, request, name, peer } = asked
  const sink = (await desk.files.write?.(name, peer)) ?? { error: 'access' as const }
  if ('error' in sink) return sink.error
  const kept = {
    maxBytes: sink.maxBytes,
    commit: sink.commit.bind(sink),
    abort: () => guarded(desk, () => sink.abort()),
  }
  if (!isCurrent(asked)) {
    kept.abort()
    return undefined
  }
  const netascii = request.mode === 'netascii'
  const announced = netascii ? undefined : announcedSize(request)
  if (announced !== undefined && announced > sink.maxBytes) {
    kept.abort()
    return 'full'
  }
  const terms = agree(request, announced)
  place.transfer = startWriting({
    name: request.name,
    wire: place.wire,
    sink: kept,
    terms,
    netascii,
    clock: desk.clock,
    ended(upload, error) {
      desk.table.end(place, upload?.lastBlock)
      const fields = { name, peer, bytes: upload?.bytes, kept: upload !== undefined }
      if (error === undefined) desk.log?.debug(fields, 'TFTP upload ended')
      else desk.log?.error({ ...fields, err: error }, 'a TFTP upload could not be kept')
    },
  })
  return undefined
}

/** A caller's mistake in a callback must not end the server. */
function guarded(desk: Desk, call: () => void): void {
  try {
    call()
  } catch (error) {
    desk.log?.error({ err: error }, 'a TFTP callback failed')
  }
}
