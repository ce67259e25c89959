import { appendRecords, Canonical, derivedId, sha256, sha256Hex } from '@faultline/ledger';
import { textArray, uuidArray, type Scope, type Tx } from '@faultline/platform';
import type { Claim, ClaimDraft } from './model/claim.js';
import { blockOf } from './model/block.js';
import { msOf, type Instant } from './model/instant.js';
import type { Poll } from './model/poll.js';

/** Counts of what one document brought. */
export interface StoredClaims {
  readonly added: readonly string[];
  readonly repeated: number;
  /** Items whose id and version we had, saying something else now: the source re-used an identity. */
  readonly conflicts: readonly { readonly locator: string; readonly itemId: string }[];
}

/** A claim was certainly public when we read it: its publication is not later than that. */
function publicWhenRead(draft: ClaimDraft, retrievedAt: Instant): ClaimDraft {
  const { publishedAt } = draft;
  const readAt = draft.retrievedAt ?? retrievedAt;
  if (publishedAt === null || publishedAt.latest <= readAt) return draft;
  const earliest = publishedAt.earliest < readAt ? publishedAt.earliest : readAt;
  return { ...draft, publishedAt: { ...publishedAt, earliest, latest: readAt } };
}

/** The name of a capture: lower-case hex SHA-256 of its bytes. */
export function captureHashOf(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}

/** Keeps the bytes of a capture under their hash; the same bytes are kept once. */
export async function storeCapture(tx: Tx, feedId: string, bytes: Uint8Array): Promise<string> {
  const captureHash = captureHashOf(bytes);
  // Where the server knows it: the older compression of large values takes longer than all else that is stored of them.
  await tx.query(
    `SELECT set_config('default_toast_compression', 'lz4', true)
     FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`,
  );
  const rows = await tx.query(
    `INSERT INTO capture (tenant_id, capture_hash, feed_id, bytes) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, capture_hash) DO NOTHING RETURNING 1`,
    [tx.scope.tenantId, captureHash, feedId, Buffer.from(bytes)],
  );
  if (rows.length > 0) {
    const recordId = derivedId(sha256, 0, `capture|${tx.scope.tenantId}|${captureHash}`);
    await appendRecords(tx, [
      { recordId, kind: 'capture', content: { captureHash, feedId, byteLength: bytes.length } },
    ]);
  }
  return captureHash;
}

/** Records claims. Identity is the source's own id and version, so recording a document again adds nothing. */
export async function storeClaims(
  tx: Tx,
  capture: { feedId: string; captureHash: string; retrievedAt: Instant },
  drafts: readonly ClaimDraft[],
): Promise<StoredClaims> {
  if (drafts.length === 0) return { added: [], repeated: 0, conflicts: [] };
  const { tenantId } = tx.scope;
  const rows = drafts.map((given) => {
    const draft = publicWhenRead(given, capture.retrievedAt);
    const time = draft.publishedAt?.latest ?? draft.occurredAt?.begin ?? null;
    const identity = `claim|${tenantId}|${capture.feedId}|${draft.item.id}|${draft.item.version}|${partOf(draft)}`;
    const said = Canonical.fieldsOf(given);
    const claimId = derivedId(sha256, time ? msOf(time) : 0, identity);
    return { draft, claimId, said, contentHash: contentHash(given, said) };
  });
  const added = await tx.query<{ claim_id: string }>(
    `INSERT INTO claim (tenant_id, claim_id, feed_id, item_id, item_version, part, predicate, subject, block, published_latest, capture_hash, content_hash)
     SELECT $1, c.claim_id, $2, c.item_id, c.item_version, c.part, c.predicate, c.subject, c.block, c.published::timestamptz, $3, c.content_hash
     FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
       AS c (claim_id, item_id, item_version, part, predicate, subject, block, published, content_hash)
     ON CONFLICT DO NOTHING RETURNING claim_id`,
    [
      tenantId,
      capture.feedId,
      capture.captureHash,
      uuidArray(rows.map((row) => row.claimId)),
      textArray(rows.map((row) => row.draft.item.id)),
      textArray(rows.map((row) => row.draft.item.version)),
      textArray(rows.map((row) => partOf(row.draft))),
      textArray(rows.map((row) => row.draft.predicate)),
      textArray(rows.map((row) => row.draft.subject)),
      textArray(rows.map((row) => blockOf(row.draft))),
      textArray(rows.map((row) => row.draft.publishedAt?.latest ?? null)),
      textArray(rows.map((row) => row.contentHash)),
    ],
  );
  const captured = Canonical.fieldsOf(capture);
  const addedIds = new Set(added.map((row) => row.claim_id));
  const fresh = rows.filter((row) => addedIds.has(row.claimId));
  await appendRecords(
    tx,
    fresh.map((row) => ({
      recordId: row.claimId,
      kind: 'claim' as const,
      content: Canonical.object({
        ...row.said,
        publishedAt: Canonical.of(row.draft.publishedAt),
        ...captured,
        ...(row.draft.retrievedAt == null ? {} : { retrievedAt: row.said['retrievedAt'] }),
      }),
    })),
  );
  const repeated = rows.filter((row) => !addedIds.has(row.claimId));
  return {
    added: [...addedIds],
    repeated: repeated.length,
    conflicts: await conflictsAmong(tx, capture.feedId, repeated),
  };
}

