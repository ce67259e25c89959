import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addUser, hashPassword } from '@faultline/access';
import { keyOf } from '../support/keys.js';
import { OPEN_ACCESS, ROOT, startService, type Reply, type Service } from '../support/service.js';

interface Operation {
  readonly 'x-allowed': { readonly to: string };
}
const { paths } = JSON.parse(readFileSync(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const READS = Object.keys(paths).filter((route) => paths[route]!['get'] !== undefined);
const FIXED = READS.filter((route) => !route.includes('{'));
const REGION = encodeURIComponent('aws:me-central-1');
const ORIGIN = 'https://faultline.example';

let service: Service;
let admin: Record<string, string>;
/** Accounts and credentials before any was made. */
let fresh: unknown[];
/** An answer of every kind: found, refused, absent, not changed, a file, a page. */
const answers = new Map<string, Reply<unknown>>();

beforeAll(async () => {
  service = await startService('2026-11-21T05:00:00.000Z', { access: { ...OPEN_ACCESS, publicOrigin: ORIGIN } });
  fresh = await service.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', (tx) =>
    tx.query(`SELECT login AS who FROM user_account UNION ALL SELECT label FROM credential`),
  );
  admin = await keyOf(service, 'admin');
  for (const route of FIXED) answers.set(`known ${route}`, await service.get(route, admin));
  for (const route of ['/healthz', '/readyz', '/api/openapi.json', '/api/v1/nothing', '/api/v1/users'])
    answers.set(route, await service.get(route));
  answers.set('unasked', await service.get('/api/v1/regions?limit=0'));
  answers.set('sign-in page', await service.get('/signin'));
  const etag = String((await service.get('/api/v1/regions')).headers['etag']);
  answers.set('not changed', await service.get('/api/v1/regions', { 'if-none-match': etag }));
  answers.set('refused', await service.post('/api/v1/session', { login: 'a', password: 'b' }));
  answers.set('foreign', await service.post('/api/v1/claims', {}, { origin: 'https://evil.example' }));
});
afterAll(async () => service?.stop());

/** Answers of which `holds` is false, with what was seen. */
const others = (seen: (reply: Reply<unknown>) => unknown, holds: (value: unknown) => boolean) =>
  [...answers].map(([name, reply]) => [name, seen(reply)] as const).filter(([, value]) => !holds(value));

describe('every answer', () => {
  it('is there to be looked at, of every kind', () => {
    expect(FIXED.length).toBeGreaterThan(15);
    const statuses = new Set([...answers.values()].map(({ status }) => status));
    expect([...statuses]).toEqual(expect.arrayContaining([200, 304, 400, 401, 403, 404]));
  });

  it('tells browsers to come by TLS alone for a year, subdomains too, where the service is reached by TLS', async () => {
    const header = (reply: Reply<unknown>) => reply.headers['strict-transport-security'];
    expect(others(header, (value) => value === 'max-age=31536000; includeSubDomains')).toEqual([]);
    const plain = await startService('2026-11-21T05:00:00.000Z');
    try {
      expect(header(await plain.get('/healthz'))).toBeUndefined();
    } finally {
      await plain.stop();
    }
  });

  it('says which scripts, objects and frames there may be', () => {
    const directives = (reply: Reply<unknown>) => String(reply.headers['content-security-policy']).split(/; ?/);
    const wanted = [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "script-src 'self'",
    ];
    const holds = (value: unknown) =>
      wanted.every((each) => (value as string[]).includes(each)) &&
      !(value as string[]).some((each) => each.includes('unsafe'));
    expect(others(directives, holds)).toEqual([]);
  });

  it('is taken for what it says it is, with its character set, and leaks no address', () => {
    expect(
      others(
        ({ headers }) => headers['x-content-type-options'],
        (value) => value === 'nosniff',
      ),
    ).toEqual([]);
    expect(
      others(
        ({ headers }) => headers['referrer-policy'],
        (value) => value === 'no-referrer',
      ),
    ).toEqual([]);
    const typed = ({ text, headers }: Reply<unknown>) => text === '' || headers['content-type'];
    const known = /^(application\/(problem\+)?json|text\/(csv|html)); charset=utf-8$/;
    expect(others(typed, (value) => value === true || known.test(String(value)))).toEqual([]);
  });

  it('lets no page of another site read it', async () => {
    const asked = await service.get('/api/v1/regions?limit=1', { origin: 'https://evil.example' });
    expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    expect(
      others(
        ({ headers }) => headers['access-control-allow-origin'],
        (value) => value === undefined,
      ),
    ).toEqual([]);
    expect(
      others(
        ({ headers }) => headers['cross-origin-resource-policy'],
        (value) => value === 'same-origin',
      ),
    ).toEqual([]);
    const preflight = await service.send('OPTIONS' as 'GET', '/api/v1/claims', undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('says nothing of what it is made with', () => {
    const made = ({ headers }: Reply<unknown>) => headers['x-powered-by'] ?? headers['server'];
    expect(others(made, (value) => value === undefined)).toEqual([]);
  });
});

describe('a new installation', () => {
  it('has nobody in it and no key but those that were made', async () => {
    expect(fresh).toEqual([]);
    expect(answers.get('known /api/v1/users')!.body).toEqual({ data: [] });
    const { data } = answers.get('known /api/v1/keys')!.body as { data: unknown[] };
    expect(data).toHaveLength(1);
  });
});

describe('answers that are a tenant’s own', () => {
  it('are stored by nobody on the way, and not by the browser where they hold portfolio, people, keys or readers', () => {
    const stored = ({ headers }: Reply<unknown>) => String(headers['cache-control']);
    const ofKnown = others(stored, (value) => /private|no-store/.test(String(value))).map(([name]) => name);
    expect(ofKnown.filter((name) => name.startsWith('known '))).toEqual([]);
    const sensitive = /^known \/api\/v1\/(portfolio|users|keys|access-log|me|session\/list)/;
    const kept = others(stored, (value) => String(value).includes('no-store')).map(([name]) => name);
    expect([...answers.keys()].filter((name) => sensitive.test(name)).length).toBeGreaterThanOrEqual(7);
    expect(kept.filter((name) => sensitive.test(name))).toEqual([]);
  });

  it('are saved under a name of ours', () => {
    const names = ['assets', 'register'].map(
      (file) => answers.get(`known /api/v1/portfolio/${file}.csv`)!.headers['content-disposition'],
    );
    expect(names).toEqual(['attachment; filename="portfolio.csv"', 'attachment; filename="b_02.02.csv"']);
  });

  it('leave the browser with the session', async () => {
    const out = await service.send('DELETE', '/api/v1/session', undefined, { origin: ORIGIN });
    expect([out.status, out.headers['clear-site-data']]).toEqual([204, '"cache", "storage"']);
  });

  it('are asked for and sent without a secret in the address', () => {
    const named = Object.values(paths).flatMap((operations) =>
      Object.values(operations as Record<string, { parameters?: { name: string; in: string }[] }>).flatMap(
        ({ parameters = [] }) => parameters.filter((each) => each.in !== 'header').map(({ name }) => name),
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => /token|secret|password|session|^key$|auth/i.test(name))).toEqual([]);
    // What signs in by a link stands behind the #, which no browser sends.
    expect(answers.get('sign-in page')!.text).toContain('<form method="post" action="/signin">');
  });
});

describe('what changes something', () => {
  it('is asked for by POST, PATCH or DELETE, never by a method that only reads', async () => {
    const count = async () => {
      const rows = await service.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', (tx) =>
        tx.query<{ n: string }>(
          `SELECT (SELECT count(*) FROM claim) + (SELECT count(*) FROM user_account) + (SELECT count(*) FROM portfolio_revision)
             + (SELECT count(*) FROM credential) AS n`,
        ),
      );
      return rows[0]!.n;
    };
    const before = await count();
    for (const route of Object.keys(paths)) {
      const url = `${route.replace(/\{\w+\}/, REGION)}?login=a&password=abcdefghijkl&role=admin&content=name`;
      for (const method of ['GET', 'HEAD', 'OPTIONS'] as const)
        await service.send(method as 'GET', url, undefined, admin);
    }
    expect(await count()).toBe(before);
  });
});

describe('a session', () => {
  const at = (time: string) => service.clock.moveTo(`2026-11-21T${time}.000Z`);
  const enter = async (headers: Record<string, string> = {}) => {
    const body = { login: 'ann', password: 'correct horse battery' };
    const entered = await service.post('/api/v1/session', body, { 'sec-fetch-site': 'same-origin', ...headers });
    expect(entered.status).toBe(204);
    return { cookie: String(entered.headers['set-cookie']).split(';')[0]! };
  };
  const status = async (session: { cookie: string }) => (await service.get('/api/v1/me', session)).status;

  beforeAll(async () => {
    const passwordHash = await hashPassword('correct horse battery');
    await service.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'write', (tx) =>
      addUser(tx, { login: 'ann', role: 'viewer', passwordHash }),
    );
  });

  it('ends 12 hours after it began, though it is in use', async () => {
    const session = await enter();
    for (let minute = 30; minute < 12 * 60; minute += 30) {
      at(`${String(5 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`);
      expect([minute, await status(session)]).toEqual([minute, 200]);
    }
    at('16:59:59');
    expect(await status(session)).toBe(200);
    at('17:00:00');
    expect(await status(session)).toBe(401);
  });

  it('ends when nobody has used it for an hour', async () => {
    at('18:00:00');
    const session = await enter();
    expect(await status(session)).toBe(200);
    at('18:59:59');
    expect(await status(session)).toBe(200);
    at('19:59:59');
    expect(await status(session)).toBe(401);
  });

  it('gives way to the next one of the same browser', async () => {
    const first = await enter();
    const second = await enter(first);
    expect(second).not.toEqual(first);
    expect([await status(first), await status(second)]).toEqual([401, 200]);
  });

  it('is not begun by a page of another site', async () => {
    const away = (site: string) => service.get('/api/v1/session/provider', { 'sec-fetch-site': site });
    const [foreign, own] = [await away('cross-site'), await away('same-origin')];
    expect([foreign.status, foreign.headers['location']]).toEqual([303, '/#/sign-in']);
    expect(own.headers['location']).toBe('/#/sign-in?refused=not-set-up');
  });
});

describe('an account', () => {
  const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };
  const cookieOf = (reply: Reply<unknown>) => ({
    cookie: String(reply.headers['set-cookie']).split(';')[0]!,
    ...OWN_PAGE,
  });
  const enter = async (password: string) => {
    const entered = await service.post('/api/v1/session', { login: 'cleo', password }, OWN_PAGE);
    return entered.status === 204 ? cookieOf(entered) : entered.status;
  };
  const [FIRST, SECOND] = ['correct horse battery', 'staple in the haystack'] as const;
  const me = async (headers: Record<string, string> | number) =>
    (await service.get('/api/v1/me', headers as Record<string, string>)).status;

  beforeAll(async () => {
    const made = await service.post('/api/v1/users', { login: 'cleo', role: 'viewer', password: FIRST }, admin);
    expect(made.status).toBe(201);
  });

  it('gets another password from its owner, who shows the one of now; every other session ends', async () => {
    const [elsewhere, here] = [await enter(FIRST), await enter(FIRST)] as Record<string, string>[];
    const change = (body: object) => service.post<{ code: string }>('/api/v1/session/password', body, here);
    const wrong = await change({ current: 'not this one', next: SECOND });
    expect([wrong.status, wrong.body.code, await me(here!)]).toEqual([403, 'password.wrong', 200]);
    expect((await change({ current: FIRST, next: 'short' })).status).toBe(400);
    const changed = await change({ current: FIRST, next: SECOND });
    expect(changed.status).toBe(204);
    expect([await me(elsewhere!), await me(here!), await me(cookieOf(changed))]).toEqual([401, 401, 200]);
    expect([await enter(FIRST), await me(await enter(SECOND))]).toEqual([401, 200]);
  });

  it('shows its sessions to its owner, who ends one or all others with the password', async () => {
    const open = (await Promise.all([enter(SECOND), enter(SECOND), enter(SECOND)])) as Record<string, string>[];
    const [here, one, other] = open as [Record<string, string>, Record<string, string>, Record<string, string>];
    interface Listed {
      readonly data: { readonly id: string; readonly isThisOne: boolean }[];
    }
    const idOf = async (session: Record<string, string>) => {
      const { body } = await service.get<Listed>('/api/v1/session/list', session);
      return body.data.find(({ isThisOne }) => isThisOne)!.id;
    };
    const { body, text } = await service.get<Listed>('/api/v1/session/list', here);
    expect(body.data.length).toBeGreaterThanOrEqual(3);
    expect(text).not.toMatch(/flw_|hash/);
    const end = (more: object) =>
      service.post<{ code: string }>('/api/v1/session/ends', { current: SECOND, ...more }, here);
    expect((await end({ current: 'not this one' })).status).toBe(403);
    expect((await end({ sessionId: await idOf(one) })).status).toBe(204);
    expect([await me(here), await me(one), await me(other)]).toEqual([200, 401, 200]);
    expect((await end({})).status).toBe(204);
    expect([await me(here), await me(other)]).toEqual([200, 401]);
    const ann = await service.post('/api/v1/session', { login: 'ann', password: 'correct horse battery' }, OWN_PAGE);
    const foreign = await end({ sessionId: await idOf(cookieOf(ann)) });
    expect([foreign.status, await me(cookieOf(ann))]).toEqual([404, 200]);
  });

  it('has no password that holds the product, the login or the organisation', async () => {
    const add = (login: string, password: string) =>
      service.post<{ code: string }>('/api/v1/users', { login, role: 'viewer', password }, admin);
    for (const password of ['my FaultLine pass', 'dora.long@example.org!', 'x dora.long x x x', 'the LOCAL weather']) {
      const refused = await add('dora.long@example.org', password);
      expect([password, refused.status, refused.body.code]).toEqual([password, 422, 'password.context']);
    }
    expect((await add('dora.long@example.org', 'nothing of the kind')).status).toBe(201);
  });
});
