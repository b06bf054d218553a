/** One answer to a request of the device plane. */
export interface DeliveryRecord {
  readonly at: number
  /** Whose file it is, or who says to be asking. */
  readonly mac?: string
  /** The name that was asked. */
  readonly name: string
  /** What sort of file: `device`, `shared`, `firmware`, `log`… */
  readonly kind: string
  readonly transport: string
  readonly method: string
  readonly status: number
  readonly bytes: number
  /** All of it was sent. */
  readonly complete: boolean
  readonly revision?: string
  readonly source: string
  readonly userAgent?: string
  readonly version?: string
  /** The reason code of a refusal or an admission. */
  readonly why?: string
  /** With this file the device has all files of that revision. */
  readonly completes?: string
  /** What it lacked for that after this file, as far as this server gave it any. */
  readonly lacks?: readonly string[]
}

export type Delivery = Omit<DeliveryRecord, 'completes' | 'lacks'>
