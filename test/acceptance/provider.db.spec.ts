import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { addUser, changeUser, usersOf } from '@faultline/access';
import { startIdentityProvider, type IdentityProvider, type Person } from '../support/identity-provider.js';
import { OPEN_ACCESS, startService, type Service } from '../support/service.js';

const NOW = '2026-11-21T05:00:00.000Z';
const ORIGIN = 'http://faultline.test';
const CALLBACK = '/api/v1/session/provider/callback';
const SCOPE = { tenantId: 'local', actor: 'spec' };
const ANN: Person = { subject: 'sub-ann', email: 'ann@example.org', isVerified: true, roles: [] };

let provider: IdentityProvider;
let service: Service;
let byRole: Service;

beforeAll(async () => {
  // The provider says at length that it is not set up for others.
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  provider = await startIdentityProvider(`${ORIGIN}${CALLBACK}`, ANN);
  const { issuer, clientId, clientSecret } = provider;
  const start = (roleClaim: string | null) =>
    startService(NOW, {
      access: {
        ...OPEN_ACCESS,
        publicOrigin: ORIGIN,
        provider: {
          issuer,
          clientId,
          clientSecret,
          tenantId: 'local',
          roleClaim,
          secondFactor: false,
          egressAllow: [],
        },
      },
    });
  service = await start(null);
  byRole = await start('roles');
  for (const login of ['ann@example.org', 'bob@example.org']) {
    await service.database.transaction('app', SCOPE, 'write', (tx) =>
      addUser(tx, { login, role: 'analyst', passwordHash: null }),
    );
  }
});
beforeEach(() => {
  provider.person = ANN;
});
afterAll(async () => {
  await service?.stop();
  await byRole?.stop();
  await provider?.stop();
});

const cookiesOf = (reply: { headers: Record<string, unknown> }) =>
  ([reply.headers['set-cookie'] ?? []].flat() as string[]).map((text) => text.split(';')[0]!);

/** Sent away and come back: the address it came back with, and what the browser kept. */
async function journey(of: Service) {
  const away = await of.get('/api/v1/session/provider');
  expect(away.status).toBe(303);
  const location = String(away.headers['location']);
  return { location, cookie: cookiesOf(away)[0]!, back: new URL(await provider.visit(location)) };
}

async function arrive(of: Service, back: URL, cookie: string) {
  const reply = await of.get(`${back.pathname}${back.search}`, { cookie });
  const session = cookiesOf(reply).find((kept) => kept.startsWith('faultline_session='));
  return { status: reply.status, location: reply.headers['location'], session };
}
const enter = async (of: Service) => {
  const { back, cookie } = await journey(of);
  return arrive(of, back, cookie);
};
const me = async (of: Service, session: string) =>
  (await of.get<{ data: Record<string, unknown> }>('/api/v1/me', { cookie: session })).body.data;
const refused = (why: string) => ({ status: 303, location: `/#/sign-in?refused=${why}`, session: undefined });