async function conflictsAmong(
  tx: Tx,
  feedId: string,
  repeated: readonly { draft: ClaimDraft; contentHash: string }[],
): Promise<StoredClaims['conflicts']> {
  if (repeated.length === 0) return [];
  const rows = await tx.query<{ ordinal: string }>(
    `SELECT r.ordinal::text FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
       AS r (item_id, item_version, part, content_hash, ordinal)
     JOIN claim c ON c.tenant_id = $1 AND c.feed_id = $2 AND c.item_id = r.item_id AND c.item_version = r.item_version AND c.part = r.part
     WHERE c.content_hash <> r.content_hash ORDER BY r.ordinal`,
    [
      tx.scope.tenantId,
      feedId,
      repeated.map(({ draft }) => draft.item.id),
      repeated.map(({ draft }) => draft.item.version),
      repeated.map(({ draft }) => partOf(draft)),
      repeated.map(({ contentHash: hash }) => hash),
    ],
  );
  return rows.map((row) => {
    const { draft } = repeated[Number(row.ordinal) - 1]!;
    return { locator: draft.locator ?? draft.item.id, itemId: draft.item.id };
  });
}

/** A part as another state of our reader found it is another claim of the same item. */
function partOf({ item }: ClaimDraft): string {
  return item.reading === undefined ? item.part : `${item.part}~${item.reading}`;
}

/** Hash of all a claim says, apart from where in which document it stood and from what was inferred on the way. */
function contentHash({ publishedAt }: ClaimDraft, said: Readonly<Record<string, Canonical | undefined>>): string {
  const isInferred = publishedAt?.basis === 'inferred';
  const text = Canonical.object({
    ...said,
    item: undefined,
    locator: undefined,
    retrievedAt: undefined,
    publishedAt: isInferred ? Canonical.of(null) : said['publishedAt'],
  }).text;
  return sha256Hex(text);
}

/** Keeps what was not taken from a document. */
export async function storeQuarantine(
  tx: Tx,
  feedId: string,
  captureHash: string,
  items: readonly { code: string; locator: string; got: string; wanted: string }[],
): Promise<void> {
  if (items.length === 0) return;
  const clip = (text: string) => text.replaceAll('\u0000', '').slice(0, 500).toWellFormed();
  await tx.query(
    `INSERT INTO quarantine (tenant_id, feed_id, capture_hash, locator, code, got, wanted)
     SELECT $1, $2, $3, q.locator, q.code, q.got, q.wanted
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS q (locator, code, got, wanted)
     ON CONFLICT DO NOTHING`,
    [
      tx.scope.tenantId,
      feedId,
      captureHash,
      items.map((item) => clip(item.locator)),
      items.map((item) => item.code),
      items.map((item) => clip(item.got)),
      items.map((item) => clip(item.wanted)),
    ],
  );
}

/** A capture ingested by hand is one fact of each state of our reader, however often it is done; every scheduled poll is its own. */
export function pollIdOf(
  scope: Scope,
  feedId: string,
  poll: Pick<Poll, 'trigger' | 'startedAt' | 'finishedAt' | 'channel' | 'reading'>,
  captureHash: string | null,
): string {
  const asked = `${poll.channel ? `${poll.channel} ` : ''}${poll.startedAt} ${poll.finishedAt}`;
  const read = `${captureHash}${poll.reading === undefined ? '' : `~${poll.reading}`}`;
  const moment = poll.trigger === 'ingest' ? read : asked;
  const ms = poll.trigger === 'ingest' ? 0 : msOf(poll.finishedAt);
  return derivedId(sha256, ms, `poll|${scope.tenantId}|${feedId}|${poll.trigger}|${moment}`);
}

