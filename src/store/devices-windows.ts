import { openWindow, windowState } from '../domain/window.ts'
import { accountColumns, type MakeAccount, noWindow, windowColumns, windowOfRow } from './devices-rows.ts'
import { type Author, beginChange, writeAudit } from './history.ts'
import type { Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

/**
 * Binds a device's window to its first contact. Of all who try, one source wins, once and for every process;
 * returns whether the window admits this source now.
 */
export async function bindWindow(db: Queries, mac: string, source: string, at: number): Promise<boolean> {
  await db
    .updateTable('device')
    .set({ window_source: source, window_first_contact_at: at })
    .where('mac', '=', mac)
    .where('window_first_contact_at', 'is', null)
    .where('window_expires_at', '>', at)
    .where((e) => e.or([e('window_source', 'is', null), e('window_source', '=', source)]))
    .execute()
  const row = await db
    .selectFrom('device')
    .select(['window_opened_at', 'window_expires_at', 'window_source', 'window_first_contact_at'])
    .where('mac', '=', mac)
    .executeTakeFirst()
  return row !== undefined && windowState(windowOfRow(row), source, at) === 'admits'
}

/** A device that proved who it is needs its window no more; one opened since stays, as does that of an unlinked device. */
export async function closeWindow(db: Queries, mac: string, at: number): Promise<void> {
  await db
    .updateTable('device')
    .set(noWindow)
    .where('mac', '=', mac)
    .where('state', '=', 'linked')
    .where('window_opened_at', '<=', at)
    .execute()
}

/**
 * A manager lets a device in anew ("the phone was factory-reset"). Its account becomes another one, so that what a lost
 * phone knows is worth nothing. Returns the generation this makes, `undefined` when there is no such device.
 */
export async function openDeviceWindow(
  db: Queries,
  sealer: Sealer,
  mac: string,
  author: Author,
  makeAccount: MakeAccount,
): Promise<number | undefined> {
  const device = await db.selectFrom('device').selectAll().where('mac', '=', mac).executeTakeFirst()
  if (!device) return undefined
  const { model, company, generation, state } = device
  const linked = state === 'linked'
  await db
    .updateTable('device')
    .set({
      ...windowColumns(openWindow(author.at)),
      ...(linked ? accountColumns(mac, makeAccount(), sealer) : {}),
      generation: generation + 1,
      revision: null,
      revision_at: null,
    })
    .where('mac', '=', mac)
    .execute()
  const id = await beginChange(db, author, `${mac}: window opened`, [
    {
      mac,
      model,
      company,
      urgency: 'reboot',
      reasons: ['window opened'],
      link: linked ? 'kept' : 'unlinked',
    },
  ])
  const after = JSON.stringify({ window: 'opened', ...(linked ? { account: 'changed' } : {}) })
  await writeAudit({ db, tick: () => {} }, id, author, [
    { what: 'device', company, subject: mac, action: 'changed', before: null, after },
  ])
  return id
}

/** Somebody takes it back before it is used or over. Nothing of the device's files changes, so nobody is told. */
export async function endDeviceWindow(db: Queries, mac: string, author: Author): Promise<boolean> {
  const row = await db.selectFrom('device').selectAll().where('mac', '=', mac).executeTakeFirst()
  const isOpen = row?.state === 'linked' && (row.window_expires_at ?? 0) > author.at
  if (!isOpen) return false
  await db.updateTable('device').set(noWindow).where('mac', '=', mac).execute()
  // Whoever serves devices reads those again that a change names.
  const id = await beginChange(db, author, `${mac}: window closed`, [
    {
      mac,
      model: row.model,
      company: row.company,
      urgency: 'quiet-hours',
      reasons: ['window closed'],
      link: 'kept',
    },
  ])
  await writeAudit({ db, tick: () => {} }, id, author, [
    {
      what: 'device',
      company: row.company,
      subject: mac,
      action: 'changed',
      before: null,
      after: JSON.stringify({ window: 'closed' }),
    },
  ])
  return true
}
