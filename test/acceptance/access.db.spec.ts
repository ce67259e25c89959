import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addTenant, addUser, hashPassword, issue } from '@faultline/access';
import { keyOf } from '../support/keys.js';
import { OPEN_ACCESS, startService, type Reply, type Service } from '../support/service.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
}
interface Found<T> {
  readonly data: T;
}
interface Made {
  readonly data: { readonly id: string; readonly secret: string };
}
type Headers = Record<string, string>;

const NOW = '2026-11-21T05:00:00.000Z';
const PASSWORD = 'correct horse battery';
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };
const REGIONS = '/api/v1/regions?limit=1';
const CLAIMS = '/api/v1/claims?subject=country:KW&predicate=attack';
let service: Service;
let admin: Headers;

const inTenant = (tenantId: string) => ({ tenantId, actor: 'spec' });

beforeAll(async () => {
  service = await startService(NOW);
  await service.ingestOwnData();
  await service.database.transaction('app', inTenant('acme'), 'write', (tx) => addTenant(tx, 'Acme'));
  admin = await keyOf(service, 'admin');
});
afterAll(async () => service?.stop());

const cookieOf = (reply: Reply<unknown>) => String(reply.headers['set-cookie']).split(';')[0]!;
const signIn = (login: string, password: string, more: object = {}) =>
  service.post<Problem>('/api/v1/session', { login, password, ...more }, OWN_PAGE);
const me = (headers: Headers) =>
  service.get<Found<{ role: string; label: string; tenantId: string }>>('/api/v1/me', headers);

describe('what is a tenant’s own', () => {
  it('is read by the tenant, and by nobody else who asks the same after it', async () => {
    const own = {
      id: 'own-1',
      subject: 'country:KW',
      place: { countries: ['KW'] },
      predicate: 'attack',
      value: { peril: 'drone-strike', mode: 'standoff', severity: 1, text: 'Seen from our own roof.' },
      source: { id: 'roof', name: 'Our roof', class: 'analyst', grade: 'B' },
      url: 'https://www.example.org/1',
      occurredAt: { begin: '2026-11-20T10:00Z' },
      publishedAt: '2026-11-20T12:00Z',
    };
    expect((await service.post('/api/v1/inbound', { claims: [own] }, await keyOf(service, 'analyst'))).status).toBe(
      201,
    );
    await service.settleAll();
    const readers: [string, Headers, number][] = [
      ['own', await keyOf(service, 'viewer'), 1],
      ['nobody', {}, 0],
      ['another tenant', await keyOf(service, 'admin', { tenantId: 'acme' }), 0],
      ['own again', await keyOf(service, 'auditor'), 1],
    ];
    for (const [who, headers, count] of readers) {
      const claims = await service.get<Found<{ id: string }[]>>(CLAIMS, headers);
      expect([who, claims.body.data.length]).toEqual([who, count]);
      const incidents = await service.get<Found<unknown[]>>('/api/v1/incidents?country=KW&peril=drone-strike', headers);
      expect([who, incidents.body.data.length]).toEqual([who, count]);
    }
    const { body } = await service.get<Found<{ id: string }[]>>(CLAIMS, readers[0]![1]);
    const [foreign, absent] = await Promise.all(
      [body.data[0]!.id, body.data[0]!.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))].map((id) =>
        service.get<Problem>(`/api/v1/claims/${id}`, readers[2]![1]),
      ),
    );
    expect([foreign!.status, absent!.status]).toEqual([404, 404]);
    const words = (reply: Reply<Problem>) => reply.text.replaceAll(/[0-9a-f-]{36}/g, 'ID');
    expect(words(foreign!)).toBe(words(absent!));
  });

  it('stays so when its desk speaks, and what is said of a claim of one’s own', async () => {
    const analyst = await keyOf(service, 'analyst', { tenantId: 'acme' });
    const said = {
      id: 'said-1',
      subject: 'country:BH',
      place: { countries: ['BH'] },
      predicate: 'attack',
      value: { peril: 'drone-strike', mode: 'standoff', severity: 1, text: 'A drone was seen.' },
      source: { id: 'bna', name: 'Bahrain News Agency', class: 'media', grade: 'B' },
      url: 'https://www.bna.example/1',
      occurredAt: { begin: '2026-11-20T10:00Z' },
      publishedAt: '2026-11-20T12:00Z',
    };
    expect((await service.post('/api/v1/claims', { claims: [said] }, analyst)).status).toBe(201);
    await service.settleAll();
    type Claims = Found<{ id: string; challenges: unknown[] }[]>;
    const claims = async (headers: Headers) =>
      (await service.get<Claims>('/api/v1/claims?subject=country:BH&feed=desk', headers)).body.data;
    const [own] = await claims(analyst);
    expect([await claims({}), await claims(admin)]).toEqual([[], []]);
    const text = { text: 'It was a bird.' };
    expect((await service.post(`/api/v1/claims/${own!.id}/challenges`, text, analyst)).status).toBe(201);
    await service.settleAll();
    expect((await claims(analyst))[0]!.challenges).toHaveLength(1);
    const rows = await service.database.transaction('app', inTenant('public'), 'read', (tx) =>
      tx.query(`SELECT 1 FROM ledger_record WHERE record LIKE '%It was a bird%' OR record LIKE '%' || $1 || '%'`, [
        own!.id,
      ]),
    );
    expect(rows).toEqual([]);
  });

  it('is kept from caches that serve several', async () => {
    const known = await service.get(REGIONS, admin);
    expect(known.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Authorization, Cookie' });
  });
});

