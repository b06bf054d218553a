import type { X509Certificate } from 'node:crypto'

/** How a request came: what a device can be asked for, and what it may be told, depends on it. */
export type DeviceTransport = 'http' | 'https' | 'mtls' | 'tftp'

/**
 * What stands between the listeners and the fleet: each listener (HTTP, HTTPS, TFTP) turns its protocol into a
 * DeviceRequest and an Answer back into its protocol, and decides nothing itself.
 */
export interface DevicePlane {
  /** GET, HEAD and a TFTP read. Usually answered from memory, at once. */
  get(request: DeviceRequest): Answer | Promise<Answer>
  /** PUT, POST and a TFTP write: where the bytes may go, or why they may not. */
  put(request: DeviceRequest): Upload | Refusal | Promise<Upload | Refusal>
}

export interface DeviceRequest {
  readonly transport: DeviceTransport
  readonly method: string
  /** The path, percent-decoded, without query, leading or doubled slashes. */
  readonly name: string
  /** The path and query as they came: a digest is made over them. */
  readonly target: string
  /** The device's address, a believed proxy's word taken into account. */
  readonly source: string
  readonly userAgent?: string
  readonly authorization?: string
  readonly certificate?: PresentedCertificate
}

/** What a listener learnt of a client certificate; whose device it proves is decided by the plane. */
export interface PresentedCertificate {
  /** With the certificates above it that the device sent along. */
  readonly certificate: X509Certificate
  /** What TLS found when it checked it. */
  readonly check: 'passed' | 'expired' | 'failed'
}

export type Answer = MemoryFile | DiskFile | Refusal

interface Sendable {
  readonly contentType: string
  /** In quotes, as HTTP writes it. */
  readonly etag: string
  /** Milliseconds; moves only when the bytes do. */
  readonly modifiedAt: number
  /** Once, when the answer is over: whether the whole body reached the device. */
  done(outcome: Outcome): void
}

export interface Outcome {
  readonly status: number
  readonly bytes: number
  readonly complete: boolean
}

export interface MemoryFile extends Sendable {
  readonly kind: 'memory'
  readonly body: Buffer
}

/** Firmware and other files that operators put on disk. */
export interface DiskFile extends Sendable {
  readonly kind: 'disk'
  readonly path: string
  readonly size: number
}

/** A refused device learns nothing: each kind has one form, whatever the reason. */
export type Refusal =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'challenge'; readonly header: string }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }

/** Takes an upload piece by piece; nothing of it is seen before `commit` has resolved. */
export interface Upload {
  readonly kind: 'upload'
  readonly maxBytes: number
  commit(body: Buffer): Promise<void>
  abort(): void
}
