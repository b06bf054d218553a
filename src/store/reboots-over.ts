import type { Access } from './devices.ts'
import type { Reboots } from './reboots.ts'
import { findNews, takeNews } from './reboots-confirm.ts'
import { claimJob, dueJobs, nextDue, postponeJob, sentSince, settleJob } from './reboots-due.ts'
import { eventsOf, pruneSomeEvents } from './reboots-events.ts'
import { countJobs, findJobs } from './reboots-jobs.ts'
import { cancelReboots, orderReboots, rescheduleReboots } from './reboots-orders.ts'
import { findTarget } from './reboots-targets.ts'
import type { Sealer } from './seal.ts'

/** `tells`: somebody is told of devices that were given up. */
export function rebootsOver(read: Access, write: Access, sealer: Sealer, tells: boolean): Reboots {
  return {
    due: (now, limit, perPlace) => read((db) => dueJobs(db, now, limit, perPlace)),
    nextDue: (now) => read((db) => nextDue(db, now)),
    claim: (id, node, until, now) => write((db) => claimJob(db, id, node, until, now)),
    postpone: (id, dueAt, now) => write((db) => postponeJob(db, id, dueAt, now)),
    settle: (id, node, outcome) => write((db) => settleJob(db, id, node, outcome, tells)),
    async confirm(now) {
      // Asked all the time, and mostly there is nothing new: only then does it take its turn among the writers.
      const news = await read((db) => findNews(db))
      if (news.length === 0) return []
      return write((db) => takeNews(db, news, now))
    },
    sentSince: (at) => read((db) => sentSince(db, at)),
    target: (mac) => read((db) => findTarget(db, sealer, mac)),
    jobs: (query) => read((db) => findJobs(db, query)),
    count: () => read(countJobs),
    order: (order) => write((db) => orderReboots(db, order)),
    cancel: (macs, who, at) => write((db) => cancelReboots(db, macs, who, at)),
    reschedule: (macs, dueAt, who, at) => write((db) => rescheduleReboots(db, macs, dueAt, who, at)),
    eventsOf: (mac, limit) => read((db) => eventsOf(db, mac, limit)),
    async pruneEvents(before) {
      let total = 0
      for (;;) {
        const removed = await write((db) => pruneSomeEvents(db, before))
        if (removed === 0) return total
        total += removed
      }
    },
  }
}