describe('who signs in', () => {
  beforeAll(async () => {
    const passwordHash = await hashPassword(PASSWORD);
    await service.database.transaction('app', inTenant('acme'), 'write', (tx) =>
      addUser(tx, { login: 'Ann@Acme.example', role: 'analyst', passwordHash }),
    );
  });

  it('has a login, a password and an organisation, and is told the same whatever of them is wrong', async () => {
    const right = await signIn('ann@acme.example', PASSWORD, { tenant: 'acme' });
    expect([right.status, String(right.headers['set-cookie'])]).toEqual([
      204,
      expect.stringMatching(/^faultline_session=flw_acme_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/),
    ]);
    const { body } = await me({ cookie: cookieOf(right) });
    expect(body.data).toMatchObject({ tenantId: 'acme', role: 'analyst', label: 'ann@acme.example' });
    const wrong = await Promise.all([
      signIn('ann@acme.example', `${PASSWORD}!`, { tenant: 'acme' }),
      signIn('ann@acme.example', PASSWORD),
      signIn('bob@acme.example', PASSWORD, { tenant: 'acme' }),
      signIn('ann@acme.example', PASSWORD, { tenant: 'nowhere' }),
    ]);
    expect(wrong.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(wrong.map(({ text }) => text)).size).toBe(1);
    expect(wrong[0].body.code).toBe('signin.refused');
  });

  it('is signed out by signing out, by being disabled and by a new password, at once', async () => {
    const acme = await keyOf(service, 'admin', { tenantId: 'acme' });
    const enter = async (password = PASSWORD) => ({
      cookie: cookieOf(await signIn('ann@acme.example', password, { tenant: 'acme' })),
    });
    const leaving = await enter();
    expect((await service.send('DELETE', '/api/v1/session', undefined, { ...leaving, ...OWN_PAGE })).status).toBe(204);
    expect((await me(leaving)).status).toBe(401);

    const { body: users } = await service.get<Found<{ id: string; login: string }[]>>('/api/v1/users', acme);
    const change = (what: object) => service.send('PATCH', `/api/v1/users/${users.data[0]!.id}`, what, acme);
    const disabled = await enter();
    expect((await change({ disabled: true })).status).toBe(200);
    expect([
      (await me(disabled)).status,
      (await signIn('ann@acme.example', PASSWORD, { tenant: 'acme' })).status,
    ]).toEqual([401, 401]);
    await change({ disabled: false });
    expect((await me(disabled)).status).toBe(401);
    const before = await enter();
    await change({ password: 'another long password', role: 'viewer' });
    expect((await me(before)).status).toBe(401);
    expect((await me(await enter('another long password'))).body.data.role).toBe('viewer');
    await change({ password: PASSWORD, role: 'analyst' });
  });

  it('does nothing that a page of another site asks for', async () => {
    const cookie = cookieOf(await signIn('ann@acme.example', PASSWORD, { tenant: 'acme' }));
    const out = (headers: Headers) =>
      service.send<Problem>('DELETE', '/api/v1/session', undefined, { cookie, ...headers });
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
    ]) {
      const reply = await out(headers as Headers);
      expect([headers, reply.status, reply.body.code]).toEqual([headers, 403, 'origin.foreign']);
    }
    const foreign = await service.post(
      '/api/v1/session',
      { login: 'x', password: 'y' },
      { 'sec-fetch-site': 'same-site' },
    );
    expect(foreign.status).toBe(403);
    expect((await me({ cookie })).status).toBe(200);
    expect((await out({ origin: 'http://localhost:80', host: 'localhost:80' })).status).toBe(403);
    expect((await out({ origin: 'http://localhost', host: 'localhost' })).status).toBe(204);
  });

  it('comes once by a link, also one that names the account', async () => {
    const token = await service.database.transaction('app', inTenant('acme'), 'write', async (tx) => {
      const user = await addUser(tx, { login: 'link', role: 'auditor', passwordHash: null });
      return issue(tx, 'sign-in', { role: 'viewer', label: 'link', userId: user!.id }, null);
    });
    const entered = await service.post('/signin', { token }, OWN_PAGE);
    expect(entered.status).toBe(303);
    expect((await me({ cookie: cookieOf(entered) })).body.data).toMatchObject({ role: 'auditor', label: 'link' });
    expect((await service.post<Problem>('/signin', { token }, OWN_PAGE)).body.code).toBe('signin.used');
    expect((await signIn('link', '', { tenant: 'acme' })).status).toBe(400);
    expect((await signIn('link', 'of nobody at all', { tenant: 'acme' })).status).toBe(401);
  });
});

