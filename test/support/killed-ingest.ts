import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { quakeDocument } from './quakes.js';
import { testDb, type TestDb } from './test-db.js';
import { warmIngest, type WarmIngest } from './warm-ingest.js';

/** What a run of kills saw. Anything that must not be is thrown instead. */
export interface KillsOutcome {
  readonly items: number;
  /** Nothing of the document was in. */
  readonly killsBefore: number;
  /** All of it was in, its positions or incidents perhaps not yet. */
  readonly killsAfter: number;
  /** How often a document was taken whole in the end, and looked at. */
  readonly completed: number;
  /** How long an undisturbed run takes: until the document is in, and until its incidents are made. */
  readonly storedMs: number;
  readonly wholeMs: number;
  readonly milliseconds: number;
}

/**
 * Kills `faultline ingest` of one document with -9, two times in three at a random moment before the document is in, else
 * at one of all the time the work takes, and looks after every kill: all of the document or none of it, every item once, no
 * gap in the ledger. Of the documents that are in, some are gone over again to their end, as an operator would, some are
 * killed once more; the others give way to a new database. The leases of the killed are let lapse at once: waiting for that proves nothing.
 */
export async function killAgainAndAgain(size: { kills: number; items: number }, seed: number): Promise<KillsOutcome> {
  const begun = performance.now();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-kills-'));
  const file = path.join(folder, 'quakes.json');
  writeFileSync(file, quakeDocument('k', size.items, 1));
  const random = randomOf(seed);
  let held = await Held.open(size.items);
  // The next process loads while the one before it works.
  let next: Promise<WarmIngest> = warmIngest();
  const take = async () => {
    const taken = await next;
    next = warmIngest();
    return taken;
  };
  const argumentsFor = (db: TestDb) => ['usgs', file, '--database', db.url, '--data', folder];
  const startAnew = async () => {
    await held.close();
    held = await Held.open(size.items);
  };
  const finish = async () => {
    const process = await take();
    const runBegun = performance.now();
    const running = process.run(argumentsFor(held.db));
    const storedMs = await held.untilStored(running).then(() => performance.now() - runBegun);
    const ended = await running;
    const wholeMs = performance.now() - runBegun;
    if (ended === 'killed' || ended.code !== 0) throw new Error(`a run to the end: ${JSON.stringify(ended)}`);
    await held.expectComplete();
    await startAnew();
    return { storedMs, wholeMs };
  };
  try {
    const { storedMs, wholeMs } = await finish();
    const kills = { before: 0, after: 0 };
    let earlyMs = storedMs;
    let completed = 1;
    for (let kill = 0; kill < size.kills; kill++) {
      const process = await take();
      const running = process.run(argumentsFor(held.db));
      const isEarly = random() < 2 / 3;
      await Promise.race([sleep(random() * (isEarly ? earlyMs : wholeMs)), running]);
      await process.kill();
      const ended = await running;
      if (ended !== 'killed' && ended.code !== 0) throw new Error(`kill ${kill}: ${JSON.stringify(ended)}`);
      const isIn = await held.look(kill);
      kills[isIn ? 'after' : 'before'] += 1;
      // How long it takes differs with what else the machine does: the mark is moved until it is met half of the time.
      if (isEarly) earlyMs *= isIn ? 0.8 : 1.1;
      if (!isIn || kill % 8 === 1) continue;
      if (kill % 8 === 3) {
        await finish();
        completed += 1;
      } else await startAnew();
    }
    await finish();
    return {
      items: size.items,
      killsBefore: kills.before,
      killsAfter: kills.after,
      completed: completed + 1,
      storedMs: Math.round(storedMs),
      wholeMs: Math.round(wholeMs),
      milliseconds: Math.round(performance.now() - begun),
    };
  } finally {
    await (await next).kill();
    await held.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The database of the document, looked into by its owner. */
class Held {
  private constructor(
    readonly db: TestDb,
    private readonly owner: pg.Client,
    private readonly items: number,
  ) {}

  static async open(items: number): Promise<Held> {
    const db = await testDb();
    const owner = new pg.Client({ connectionString: db.url });
    await owner.connect();
    return new Held(db, owner, items);
  }

  async close(): Promise<void> {
    await this.owner.end();
    await this.db.drop();
  }

  async untilStored(running: Promise<unknown>): Promise<void> {
    let isOver = false;
    void running.finally(() => (isOver = true));
    while (!isOver && (await this.owner.query(`SELECT 1 FROM claim LIMIT 1`)).rowCount === 0) await sleep(5);
  }

  /** Whether the document is in. @throws Error where it is half in, doubled, or the ledger has a gap. */
  async look(kill: number): Promise<boolean> {
    await this.owner.query(`UPDATE lease SET expires_at = '-infinity'`);
    const seen = await this.counts();
    const isIn = seen.claims > 0;
    const expected = isIn ? this.items : 0;
    const isSound =
      seen.claims === expected &&
      seen.items === expected &&
      seen.claimRecords === expected &&
      // Kept before it is read: the bytes can be there alone.
      (isIn ? seen.captures === 1 : seen.captures <= 1) &&
      seen.polls === (isIn ? 1 : 0) &&
      seen.gaps === 0 &&
      (isIn || seen.records === seen.captures);
    if (!isSound) throw new Error(`after kill ${kill}: ${JSON.stringify(seen)}`);
    return isIn;
  }

  /** Every item once, every record with its position, one incident of each. @throws Error otherwise. */
  async expectComplete(): Promise<void> {
    await this.look(-1);
    const seen = await this.counts();
    if (seen.claims !== this.items || seen.records !== seen.entries || seen.revisions !== this.items)
      throw new Error(`in the end: ${JSON.stringify(seen)}`);
  }

  private async counts() {
    const { rows } = await this.owner.query<Record<string, string>>(
      `SELECT (SELECT count(*) FROM claim) AS claims, (SELECT count(DISTINCT item_id) FROM claim) AS items,
              (SELECT count(*) FROM ledger_record WHERE kind = 'claim') AS "claimRecords",
              (SELECT count(*) FROM ledger_record) AS records, (SELECT count(*) FROM ledger_entry) AS entries,
              (SELECT coalesce(max(position) + 1, 0) - count(*) FROM ledger_entry) AS gaps,
              (SELECT count(*) FROM capture) AS captures, (SELECT count(*) FROM poll) AS polls,
              (SELECT count(*) FROM incident_revision) AS revisions`,
    );
    const [row] = rows as [Record<string, string>];
    const of = (name: string) => Number(row[name]);
    return {
      claims: of('claims'),
      items: of('items'),
      claimRecords: of('claimRecords'),
      records: of('records'),
      entries: of('entries'),
      gaps: of('gaps'),
      captures: of('captures'),
      polls: of('polls'),
      revisions: of('revisions'),
    };
  }
}

/** Numbers from 0 to 1 that are the same for one seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
