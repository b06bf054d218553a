import type { GuardMark } from '../access/guard.ts'
import type { News } from './words.ts'

interface Desk {
  news: News[]
  /** The latest of each source: a flood of guesses is one mark. */
  readonly marks: Map<string, GuardMark>
}

/** Gathers what one turn of the event loop has to tell each worker. */
export function createNewsroom(send: (worker: number, news: readonly News[]) => void) {
  let desks = new Map<number, Desk>()

  function sendAll(): void {
    const before = desks
    desks = new Map()
    for (const [worker, { news, marks }] of before) {
      const held: News[] = marks.size === 0 ? [] : [{ what: 'marks', marks: [...marks.values()] }]
      // First, lest what is held against a source comes back once it is forgiven.
      send(worker, [...held, ...news])
    }
  }

  return {
    tell(workers: readonly number[], news: News, but?: number): void {
      if (desks.size === 0 && workers.length > 0) setImmediate(sendAll)
      for (const worker of workers) {
        if (worker === but) continue
        const desk: Desk = desks.get(worker) ?? { news: [], marks: new Map() }
        desks.set(worker, desk)
        if (news.what === 'marks') for (const mark of news.marks) desk.marks.set(mark.source, mark)
        else desk.news.push(news)
      }
    },
  }
}
