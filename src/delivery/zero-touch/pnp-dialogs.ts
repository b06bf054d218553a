import { randomBytes } from 'node:crypto'
import type { Subscription } from './pnp-subscribe.ts'
import type { Retransmission } from './retransmission.ts'

/** One question and what became of it. It outlives its answer, so that a repeated question is no new one. */
export interface Dialog {
  readonly tag: string
  readonly branch: string
  readonly source: string
  sending?: Retransmission
}

/** At one moment. A larger crowd repeats its questions and finds a place then. */
const PLACES = 4096

export interface PnpDialogs {
  find(subscription: Subscription): Dialog | undefined
  /** The dialog of the NOTIFY with this branch, if it was sent to this address. */
  byBranch(branch: string, source: string): Dialog | undefined
  /** Nothing when all places are taken. */
  begin(subscription: Subscription): Dialog | undefined
  end(subscription: Subscription): void
  stopAll(): void
}

export function pnpDialogs(): PnpDialogs {
  const dialogs = new Map<string, Dialog>()
  const branches = new Map<string, Dialog>()
  const find = (subscription: Subscription) => dialogs.get(keyOf(subscription))
  return {
    find,
    byBranch(branch, source) {
      const dialog = branches.get(branch)
      return dialog?.source === source ? dialog : undefined
    },
    begin(subscription) {
      if (dialogs.size >= PLACES) return undefined
      // The prefix says that the branch is unique, RFC 3261, 8.1.1.7.
      const branch = `z9hG4bK${randomBytes(12).toString('hex')}`
      const dialog = { tag: randomBytes(8).toString('hex'), branch, source: subscription.device.address }
      dialogs.set(keyOf(subscription), dialog)
      branches.set(branch, dialog)
      return dialog
    },
    end(subscription) {
      const dialog = find(subscription)
      if (dialog) branches.delete(dialog.branch)
      dialogs.delete(keyOf(subscription))
    },
    stopAll() {
      for (const { sending } of dialogs.values()) sending?.stop()
      dialogs.clear()
      branches.clear()
    },
  }
}

function keyOf({ device, callId }: Subscription): string {
  return `${device.address} ${callId}`
}