describe('an API key', () => {
  const bearer = (made: Reply<Made>) => ({ authorization: `Bearer ${made.body.data.secret}` });
  const add = (what: object) => service.post<Made>('/api/v1/keys', { label: 'tool', role: 'analyst', ...what }, admin);

  it('does what its scopes say and no more, and is kept as a hash', async () => {
    const reads = await add({ scopes: ['read'] });
    expect(reads.status).toBe(201);
    expect((await service.get('/api/v1/portfolio', bearer(reads))).status).toBe(200);
    const wrong = await service.get<Problem>('/api/v1/portfolio/assets.csv', bearer(reads));
    expect([wrong.status, wrong.body.code]).toEqual([403, 'scope.missing']);
    expect((await service.post('/api/v1/inbound', { claims: [{}] }, bearer(reads))).status).toBe(403);
    const rows = await service.database.transaction('app', inTenant('local'), 'read', (tx) =>
      tx.query<{ row: string }>(`SELECT to_json(credential)::text AS row FROM credential`),
    );
    expect(rows.filter(({ row }) => row.includes(reads.body.data.secret))).toEqual([]);
    const { text } = await service.get('/api/v1/keys', admin);
    expect(text).not.toContain(reads.body.data.secret);
    expect(text).not.toMatch(/hash/i);
  });

  it('has a second secret while it is rotated, an end, and can be taken back', async () => {
    const first = await add({ expiresInDays: 10 });
    const { id } = first.body.data;
    const rotation = { graceHours: 1, expiresInDays: 1 };
    const second = await service.post<Made>(`/api/v1/keys/${id}/rotations`, rotation, admin);
    const status = async (made: Reply<Made>) => (await me(bearer(made))).status;
    expect([await status(first), await status(second)]).toEqual([200, 200]);
    service.clock.moveTo('2026-11-21T06:00:00.000Z');
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    const listed = await service.get<Found<{ id: string; secrets: number; lastUsedAt: string }[]>>(
      '/api/v1/keys',
      admin,
    );
    expect(listed.body.data.find((key) => key.id === id)).toMatchObject({
      secrets: 1,
      lastUsedAt: '2026-11-21T06:00:00.000Z',
    });
    service.clock.moveTo('2026-11-22T05:30:00.000Z');
    const expired = await service.get<Problem>(REGIONS, bearer(second));
    expect([expired.status, expired.body.code]).toEqual([401, 'session.expired']);

    const third = await service.post<Made>(`/api/v1/keys/${id}/rotations`, {}, admin);
    const fourth = await service.post<Made>(`/api/v1/keys/${id}/rotations`, {}, admin);
    const fifth = await service.post<Made>(`/api/v1/keys/${id}/rotations`, {}, admin);
    // Two at most: the one before last has no grace left.
    expect([await status(third), await status(fourth), await status(fifth)]).toEqual([401, 200, 200]);
    const acme = await keyOf(service, 'admin', { tenantId: 'acme' });
    const foreign = await service.send<Problem>('DELETE', `/api/v1/keys/${id}`, undefined, acme);
    const absent = await service.send<Problem>('DELETE', `/api/v1/keys/${id.replace(/.$/, 'x')}`, undefined, acme);
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect((await service.send('DELETE', `/api/v1/keys/${id}`, undefined, admin)).status).toBe(204);
    expect([await status(fourth), await status(fifth)]).toEqual([401, 401]);
    expect((await service.post(`/api/v1/keys/${id}/rotations`, {}, admin)).status).toBe(404);
  });
});

