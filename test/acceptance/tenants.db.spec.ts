import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addTenant, addUser, issue } from '@faultline/access';
import { claim } from '../support/authorization-entries.js';
import { startService, type Service } from '../support/service.js';

/** `TENANT_REQUESTS=10000` is the full size. */
const REQUESTS = Number(process.env['TENANT_REQUESTS'] ?? 1_000);
const TENANTS = 50;
const CONNECTIONS = 4;
const AT_ONCE = 24;
const ABORTED_OF_20 = 1;
const URLS = [
  '/api/v1/claims?subject=country:KW',
  '/api/v1/incidents?country=KW',
  '/api/v1/portfolio/assets',
  '/api/v1/portfolio/assets.csv',
  '/api/v1/users',
  '/api/v1/keys',
  '/api/v1/me',
];

let service: Service;
let address: string;
const tenants: { readonly id: string; readonly key: string }[] = [];

/** Where a row says whose it is. */
const mark = (tenantId: string) => `row-of-${tenantId}-`;
const marksIn = (text: string) => new Set([...text.matchAll(/row-of-(t\d+)-/g)].map(([, tenantId]) => tenantId!));

beforeAll(async () => {
  service = await startService('2026-11-21T05:00:00.000Z', { poolSize: CONNECTIONS });
  for (let n = 0; n < TENANTS; n++) {
    const id = `t${n}`;
    const key = await service.database.transaction('app', { tenantId: id, actor: 'spec' }, 'write', async (tx) => {
      await addTenant(tx, id);
      await addUser(tx, { login: mark(id), role: 'viewer', passwordHash: null });
      return issue(tx, 'api-key', { role: 'admin', label: mark(id) }, null);
    });
    tenants.push({ id, key });
    const headers = { authorization: `Bearer ${key}` };
    await service.post('/api/v1/inbound', { claims: [claim(mark(id))] }, headers);
    await service.post(
      '/api/v1/portfolio/imports',
      { content: `name,lon,lat\n${mark(id)},${n + 1},${n + 1}` },
      headers,
    );
  }
  await service.settleAll();
  address = await service.listen();
}, 120_000);
afterAll(async () => service?.stop());

/** A pseudo-random sequence, so that a run that fails can be run again. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647);
}

describe('fifty tenants over four connections', () => {
  it('see none of each other’s rows, with requests interleaved and one in twenty broken off', async () => {
    const next = sequence(20_261_121);
    const seen = { answered: 0, aborted: 0, ownRows: 0, anonymous: 0, wrong: [] as string[] };
    let left = REQUESTS;
    const reader = async (): Promise<void> => {
      while (left-- > 0) {
        const tenant = tenants[next() % TENANTS]!;
        const url = URLS[next() % URLS.length]!;
        const isAnonymous = next() % 10 === 0;
        const abort = new AbortController();
        const isAborted = next() % 20 < ABORTED_OF_20;
        const headers: Record<string, string> = isAnonymous ? {} : { authorization: `Bearer ${tenant.key}` };
        const asked = fetch(`${address}${url}`, { headers, signal: abort.signal });
        if (isAborted) setTimeout(() => abort.abort(), next() % 8);
        try {
          const reply = await asked;
          const text = await reply.text();
          const marks = marksIn(text);
          seen.answered += 1;
          const wanted = isAnonymous ? (/claims|incidents/.test(url) ? 200 : 401) : 200;
          if (reply.status !== wanted) seen.wrong.push(`${tenant.id} ${url}: ${reply.status} ${text.slice(0, 200)}`);
          if (isAnonymous) seen.anonymous += 1;
          if (marks.has(tenant.id) && !isAnonymous) seen.ownRows += 1;
          for (const other of marks)
            if (isAnonymous || other !== tenant.id) seen.wrong.push(`${tenant.id} ${url}: a row of ${other}`);
          // Who sees too little would see nothing foreign either.
          if (!isAnonymous && !marks.has(tenant.id) && !/incidents/.test(url))
            seen.wrong.push(`${tenant.id} ${url}: no row`);
        } catch (error) {
          if ((error as Error).name !== 'AbortError') throw error;
          seen.aborted += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, reader));
    if (process.env['TENANT_REQUESTS'])
      process.stdout.write(`${JSON.stringify({ ...seen, wrong: seen.wrong.length })}\n`);
    expect(seen.wrong.slice(0, 10)).toEqual([]);
    expect(seen.aborted).toBeGreaterThan(REQUESTS / 100);
    expect(seen.anonymous).toBeGreaterThan(REQUESTS / 20);
    expect(seen.ownRows).toBeGreaterThan(REQUESTS / 2);
  }, 600_000);
});
