import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assetsOf, latestRevision } from '@faultline/workloads';
import { faultline } from '../support/command.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let folder: string;
const fileOf = (name: string, text: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const run = (...args: string[]) =>
  faultline(['import', ...args, '--database', service.databaseUrl, '--data', folder]).finished;
const held = () =>
  service.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', async (tx) => {
    const revision = await latestRevision(tx, 1_000_000);
    return revision && { ...revision, assets: await assetsOf(tx, revision.revision) };
  });

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-import-'));
  service = await startService('2026-11-21T05:00:00.000Z');
  await service.ingestOwnData();
});
afterAll(async () => {
  await service?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe('faultline import', () => {
  const RIGHT = 'core,Middle East (UAE),UAE North,yes';
  const DOUBTFUL = 'edge,UAE Central,,';
  const HEAD = 'name,region,standby,only copy';

  it('names each row that is not right, keeps none, and takes it once it is decided', async () => {
    const file = fileOf('assets.csv', [HEAD, RIGHT, DOUBTFUL].join('\n'));
    const report = path.join(folder, 'report.csv');
    const refused = await run(file, '--tenant', 'local', '--report', report);
    expect([refused.code, refused.stderr]).toEqual([3, '']);
    const line =
      'line 3, region: region.doubtful, got "UAE Central", wanted one region; it may be azure:uaecentral (0.95), oci:me-abudhabi-1 (0.8), aws:me-central-1 (0.5); decide it in the mapping: "regions": {"UAE Central": "azure:uaecentral"}';
    expect(refused.stdout).toContain(`${file}: refused, import.row_errors, nothing was kept: 2 rows, 1 assets, 1 rows`);
    expect(refused.stdout).toContain(`\n  ${line}\n`);
    // The page shows the same line.
    expect(readFileSync(path.resolve(import.meta.dirname, '../../docs/portfolios.md'), 'utf8')).toContain(line);
    expect(readFileSync(report, 'utf8').split('\r\n')[1]).toMatch(/^3,region,region\.doubtful,/);
    expect(await held()).toBeUndefined();

    const map = fileOf('map.json', JSON.stringify({ regions: { 'UAE Central': 'oci:me-abudhabi-1' } }));
    const dry = await run(file, '--tenant', 'local', '--map', map, '--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/: would be imported: 2 rows, 2 assets/) });
    expect(await held()).toBeUndefined();

    const done = await run(file, '--tenant', 'local', '--map', map);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toContain('imported as revision 1: 2 rows, 2 assets, 0 rows not right');
    expect(done.stdout).toContain('"core": your only copy is in aws:me-central-1 (AE)');
    expect(done.stdout).toContain('shares a theatre with your primary aws:me-central-1 (AE): not independent');
    // It returned after the revision had its position.
    expect(await held()).toMatchObject({
      revision: 1,
      fileName: 'assets.csv',
      assets: [{ id: 'core' }, { id: 'edge', regionId: 'oci:me-abudhabi-1' }],
    });
    expect((await run(file, '--tenant', 'local', '--map', map)).stdout).toContain('revision 1 says the same');
  });

  it('keeps what is right where it may', async () => {
    const done = await run(fileOf('part.csv', [HEAD, RIGHT, DOUBTFUL].join('\n')), '--tenant', 'local', '--partial');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/imported as revision 2: 2 rows, 1 assets/) });
  });

  it.each<[string, () => string[], RegExp, number]>([
    ['a tenant there is not', () => [fileOf('a.csv', HEAD), '--tenant', 'nobody'], /no tenant "nobody"/, 2],
    ['the tenant of public facts', () => [fileOf('a.csv', HEAD), '--tenant', 'public'], /no tenant "public"/, 2],
  ])('says of %s what is wanted, in one line', async (_what, args, message, code) => {
    const done = await run(...args());
    expect(done).toMatchObject({ code, stdout: '' });
    expect(done.stderr).toMatch(message);
    expect(done.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says of a file that cannot be read at all why, where, and what to do', async () => {
    const done = await run(fileOf('cut.csv', 'name,region\n"x'), '--tenant', 'local');
    expect(done).toMatchObject({ code: 3, stderr: '' });
    expect(done.stdout).toMatch(/refused, file\.malformed at line 2: got Quote Not Closed.*close the quotation/);
  });
});
