import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DataTypeNode,
  type Driver,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient, QueryResult as PostgresResult } from 'pg'
import { isAnswer, serverError } from './postgres-errors.ts'

/** How our queries are said to PostgreSQL over a pool of connections. */
export class ServerDialect extends PostgresDialect {
  readonly #pool: Pool

  constructor(pool: Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new ServerDriver(this.#pool)
  }

  override createQueryCompiler(): QueryCompiler {
    return new ServerCompiler()
  }
}

/** Migrations name the types of SQLite; its integers have 64 bits, and its texts are sorted by their code points. */
const columnTypes: Readonly<Record<string, string>> = {
  integer: 'bigint',
  blob: 'bytea',
  text: 'text collate "C"',
}

class ServerCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    this.append(columnTypes[node.dataType] ?? node.dataType)
  }
}

class ServerDriver implements Driver {
  readonly #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ServerConnection> {
    try {
      return new ServerConnection(await this.#pool.connect())
    } catch (error) {
      throw serverError(error)
    }
  }

  /**
   * As in SQLite, who writes waits at the beginning for whoever does: what he reads is then the newest there is, and
   * what he concludes from it holds until he is done. The turn ends with the transaction, however that ends.
   */
  async beginTransaction(connection: ServerConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === 'read only') {
      await connection.run('begin isolation level repeatable read read only')
      return
    }
    try {
      await connection.run(
        'begin; select pg_advisory_xact_lock(hashtextextended(current_schema(), 1112494898))',
      )
    } catch (error) {
      // Who waited in vain has begun all the same, and nobody else would end that.
      await this.rollbackTransaction(connection)
      throw error
    }
  }

  async commitTransaction(connection: ServerConnection): Promise<void> {
    await connection.run('commit')
  }

  /** One whose connection is gone was rolled back by that; asking again would hide why. */
  async rollbackTransaction(connection: ServerConnection): Promise<void> {
    if (!connection.broken) await connection.run('rollback')
  }

  async releaseConnection(connection: ServerConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

class ServerConnection implements DatabaseConnection {
  readonly #client: PoolClient
  /** It is not for anybody after this one: the server may have more to say on it. */
  broken = false

  constructor(client: PoolClient) {
    this.#client = client
  }

  async run(text: string): Promise<void> {
    await this.#answered(() => this.#client.query(text))
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.#answered(async () =>
      Array.isArray(parameters[0])
        ? this.#runEach<R>(sql, parameters as readonly unknown[][])
        : resultOf<R>(await this.#client.query(sql, parameters.map(storable))),
    )
  }

  async #answered<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      this.broken ||= !isAnswer(error)
      throw serverError(error)
    }
  }

  /** A statement that is given rows of values, as `runEach` does, is prepared once, and sent for all without waiting. */
  async #runEach<R>(text: string, rows: readonly (readonly unknown[])[]): Promise<QueryResult<R>> {
    const name = createHash('sha1').update(text).digest('base64')
    const sent = rows.map((row) => this.#client.query({ name, text, values: row.map(storable) }))
    const done = await Promise.allSettled(sent)
    const failed = done.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    return { rows: [] }
  }

  // biome-ignore lint/correctness/useYield: nothing of the store reads by streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows of the store are read in pages')
  }

  release(): void {
    this.#client.release(this.broken)
  }
}

function resultOf<R>({ rows, rowCount }: PostgresResult): QueryResult<R> {
  return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
}

/** What devices say may hold a NUL, which no text of PostgreSQL can. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
}
