import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { addUser } from '@faultline/access';
import { OPEN_ACCESS, startService, type Service } from '../support/service.js';

const CLIENT = { clientId: 'faultline', clientSecret: 'a secret of forty-two characters and more!' };
const ACCESS_TOKEN = 'an-access-token-of-the-provider';
const SCOPE = { tenantId: 'local', actor: 'spec' };

interface Keys {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}
let service: Service;
/** Wants a second factor, and has no passwords of its own. */
let strict: Service;
let server: http.Server;
let issuer: string;
let own: Keys;
let foreign: Keys;
/** What the provider says of itself and gives for a code, until a test says otherwise. */
let calledIssuer: string;
let idToken = '';
const asked: string[] = [];

beforeAll(async () => {
  [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  server = http.createServer((request, reply) => {
    const path = request.url!.split('?')[0]!;
    asked.push(path);
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer: calledIssuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/keys': { keys: [jwk] },
      '/token': { access_token: ACCESS_TOKEN, token_type: 'bearer', expires_in: 60, id_token: idToken },
    };
    reply.writeHead(answers[path] ? 200 : 404, { 'content-type': 'application/json' });
    reply.end(JSON.stringify(answers[path] ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  calledIssuer = issuer;
  const start = async (secondFactor: boolean) => {
    const started = await startService('2026-11-21T05:00:00.000Z', {
      access: {
        ...OPEN_ACCESS,
        passwords: !secondFactor,
        publicOrigin: 'http://faultline.test',
        provider: { ...CLIENT, issuer, tenantId: 'local', roleClaim: null, secondFactor, egressAllow: [] },
      },
    });
    await started.database.transaction('app', SCOPE, 'write', (tx) =>
      addUser(tx, { login: 'ann@example.org', role: 'analyst', passwordHash: null }),
    );
    return started;
  };
  service = await start(false);
  strict = await start(true);
});
afterAll(async () => {
  await service?.stop();
  await strict?.stop();
  server?.closeAllConnections();
  await new Promise((closed) => server?.close(closed));
});

const cookiesOf = (reply: { headers: Record<string, unknown> }) =>
  ([reply.headers['set-cookie'] ?? []].flat() as string[]).map((text) => text.split(';')[0]!);
const nowS = () => Math.floor(Date.now() / 1000);

/** A browser goes to the provider and comes back with a code, for which the provider gives the token that is made here. */
async function enterWith(make: (claims: JWTPayload) => Promise<string>, at = service) {
  const away = await at.get('/api/v1/session/provider');
  const { searchParams } = new URL(String(away.headers['location']));
  idToken = await make({
    iss: issuer,
    aud: CLIENT.clientId,
    sub: 'sub-ann',
    email: 'ann@example.org',
    email_verified: true,
    nonce: searchParams.get('nonce')!,
    iat: nowS(),
    exp: nowS() + 60,
  });
  const url = `/api/v1/session/provider/callback?code=a-code&state=${searchParams.get('state')}`;
  return at.get(url, { cookie: cookiesOf(away)[0]! });
}
const HEADER = { alg: 'RS256', kid: 'own' };
const signed = (claims: JWTPayload, { privateKey }: Keys = own, header: object = {}) =>
  new SignJWT(claims).setProtectedHeader({ ...HEADER, ...header }).sign(privateKey);

describe('the token of a provider', () => {
  it('is not asked further where it says that it is another', async () => {
    calledIssuer = 'http://127.0.0.1:1';
    const away = await service.get('/api/v1/session/provider');
    expect([away.status, away.headers['location']]).toEqual([303, '/#/sign-in?refused=unreachable']);
    expect(asked).toEqual(['/.well-known/openid-configuration']);
    calledIssuer = issuer;
  });

  it('lets in by what it vouches for, and its tokens are no keys of ours', async () => {
    const entered = await enterWith((claims) => signed(claims));
    expect([entered.status, entered.headers['location']]).toEqual([303, '/']);
    expect(cookiesOf(entered).some((kept) => kept.startsWith('faultline_session=flw_local_'))).toBe(true);
    for (const token of [ACCESS_TOKEN, idToken]) {
      expect(JSON.stringify([entered.headers, entered.text])).not.toContain(token);
      const me = await service.get('/api/v1/me', { authorization: `Bearer ${token}` });
      expect(me.status).toBe(401);
    }
  });

  const secret = new TextEncoder().encode(CLIENT.clientSecret);
  it.each<[string, (claims: JWTPayload) => Promise<string>]>([
    ['signed by another key', (claims) => signed(claims, foreign)],
    ['signed by a key no one knows', (claims) => signed(claims, foreign, { kid: 'foreign' })],
    [
      'signed by a key it brings along',
      async (claims) =>
        signed(claims, foreign, { jwk: await exportJWK(foreign.publicKey), jku: 'http://127.0.0.1:1/' }),
    ],
    ['unsigned', async (claims) => new UnsecuredJWT(claims).encode()],
    [
      'signed by the secret we share',
      (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret),
    ],
    ['without its signature', async (claims) => (await signed(claims)).replace(/[^.]*$/, '')],
    [
      'with words changed after signing',
      async (claims) => {
        const [header, , signature] = (await signed(claims)).split('.');
        const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'sub-eve' })).toString('base64url');
        return `${header}.${payload}.${signature}`;
      },
    ],
    ['of another issuer', (claims) => signed({ ...claims, iss: 'http://127.0.0.1:1' })],
    ['for another client', (claims) => signed({ ...claims, aud: 'another' })],
    ['for several, of another', (claims) => signed({ ...claims, aud: ['faultline', 'another'], azp: 'another' })],
    ['run out', (claims) => signed({ ...claims, iat: nowS() - 7200, exp: nowS() - 3600 })],
    ['not valid yet', (claims) => signed({ ...claims, nbf: nowS() + 3600 })],
    ['without an end', ({ exp: _, ...claims }) => signed(claims)],
    ['of another question', (claims) => signed({ ...claims, nonce: 'another' })],
    ['of nobody', ({ sub: _, ...claims }) => signed(claims)],
  ])('is refused: %s', async (_what, make) => {
    const refused = await enterWith(make);
    expect([refused.status, refused.headers['location']]).toEqual([303, '/#/sign-in?refused=not-vouched']);
    expect(cookiesOf(refused).filter((kept) => /^faultline_session=./.test(kept))).toEqual([]);
  });

  it.each<[unknown, string]>([
    [['mfa'], '/'],
    [['pwd', 'otp'], '/'],
    [['pin', 'hwk', 'user'], '/'],
    [['pwd'], '/#/sign-in?refused=one-factor'],
    [['pwd', 'pin'], '/#/sign-in?refused=one-factor'],
    [['otp'], '/#/sign-in?refused=one-factor'],
    [[], '/#/sign-in?refused=one-factor'],
    ['mfa', '/#/sign-in?refused=one-factor'],
    [undefined, '/#/sign-in?refused=one-factor'],
  ])('is wanted to say that there was a second factor, where one is asked for: %j', async (amr, to) => {
    const reply = await enterWith((claims) => signed({ ...claims, ...(amr === undefined ? {} : { amr }) }), strict);
    expect([reply.status, reply.headers['location']]).toEqual([303, to]);
  });

  it('is the only way in where passwords are off, beside the link made on the machine', async () => {
    const ways = await strict.get<{ data: object }>('/api/v1/session/ways');
    expect(ways.body.data).toMatchObject({ passwords: false, provider: new URL(issuer).host });
    const body = { login: 'ann@example.org', password: 'whatever it was' };
    const refused = await strict.post<{ code: string }>('/api/v1/session', body, { 'sec-fetch-site': 'same-origin' });
    expect([refused.status, refused.body.code]).toEqual([403, 'signin.passwords_off']);
  });
});
