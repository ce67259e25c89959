import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { noteAccess, type Sensitive } from '@faultline/access';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Callers } from './caller.js';

const SENSITIVE_READ = Symbol('sensitive read');

/** Keeps who read what before it goes out: an answer that cannot be written down is not given. */
@Injectable()
export class AccessLogInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const what = this.reflector.get<Sensitive>(SENSITIVE_READ, context.getHandler());
    const caller = await this.callers.identify(request);
    // Who is not known reads public facts alone, and has no tenant to keep it in.
    if (caller.outcome !== 'known') return next.handle();
    const { actor } = caller;
    const read = { at: this.clock.now(), what, request: `${request.method} ${request.url}`.slice(0, 1_000) };
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.database.transaction('app', { tenantId: actor.tenantId, actor: actor.label }, 'write', (tx) =>
          noteAccess(tx, actor, { ...read, rows: rowsIn(answer) }),
        );
        return answer;
      }),
    );
  }
}

function rowsIn(answer: unknown): number | null {
  const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined;
  return Array.isArray(data) ? data.length : null;
}

/** A read of this route leaves a record in the reader’s tenant. */
export const LeavesRecord = (what: Sensitive) =>
  applyDecorators(SetMetadata(SENSITIVE_READ, what), UseInterceptors(AccessLogInterceptor));
