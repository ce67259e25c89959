import { DataSource, type QueryRunner } from 'typeorm';
import { ROLES, type Role, type RoleUrls } from './roles.js';
import { MIGRATION_NAMES } from './migrations.js';

/** Who acts, and in whose rows. */
export interface Scope {
  readonly tenantId: string;
  readonly actor: string;
}

/** The reserved tenant of public facts: everyone reads it, only the feed and sequencer roles write it. */
export const PUBLIC_TENANT = 'public';

/** One open transaction in one tenant: the only way to the database. */
export interface Tx {
  readonly scope: Scope;
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export type TxMode = 'read' | 'write' | 'serial';

const BEGIN: Record<TxMode, string> = {
  read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  write: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  serial: 'BEGIN ISOLATION LEVEL REPEATABLE READ',
};

/** Serialization failure, deadlock, and connections lost to a server restart: the transaction is tried again. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** The schema of the database is not the one this build was made for. */
export class SchemaMismatch extends Error {}

/**
 * Connections of the service roles and the tenant transaction.
 * `set_config(…, true)` ends with the transaction, so no tenant outlives it in a pooled connection.
 */
export class Database {
  private readonly sources: ReadonlyMap<Role, DataSource>;

  constructor(urls: RoleUrls, poolSize = 8) {
    this.sources = new Map(
      ROLES.map((role) => [
        role,
        new DataSource({
          type: 'postgres',
          url: urls[role],
          applicationName: `faultline-${role}`,
          entities: [],
          migrations: [],
          extra: {
            max: poolSize,
            connectionTimeoutMillis: 10_000,
            statement_timeout: 60_000,
            idle_in_transaction_session_timeout: 30_000,
            keepAlive: true,
          },
          // A server that goes away drops idle connections: the pool opens new ones, nothing to report to anybody.
          poolErrorHandler: () => undefined,
        }),
      ]),
    );
  }

  /** Runs `work` in one transaction of `role` in `scope`; commits, or rolls back and rethrows. Retries on serialization failure. */
  async transaction<T>(role: Role, scope: Scope, mode: TxMode, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(role, scope, mode, work);
      } catch (error) {
        const code = (error as { code?: string; driverError?: { code?: string } }).driverError?.code;
        if (attempt >= ATTEMPTS || !code || !RETRYABLE.has(code)) throw error;
      }
    }
  }

  /** @throws SchemaMismatch when the migrations applied are not exactly those of this build. */
  async requireSchema(role: Role = 'app'): Promise<void> {
    const source = await this.connected(role);
    const rows = await source
      .query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY id')
      .catch((error: unknown) => {
        if ((error as { driverError?: { code?: string } }).driverError?.code === '42P01') return [];
        throw error;
      });
    const applied = rows.map((row) => row.name);
    const missing = MIGRATION_NAMES.filter((name) => !applied.includes(name));
    const unknown = applied.filter((name) => !MIGRATION_NAMES.includes(name));
    if (missing.length > 0)
      throw new SchemaMismatch(`the database lacks ${missing.join(', ')}: run \`faultline migrate\``);
    if (unknown.length > 0) {
      throw new SchemaMismatch(`the database has ${unknown.join(', ')}, made by a newer build: start that build`);
    }
  }

  async close(): Promise<void> {
    for (const source of this.sources.values()) if (source.isInitialized) await source.destroy();
  }

  private readonly opening = new Map<Role, Promise<DataSource>>();

  private async connected(role: Role): Promise<DataSource> {
    const source = this.sources.get(role)!;
    if (source.isInitialized) return source;
    const opening = this.opening.get(role) ?? source.initialize();
    this.opening.set(role, opening);
    try {
      return await opening;
    } finally {
      this.opening.delete(role);
    }
  }

  private async attempt<T>(role: Role, scope: Scope, mode: TxMode, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = (await this.connected(role)).createQueryRunner();
    await runner.connect();
    try {
      await runner.query(BEGIN[mode]);
      try {
        await runner.query(`SELECT set_config('app.tenant', $1, true), set_config('app.actor', $2, true)`, [
          scope.tenantId,
          scope.actor,
        ]);
        const result = await work(txOf(runner, scope));
        await runner.query('COMMIT');
        return result;
      } catch (error) {
        await runner.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

function txOf(runner: QueryRunner, scope: Scope): Tx {
  return {
    scope,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
      const result = await runner.query(sql, [...parameters], true);
      return result.records as Row[];
    },
  };
}
