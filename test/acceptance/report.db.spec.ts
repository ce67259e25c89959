import { createHash, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS } from '@faultline/feeds';
import { readSigner, type Report } from '@faultline/reports';
import { score } from '@faultline/scoring';
import { unzipSync } from 'fflate';
import { faultline, type Finished } from '../support/command.js';
import { quakeDocument } from '../support/quakes.js';
import { copyRows } from '../support/restore.js';
import { startService, type Service } from '../support/service.js';
import { testDb } from '../support/test-db.js';

const UAE = 'aws:me-central-1';
const DAY_ONE = '2026-03-01T18:00Z';
const DAY_THREE = '2026-03-03T01:00Z';
const LATER_REVISIONS = 5_000;
const FILES = ['report.json', 'report.sig', 'report.html'] as const;

let service: Service;
let base: string;
const at = (...parts: string[]) => path.join(base, ...parts);
const signingPair = generateKeyPairSync('ed25519');
const signer = readSigner(signingPair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'faultline-report-'));
  service = await startService('2026-11-21T05:00:00.000Z', { reportSigner: signer });
  await service.ingestOwnData();
});
afterAll(async () => {
  await service?.stop();
  rmSync(base, { recursive: true, force: true });
});

function makeReport(asOf: string, directory: string, more: readonly string[] = [], url = service.databaseUrl) {
  const args = ['report', '--subject', UAE, '--as-of', asOf, '-o', directory, '--data', at('data'), '--database', url];
  return faultline([...args, ...more]).finished;
}
const verify = (...args: string[]): Promise<Finished> => faultline(['verify', ...args]).finished;
const reportIn = (directory: string) => JSON.parse(readFileSync(path.join(directory, 'report.json'), 'utf8')) as Report;
const bytesIn = (directory: string) => FILES.map((file) => readFileSync(path.join(directory, file)));
/** The words of the claims linked to the region's own incidents. */
function linkedWords({ incidents, claims }: Report): string[] {
  const ids = new Set(incidents.flatMap(({ links }) => links.map(({ claimId }) => claimId)));
  return claims.filter(({ id }) => ids.has(id)).map(({ claim }) => JSON.stringify(claim['value']));
}
const aspectOf = ({ incidents }: Report, name: string) => {
  expect(incidents).toHaveLength(1);
  return incidents[0]!.aspects.find(({ aspect }) => aspect === name)!;
};

