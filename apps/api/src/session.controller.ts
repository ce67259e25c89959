import { Body, Controller, Get, Header, Headers, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { instantOf, msOf } from '@faultline/evidence';
import { recognise, signIn, type Recognised } from '@faultline/access';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import { ProblemException } from './http/problem.filter.js';

const SCOPE = { tenantId: 'local', actor: 'session' };
const COOKIE = 'faultline_session';
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
        `${COOKIE}=${result.session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_HOURS * 3600}`,
      )
      .redirect('/', 303);
  }

  @Get('api/v1/me')
  @ApiOkResponse({ standardSchema: Me })
  async me(@Headers('authorization') authorization?: string, @Headers('cookie') cookie?: string) {
    const known = await this.whoIs(authorization, cookie);
    if (known.outcome !== 'known')
      throw new ProblemException(
        401,
        `session.${known.outcome}`,
        'not signed in: use the link `faultline signin` prints, or an API key',
      );
    return { data: known.actor };
  }

  private whoIs(authorization: string | undefined, cookie: string | undefined): Promise<Recognised> {
    const now = this.clock.now();
    const key = /^Bearer ([\w-]{10,200})$/.exec(authorization ?? '')?.[1];
    const session = new RegExp(`(?:^|; )${COOKIE}=([\\w-]{10,200})`).exec(cookie ?? '')?.[1];
    return this.database.transaction('app', SCOPE, 'read', (tx): Promise<Recognised> => {
      if (key) return recognise(tx, 'api-key', key, now);
      return session ? recognise(tx, 'session', session, now) : Promise.resolve({ outcome: 'unknown' });
    });
  }
}
