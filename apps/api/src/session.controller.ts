import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Me, SignInBody, SignInWays } from './dto/access.js';
import { ACCESS_SETTINGS, type AccessSettings } from './http/access-settings.js';
import { AllowAll, AllowRoles, EVERY_ROLE } from './http/allow.js';
import { Spends } from './http/budget.guard.js';
import { Callers } from './http/caller.js';
import { SessionService } from './session.service.js';

const Token = z.object({
  token: z
    .string()
    .min(10)
    .max(200)
    .regex(/^[\w-]+$/),
});

/** Signing in and out, and who one is. Opening a sign-in link only shows a button, so that link scanners spend nothing. */
@ApiTags('session')
@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly callers: Callers,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  @Get('signin')
  @AllowAll()
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
  @AllowAll()
  @Spends('signIns')
  @ApiExcludeEndpoint()
  async enter(@Body({ schema: Token }) { token }: z.infer<typeof Token>, @Res() reply: FastifyReply) {
    return reply.header('set-cookie', await this.sessions.byLink(token)).redirect('/', 303);
  }

  @Get('api/v1/session/ways')
  @AllowAll()
  @ApiOkResponse({ standardSchema: SignInWays, description: 'How one signs in here' })
  ways(): z.infer<typeof SignInWays> {
    return { data: { anonymousReads: this.settings.anonymousReads, provider: null } };
  }

  @Post('api/v1/session')
  @AllowAll()
  @Spends('signIns')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @ApiNoContentResponse({ description: 'Signed in, by the cookie that is set' })
  async signIn(
    @Body({ schema: SignInBody }) body: z.infer<typeof SignInBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('set-cookie', await this.sessions.byPassword(body));
  }

  @Delete('api/v1/session')
  @AllowAll()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed out' })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('set-cookie', await this.sessions.end(request));
  }

  @Get('api/v1/me')
  @AllowRoles(null, ...EVERY_ROLE)
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: Me })
  async me(@Req() request: FastifyRequest): Promise<z.infer<typeof Me>> {
    const { tenantId, role, label, scopes } = await this.callers.known(request);
    const caller = await this.callers.identify(request);
    const by = caller.outcome === 'known' ? caller.by : 'session';
    return { data: { tenantId, role, label, scopes: [...scopes], by } };
  }
}
