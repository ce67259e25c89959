import { Inject, Injectable } from '@nestjs/common';
import { recognise, type Actor, type Recognised, type UserRole } from '@faultline/access';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import type { FastifyRequest } from 'fastify';
import { ProblemException } from './problem.filter.js';

const SCOPE = { tenantId: 'local', actor: 'session' };
export const SESSION_COOKIE = 'faultline_session';

/** Tells who is asking, by API key or session. */
@Injectable()
export class Callers {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemException 401 where nobody known asks. */
  async known({ headers }: Pick<FastifyRequest, 'headers'>): Promise<Actor> {
    const known = await this.whoIs(headers.authorization, headers.cookie);
    if (known.outcome === 'known') return known.actor;
    throw new ProblemException(
      401,
      `session.${known.outcome}`,
      'not signed in: use the link `faultline signin` prints, or an API key',
    );
  }

  /** @throws ProblemException 401 where nobody known asks, 403 where somebody without any of the roles does. */
  async inRole(request: Pick<FastifyRequest, 'headers'>, ...roles: readonly UserRole[]): Promise<Actor> {
    const actor = await this.known(request);
    if (roles.includes(actor.role)) return actor;
    throw new ProblemException(403, 'role.missing', `got role ${actor.role}, wanted ${roles.join(' or ')}`);
  }

  private whoIs(authorization: string | undefined, cookie: string | undefined): Promise<Recognised> {
    const now = this.clock.now();
    const key = /^Bearer ([\w-]{10,200})$/.exec(authorization ?? '')?.[1];
    const session = new RegExp(`(?:^|; )${SESSION_COOKIE}=([\\w-]{10,200})`).exec(cookie ?? '')?.[1];
    return this.database.transaction('app', SCOPE, 'read', (tx): Promise<Recognised> => {
      if (key) return recognise(tx, 'api-key', key, now);
      return session ? recognise(tx, 'session', session, now) : Promise.resolve({ outcome: 'unknown' });
    });
  }
}
