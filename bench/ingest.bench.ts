// File to incident, against csv-parse feeding TypeORM `save` into one table, on the same server in the same run.
// npm run bench -- bench/ingest.bench.ts [rows, 300000] [rounds, 1]
// The database is an embedded one in a new folder with the settings of the product, or that of BENCH_DATABASE_URL.
import { createReadStream, mkdtempSync, chmodSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { FEEDS, ingestSegments, segmentsOf } from '@faultline/feeds';
import {
  Database,
  migrate,
  PUBLIC_TENANT,
  rolePassword,
  ROLES,
  roleUrls,
  startEmbeddedPostgres,
} from '@faultline/platform';
import { settleWhile } from '../apps/cli/src/settle.js';
import { writeGedFile } from './ged-rows.js';
import { Baseline } from './typeorm-baseline.js';

const SEED = 1989;
const RETRIEVED_AT = '2026-11-01T00:00:00.000Z';
const rows = Number(process.argv[2] ?? 300_000);
const rounds = Number(process.argv[3] ?? 1);

interface Round {
  readonly save: number;
  readonly saveAgain: number;
  readonly ingest: number;
  readonly ingestAgain: number;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-bench-'));
chmodSync(folder, 0o755);
const given = process.env.BENCH_DATABASE_URL;
const server = given === undefined ? await startEmbeddedPostgres({ dir: folder, database: 'postgres' }) : undefined;
const serverUrl = given ?? server!.url;
try {
  const file = path.join(folder, 'ged.csv');
  await writeGedFile(file, rows, SEED);
  const load = os.loadavg()[0]!.toFixed(1);
  console.log(
    `${rows} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB; ${os.availableParallelism()} cores, load ${load}, Node ${process.version}`,
  );
  const done: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const last = await inNewDatabase(`bench_${process.pid}_${round}`, (url) => run(url, file));
    done.push(last);
    const { save, saveAgain, ingest, ingestAgain } = last;
    console.log(`round ${round + 1}, rows/s: ${[save, saveAgain, ingest, ingestAgain].map(Math.round).join(' ')}`);
  }
  const rate = (name: keyof Round) => median(done.map((round) => round[name]));
  const ratio = (a: keyof Round, b: keyof Round) => median(done.map((round) => round[a] / round[b])).toFixed(2);
  console.log(`rows/s, medians of ${rounds}; load at the end ${os.loadavg()[0]!.toFixed(1)}`);
  console.log(`  csv-parse -> TypeORM save          ${rate('save').toFixed(0)}`);
  console.log(`  file -> incident                   ${rate('ingest').toFixed(0)}   ${ratio('ingest', 'save')}x`);
  console.log(`  the same again, TypeORM save       ${rate('saveAgain').toFixed(0)}`);
  console.log(
    `  the same again, file -> incident   ${rate('ingestAgain').toFixed(0)}   ${ratio('ingestAgain', 'saveAgain')}x`,
  );
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run(url: string, file: string): Promise<Round> {
  const baseline = await Baseline.open(url);
  const save = await rateOf(() => baseline.save(file));
  const saveAgain = await rateOf(() => baseline.save(file));
  await baseline.close();
  const ingest = await rateOf(() => ingestFile(url, file));
  await check(url);
  const ingestAgain = await rateOf(() => ingestFile(url, file));
  await check(url);
  return { save, saveAgain, ingest, ingestAgain };
}

/** What `faultline ingest` does with a file, and its own connections. Returns the rows taken. */
async function ingestFile(url: string, file: string): Promise<number> {
  const database = new Database(roleUrls(url), 6);
  const feed = FEEDS.get('ucdp-ged')!;
  const scope = { tenantId: PUBLIC_TENANT, actor: 'bench' };
  let items = 0;
  await settleWhile(database, async () => {
    const pollIds: string[] = [];
    const cutter = segmentsOf(feed, Buffer.from('id,'))!;
    const chunks = createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
    const times = { retrievedAt: RETRIEVED_AT, startedAt: RETRIEVED_AT, finishedAt: RETRIEVED_AT };
    const incoming = () => ({ ...times, validators: { etag: null, lastModified: null } });
    for await (const { report } of ingestSegments(database, scope, feed, chunks, cutter, incoming)) {
      if (report.reason) throw new Error(report.reason.got);
      items += report.items;
      pollIds.push(report.pollId);
    }
    return pollIds;
  });
  await database.close();
  return items;
}

/** Every row is a claim with a position and an incident with a revision, once. */
async function check(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: counts } = await client.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM claim) AS claims,
            (SELECT count(DISTINCT incident_id) FROM incident_revision) AS incidents,
            (SELECT count(*) FROM incident_revision) AS revisions,
            (SELECT count(*) FROM ledger_record) - (SELECT count(*) FROM ledger_entry) AS unplaced`,
  );
  await client.end();
  const { claims, incidents, revisions, unplaced } = counts[0]!;
  if ([claims, incidents, revisions].some((count) => Number(count) !== rows) || Number(unplaced) !== 0)
    throw new Error(`not every row once: ${JSON.stringify(counts[0])}`);
}

async function rateOf(work: () => Promise<number>): Promise<number> {
  const begun = performance.now();
  const count = await work();
  if (count !== rows) throw new Error(`got ${count} rows, wanted ${rows}`);
  return (count / (performance.now() - begun)) * 1000;
}

async function inNewDatabase<T>(name: string, work: (url: string) => Promise<T>): Promise<T> {
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  const url = address.href;
  const password = decodeURIComponent(address.password);
  await query(`CREATE DATABASE ${name}`);
  try {
    const [app, feed, sequencer] = ROLES.map((role) => rolePassword(password, role)) as [string, string, string];
    await migrate(url, { app, feed, sequencer });
    return await work(url);
  } finally {
    await query(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
