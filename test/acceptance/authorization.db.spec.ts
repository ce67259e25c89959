import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addTenant, addUser, changeUser, issue, SCOPES, USER_ROLES, type UserRole } from '@faultline/access';
import { readSigner } from '@faultline/reports';
import { claim, ENTRIES, type Entry, type Own } from '../support/authorization-entries.js';
import { keyOf } from '../support/keys.js';
import { OPEN_ACCESS, ROOT, startService, type Reply, type Service } from '../support/service.js';

type Method = Parameters<Service['send']>[0];
type Headers = Record<string, string>;
interface Operation {
  readonly 'x-allowed': { readonly to: string; readonly roles?: readonly string[]; readonly scope?: string | null };
}

const NOW = '2026-11-21T05:00:00.000Z';
const WATERMARK = 'Acme-Watermark-7f3a';
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };
const inTenant = (tenantId: string) => ({ tenantId, actor: 'spec' });

const { paths } = JSON.parse(readFileSync(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(paths).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${route}`, operation] as const),
);

let service: Service;
let own: Own;
/** By tenant and role. */
const keys = new Map<string, Headers>();
const as = (tenantId: string, role: UserRole) => keys.get(`${tenantId} ${role}`)!;
/** Who shows something that lets nobody in any more, or never did. */
const outsiders = new Map<string, Headers>();

const write = <T>(tenantId: string, work: Parameters<Service['database']['transaction']>[3]) =>
  service.database.transaction('app', inTenant(tenantId), 'write', work) as Promise<T>;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const reportSigner = readSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  service = await startService(NOW, { reportSigner });
  await service.ingestOwnData();
  for (const tenantId of ['acme', 'zenith']) {
    await write(tenantId, (tx) => addTenant(tx, tenantId));
    for (const role of USER_ROLES) keys.set(`${tenantId} ${role}`, await keyOf(service, role, { tenantId }));
    await write(tenantId, (tx) => addUser(tx, { login: 'twice', role: 'viewer', passwordHash: null }));
  }
  const sent = await service.post('/api/v1/inbound', { claims: [claim(WATERMARK)] }, as('acme', 'analyst'));
  expect(sent.status).toBe(201);
  const content = `name,region\n${WATERMARK},aws me-central-1`;
  await service.post('/api/v1/portfolio/imports', { content }, as('acme', 'analyst'));
  await service.settleAll();
  const user = await write<{ id: string }>('acme', (tx) =>
    addUser(tx, { login: WATERMARK, role: 'viewer', passwordHash: null }),
  );
  const first = async (url: string) =>
    (await service.get<{ data: { id: string }[] }>(url, as('acme', 'viewer'))).body.data[0]!.id;
  const key = async () => {
    const made = await service.post<{ data: { id: string } }>(
      '/api/v1/keys',
      { label: WATERMARK, role: 'viewer' },
      as('acme', 'admin'),
    );
    return made.body.data.id;
  };
  own = {
    claimId: await first('/api/v1/claims?subject=country:KW&predicate=attack'),
    incidentId: await first('/api/v1/incidents?country=KW'),
    userId: user.id,
    key,
  };

  outsiders.set('expired', await keyOf(service, 'admin', { tenantId: 'acme', expiresAt: '2026-11-21T04:59:59Z' }));
  outsiders.set('unknown', { authorization: `Bearer flk_acme_${'x'.repeat(43)}` });
  outsiders.set('malformed', { authorization: 'Basic YWRtaW46YWRtaW4=' });
  const left = await write<{ id: string }>('acme', (tx) =>
    addUser(tx, { login: 'left', role: 'admin', passwordHash: null }),
  );
  const session = await write<string>('acme', (tx) =>
    issue(tx, 'session', { role: 'admin', label: 'left', userId: left.id }, null),
  );
  await write('acme', (tx) => changeUser(tx, left.id, { disabled: true }, NOW));
  outsiders.set('disabled', { cookie: `faultline_session=${session}`, ...OWN_PAGE });
});
afterAll(async () => service?.stop());

async function ask(name: string, headers: Headers, id?: string): Promise<Reply<unknown>> {
  const [method, route] = name.split(' ') as [Method, string];
  const entry = ENTRIES[name]!;
  const inside = id ?? (typeof entry.id === 'function' ? await entry.id(own) : (entry.id ?? ''));
  const url = `${route.replace(/\{\w+\}/, encodeURIComponent(inside))}${entry.query ?? ''}`;
  return service.send(method, url, entry.body, headers);
}

const asked = { requests: 0, unexpected: [] as string[] };
/** Notes an answer that is not the one wanted, and goes on: the whole list is worth more than the first. */
function expected(name: string, who: string, reply: Reply<unknown>, wanted: number): void {
  asked.requests += 1;
  if (reply.status !== wanted) asked.unexpected.push(`${name} for ${who}: got ${reply.status}, wanted ${wanted}`);
  if (!who.startsWith('own') && reply.text.includes(WATERMARK))
    asked.unexpected.push(`${name} shows ${who} what is acme’s`);
}

const answerOf = ({ answers = 200 }: Entry): number => answers;
const isLetIn = ({ to }: Entry, role: UserRole): boolean => typeof to === 'string' || to.includes(role);
const isOwn = ({ id }: Entry): boolean => typeof id === 'function';

describe('the authorization matrix', () => {
  it('has an entry for every route and a route for every entry, and the two agree', () => {
    expect(operations.map(([name]) => name).sort()).toEqual(Object.keys(ENTRIES).sort());
    for (const [name, operation] of operations) {
      const { to, scope } = ENTRIES[name]!;
      const declared = operation['x-allowed'];
      expect([
        name,
        declared.to === 'all' ? 'anybody' : (declared.roles ?? declared.to),
        declared.scope ?? null,
      ]).toEqual([name, to, scope]);
    }
  });

  it('holds for every route and role, own and foreign, for nobody, for what has run out, and for a key of another scope', async () => {
    for (const [name, entry] of Object.entries(ENTRIES)) {
      const open = entry.to === 'anybody' || entry.to === 'readers';
      const elsewhere = isOwn(entry) ? 404 : answerOf(entry);
      expected(name, 'nobody', await ask(name, {}), open ? elsewhere : 401);
      for (const [who, headers] of outsiders) {
        const isReader = entry.to === 'anybody' || (entry.to === 'readers' && who === 'disabled');
        expected(name, who, await ask(name, headers), isReader ? elsewhere : 401);
      }
      for (const role of USER_ROLES) {
        const wanted = isLetIn(entry, role) ? elsewhere : 403;
        expected(name, `foreign ${role}`, await ask(name, as('zenith', role)), wanted);
      }
      if (entry.scope !== null) {
        const scopes = SCOPES.filter((scope) => scope !== entry.scope);
        const key = await keyOf(service, 'admin', { tenantId: 'acme', scopes });
        expected(name, 'wrong scope', await ask(name, key), 403);
      }
      for (const role of USER_ROLES) {
        expected(name, `own ${role}`, await ask(name, as('acme', role)), isLetIn(entry, role) ? answerOf(entry) : 403);
      }
    }
    expect(asked.unexpected).toEqual([]);
    expect(asked.requests).toBeGreaterThan(Object.keys(ENTRIES).length * 12);
  }, 120_000);

  it('answers alike of what is another’s and of what is not there', async () => {
    const alike = (reply: Reply<unknown>) => `${reply.status} ${reply.text.replaceAll(/[0-9a-f-]{36}/g, 'ID')}`;
    for (const [name, entry] of Object.entries(ENTRIES).filter(([, each]) => isOwn(each))) {
      const readers: Headers[] = USER_ROLES.filter((role) => isLetIn(entry, role)).map((role) => as('zenith', role));
      if (entry.to === 'readers') readers.push({});
      for (const headers of readers) {
        const [foreign, absent] = [await ask(name, headers), await ask(name, headers, randomUUID())];
        expect([name, alike(foreign)]).toEqual([name, alike(absent)]);
        expect([name, foreign.headers['content-length'], foreign.headers['cache-control']]).toEqual([
          name,
          absent.headers['content-length'],
          absent.headers['cache-control'],
        ]);
      }
    }
  });

  it('keeps public facts for who is known, where the operator wants that', async () => {
    const strict = await startService(NOW, { access: { ...OPEN_ACCESS, anonymousReads: false } });
    try {
      const statuses = [];
      for (const [name, { to, query = '' }] of Object.entries(ENTRIES)) {
        const [method, route] = name.split(' ') as [Method, string];
        if (to !== 'readers') continue;
        const reply = await strict.send(method, `${route.replace(/\{\w+\}/, 'aws:me-central-1')}${query}`);
        statuses.push([name, reply.status]);
      }
      expect(statuses.filter(([, status]) => status !== 401)).toEqual([]);
    } finally {
      await strict.stop();
    }
  });
});
