import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Company, Line } from '../../src/domain/intent.ts'
import type { RegistrarLog } from '../../src/registrar/log.ts'
import type { Store } from '../../src/store/store.ts'
import { company, line, save } from '../store/support.ts'

export const first = line('+33483050173', {
  firstName: 'Stéphane',
  lastName: 'Biel',
  sip: { password: 'Zq8-first-secret' },
})
export const second = line('+33483050174', { sip: { user: 'own.user', password: 'Zq8-second-secret' } })

export function withPassword(one: Line, password: string): Line {
  return { ...one, sip: { ...one.sip, password } }
}

export function fleet(...lines: Line[]): Company[] {
  return [company('A', { lines })]
}

/** Makes the store hold these companies in place of those it was given last. */
export function keeping(store: Store): (after: readonly Company[]) => Promise<void> {
  let before: readonly Company[] = []
  return async (after) => {
    await save(store, before, after)
    before = after
  }
}

/** A folder that others may pass through, for their readers of files in it. */
export async function sharedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-feed-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Told {
  readonly level: keyof RegistrarLog
  readonly fields: Record<string, unknown>
  readonly text: string
}

/** A log to wait on: `next` is what is told next and says this. */
export function listeningLog(): { log: RegistrarLog; told: Told[]; next(text: RegExp): Promise<Told> } {
  const told: Told[] = []
  const waiting = new Set<(one: Told) => void>()
  const at = (level: Told['level']) => (fields: object, text: string) => {
    const one = { level, fields: { ...fields }, text }
    told.push(one)
    for (const tell of waiting) tell(one)
  }
  return {
    told,
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    next: (text) =>
      new Promise((resolve) => {
        const tell = (one: Told) => {
          if (!text.test(one.text)) return
          waiting.delete(tell)
          resolve(one)
        }
        waiting.add(tell)
      }),
  }
}
