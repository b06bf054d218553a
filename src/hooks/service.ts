import type { Settings } from '../settings.ts'
import type { Hooks } from '../store/hooks.ts'
import { type HooksLog, startSending } from './sending.ts'

export interface HooksParts {
  readonly store: { readonly hooks: Hooks }
  readonly settings: Pick<Settings, 'webhookUrl' | 'webhookSecret'>
  readonly log: HooksLog
  readonly now?: () => number
}

/** Sends the messages that wait to where they are to go; without an address nothing is sent. */
export function startHooks({
  store: { hooks },
  settings: { webhookUrl: url, webhookSecret: secret },
  log,
  now = Date.now,
}: HooksParts): { close(): Promise<void> } {
  if (url === undefined || secret === undefined) return { close: async () => {} }
  return startSending({ hooks, url, secret, log, now })
}
