import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody an identity provider knows. */
export interface Person {
  readonly subject: string;
  readonly email: string;
  readonly isVerified: boolean;
  readonly roles: readonly string[];
}

export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who sits at the browser from now on. */
  person: Person;
  /** Goes where a browser is sent until it is sent away from the provider: the address it ends at. */
  visit(url: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real OpenID Connect provider on loopback that lets in, without a question, who sits there. */
export async function startIdentityProvider(redirectUri: string, person: Person): Promise<IdentityProvider> {
  const { default: Provider } = await import('oidc-provider');
  const server = http.createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['faultline', 'a secret of forty-two characters and more!'];
  const people = new Map<string, Person>();
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['roles'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => {
      const { subject, email, isVerified, roles } = people.get(accountId)!;
      return { accountId, claims: () => ({ sub: subject, email, email_verified: isVerified, roles: [...roles] }) };
    },
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  const answer = provider.callback();
  const self: IdentityProvider = {
    issuer,
    clientId,
    clientSecret,
    person,
    visit: async (start) => {
      const jar = new Map<string, string>();
      for (let url = start; ;) {
        if (!url.startsWith(issuer)) return url;
        const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
        const reply = await fetch(url, { headers: { cookie }, redirect: 'manual' });
        for (const set of reply.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
          jar.set(name!, value!);
        }
        const location = reply.headers.get('location');
        if (location === null) throw new Error(`the provider stays at ${url}: ${reply.status} ${await reply.text()}`);
        url = new URL(location, url).href;
      }
    },
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  server.on('request', (request, response) => {
    if (!request.url!.startsWith('/interaction/')) return void answer(request, response);
    people.set(self.person.subject, self.person);
    void provider.interactionFinished(request, response, { login: { accountId: self.person.subject } });
  });
  return self;
}
