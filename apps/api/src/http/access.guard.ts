import {
  Inject,
  Injectable,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ACCESS_SETTINGS, type AccessSettings } from './access-settings.js';
import { ALLOWED, type Allowed } from './allow.js';
import { Callers, notSignedIn, type Caller } from './caller.js';
import { ProblemException } from './problem.filter.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets a request through to whom its route is for. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed = this.reflector.get<Allowed | undefined>(ALLOWED, context.getHandler());
    if (!allowed)
      throw new Error(`${context.getClass().name}.${context.getHandler().name} does not say who may call it`);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.callers.identify(request);
    this.requireOwnPage(request, caller);
    if (allowed.to === 'all') return true;
    if (caller.outcome === 'known') return letsIn(allowed, caller.actor);
    // A key that does not work is a mistake to be told of; a session that has run out leaves a reader.
    const isReader = caller.outcome === 'anonymous' || caller.by === 'session';
    if (allowed.to === 'readers' && this.settings.anonymousReads && isReader) return true;
    throw notSignedIn(caller);
  }

  /** What changes something and comes from a browser must come from a page of ours: cookies go along with anybody's. */
  private requireOwnPage(request: FastifyRequest, caller: Caller): void {
    if (SAFE_METHODS.has(request.method)) return;
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    const by = caller.outcome === 'anonymous' ? 'nothing' : caller.by;
    // No other site can make a browser send a key.
    if (by === 'api-key') return;
    if (
      site !== undefined ? site === 'same-origin' : origin !== undefined ? this.isOwn(origin, host) : by === 'nothing'
    )
      return;
    throw new ProblemException(
      403,
      'origin.foreign',
      'got a request that another site may have made: send it from a page of this service, or with an API key',
    );
  }

  private isOwn(origin: string, host: string | undefined): boolean {
    if (origin === this.settings.publicOrigin) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}

function letsIn(allowed: Exclude<Allowed, { to: 'all' }>, actor: { role: string; scopes: readonly string[] }): true {
  if (allowed.to === 'roles' && !allowed.roles.some((role) => role === actor.role)) {
    throw new ProblemException(403, 'role.missing', `got role ${actor.role}, wanted ${allowed.roles.join(' or ')}`);
  }
  if (allowed.scope !== null && !actor.scopes.includes(allowed.scope)) {
    throw new ProblemException(
      403,
      'scope.missing',
      `got a key for ${actor.scopes.join(', ')}, wanted one for ${allowed.scope}`,
    );
  }
  return true;
}

/** Answers a request as its caller, and lets no cache give one reader's answer to another. */
@Injectable()
export class CallerInterceptor implements NestInterceptor {
  constructor(private readonly callers: Callers) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const caller = await this.callers.identify(http.getRequest<FastifyRequest>());
    const reply = http.getResponse<FastifyReply>();
    void reply.header('vary', 'Authorization, Cookie');
    if (caller.outcome === 'known' && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'private, no-cache');
    return this.callers.runAs(caller, () => next.handle());
  }
}