/** Records that a feed was asked, with what came of it. */
export async function storePoll(tx: Tx, pollId: string, poll: Poll): Promise<void> {
  const rows = await tx.query(
    `INSERT INTO poll (tenant_id, poll_id, feed_id, finished_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [tx.scope.tenantId, pollId, poll.feedId, poll.finishedAt],
  );
  if (rows.length > 0) await appendRecords(tx, [{ recordId: pollId, kind: 'poll', content: poll }]);
}

/** A poll by its id, where it was recorded. */
export async function pollOf(tx: Tx, pollId: string): Promise<Poll | undefined> {
  const [row] = await tx.query<{ record: string }>(
    `SELECT record FROM ledger_record WHERE tenant_id = $1 AND record_id = $2`,
    [tx.scope.tenantId, pollId],
  );
  return row && (JSON.parse(row.record) as Poll);
}

interface RecordRow {
  id: string;
  record: string;
  recorded_at: Date;
  position: string;
  tenant_id: string;
}

/** Claims of a tenant that the transaction may read, with positions in `[from, below)`, in order of position. */
export async function claimsBetween(
  tx: Tx,
  from: number,
  below: number,
  tenantId = tx.scope.tenantId,
): Promise<Claim[]> {
  return (await recordsBetween(tx, 'claim', { from, below, tenantId })).map(claimOf);
}

/**
 * Each entry looks its record up, by `OFFSET 0` whatever the planner thinks of it: a server that has counted no rows yet
 * would rather run through all records for each entry.
 */
function recordsBetween(
  tx: Tx,
  kind: 'claim' | 'poll',
  { from, below, tenantId }: { from: number; below: number; tenantId: string },
): Promise<RecordRow[]> {
  return tx.query<RecordRow>(
    `SELECT found.*, e.position::text, e.tenant_id
     FROM ledger_entry e CROSS JOIN LATERAL (
       SELECT r.record_id AS id, r.record, r.recorded_at FROM ledger_record r
       WHERE r.tenant_id = e.tenant_id AND r.record_id = e.record_id AND r.kind = $4 OFFSET 0) found
     WHERE e.position >= $1 AND e.position < $2 AND e.tenant_id = $3
     ORDER BY e.position`,
    [from, below, tenantId, kind],
  );
}

/** Claims of the tenant of the transaction in these blocks with positions below `below`, in order of position. */
export async function claimsOfBlocks(tx: Tx, blocks: readonly string[], below: number): Promise<Claim[]> {
  if (blocks.length === 0) return [];
  const rows = await tx.query<RecordRow>(
    `SELECT r.record_id AS id, r.record, r.recorded_at, e.position::text, r.tenant_id
     FROM claim c
     JOIN ledger_record r ON r.tenant_id = c.tenant_id AND r.record_id = c.claim_id
     JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id
     WHERE c.tenant_id = $1 AND c.block = ANY ($2::text[]) AND e.position < $3
     ORDER BY e.position`,
    [tx.scope.tenantId, blocks, below],
  );
  return rows.map(claimOf);
}

function claimOf(row: RecordRow): Claim {
  const claim = JSON.parse(row.record) as Claim;
  return Object.assign(claim, {
    id: row.id,
    tenantId: row.tenant_id,
    recordedAt: row.recorded_at.toISOString(),
    position: Number(row.position),
  });
}

/** Polls of a tenant that the transaction may read, with positions in `[from, below)`, in order of position. */
export async function pollsBetween(
  tx: Tx,
  from: number,
  below: number,
  tenantId: string,
): Promise<(Poll & { position: number })[]> {
  const rows = await recordsBetween(tx, 'poll', { from, below, tenantId });
  return rows.map((row) => ({ ...(JSON.parse(row.record) as Poll), position: Number(row.position) }));
}

/** The validators of the last answer that brought a document of this channel we accepted. */
export async function lastValidators(tx: Tx, feedId: string, channel: string): Promise<Poll['validators'] | undefined> {
  const [row] = await tx.query<{ record: string }>(
    `SELECT r.record FROM poll p JOIN ledger_record r ON r.tenant_id = p.tenant_id AND r.record_id = p.poll_id
     WHERE p.tenant_id = $1 AND p.feed_id = $2 AND (r.record::jsonb ->> 'outcome') IN ('changed', 'unchanged')
       AND coalesce(r.record::jsonb ->> 'channel', '') = $3
     ORDER BY p.finished_at DESC LIMIT 1`,
    [tx.scope.tenantId, feedId, channel],
  );
  return row && (JSON.parse(row.record) as Poll).validators;
}

/** The last polls of a channel of a feed, those by hand left out, newest first. */
export async function lastPolls(tx: Tx, feedId: string, channel: string, count: number): Promise<Poll[]> {
  const rows = await tx.query<{ record: string }>(
    `SELECT r.record FROM poll p JOIN ledger_record r ON r.tenant_id = p.tenant_id AND r.record_id = p.poll_id
     WHERE p.tenant_id = $1 AND p.feed_id = $2 AND (r.record::jsonb ->> 'trigger') <> 'ingest'
       AND coalesce(r.record::jsonb ->> 'channel', '') = $4
     ORDER BY p.finished_at DESC LIMIT $3`,
    [tx.scope.tenantId, feedId, count, channel],
  );
  return rows.map((row) => JSON.parse(row.record) as Poll);
}

/** How many claims all polls of a feed since `since` brought. */
export async function claimsNewSince(tx: Tx, feedId: string, since: Instant): Promise<number> {
  const [row] = await tx.query<{ count: string | null }>(
    `SELECT sum((r.record::jsonb ->> 'claimsNew')::bigint)::text AS count
     FROM poll p JOIN ledger_record r ON r.tenant_id = p.tenant_id AND r.record_id = p.poll_id
     WHERE p.tenant_id = $1 AND p.feed_id = $2 AND p.finished_at > $3
       AND (r.record::jsonb ->> 'trigger') <> 'ingest'`,
    [tx.scope.tenantId, feedId, since],
  );
  return Number(row?.count ?? 0);
}

/** A kept document of a feed, with when it was first retrieved. */
export interface StoredCapture {
  readonly captureHash: string;
  readonly retrievedAt: Instant;
}

/**
 * The documents of a feed that no reader of state `reading` or later has read, in the order of the ledger, then of
 * arrival. Those that were only ever held back as a flood are not among them: nobody has looked at them yet.
 */
export async function capturesUnread(
  tx: Tx,
  feedId: string,
  reading: number,
  since: Instant | null,
): Promise<StoredCapture[]> {
  const rows = await tx.query<{ capture_hash: string; retrieved_at: string }>(
    `WITH read AS (
       SELECT r.record::jsonb AS poll, coalesce(e.position, 9223372036854775807) AS position, r.recorded_at
       FROM poll p
       JOIN ledger_record r ON r.tenant_id = p.tenant_id AND r.record_id = p.poll_id
       LEFT JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id
       WHERE p.tenant_id = $1 AND p.feed_id = $2
     ), held AS (
       SELECT poll ->> 'captureHash' AS capture_hash,
         (array_agg(coalesce(poll ->> 'retrievedAt', poll ->> 'finishedAt') ORDER BY position, recorded_at))[1] AS retrieved_at,
         min(position) AS position, min(recorded_at) AS recorded_at, max(coalesce((poll ->> 'reading')::int, 1)) AS reading
       FROM read
       WHERE poll ->> 'captureHash' IS NOT NULL AND coalesce(poll ->> 'reason', '') <> 'source.rate_anomaly'
       GROUP BY 1
     )
     SELECT capture_hash, retrieved_at FROM held
     WHERE reading < $3 AND ($4::timestamptz IS NULL OR retrieved_at::timestamptz >= $4)
     ORDER BY position, recorded_at, capture_hash`,
    [tx.scope.tenantId, feedId, reading, since],
  );
  return rows.map((row) => ({ captureHash: row.capture_hash, retrievedAt: row.retrieved_at }));
}

/** The bytes kept under a hash. */
export async function captureBytes(tx: Tx, captureHash: string): Promise<Uint8Array> {
  const [row] = await tx.query<{ bytes: Uint8Array }>(
    `SELECT bytes FROM capture WHERE tenant_id = $1 AND capture_hash = $2`,
    [tx.scope.tenantId, captureHash],
  );
  if (!row) throw new Error(`no capture ${captureHash}`);
  return row.bytes;
}

/**
 * How many items of these documents a reader of state `reading` found nothing in, although an earlier one did: what was
 * read then still stands.
 */
export async function itemsOnlyReadBefore(
  tx: Tx,
  feedId: string,
  captureHashes: readonly string[],
  reading: number,
): Promise<number> {
  const [row] = await tx.query<{ count: string }>(
    `WITH said AS (
       SELECT DISTINCT item_id, item_version FROM claim
       WHERE tenant_id = $1 AND feed_id = $2 AND capture_hash = ANY ($3::text[])
     )
     SELECT count(*)::text AS count FROM said s
     WHERE NOT EXISTS (
       SELECT 1 FROM claim c WHERE c.tenant_id = $1 AND c.feed_id = $2 AND c.item_id = s.item_id
         AND c.item_version = s.item_version AND c.part LIKE '%~' || $4::text
     )`,
    [tx.scope.tenantId, feedId, captureHashes, String(reading)],
  );
  return Number(row!.count);
}
