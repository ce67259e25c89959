import {
  Deliverer,
  type DeliveryLimits,
  type NoticeWriter,
  type Receiver,
  type WebhookReceiver,
} from '@faultline/alerts';
import type { Clock, Database, Scope, Tx, TxMode } from '@faultline/platform';
import { randomUUID } from 'node:crypto';
import type { Plant } from './timed-worker-options.js';

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
  readonly writer: NoticeWriter;
  readonly webhook: WebhookReceiver;
  readonly limits: DeliveryLimits;
  readonly databaseUrl: string;
}

/** The deliverer as it is, or with one of the faults a mechanism of this kind can have. */
export function planted(plant: Plant | undefined, parts: Parts): Deliverer {
  const { database, clock, writer, webhook, limits } = parts;
  const make = (changes: { database?: Database; receiver?: Receiver } = {}) =>
    new Deliverer(changes.database ?? database, clock, writer, { webhook: changes.receiver ?? webhook }, limits);
  switch (plant) {
    case undefined:
      return make();
    case 'id-per-attempt':
      return make({ receiver: { send: (_id, sending, to) => webhook.send(randomUUID(), sending, to) } });
    case 'swallowed-5xx':
      return make({
        receiver: {
          send: async (id, sending, to) => {
            const tried = await webhook.send(id, sending, to);
            return tried.outcome === 'failed' && tried.status !== null && tried.status >= 500
              ? { outcome: 'accepted', reason: 'swallowed', status: tried.status, answerHash: null }
              : tried;
          },
        },
      });
    case 'no-lease':
      // Claimed rows are free again at once: two workers take the same.
      return make({
        database: rewriting(database, (sql) =>
          sql.replace('make_interval(secs => $6)', 'make_interval(secs => $6 * 0)'),
        ),
      });
    case 'mark-before-send':
      return make({
        database: rewriting(database, (sql) =>
          sql.startsWith('WITH taken')
            ? sql.replace(
                'SET attempts = i.attempts + 1,',
                `SET attempts = i.attempts + 1, state = 'done', ended_at = clock_timestamp(),`,
              )
            : sql,
        ),
      });
    case 'cursor-polling':
      // "Everything after the last one I saw": what commits late, or failed once, lies behind the cursor.
      return make({
        database: rewriting(database, (sql) =>
          sql.replaceAll(
            `w.state = 'waiting' AND w.next_at <= clock_timestamp()`,
            `w.state = 'waiting' AND w.created_at > (SELECT coalesce(max(c.created_at), '-infinity') FROM work_item c WHERE c.attempts > 0 AND c.tenant_id = w.tenant_id AND c.destination = w.destination) AND w.next_at <= clock_timestamp()`,
          ),
        ),
      });
  }
}

/** The same database, with other statements. */
function rewriting(database: Database, change: (sql: string) => string): Database {
  return {
    transaction: <T>(role: 'sequencer', scope: Scope, mode: TxMode, work: (tx: Tx) => Promise<T>) =>
      database.transaction(role, scope, mode, (tx) =>
        work({ scope: tx.scope, query: (sql, parameters) => tx.query(change(sql), parameters) }),
      ),
  } as Database;
}
