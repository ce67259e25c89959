import { addWork, type Tx } from '@faultline/platform';
import type { FeedRequest } from './model/adapter.js';

/** The kind of work that asking a feed is. */
export const POLL_WORK = 'poll';

/** One of the documents of a feed. `url` only where another document named it; it is asked for once. */
export interface Channel {
  readonly channelId: string;
  readonly feedId: string;
  readonly channel: string;
  readonly url: string | null;
}

/** Makes sure that each of these documents has its row of work. Doing it again changes nothing. */
export async function ensureChannels(
  tx: Tx,
  feedId: string,
  requests: readonly FeedRequest[],
  kind: 'standing' | 'once',
): Promise<void> {
  if (requests.length === 0) return;
  const { tenantId } = tx.scope;
  const names = requests.map(({ channel }) => channel);
  await tx.query(
    `INSERT INTO feed_channel (tenant_id, channel_id, feed_id, channel, url)
     SELECT $1, gen_random_uuid(), $2, c.channel, c.url FROM unnest($3::text[], $4::text[]) AS c (channel, url)
     ON CONFLICT DO NOTHING`,
    [tenantId, feedId, names, requests.map(({ url }) => (kind === 'once' ? url : null))],
  );
  const rows = await tx.query<{ channel_id: string }>(
    `SELECT c.channel_id FROM feed_channel c
     WHERE c.tenant_id = $1 AND c.feed_id = $2 AND c.channel = ANY ($3::text[])
       AND NOT EXISTS (SELECT 1 FROM work_item w WHERE w.tenant_id = c.tenant_id AND w.work_id = c.channel_id)`,
    [tenantId, feedId, names],
  );
  await addWork(
    tx,
    rows.map(({ channel_id: id }) => ({ tenantId, workId: id, kind: POLL_WORK, destination: feedId, payloadRef: id })),
  );
}

/** The channels of these ids. */
export async function channelsOf(tx: Tx, channelIds: readonly string[]): Promise<Map<string, Channel>> {
  const rows = await tx.query<{ channel_id: string; feed_id: string; channel: string; url: string | null }>(
    `SELECT channel_id, feed_id, channel, url FROM feed_channel WHERE tenant_id = $1 AND channel_id = ANY ($2::uuid[])`,
    [tx.scope.tenantId, channelIds],
  );
  return new Map(
    rows.map((row) => [
      row.channel_id,
      { channelId: row.channel_id, feedId: row.feed_id, channel: row.channel, url: row.url },
    ]),
  );
}
