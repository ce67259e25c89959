import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultline } from '../support/command.js';
import { startService, type Service } from '../support/service.js';

const UAE = 'aws:me-central-1';
const ALLOW = { FAULTLINE_EGRESS_ALLOW: '127.0.0.1/32' };

let service: Service;
let folder: string;
const run = (command: string, ...args: string[]) =>
  faultline([command, ...args, '--database', service.databaseUrl, '--data', folder], ALLOW).finished;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-routes-'));
  service = await startService('2026-11-21T05:00:00.000Z');
  await service.ingestOwnData();
});
afterAll(async () => {
  await service?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe('faultline subscribe and routes', () => {
  it('takes a subscription, and tells who would be told and why the others not', async () => {
    const nobody = path.join(folder, 'incident.json');
    writeFileSync(nobody, JSON.stringify({ title: 'What if', regionIds: [UAE] }));
    expect((await run('routes', '--incident', nobody)).stdout).toMatch(/^Nobody/);

    const hook = ['--webhook', 'http://127.0.0.1:9/hook'];
    const first = await run('subscribe', '--region', UAE, ...hook, '--title', 'UAE ops');
    expect(first.stderr).toBe('');
    expect(first.stdout).toMatch(/^Subscription [0-9a-f-]{36}\nVerify its messages .* with whsec_\S+\n$/);
    const other = await run(
      'subscribe',
      '--region',
      'aws:eu-west-1',
      ...hook,
      '--quorum',
      '--title',
      'Ireland',
      '--ed25519',
    );
    expect(other.stdout).toMatch(/with whpk_\S+\n$/);

    const supposed = await run('routes', '--incident', nobody);
    expect(supposed.code).toBe(0);
    expect(supposed.stdout).toMatch(
      /^would be told {2}UAE ops .*match: condition-met: .*lifecycle.* \| dedup: initial: first-told \| deliver: would-send: initial$/m,
    );
    expect(supposed.stdout).toMatch(/^not told {2}Ireland .*match: out-of-scope$/m);

    const listed = await service.get<{ data: { id: string; regionIds: string[] }[] }>(
      `/api/v1/incidents?asOf=2026-11-20T00:00Z&limit=100`,
    );
    const march = listed.body.data.find(({ regionIds }) => regionIds.includes(UAE))!;
    const real = await run('routes', '--incident', march.id);
    expect(real.stdout).toMatch(/^not told {2}UAE ops .*match: condition-met: .* \| dedup: backfilled$/m);
    // Asking leaves nothing behind.
    const kept = await service.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', (tx) =>
      tx.query(`SELECT 1 FROM notice UNION ALL SELECT 1 FROM alert_outcome UNION ALL SELECT 1 FROM work_item`),
    );
    expect(kept).toEqual([]);
    // Nor can those who serve people read a secret back.
    await expect(
      service.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', (tx) =>
        tx.query(`SELECT secret FROM subscription`),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it.each<[string[], RegExp, number]>([
    [['subscribe', '--region', UAE], /wanted one of --webhook URL and --email ADDRESS/, 2],
    [['subscribe', '--region', UAE, '--webhook', 'https://169.254.169.254/'], /url\.private/, 2],
    [
      ['subscribe', '--region', 'aws:atlantis-1', '--email', 'a@example.test'],
      /region\.unknown: got aws:atlantis-1/,
      2,
    ],
    [
      ['subscribe', '--region', UAE, '--email', 'a@example.test', '--condition', 'sad'],
      /conditions\.invalid: .*--condition is one of permanently-lost/,
      2,
    ],
    [['routes'], /wanted --incident/, 2],
    [['routes', '--incident', 'no-such-thing'], /no incident no-such-thing/, 1],
  ])('%j: one line', async ([command, ...args], message, code) => {
    const done = await run(command!, ...args);
    expect(done.stderr).toMatch(message);
    expect(done.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(done.code).toBe(code);
  });
});
