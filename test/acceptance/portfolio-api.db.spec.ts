import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue, type UserRole } from '@faultline/access';
import { startService, type Service } from '../support/service.js';

const URL = '/api/v1/portfolio';
const FILE = [
  'name,region,standby,only copy,lon,lat,value per day USD',
  '=1+1,Middle East (UAE),UAE North,yes,55.12,25.2,1000',
  'mail,aws eu-west-1,,,,,',
].join('\n');

interface Report {
  readonly data: Record<string, unknown>;
}

let service: Service;
const keys = new Map<string, string>();

beforeAll(async () => {
  service = await startService('2026-11-21T05:00:00.000Z');
  await service.ingestOwnData();
  for (const role of ['viewer', 'analyst'] as const) {
    const scope = { tenantId: 'local', actor: 'spec' };
    const key = await service.database.transaction('app', scope, 'write', (tx) =>
      issue(tx, 'api-key', { role, label: `a ${role}` }, null),
    );
    keys.set(role, key);
  }
});
afterAll(async () => service?.stop());

const as = (role: UserRole) => ({ authorization: `Bearer ${keys.get(role)}` });
const send = (body: unknown, role: UserRole = 'analyst') => service.post<Report>(`${URL}/imports`, body, as(role));

describe('a portfolio over HTTP', () => {
  it('is imported by an analyst, with the report of a dry run first', async () => {
    expect((await send({ content: FILE, dryRun: true })).body.data).toMatchObject({
      outcome: 'dry-run',
      revision: null,
    });
    const wrong = await send({ content: `${FILE}\nedge,UAE Central,,,,,` });
    expect(wrong.status).toBe(200);
    expect(wrong.body.data).toMatchObject({
      outcome: 'refused',
      code: 'import.row_errors',
      faultCount: 1,
      faults: [{ line: 4, column: 'region', code: 'region.doubtful', value: '"UAE Central"' }],
      reviews: [{ written: 'UAE Central', cells: 1 }],
    });
    const cut = await send({ content: 'name,region\n"x' });
    expect(cut.body.data).toMatchObject({ outcome: 'refused', code: 'file.malformed', file: { at: 'line 2' } });
    const done = await send({ fileName: 'a.csv', content: FILE });
    expect(done.body.data).toMatchObject({ outcome: 'imported', code: null, revision: 1, rows: 2, assets: 2 });
    await service.settleAll();
  });

  it('is read with its findings, page by page, at the position it was recorded', async () => {
    const one = await service.get<Report & { coordinates: { position: number } }>(URL, as('viewer'));
    expect(one.headers['cache-control']).toBe('private, no-store');
    expect(one.body.data).toMatchObject({
      revision: { revision: 1, fileName: 'a.csv', importedBy: 'a analyst' },
      findings: [{ code: 'copy.only' }, { code: 'standby.same-theatre' }],
    });
    const page = await service.get<{ data: { id: string; site: unknown }[]; next: string }>(
      `${URL}/assets?limit=1`,
      as('viewer'),
    );
    expect(page.body.data).toMatchObject([{ id: '=1+1', site: [55.12, 25.2], regionId: 'aws:me-central-1' }]);
    const next = await service.get<{ data: unknown[]; next: null }>(
      `${URL}/assets?limit=1&cursor=${page.body.next}`,
      as('viewer'),
    );
    expect(next.body).toMatchObject({ data: [{ id: 'mail' }], next: null });
    const before = await service.get<Report>(`${URL}?position=1`, as('viewer'));
    expect(before.body.data).toMatchObject({ revision: null, findings: [] });
  });

  it('goes out as CSV in which no cell is a formula, and comes in again unchanged', async () => {
    const csv = await service.get(`${URL}/assets.csv`, as('viewer'));
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.text).toContain(`\r\n'=1+1,'=1+1,aws:me-central-1,`);
    expect((await send({ content: csv.text })).body.data).toMatchObject({ outcome: 'unchanged', revision: 1 });
    const register = await service.get(`${URL}/register.csv`, as('viewer'));
    expect(register.text).toMatch(/^c0010,c0020,/);
  });

  it('is nobody’s who is not known, and is not written by who only reads', async () => {
    for (const path of ['', '/assets', '/assets.csv', '/register.csv'])
      expect([path, (await service.get(`${URL}${path}`)).status]).toEqual([path, 401]);
    expect((await service.post(`${URL}/imports`, { content: FILE })).status).toBe(401);
    expect((await send({ content: FILE }, 'viewer')).status).toBe(403);
    expect((await send({ content: FILE, mapping: { colour: 1 } })).status).toBe(400);
  });
});