describe('the exposure report of me-central-1', () => {
  beforeAll(async () => {
    for (const [asOf, name] of [
      [DAY_ONE, 'one'],
      [DAY_THREE, 'three'],
    ] as const) {
      const { code, stderr, stdout } = await makeReport(asOf, at(name));
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('reconstruction, TLP:CLEAR');
    }
    // As an auditor has it: handed over by another way than the bundle.
    copyFileSync(at('data', 'report-signing-key.pub.pem'), at('auditors-copy.pem'));
  });

  it('verifies with the key given from outside, and without it says that the signer is not authenticated', async () => {
    for (const name of ['one', 'three']) {
      const verified = await verify(at(name), '--key', at('auditors-copy.pem'));
      expect([verified.code, verified.stderr]).toEqual([0, '']);
      expect(verified.stdout).toMatch(/^verified: signed by key [0-9a-f]{64}\n$/);
      const alone = await verify(at(name));
      expect([alone.code, alone.stdout]).toEqual([2, 'INTEGRITY ONLY, SIGNER NOT AUTHENTICATED\n']);
    }
  });

  it('is the same by HTTP: in one archive for the auditor, and as a page that runs nothing', async () => {
    const asOf = '2026-03-03T01:00:00.000Z';
    const query = `?asOf=${asOf}&position=${reportIn(at('three')).coordinates.position}`;
    const path3 = `/api/v1/reports/${encodeURIComponent(UAE)}`;
    const bundle = await service.getBytes(`${path3}/bundle${query}`);
    expect([bundle.status, bundle.headers['content-type']]).toEqual([200, 'application/zip']);
    expect(String(bundle.headers['content-disposition'])).toMatch(
      /^attachment; filename="report-aws_me-central-1-2026-03-03T01_00_00_000Z-\d+\.zip"$/,
    );
    const files = unzipSync(bundle.bytes);
    expect(Object.keys(files).sort()).toEqual([...FILES].sort());
    mkdirSync(at('http'), { recursive: true });
    for (const [name, bytes] of Object.entries(files)) writeFileSync(at('http', name), bytes);
    writeFileSync(at('http-key.pem'), signingPair.publicKey.export({ type: 'spki', format: 'pem' }));
    const verified = await verify(at('http'), '--key', at('http-key.pem'));
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    expect(Buffer.compare(readFileSync(at('http', 'report.json')), bytesIn(at('three'))[0]!)).toBe(0);
    expect((await service.getBytes(`${path3}/bundle${query}`)).bytes.equals(bundle.bytes)).toBe(true);

    const page = await service.get(`${path3}/page${query}`);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    );
    expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(page.text).toBe(readFileSync(at('http', 'report.html'), 'utf8'));
    expect((await service.get(`${path3}/page?validAt=${asOf}`)).status).toBe(400);
    expect((await service.get(`/api/v1/reports/aws%3Anowhere/bundle${query}`)).status).toBe(404);
  });

  it('needs no database, data directory or network to be verified', async () => {
    const { finished } = faultline(['verify', at('one'), '--key', at('auditors-copy.pem')], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      FAULTLINE_DATA: at('nowhere'),
    });
    expect((await finished).code).toBe(0);
  });

  it('on 1 March, 18:00Z: no claim linked to the incident says drone, and the means are not stated', () => {
    const report = reportIn(at('one'));
    expect(linkedWords(report).length).toBeGreaterThan(5);
    expect(linkedWords(report).filter((words) => /drone/i.test(words))).toEqual([]);
    expect(aspectOf(report, 'means')).toMatchObject({ outcome: 'not-stated', statements: [] });
    expect(aspectOf(report, 'cause').statements.map(({ key }) => key)).toEqual(['struck-by-objects']);
    expect(report.now).toMatchObject({ quorum: 'held', zonesDown: 1 });
    expect(report.coincident.length).toBeGreaterThan(0);
    expect(new Set(report.coincident.map(({ link }) => link))).toEqual(new Set(['no link asserted']));
  });

  it('on 3 March, 01:00Z: drone strikes, by the operator, and the quorum lost', () => {
    const report = reportIn(at('three'));
    expect(report.incidents[0]).toMatchObject({ peril: 'drone-strike', status: 'confirmed' });
    expect(report.now).toMatchObject({ quorum: 'lost', zonesDown: 2, zonesTotal: 3 });
    expect(aspectOf(report, 'cause').statements.map(({ key }) => key)).toContain('drone-strike');
  });

  it('says that it is a reconstruction, and lists every grade as given in hindsight', () => {
    const { basis, hindsight, claims, coordinates } = reportIn(at('one'));
    expect(basis).toMatchObject({ basis: 'reconstruction', backfilled: basis.claims });
    const graded = new Set(hindsight.filter(({ kind }) => kind === 'grade').flatMap(({ claimIds }) => claimIds));
    const later = claims.filter(({ claim }) => String(claim['retrievedAt']) > coordinates.publicAt);
    expect(later.length).toBe(claims.length);
    expect([...graded].sort()).toEqual(later.map(({ id }) => id).sort());
    expect(hindsight.at(-1)).toMatchObject({ kind: 'model' });
  });

  it('holds the input of its score: scored again, it gives the numbers of the report', () => {
    const { model, ahead } = reportIn(at('three'));
    const [region] = score(model.input).regions;
    expect(region!.likelihood.score).toBe(ahead.likelihood!.score);
    expect(ahead.probabilities.map(({ pDamage }) => pDamage)).toEqual(
      (['30', '90', '365'] as const).map((days) => region!.probabilities[days].p_damage),
    );
  });

  /** Verifies a copy of the first report with its report.json changed. */
  function verifyChanged(change: (text: string) => string): Promise<Finished> {
    cpSync(at('one'), at('changed'), { recursive: true });
    const file = at('changed', 'report.json');
    const text = readFileSync(file, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(file, change(text));
    return verify(at('changed'), '--key', at('auditors-copy.pem'));
  }

  it('names the first thing that does not match, and the file it is in', async () => {
    const word = await verifyChanged((text) => text.replace('"quorum":"held"', '"quorum":"lost"'));
    expect([word.code, word.stdout]).toEqual([
      1,
      expect.stringMatching(/^report\.json: got SHA-256 \w+, wanted \w+, by /),
    ]);
    const score = reportIn(at('one')).ahead.likelihood!.score;
    const number = await verifyChanged((text) => text.replace(`"score":${score}`, `"score":${score + 1}`));
    expect([number.code, number.stdout]).toEqual([
      1,
      expect.stringMatching(/^report\.json at \/ahead\/likelihood\/score: got /),
    ]);
    const cut = await verifyChanged((text) => text.slice(0, 5000));
    expect([cut.code, cut.stdout]).toEqual([
      1,
      expect.stringMatching(/^report\.json at byte \d+: got the end, wanted a whole JSON document\n$/),
    ]);
    rmSync(at('changed', 'report.sig'));
    cpSync(at('one', 'report.json'), at('changed', 'report.json'));
    const missing = await verify(at('changed'), '--key', at('auditors-copy.pem'));
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringMatching(/^report\.sig: got no such file/)]);
  });

  it('signs no checkpoints, and says so where one is asked for', async () => {
    const { code, stderr } = await verify(at('one'), '--key', at('auditors-copy.pem'), '--checkpoint', at('any'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('this release signs no checkpoints')]);
  });

  it.each<[string[], number]>([
    [['--as-of', DAY_ONE, '-o', 'x'], 2],
    [['--subject', UAE, '-o', 'x'], 2],
    [['--subject', UAE, '--as-of', DAY_ONE], 2],
    [['--subject', UAE, '--as-of', '2026-03-01', '-o', 'x'], 2],
    [['--subject', UAE, '--as-of', DAY_ONE, '--position', '99999999', '-o', 'x'], 2],
    [['--subject', 'aws:nowhere-1', '--as-of', DAY_ONE, '-o', 'x'], 1],
  ])('refuses report %j with %d and one line', async (args, wanted) => {
    const place = ['--data', at('data'), '--database', service.databaseUrl];
    const { code, stderr } = await faultline(['report', ...args, ...place]).finished;
    expect([code, stderr.trimEnd().split('\n')]).toEqual([wanted, [expect.stringContaining('wanted')]]);
  });

  it('is served with its signature, in the same bytes, and not again to who holds them', async () => {
    const { coordinates } = reportIn(at('one'));
    const url = `/api/v1/reports/${encodeURIComponent(UAE)}?asOf=${DAY_ONE}&position=${coordinates.position}`;
    const reply = await service.get(url);
    expect([reply.status, reply.text]).toEqual([200, readFileSync(at('one', 'report.json'), 'utf8')]);
    expect(reply.headers).toMatchObject({
      'x-faultline-key': signer.keyId,
      'x-faultline-signature': expect.stringMatching(/^[\w+/]{86}==$/),
      'content-type': 'application/json; charset=utf-8',
    });
    const etag = String(reply.headers['etag']);
    expect(etag).toBe(`"${createHash('sha256').update(reply.text).digest('base64url')}"`);
    const again = await service.get(url, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await service.get('/api/v1/reports/aws%3Anowhere-1')).status).toBe(404);
    expect((await service.get(`/api/v1/reports/${encodeURIComponent(UAE)}?asOf=2026-03-01`)).status).toBe(400);
    const { body } = await service.get<{ paths: Record<string, unknown> }>('/api/openapi.json');
    expect(body.paths['/api/v1/reports/{regionId}']).toMatchObject({
      get: { responses: { 200: { headers: { 'x-faultline-signature': expect.anything() } } } },
    });
  });

  it('is refused over HTTP where there is no key to sign it with', async () => {
    const keyless = await startService('2026-11-21T05:00:00.000Z');
    try {
      const { status, body } = await keyless.get(`/api/v1/reports/${encodeURIComponent(UAE)}`);
      expect([status, body]).toEqual([503, expect.objectContaining({ code: 'report.no_key' })]);
    } finally {
      await keyless.stop();
    }
  });

  it('has the same bytes at the same coordinates 5,000 revisions later, and in a fresh database with the rows of all tables copied over', async () => {
    const before = reportIn(at('one')).coordinates.position;
    const usgs = FEEDS.get('usgs')!;
    for (let version = 1; version <= LATER_REVISIONS / 1_000; version++) {
      await service.ingest(usgs, quakeDocument('later', 1_000, version));
    }
    const wanted = { one: bytesIn(at('one')), three: bytesIn(at('three')) };
    const again = async (place: string, url: string) => {
      for (const [asOf, name] of [
        [DAY_ONE, 'one'],
        [DAY_THREE, 'three'],
      ] as const) {
        const position = String(reportIn(at(name)).coordinates.position);
        const made = await makeReport(asOf, at(place, name), ['--position', position], url);
        expect([made.code, made.stderr]).toEqual([0, '']);
        const same = bytesIn(at(place, name)).map((bytes, index) => bytes.equals(wanted[name][index]!));
        expect([place, name, same]).toEqual([place, name, [true, true, true]]);
      }
    };
    await again('later', service.databaseUrl);
    const head = await makeReport(DAY_ONE, at('head'));
    expect(head.code).toBe(0);
    expect(reportIn(at('head')).coordinates.position - before).toBeGreaterThanOrEqual(2 * LATER_REVISIONS);

    const fresh = await testDb();
    try {
      await copyRows(service.databaseUrl, fresh.url);
      await again('fresh', fresh.url);
    } finally {
      await fresh.drop();
    }
  });
});
