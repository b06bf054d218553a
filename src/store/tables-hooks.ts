export interface HookMessageRow {
  /** Grows with every message: the order of sending. */
  id: number
  /** What the receiver knows it by. */
  uid: string
  type: string
  subject: string
  at: number
  /** JSON. */
  data: string
  attempts: number
  due_at: number
}
