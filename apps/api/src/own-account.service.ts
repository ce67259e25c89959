import { Inject, Injectable } from '@nestjs/common';
import {
  accountOf,
  changeUser,
  endSessions,
  hashPassword,
  isPassword,
  sessionsOf,
  type Actor,
  type User,
  weaknessOf,
} from '@faultline/access';
import { CLOCK, Database, type Clock, type Scope } from '@faultline/platform';
import type { z } from 'zod';
import type { EndSessionsBody, PasswordBody, SessionList } from './dto/own-account.js';
import { ProblemException } from './http/problem.filter.js';
import { SessionService } from './session.service.js';

/** The account of whoever asks. What weighs something asks for the password again, whatever session there is. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly database: Database,
    private readonly begun: SessionService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async sessions(actor: Actor): Promise<z.infer<typeof SessionList>> {
    const { userId, credentialId } = actor;
    if (userId === null) return { data: [] };
    const sessions = await this.database.transaction('app', scopeOf(actor), 'read', (tx) =>
      sessionsOf(tx, userId, this.clock.now()),
    );
    return { data: sessions.map((session) => ({ ...session, isThisOne: session.id === credentialId })) };
  }

  /** @throws ProblemException 409 without a password, 403 with a wrong one, 404 where there is no such session. */
  async endSessions(actor: Actor, { current, sessionId }: z.infer<typeof EndSessionsBody>): Promise<void> {
    const { id } = await this.confirmed(actor, current);
    const which = sessionId === undefined ? { allBut: actor.credentialId } : { one: sessionId };
    const ended = await this.database.transaction('app', scopeOf(actor), 'write', (tx) =>
      endSessions(tx, id, which, this.clock.now()),
    );
    if (sessionId !== undefined && ended === 0)
      throw new ProblemException(404, 'not_found', `no session ${JSON.stringify(sessionId)} is known`);
  }

  /** Gives the account another password and ends all its sessions. The cookie of a new one. @throws as `endSessions`, 422 */
  async changePassword(actor: Actor, { current, next }: z.infer<typeof PasswordBody>): Promise<string> {
    const account = await this.confirmed(actor, current);
    await refuseWeak(next, account.login, actor.tenantId);
    const passwordHash = await hashPassword(next);
    const changed = await this.database.transaction('app', scopeOf(actor), 'write', (tx) =>
      changeUser(tx, account.id, { passwordHash }, this.clock.now()),
    );
    return this.begun.begin(actor.tenantId, changed ?? account);
  }

  private async confirmed(actor: Actor, password: string): Promise<User> {
    const account =
      actor.userId === null
        ? undefined
        : await this.database.transaction('app', scopeOf(actor), 'read', (tx) => accountOf(tx, actor.label));
    if (!account || account.id !== actor.userId || account.passwordHash === null) {
      throw new ProblemException(
        409,
        'account.no_password',
        'got a caller without a password of an account here: ask an admin, or the identity provider',
      );
    }
    if (await isPassword(account.passwordHash, password)) return account;
    throw new ProblemException(403, 'password.wrong', 'got another password than the one of this account');
  }
}

/** @throws ProblemException 422 */
/** @throws ProblemException 422 where a password is not one to be taken. */
export async function refuseWeak(password: string, login: string, tenantId: string): Promise<void> {
  const weakness = await weaknessOf(password, { login, tenantId });
  switch (weakness?.reason) {
    case undefined:
      return;
    case 'context':
      throw new ProblemException(
        422,
        'password.context',
        `got a password with ${JSON.stringify(weakness.word)} in it, wanted one without the product, the login and the organisation`,
      );
    case 'guessable':
      throw new ProblemException(
        422,
        'password.guessable',
        'got a password that is common, breached or near one that is: take several words that have nothing to do with each other',
      );
  }
}

function scopeOf({ tenantId, label }: Actor): Scope {
  return { tenantId, actor: label };
}
