import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorldReader } from '@faultline/exposures';
import { AS_SHIPPED, feedDescriptors, ownDocuments, readWatches } from '@faultline/feeds';
import { ledgerSize } from '@faultline/ledger';
import { PUBLIC_TENANT } from '@faultline/platform';
import { bundleOf, readReport, readSigner } from '@faultline/reports';
import pg from 'pg';
import { startService, type Service } from '../test/support/service.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const hasTool = (tool: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((dir) => existsSync(path.join(dir, tool)));
const whereTheTools = ['psql', 'xxd', 'sha256sum'].every(hasTool) ? it : it.skip;

let service: Service;
let owner: pg.Client;

beforeAll(async () => {
  service = await startService('2026-11-21T06:00:00.000Z');
  await service.ingestOwnData();
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await service?.stop();
});

/** The code block after a marker of a page. */
function blockAfter(page: string, marker: string): string {
  const [, rest] = read(page).split(marker);
  const [, block] = /^```\w+\n([^]*?)^```$/m.exec(rest ?? '') ?? [];
  if (block === undefined) throw new Error(`${page} has no block after ${marker}`);
  return block;
}

const digitsOf = (value: number): number => value.toExponential().split('e')[0]!.replaceAll(/\D/g, '').length;

/** Where `shown` says something that `real` does not: it may leave out fields and items, and round long numbers. */
function differences(shown: unknown, real: unknown, at: string): string[] {
  if (Array.isArray(shown)) {
    if (!Array.isArray(real)) return [`${at}: no list`];
    return shown.flatMap((item: unknown, index) => {
      const found = real.some((candidate) => differences(item, candidate, '').length === 0);
      return found ? [] : [`${at}[${index}]: no such item, there is ${JSON.stringify(real).slice(0, 400)}`];
    });
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof real !== 'object' || real === null) return [`${at}: ${JSON.stringify(real)}`];
    return Object.entries(shown).flatMap(([key, value]) =>
      differences(value, (real as Record<string, unknown>)[key], `${at}.${key}`),
    );
  }
  const rounded =
    typeof shown === 'number' && typeof real === 'number' && !Number.isInteger(shown)
      ? Number(real.toPrecision(digitsOf(shown)))
      : real;
  return rounded === shown ? [] : [`${at}: ${JSON.stringify(real)}`];
}

describe('the answer in the README', () => {
  it('is what the service answers, but for the position, which is the reader’s own', async () => {
    const page = read('README.md');
    const [marker, address] = /<!-- answer: (\S+) -->/.exec(page)!;
    const shown = JSON.parse(blockAfter('README.md', marker)) as { coordinates: { position?: number } };
    delete shown.coordinates.position;
    expect(page).toContain(`curl 'http://127.0.0.1:4180${address!}'`);
    const { body } = await service.get(address!);
    expect(differences(shown, body, 'answer')).toEqual([]);
  });

  it('becomes, two days later, what the sentence after it says', async () => {
    interface Answer {
      data: {
        now: { zonesDown: number; zonesTotal: number; incidents: { id: string; peril: string; status: string }[] };
      };
    }
    const at = async (asOf: string) =>
      (await service.get<Answer>(`/api/v1/exposures/aws%3Ame-central-1?asOf=${asOf}`)).body.data.now;
    const [before, after] = [await at('2026-03-01T18:00Z'), await at('2026-03-03T01:00Z')];
    expect(after).toMatchObject({ zonesDown: 2, zonesTotal: 3 });
    expect(after.incidents).toHaveLength(1);
    expect(after.incidents[0]).toMatchObject({
      id: before.incidents[0]!.id,
      peril: 'drone-strike',
      status: 'confirmed',
    });
  });

  it('stands beside the right numbers of the data', async () => {
    const { body } = await service.get<{ data: unknown[] }>('/api/v1/regions?limit=500');
    expect(read('README.md')).toContain(`reference data of ${body.data.length} regions`);
    const { claims } = JSON.parse(read('data/march-2026.json')) as { claims: { source: string }[] };
    const sources = new Set(claims.map(({ source }) => source));
    expect(read('docs/feeds/record.md')).toContain(`as ${claims.length} claims of ${sources.size}`);
  });
});

