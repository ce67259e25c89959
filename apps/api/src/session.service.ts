import { Inject, Injectable } from '@nestjs/common';
import { accountOf, isPassword, issue, revoke, signIn, tenantOfSecret, type User } from '@faultline/access';
import { instantOf, msOf } from '@faultline/evidence';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { SignInBody } from './dto/access.js';
import { ACCESS_SETTINGS, cookie, sessionCookie, type AccessSettings } from './http/access-settings.js';
import { Callers } from './http/caller.js';
import { ProblemException } from './http/problem.filter.js';

const SESSION_HOURS = 12;

/** Begins and ends sessions. A session is a cookie to set; the secret in it is kept as its hash alone. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly callers: Callers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  /** By the single-use link. @throws ProblemException 401 */
  async byLink(token: string): Promise<string> {
    const tenantId = tenantOfSecret('sign-in', token);
    const scope = { tenantId: tenantId ?? 'local', actor: 'sign-in' };
    const result = await this.database.transaction('app', scope, 'write', (tx) =>
      signIn(tx, token, this.clock.now(), this.endsAt()),
    );
    if (result.outcome === 'signed-in') return this.cookieOf(result.session);
    throw new ProblemException(
      401,
      `signin.${result.outcome}`,
      'this sign-in link does not work (any more): make another with `faultline signin`',
    );
  }

  /** By login and password. What is wrong with them is not told. @throws ProblemException 401 */
  async byPassword({ login, password, tenant }: z.infer<typeof SignInBody>): Promise<string> {
    if (!this.settings.passwords)
      throw new ProblemException(403, 'signin.passwords_off', 'passwords let nobody in here: sign in by the provider');
    const scope = { tenantId: tenant, actor: 'sign-in' };
    const account = await this.database.transaction('app', scope, 'read', (tx) => accountOf(tx, login));
    const isRight = await isPassword(account?.passwordHash, password);
    if (account && isRight && account.disabledAt === null) return this.begin(tenant, account);
    throw new ProblemException(
      401,
      'signin.refused',
      'got a login and a password that do not let anybody in: look at both, and at the organisation',
    );
  }

  /** For an account that has shown who it is. */
  async begin(tenantId: string, { id, login, role }: User): Promise<string> {
    const session = await this.database.transaction('app', { tenantId, actor: login }, 'write', (tx) =>
      issue(tx, 'session', { role, label: login, userId: id }, this.endsAt()),
    );
    return this.cookieOf(session);
  }

  /** Ends the session that the request shows, where it is in force; the cookie goes in any case. */
  async end(request: FastifyRequest): Promise<string> {
    const caller = await this.callers.identify(request);
    if (caller.outcome === 'known' && caller.by === 'session') {
      const { tenantId, label, credentialId } = caller.actor;
      await this.database.transaction('app', { tenantId, actor: label }, 'write', (tx) =>
        revoke(tx, 'session', credentialId, this.clock.now()),
      );
    }
    return cookie(this.settings, sessionCookie(this.settings), '', 0);
  }

  private endsAt(): string {
    return instantOf(msOf(this.clock.now()) + SESSION_HOURS * 3_600_000);
  }

  private cookieOf(session: string): string {
    return cookie(this.settings, sessionCookie(this.settings), session, SESSION_HOURS * 3600);
  }
}
