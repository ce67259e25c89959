import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { FEEDS, ingestDocument, type FeedAdapter } from '@faultline/feeds';
import { Database, PUBLIC_TENANT, roleUrls } from '@faultline/platform';
import { quakeDocument } from '../../../test/support/quakes.js';
import { testDb, type TestDb } from '../../../test/support/test-db.js';
import { runReread } from './reread.command.js';

const AT = '2026-11-01T00:00:00.000Z';
const feeds = FEEDS as Map<string, FeedAdapter>;
const usgs = feeds.get('usgs')!;
let db: TestDb;
let folder: string;

beforeAll(async () => {
  db = await testDb();
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-reread-'));
  const database = new Database(roleUrls(db.url), 2);
  for (const bytes of [quakeDocument('r', 3, 1), quakeDocument('r', 3, 1).slice(0, 500)]) {
    await ingestDocument(database, { tenantId: PUBLIC_TENANT, actor: 'spec' }, usgs, {
      bytes,
      retrievedAt: AT,
      startedAt: AT,
      finishedAt: AT,
      trigger: 'ingest',
      validators: { etag: null, lastModified: null },
    });
  }
  await database.close();
});
afterAll(async () => {
  feeds.set('usgs', usgs);
  await db?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it('prints what came of each document, in the order of the ledger, and ends with 3 where one was quarantined whole', async () => {
  feeds.set('usgs', { ...usgs, reading: 2 });
  let said = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    expect(await runReread(['usgs', '--database', db.url, '--data', folder])).toBe(3);
  } finally {
    write.mockRestore();
  }
  expect(said.split('\n')).toEqual([
    expect.stringMatching(/^1\/2 [0-9a-f]{16}: 3 items, 3 claims new, 0 repeated, 0 quarantined$/),
    expect.stringMatching(/^2\/2 [0-9a-f]{16}: quarantined whole, feed\.malformed at .+: got .+, wanted /),
    '2 documents read again by reading 2 of usgs',
    '',
  ]);
});
