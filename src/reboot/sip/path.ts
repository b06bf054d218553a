/** A way on which requests reach a hop, and what they say of where they come from. */
export interface Path {
  /** `SIP/2.0/UDP 198.51.100.5:5066`, as it stands in a Via. */
  readonly via: string
  /** `sip:198.51.100.5:5066`, as it stands in a Contact. */
  readonly contact: string
  /** Whether what is sent arrives, or the connection's end is told: nothing is sent twice then. */
  readonly isReliable: boolean
  send(bytes: Buffer): void
  /** Nothing came back so far: finds out whether anybody listens there, and ends what waits where nobody does. */
  sound?(): void
}

/** Where a hop's name leads. */
export interface Place {
  readonly address: string
  readonly port: number
}

/** Why there is no way to a hop. */
export interface NoPath {
  readonly noPath: string
  /** The other side is there and is not who it should be: trying again does not help. */
  readonly isMistrusted?: true
}

/** What paths lead over: the UDP socket, or connections. */
export interface Carrier {
  readonly reachesIPv6: boolean
  /** At once where the path is known. */
  pathTo(place: Place): Path | Promise<Path | NoPath>
}

export function addressOf({ address, port }: Place): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}
