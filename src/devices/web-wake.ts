/**
 * How a vendor's devices are asked over their own web interface to take new files: as data, because nothing in it
 * depends on the device. It is always HTTPS, since the device's own password goes with it.
 */
export interface WebWake {
  readonly port: number
  /** The one name under which anybody signs in at these devices; absent: the company says who. */
  readonly user?: string
  readonly resync: WebRequest
  readonly reboot: WebRequest
  /** What a device says in the body of a good answer; absent: a good answer means that it has heard. */
  readAnswer?(body: string): WebReading
}

export interface WebRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface WebReading {
  readonly result: 'heard' | 'busy' | 'refused'
  /** For people: `200, status 4001: busy`. */
  readonly detail: string
}
