/** What one listener bears. Times are in milliseconds. */
export interface HttpLimits {
  /** Open at once; above this devices are told to come again, and a tenth above it nobody gets in. */
  readonly connections: number
  /** Of these, from one address. A site behind a router that translates addresses counts as one. */
  readonly connectionsPerSource: number
  /** Requests of one connection that wait for their answers. Phones wait for each. */
  readonly requestsPerConnection: number
  readonly headerBytes: number
  /** Held by uploads that are still arriving, all together. */
  readonly uploadBytes: number
  readonly handshakeTime: number
  readonly headersTime: number
  /** For a whole request, an upload with its body. */
  readonly requestTime: number
  /** A connection between two requests. */
  readonly keepAliveTime: number
  /** A connection on which nothing moves although an answer is under way. */
  readonly idleTime: number
  /** How late the server may be before new requests are put off: a device has given up by then. */
  readonly lateness: number
  /** How long `close` lets answers end. */
  readonly closeGrace: number
}

export const DEFAULT_LIMITS: HttpLimits = {
  connections: 10_000,
  connectionsPerSource: 2_000,
  requestsPerConnection: 32,
  headerBytes: 8 * 1024,
  uploadBytes: 64 * 1024 * 1024,
  handshakeTime: 20_000,
  headersTime: 15_000,
  requestTime: 120_000,
  keepAliveTime: 15_000,
  idleTime: 60_000,
  lateness: 2_000,
  closeGrace: 5_000,
}