describe('signing in by an identity provider', () => {
  it('goes there with PKCE, state and nonce, comes back to our own address, and is who the account is', async () => {
    const { location, back, cookie } = await journey(service);
    const sent = new URL(location);
    expect(sent.origin).toBe(provider.issuer);
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${ORIGIN}${CALLBACK}`,
      code_challenge_method: 'S256',
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
    });
    expect(`${back.origin}${back.pathname}`).toBe(`${ORIGIN}${CALLBACK}`);
    const entered = await arrive(service, back, cookie);
    expect([entered.status, entered.location]).toEqual([303, '/']);
    expect(await me(service, entered.session!)).toMatchObject({
      label: 'ann@example.org',
      role: 'analyst',
      tenantId: 'local',
    });
    // A code works once, also for the browser that has it.
    expect(await arrive(service, back, cookie)).toEqual(refused('not-vouched'));
    const ways = await service.get<{ data: object }>('/api/v1/session/ways');
    expect(ways.body.data).toEqual({ anonymousReads: true, passwords: true, provider: new URL(provider.issuer).host });
  });

  it('is refused with another state, another nonce, another verifier, and without the browser that was sent', async () => {
    const one = await journey(service);
    const forged = new URL(one.back);
    forged.searchParams.set('state', 'another');
    expect(await arrive(service, forged, one.cookie)).toEqual(refused('another-journey'));
    expect(await arrive(service, one.back, '')).toEqual(refused('another-journey'));
    const [name, kept] = one.cookie.split('=') as [string, string];
    const said = JSON.parse(Buffer.from(kept, 'base64url').toString('utf8')) as Record<string, string>;
    for (const field of ['nonce', 'verifier']) {
      const other = await journey(service);
      const mixed = {
        ...(JSON.parse(Buffer.from(other.cookie.split('=')[1]!, 'base64url').toString('utf8')) as object),
        [field]: said[field],
      };
      const cookie = `${name}=${Buffer.from(JSON.stringify(mixed)).toString('base64url')}`;
      expect([field, await arrive(service, other.back, cookie)]).toEqual([field, refused('not-vouched')]);
    }
    const denied = new URL(one.back);
    denied.searchParams.delete('code');
    denied.searchParams.set('error', 'access_denied');
    expect(await arrive(service, denied, one.cookie)).toEqual(refused('not-vouched'));
    expect(await arrive(service, one.back, `${name}=bm90aGluZw`)).toEqual(refused('another-journey'));
  });

  it('lets in nobody without an account, with an address nobody verified, or with the address of another', async () => {
    provider.person = { ...ANN, subject: 'sub-eve', email: 'eve@example.org' };
    expect(await enter(service)).toEqual(refused('unknown-user'));
    provider.person = { ...ANN, subject: 'sub-bob', email: 'bob@example.org', isVerified: false };
    expect(await enter(service)).toEqual(refused('unknown-user'));
    provider.person = { ...ANN, subject: 'sub-mallory' };
    expect(await enter(service)).toEqual(refused('account-taken'));
    // The subject counts from then on, not the address.
    provider.person = { ...ANN, email: 'ann@elsewhere.example' };
    expect((await enter(service)).location).toBe('/');
  });

  it('lets in nobody who was disabled, and ends the sessions there are', async () => {
    const { session } = await enter(service);
    await service.database.transaction('app', SCOPE, 'write', async (tx) => {
      const ann = (await usersOf(tx)).find(({ login }) => login === 'ann@example.org')!;
      return changeUser(tx, ann.id, { disabled: true }, NOW);
    });
    expect(await me(service, session!)).toBeUndefined();
    expect(await enter(service)).toEqual(refused('disabled'));
  });

  it('takes the role from the provider where the operator says so, and lets it say who belongs here', async () => {
    provider.person = { ...ANN, roles: ['staff', 'auditor'] };
    const { session } = await enter(byRole);
    expect(await me(byRole, session!)).toMatchObject({ label: 'ann@example.org', role: 'auditor' });
    provider.person = { ...ANN, roles: ['viewer', 'admin'] };
    expect(await me(byRole, (await enter(byRole)).session!)).toMatchObject({ role: 'admin' });
    expect(await me(byRole, session!)).toMatchObject({ role: 'admin' });
    provider.person = { ...ANN, roles: ['staff'] };
    expect(await enter(byRole)).toEqual(refused('no-role'));
  });

  it('says that the provider does not answer, and leaves who is signed in alone', async () => {
    const dark = await startService(NOW, {
      access: {
        ...OPEN_ACCESS,
        publicOrigin: ORIGIN,
        provider: {
          ...provider,
          issuer: 'http://127.0.0.1:9',
          tenantId: 'local',
          roleClaim: null,
          secondFactor: false,
          egressAllow: [],
        },
      },
    });
    try {
      const away = await dark.get('/api/v1/session/provider');
      expect([away.status, away.headers['location']]).toEqual([303, '/#/sign-in?refused=unreachable']);
    } finally {
      await dark.stop();
    }
    const none = await startService(NOW);
    expect((await none.get('/api/v1/session/provider')).headers['location']).toBe('/#/sign-in?refused=not-set-up');
    await none.stop();
  });
});
