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

  it('is read from a workbook in base64 too, and says what it understood', async () => {
    const content = Buffer.from('name,region\nmail,aws eu-west-1').toString('base64');
    expect((await send({ content, encoding: 'base64', dryRun: true })).body.data).toMatchObject({
      outcome: 'dry-run',
      read: [{ id: 'mail', regionId: 'aws:eu-west-1' }],
    });
  });

  it('is nobody’s who is not known, and is not written by who only reads', async () => {
    for (const path of ['', '/assets', '/assets.csv', '/register.csv'])
      expect([path, (await service.get(`${URL}${path}`)).status]).toEqual([path, 401]);
    expect((await service.post(`${URL}/imports`, { content: FILE })).status).toBe(401);
    expect((await send({ content: FILE }, 'viewer')).status).toBe(403);
    expect((await send({ content: FILE, mapping: { colour: 1 } })).status).toBe(400);
  });
});

interface Asset {
  readonly id: string;
  readonly name: string;
}
interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors: { pointer: string; code: string }[];
}

describe('one asset over HTTP', () => {
  const held = async () => {
    await service.settleAll();
    const { body } = await service.get<{ data: Asset[] }>(`${URL}/assets`, as('viewer'));
    return body.data.map(({ id }) => id);
  };
  const add = (revision: number, asset: object, role: UserRole = 'analyst') =>
    service.post<Report & Problem>(`${URL}/assets`, { revision, asset }, as(role));
  const change = (id: string, revision: number, asset: object) =>
    service.send<Report & Problem>(
      'PUT',
      `${URL}/assets/${encodeURIComponent(id)}`,
      { revision, asset },
      as('analyst'),
    );
  const remove = (id: string, revision: number) =>
    service.send<Report & Problem>(
      'DELETE',
      `${URL}/assets/${encodeURIComponent(id)}?revision=${revision}`,
      undefined,
      as('analyst'),
    );

  it('is added, changed and removed, each as a revision of its own; earlier ones stay', async () => {
    const added = await add(1, { id: 'a/b ü', regionId: 'Middle East (UAE)', standby: ['UAE North'] });
    expect([added.status, added.body.data]).toMatchObject([
      201,
      { outcome: 'edited', revision: 2, asset: { name: 'a/b ü', regionId: 'aws:me-central-1' } },
    ]);
    expect(added.body.data['findings']).toMatchObject([{ code: 'standby.same-theatre' }]);
    expect(await held()).toEqual(['=1+1', 'mail', 'a/b ü']);
    const one = await service.get<{ data: Asset }>(`${URL}/assets/a%2Fb%20%C3%BC`, as('viewer'));
    expect(one.body.data).toEqual(added.body.data['asset']);

    expect((await change('mail', 2, { id: 'post', regionId: 'eu-west-1' })).body.data).toMatchObject({ revision: 3 });
    expect((await change('post', 3, { id: 'post', regionId: 'aws:eu-west-1' })).body.data).toMatchObject({
      outcome: 'unchanged',
      revision: 3,
    });
    expect((await remove('=1+1', 3)).body.data).toMatchObject({ outcome: 'edited', revision: 4, asset: null });
    expect(await held()).toEqual(['post', 'a/b ü']);

    const list = await service.get<{
      data: { revision: number; fileKind: string; fileName: string; position: number }[];
    }>(`${URL}/revisions`, as('viewer'));
    expect(list.body.data.map(({ revision, fileKind, fileName }) => [revision, fileKind, fileName])).toEqual([
      [4, 'edit', 'asset removed'],
      [3, 'edit', 'asset changed'],
      [2, 'edit', 'asset added'],
      [1, 'csv', 'a.csv'],
    ]);
    const first = list.body.data.at(-1)!;
    const then = await service.get<{ data: Asset[] }>(`${URL}/assets?position=${first.position + 1}`, as('viewer'));
    expect(then.body.data.map(({ id }) => id)).toEqual(['=1+1', 'mail']);
  });

  it('is not written over what somebody else did since, and says which revision that is', async () => {
    const stale = await change('post', 3, { id: 'post', regionId: 'eu-west-2' });
    expect([stale.status, stale.body.code]).toEqual([409, 'revision.stale']);
    expect(stale.body.detail).toMatch(/got an edit of revision 3, wanted one of revision 4/);
    // Of two that come at once one is kept.
    const both = await Promise.all([1, 2].map((n) => add(4, { id: `twin ${n}`, regionId: 'eu-west-1' })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await held()).filter((id) => id.startsWith('twin'))).toHaveLength(1);
  });

  it('is judged as a row of a file is, each fault at its place', async () => {
    const wrong = await add(5, { id: 'edge', regionId: 'UAE Central', valuePerDay: 4, standby: ['atlantis'] });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'asset.faulty']);
    expect(wrong.body.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/asset/regionId', 'region.doubtful'],
      ['/asset/currency', 'field.missing'],
      ['/asset/standby', 'region.unknown'],
    ]);
    expect((await add(5, { id: 'post', regionId: 'eu-west-1' })).body.code).toBe('asset.duplicate');
    expect((await add(5, { id: 'x', regionId: 'eu-west-1', colour: 'red' })).status).toBe(400);
    expect((await change('nobody', 5, { id: 'nobody', regionId: 'eu-west-1' })).status).toBe(404);
    expect((await remove('nobody', 5)).status).toBe(404);
    expect((await add(5, { id: 'x', regionId: 'eu-west-1' }, 'viewer')).status).toBe(403);
  });

  it('is found by region and by text, and counted by region', async () => {
    const find = async (query: string) =>
      (await service.get<{ data: Asset[] }>(`${URL}/assets?${query}`, as('viewer'))).body.data.map(({ id }) => id);
    expect(await find('region=aws:me-central-1')).toEqual(['a/b ü']);
    expect(await find('text=POS')).toEqual(['post']);
    const { body } = await service.get<Report>(URL, as('viewer'));
    expect(body.data['holdings']).toMatchObject([
      { regionId: 'aws:eu-west-1', assetCount: 2 },
      { regionId: 'aws:me-central-1', assetCount: 1, withoutValue: 1 },
      { regionId: 'azure:uaenorth', assetCount: 0, standbyFor: 1 },
    ]);
  });

  it('can be the last that goes', async () => {
    let revision = 5;
    for (const id of await held()) {
      const done = await remove(id, revision);
      expect(done.status).toBe(200);
      revision += 1;
    }
    expect(await held()).toEqual([]);
    const { body } = await service.get<Report>(URL, as('viewer'));
    expect(body.data).toMatchObject({ revision: { revision: 8, assetCount: 0 }, holdings: [], findings: [] });
  });
});
