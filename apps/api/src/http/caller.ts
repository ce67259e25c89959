import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import {
  noteUse,
  recognise,
  tenantOfSecret,
  type Actor,
  type CredentialKind,
  type Recognised,
  type UserRole,
} from '@faultline/access';
import { CLOCK, Database, PUBLIC_TENANT, type Clock, type Scope } from '@faultline/platform';
import type { FastifyRequest } from 'fastify';
import { ACCESS_SETTINGS, cookieIn, sessionCookie, type AccessSettings } from './access-settings.js';
import { ProblemException } from './problem.filter.js';

/** What a request shows of who is asking. */
export type Caller =
  | { readonly outcome: 'anonymous' }
  | { readonly outcome: 'known'; readonly actor: Actor; readonly by: 'api-key' | 'session' }
  | { readonly outcome: Exclude<Recognised['outcome'], 'known'>; readonly by: 'api-key' | 'session' };

type Asking = Pick<FastifyRequest, 'headers'>;

/** Tells who is asking, by API key or session: found out once a request, before anything is answered. */
@Injectable()
export class Callers {
  private readonly found = new WeakMap<object, Caller>();
  private readonly current = new AsyncLocalStorage<Caller>();

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  async identify(request: Asking): Promise<Caller> {
    const held = this.found.get(request);
    if (held) return held;
    const caller = await this.whoIs(request.headers);
    this.found.set(request, caller);
    return caller;
  }

  /** Runs what answers a request, so that whatever it reads is read as its caller. */
  runAs<T>(caller: Caller, answer: () => T): T {
    return this.current.run(caller, answer);
  }

  /** In whose rows the request that is being answered reads: of who asks, or, where nobody known does, the public ones alone. */
  scope(): Scope {
    const caller = this.current.getStore();
    if (!caller) throw new Error('nobody is being answered: reads of the API belong to a request');
    return caller.outcome === 'known'
      ? { tenantId: caller.actor.tenantId, actor: caller.actor.label }
      : { tenantId: PUBLIC_TENANT, actor: 'anonymous' };
  }

  /** @throws ProblemException 401 where nobody known asks. */
  async known(request: Asking): Promise<Actor> {
    const caller = await this.identify(request);
    if (caller.outcome === 'known') return caller.actor;
    throw notSignedIn(caller);
  }

  /** @throws ProblemException 401 where nobody known asks, 403 where somebody without any of the roles does. */
  async inRole(request: Asking, ...roles: readonly UserRole[]): Promise<Actor> {
    const actor = await this.known(request);
    if (roles.includes(actor.role)) return actor;
    throw new ProblemException(403, 'role.missing', `got role ${actor.role}, wanted ${roles.join(' or ')}`);
  }

  /** The session a request shows, whether it is in force or not. */
  private sessionIn({ headers }: Asking): string | undefined {
    return cookieIn(headers.cookie, sessionCookie(this.settings));
  }

  private async whoIs(headers: Asking['headers']): Promise<Caller> {
    if (headers.authorization !== undefined) {
      const key = /^Bearer ([\w-]{10,200})$/.exec(headers.authorization)?.[1];
      return key === undefined ? { outcome: 'unknown', by: 'api-key' } : this.holderOf('api-key', key);
    }
    const session = this.sessionIn({ headers });
    return session === undefined ? { outcome: 'anonymous' } : this.holderOf('session', session);
  }

  private async holderOf(by: 'api-key' | 'session', secret: string): Promise<Caller> {
    const tenantId = tenantOfSecret(by, secret);
    if (tenantId === undefined) return { outcome: 'unknown', by };
    const now = this.clock.now();
    const scope = { tenantId, actor: by };
    const kind: CredentialKind = by;
    const known = await this.database.transaction('app', scope, 'read', (tx) => recognise(tx, kind, secret, now));
    if (known.outcome !== 'known') return { outcome: known.outcome, by };
    if (known.isFirstUseInAWhile)
      await this.database.transaction('app', scope, 'write', (tx) => noteUse(tx, secret, now));
    return { outcome: 'known', actor: known.actor, by };
  }
}

/** One and the same answer to whoever is not known, but for whether anything was shown that once was right. */
export function notSignedIn(caller: Exclude<Caller, { outcome: 'known' }>): ProblemException {
  const code = caller.outcome === 'expired' ? 'session.expired' : 'session.unknown';
  return new ProblemException(
    401,
    code,
    'not signed in: sign in on the map, with the link `faultline signin` prints, or with an API key',
  );
}
