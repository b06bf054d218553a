import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import type { Answer, DevicePlane, DeviceRequest, Outcome, Upload } from '../../../src/delivery/plane.ts'

export const MODIFIED_AT = Date.UTC(2026, 2, 14, 15, 9, 26, 535)
export const LAST_MODIFIED = 'Sat, 14 Mar 2026 15:09:26 GMT'

export interface Seen extends Outcome {
  readonly name: string
}

export interface FixedPlane extends DevicePlane {
  readonly requests: DeviceRequest[]
  readonly outcomes: Seen[]
  readonly stored: Map<string, Buffer>
  readonly aborted: string[]
  /** Resolves with the outcome of the next answer that ends. */
  nextOutcome(): Promise<Seen>
  nextAbort(): Promise<string>
}

/** Serves what it is given, in memory or by path, and takes uploads under `uploads/` only. */
export function fixedPlane(
  files: Readonly<Record<string, string | Buffer | { path: string }>>,
  maxBytes = 1000,
): FixedPlane {
  const requests: DeviceRequest[] = []
  const outcomes: Seen[] = []
  const stored = new Map<string, Buffer>()
  const aborted: string[] = []
  let hearOutcome: (seen: Seen) => void = () => {}
  let hearAbort: (name: string) => void = () => {}
  return {
    requests,
    outcomes,
    stored,
    aborted,
    nextOutcome: () => new Promise((resolve) => (hearOutcome = resolve)),
    nextAbort: () => new Promise((resolve) => (hearAbort = resolve)),
    get(request) {
      requests.push(request)
      if (request.name === 'locked') return { kind: 'challenge', header: 'Basic realm="devices"' }
      if (request.name === 'never') return { kind: 'forbidden' }
      if (request.name === 'later') return { kind: 'busy', retryAfterSeconds: 7 }
      const file = files[request.name]
      if (file === undefined) return { kind: 'not-found' }
      return answerWith(file, (outcome) => {
        const seen = { name: request.name, ...outcome }
        outcomes.push(seen)
        hearOutcome(seen)
      })
    },
    put(request) {
      requests.push(request)
      if (request.name.startsWith('locked/')) return { kind: 'challenge', header: 'Basic realm="devices"' }
      if (!request.name.startsWith('uploads/')) return { kind: 'not-found' }
      return uploadTo(request.name)
    },
  }

  function uploadTo(name: string): Upload {
    return {
      kind: 'upload',
      maxBytes,
      async commit(body) {
        stored.set(name, body)
      },
      abort() {
        aborted.push(name)
        hearAbort(name)
      },
    }
  }
}

export function etagOf(body: string | Buffer): string {
  return `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
}

function answerWith(file: string | Buffer | { path: string }, done: (outcome: Outcome) => void): Answer {
  const sent = { modifiedAt: MODIFIED_AT, done }
  if (typeof file === 'object' && 'path' in file) {
    const { size } = statSync(file.path)
    const contentType = 'application/octet-stream'
    return { ...sent, kind: 'disk', path: file.path, size, contentType, etag: etagOf(file.path) }
  }
  return {
    ...sent,
    kind: 'memory',
    body: Buffer.from(file),
    contentType: 'text/plain; charset=utf-8',
    etag: etagOf(file),
  }
}

export const emptyPlane: DevicePlane = {
  get: () => ({ kind: 'not-found' }),
  put: () => ({ kind: 'not-found' }),
}

/** Fails at once, or a moment later. */
export function brokenPlane(when: 'at once' | 'later'): DevicePlane {
  const broken = (): never => {
    throw new Error('the database is gone')
  }
  return when === 'at once'
    ? { get: broken, put: broken }
    : { get: async () => broken(), put: async () => broken() }
}
