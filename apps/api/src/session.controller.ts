import { Body, Controller, Get, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { instantOf, msOf } from '@faultline/evidence';
import { signIn } from '@faultline/access';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import { Callers, SESSION_COOKIE } from './http/caller.js';
import { ProblemException } from './http/problem.filter.js';

const SCOPE = { tenantId: 'local', actor: 'session' };
const SESSION_HOURS = 12;
const Token = z.object({
  token: z
    .string()
    .min(10)
    .max(200)
    .regex(/^[\w-]+$/),
});
const Me = z
  .object({ data: z.object({ tenantId: z.string(), role: z.string(), label: z.string() }) })
  .meta({ id: 'Me' });

/** Signing in with the single-use link, and who one is. Opening the link only shows a button, so that link scanners spend nothing. */
@ApiTags('session')
@Controller()
export class SessionController {
  constructor(
    private readonly database: Database,
    private readonly callers: Callers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('signin')
  @ApiExcludeEndpoint()
  @Header('cache-control', 'no-store')
  page(@Query({ schema: Token }) { token }: z.infer<typeof Token>, @Res() reply: FastifyReply) {
    return reply
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to Faultline</title>` +
          `<main><h1>Faultline</h1><form method="post" action="/signin"><input type="hidden" name="token" value="${token}">` +
          `<button>Sign in</button></form><p>This link works once.</p></main></html>`,
      );
  }

  @Post('signin')
  @ApiExcludeEndpoint()
  async enter(@Body({ schema: Token }) { token }: z.infer<typeof Token>, @Res() reply: FastifyReply) {
    const now = this.clock.now();
    const ends = instantOf(msOf(now) + SESSION_HOURS * 3_600_000);
    const result = await this.database.transaction('app', SCOPE, 'write', (tx) => signIn(tx, token, now, ends));
    if (result.outcome !== 'signed-in') {
      throw new ProblemException(
        401,
        `signin.${result.outcome}`,
        'this sign-in link does not work (any more): make another with `faultline signin`',
      );
    }
    return reply
      .header(
        'set-cookie',
        `${SESSION_COOKIE}=${result.session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_HOURS * 3600}`,
      )
      .redirect('/', 303);
  }

  @Get('api/v1/me')
  @ApiOkResponse({ standardSchema: Me })
  async me(@Req() request: FastifyRequest) {
    return { data: await this.callers.known(request) };
  }
}