describe('a sensitive read', () => {
  it('leaves a record in the reader’s tenant, in the ledger, for auditors', async () => {
    const analyst = await keyOf(service, 'analyst', { tenantId: 'acme' });
    const asset = { content: 'name,region\nmail,aws eu-west-1' };
    expect((await service.post('/api/v1/portfolio/imports', asset, analyst)).status).toBe(200);
    await service.settleAll();
    for (const url of ['/api/v1/portfolio', '/api/v1/portfolio/assets?limit=5', '/api/v1/portfolio/assets.csv'])
      expect((await service.get(url, analyst)).status).toBe(200);
    await service.settleAll();
    interface Row {
      position: number;
      what: string;
      request: string;
      by: string;
      rows: number | null;
    }
    const log = (headers: Headers, query = '') =>
      service.get<{ data: Row[]; next: string | null }>(`/api/v1/access-log${query}`, headers);
    const auditor = await keyOf(service, 'auditor', { tenantId: 'acme' });
    const { body } = await log(auditor);
    expect(body.data.map(({ what, request, by, rows }) => [what, request, by, rows])).toEqual([
      ['export', 'GET /api/v1/portfolio/assets.csv', 'a analyst', null],
      ['portfolio', 'GET /api/v1/portfolio/assets?limit=5', 'a analyst', 1],
      ['portfolio', 'GET /api/v1/portfolio', 'a analyst', null],
    ]);
    expect(body.data.every(({ position }) => Number.isInteger(position))).toBe(true);
    const first = await log(auditor, '?limit=2');
    expect((await log(auditor, `?limit=2&cursor=${first.body.next}`)).body.data).toEqual(body.data.slice(2));
    expect((await log(analyst)).status).toBe(403);
    expect(
      (await log(await keyOf(service, 'auditor'))).body.data.some(({ request }) => request.includes('limit=5')),
    ).toBe(false);
  });
});

describe('an allowance', () => {
  it('ends with 429 and says when to come again; another’s goes on; readers can be asked to sign in', async () => {
    const strict = await startService(NOW, {
      access: {
        ...OPEN_ACCESS,
        anonymousReads: false,
        publicOrigin: 'https://faultline.example',
        requests: { count: 20, seconds: 60 },
        exports: { count: 2, seconds: 3600 },
        signIns: { count: 3, seconds: 900 },
      },
    });
    try {
      const [one, two] = [await keyOf(strict, 'viewer'), await keyOf(strict, 'viewer')];
      const csv = (key: Headers) => strict.get<Problem>('/api/v1/portfolio/assets.csv', key);
      expect([(await csv(one)).status, (await csv(one)).status]).toEqual([200, 200]);
      const spent = await csv(one);
      expect([spent.status, spent.body.code, spent.headers['retry-after'], spent.headers['content-type']]).toEqual([
        429,
        'budget.exports',
        '3600',
        'application/problem+json; charset=utf-8',
      ]);
      const statuses = [];
      for (let i = 0; i < 20; i++) statuses.push((await strict.get(REGIONS, one)).status);
      expect(statuses).toEqual([...Array<number>(17).fill(200), ...Array<number>(3).fill(429)]);
      expect([(await strict.get(REGIONS, two)).status, (await csv(two)).status]).toEqual([200, 200]);

      const tried = [];
      for (let i = 0; i < 4; i++)
        tried.push((await strict.post('/api/v1/session', { login: 'eve', password: 'guess' }, OWN_PAGE)).status);
      expect(tried).toEqual([401, 401, 401, 429]);
      expect((await strict.post('/api/v1/session', { login: 'ann', password: 'guess' }, OWN_PAGE)).status).toBe(401);
      const unread = await strict.get<Problem>(REGIONS);
      expect([unread.status, unread.body.code]).toEqual([401, 'session.unknown']);
      expect((await strict.get('/healthz')).status).toBe(200);
      const out = await strict.send('DELETE', '/api/v1/session', undefined, { origin: 'https://faultline.example' });
      expect(String(out.headers['set-cookie'])).toMatch(/^__Host-faultline_session=; .*; Secure$/);
    } finally {
      await strict.stop();
    }
  });
});