describe('what responsible use says of the API', () => {
  it('holds: no read takes a point, a box, a radius or an order', async () => {
    interface Path {
      get?: { parameters?: { name: string; in: string }[] };
    }
    const { body } = await service.get<{ paths: Record<string, Path> }>('/api/openapi.json');
    const parameters = Object.values(body.paths).flatMap(({ get }) => get?.parameters ?? []);
    const names = new Set(parameters.filter((parameter) => parameter.in !== 'header').map(({ name }) => name));
    const known = [
      ...['asOf', 'validAt', 'publicAt', 'position', 'recordedAt', 'limit', 'cursor', 'from', 'to', 'stepHours'],
      ...['workloadId', 'entityId', 'direction'],
      ...['operatorId', 'cableId', 'landingId', 'chokepointId', 'facilityId', 'supplyId'],
      ...['runId', 'fromAsOf', 'fromPosition', 'points', 'years', 'seed'],
      // Of the own portfolio.
      ...['assetId', 'text'],
      ...[
        'outcome',
        'regionId',
        'zoneId',
        'incidentId',
        'claimId',
        'region',
        'country',
        'peril',
        'subject',
        'predicate',
        'feed',
      ],
    ];
    expect([...names].sort()).toEqual(known.sort());
  });
});

describe('the checks of the audit page', () => {
  const run = (script: string, environment: Record<string, string>) =>
    execFileSync('sh', ['-c', script], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], DATABASE_URL: service.databaseUrl, ...environment },
    });

  whereTheTools('find a row as it was hashed', () => {
    const [actual, expected, ...rest] = run(blockAfter('docs/audit.md', '<!-- example: row -->'), { position: '7' })
      .trim()
      .split('\n');
    expect(rest).toEqual([]);
    expect(actual).toMatch(/^[0-9a-f]{64} {2}-$/);
    expect(expected).toBe(actual!.replace('-', 'expected'));
  });

  whereTheTools('give one digest for one N, and another for another', () => {
    const digest = (N: string) => run(blockAfter('docs/audit.md', '<!-- example: copy -->'), { N });
    expect(digest('9')).toMatch(/^[0-9a-f]{64} {2}-\n$/);
    expect(digest('9')).toBe(digest('9'));
    expect(digest('8')).not.toBe(digest('9'));
  });

  const whereAllTools = ['openssl', 'base64', 'jq', 'xxd', 'sha256sum'].every(hasTool) ? it : it.skip;

  whereAllTools('verify a report by hand as `faultline verify` does', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'faultline-audit-'));
    try {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const signer = readSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
      const worlds = new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT));
      const scope = { tenantId: PUBLIC_TENANT, actor: 'spec' };
      const at = '2026-03-01T18:00:00.000Z';
      const read = await service.database.transaction('app', scope, 'read', async (tx) =>
        readReport(
          tx,
          worlds,
          await worlds.at(tx, { validAt: at, publicAt: at, position: await ledgerSize(tx) }),
          'aws:me-central-1',
        ),
      );
      if (read.outcome !== 'made') throw new Error(read.outcome);
      for (const [file, bytes] of Object.entries(bundleOf(read.report, read.bytes, signer))) {
        writeFileSync(path.join(directory, file), bytes);
      }
      const key = path.join(directory, 'key.pem');
      writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
      const shell = (marker: string) =>
        execFileSync('sh', ['-ec', blockAfter('docs/audit.md', marker)], {
          cwd: directory,
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], key },
        }).trimEnd();
      const hash = (line: string | undefined) => /[0-9a-f]{64}/.exec(line ?? '')?.[0];
      const whole = shell('<!-- example: report -->').split('\n');
      expect(whole).toHaveLength(5);
      expect(hash(whole[0])).toBe(hash(whole[1]));
      expect(whole[2]).toBe('Signature Verified Successfully');
      expect([hash(whole[3]), hash(whole[4])]).toEqual([signer.keyId, signer.keyId]);
      const parts = shell('<!-- example: report parts -->').split('\n').map(hash);
      const { leafHash } = read.report.claims[0]!.ledger;
      const { inputHash } = read.report.ahead;
      expect(parts).toEqual([leafHash, leafHash, inputHash, inputHash]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('hold for a capture: its hash is that of its bytes', async () => {
    const { rows } = await owner.query(`SELECT encode(sha256(bytes), 'hex') = capture_hash AS same FROM capture`);
    expect(rows).toEqual(ownDocuments(ROOT).map(() => ({ same: true })));
  });
});

describe('the runbook', () => {
  it('finds who holds the sequencer back', async () => {
    const query = blockAfter('docs/operations.md', '<!-- example: holders -->');
    const slow = new pg.Client({ connectionString: service.databaseUrl, application_name: 'slow' });
    await slow.connect();
    try {
      await slow.query('BEGIN');
      await slow.query('SELECT pg_current_xact_id()');
      const { rows: own } = await slow.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const { rows } = await owner.query<{ pid: number }>(query);
      expect(rows.map(({ pid }) => pid)).toContain(own[0]!.pid);
    } finally {
      await slow.end();
    }
  });
});
