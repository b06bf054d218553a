import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Of a database that several Bootlines share by schemas, each hears of its own. */
export const channelOf = "'bootline.' || current_schema()"

export interface News {
  close(): Promise<void>
}

/**
 * Calls whenever a change of the fleet is committed, on whichever node. A connection that was lost may have missed
 * some: whoever hears is called once more when there is one again.
 */
export function hearChanges(url: string, hear: () => void): News {
  const closing = new AbortController()
  let client: pg.Client | undefined

  async function listen(): Promise<void> {
    for (let pause = 100; !closing.signal.aborted; pause = Math.min(pause * 2, 2_000)) {
      const ended = await connect().catch(() => undefined)
      if (ended) {
        pause = 100
        await ended
      }
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => {})
    }
  }

  /** Resolves with the end of the connection, once it hears. */
  async function connect(): Promise<Promise<void>> {
    const mine = new pg.Client({
      connectionString: url,
      application_name: 'bootline news',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    const ended = new Promise<void>((resolve) => {
      mine.on('error', () => resolve())
      mine.on('end', () => resolve())
    })
    client = mine
    await mine.connect()
    mine.on('notification', hear)
    const { rows } = await mine.query<{ channel: string }>(`select quote_ident(${channelOf}) as channel`)
    await mine.query(`listen ${rows[0]?.channel}`)
    hear()
    return ended
  }

  const listening = listen()
  return {
    async close() {
      closing.abort()
      await client?.end().catch(() => {})
      await listening
    },
  }
}
