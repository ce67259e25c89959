import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { loginOf } from '@faultline/access';
import { msOf } from '@faultline/evidence';
import { CLOCK, type Clock } from '@faultline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_SETTINGS, type AccessSettings, type Budget } from './access-settings.js';
import { Budgets } from './budgets.js';
import { Callers } from './caller.js';
import { ProblemException } from './problem.filter.js';

const SPENDS = Symbol('spends');

/** A route that takes from a smaller allowance too. */
export const Spends = (what: 'exports' | 'signIns') => SetMetadata(SPENDS, what);

/** Trying one account from one place is cheap to refuse; trying many from one place is refused somewhat later. */
const LOGINS_A_PLACE = 10;

/** Refuses who asks more than the allowance: of a key or a session, or of the address nobody known asks from. */
@Injectable()
export class BudgetGuard implements CanActivate {
  private readonly budgets = new Budgets();

  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const caller = await this.callers.identify(request);
    const spender =
      caller.outcome === 'known' ? `${caller.actor.tenantId} ${caller.actor.credentialId}` : `from ${request.ip}`;
    this.take(reply, 'requests', spender, this.settings.requests);
    const spends = this.reflector.get<'exports' | 'signIns' | undefined>(SPENDS, context.getHandler());
    if (spends === 'exports') this.take(reply, 'exports', spender, this.settings.exports);
    if (spends === 'signIns') {
      const { signIns } = this.settings;
      const { login } = (request.body ?? {}) as { login?: unknown };
      const account = typeof login === 'string' ? loginOf(login) : '';
      this.take(reply, 'sign-ins', `${request.ip} ${account}`, signIns);
      this.take(reply, 'sign-ins', request.ip, signIns && { ...signIns, count: signIns.count * LOGINS_A_PLACE });
    }
    return true;
  }

  private take(reply: FastifyReply, what: string, spender: string, budget: Budget | null): void {
    if (budget === null) return;
    const taken = this.budgets.take(`${what} ${spender}`, budget, msOf(this.clock.now()));
    if (taken.outcome === 'granted') return;
    void reply.header('retry-after', String(taken.retryAfterSeconds));
    throw new ProblemException(
      429,
      `budget.${what}`,
      `got more than ${budget.count} ${what} in ${budget.seconds} s: try again in ${taken.retryAfterSeconds} s`,
    );
  }
}
