import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Gives every GET answer a strong ETag of its very bytes and answers 304 to who has them. Bytes are answered as they are. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (request.method !== 'GET') return next.handle();
    return next.handle().pipe(
      map((answer: unknown) => {
        // A handler that has answered by itself.
        if (reply.sent) return answer;
        const body = answer instanceof Uint8Array ? Buffer.from(answer) : JSON.stringify(answer);
        const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
        void reply.header('etag', etag);
        if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-cache');
        if (!reply.hasHeader('content-type')) void reply.type('application/json; charset=utf-8');
        const held = request.headers['if-none-match'];
        if (held?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
          void reply.status(304);
          return '';
        }
        return body;
      }),
    );
  }
}
