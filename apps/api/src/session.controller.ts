import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Me, SignInBody, SignInWays } from './dto/access.js';
import { ACCESS_SETTINGS, cookie, cookieIn, isSecure, type AccessSettings } from './http/access-settings.js';
import { AllowAll, AllowRoles, EVERY_ROLE } from './http/allow.js';
import { Spends } from './http/budget.guard.js';
import { Callers } from './http/caller.js';
import { ProviderService, type Journey } from './provider.service.js';
import { SessionService } from './session.service.js';

const Token = z.object({
  token: z
    .string()
    .min(10)
    .max(200)
    .regex(/^[\w-]+$/),
});

/** A link has its secret behind the `#`, which is sent to nobody and stands in no log; the script puts it into the form. */
const SIGN_IN_PAGE =
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to Faultline</title>` +
  `<script src="/signin.js" defer></script><main><h1>Faultline</h1><form method="post" action="/signin">` +
  `<label>What stands behind the # of your link <input name="token" required autocomplete="off" spellcheck="false"></label> ` +
  `<button>Sign in</button></form><p>This link works once.</p></main></html>`;
const SIGN_IN_SCRIPT = `const field = document.querySelector('input[name=token]');
if (location.hash.length > 1) {
  field.value = location.hash.slice(1);
  field.parentElement.hidden = true;
  history.replaceState(null, '', location.pathname);
}
`;

const JOURNEY_SECONDS = 600;
const journeyCookie = (settings: AccessSettings) => `${isSecure(settings) ? '__Host-' : ''}faultline_journey`;
const JourneyKept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** Undefined where the cookie is none of ours. */
function journeyIn(kept: string | undefined): Journey | undefined {
  try {
    return JourneyKept.parse(JSON.parse(Buffer.from(kept ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Signing in and out, and who one is. Opening a sign-in link only shows a button, so that link scanners spend nothing. */
@ApiTags('session')
@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly provider: ProviderService,
    private readonly callers: Callers,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  @Get('signin')
  @AllowAll()
  @ApiExcludeEndpoint()
  @Header('cache-control', 'no-store')
  page(@Res() reply: FastifyReply) {
    return reply.type('text/html; charset=utf-8').send(SIGN_IN_PAGE);
  }

  @Get('signin.js')
  @AllowAll()
  @ApiExcludeEndpoint()
  @Header('cache-control', 'no-cache')
  script(@Res() reply: FastifyReply) {
    return reply.type('text/javascript; charset=utf-8').send(SIGN_IN_SCRIPT);
  }

  @Post('signin')
  @AllowAll()
  @Spends('signIns')
  @ApiExcludeEndpoint()
  async enter(
    @Req() request: FastifyRequest,
    @Body({ schema: Token }) { token }: z.infer<typeof Token>,
    @Res() reply: FastifyReply,
  ) {
    const session = await this.sessions.byLink(token);
    await this.sessions.end(request);
    return reply.header('set-cookie', session).redirect('/', 303);
  }

  @Get('api/v1/session/ways')
  @AllowAll()
  @ApiOkResponse({ standardSchema: SignInWays, description: 'How one signs in here' })
  ways(): z.infer<typeof SignInWays> {
    const { anonymousReads, passwords, provider } = this.settings;
    return { data: { anonymousReads, passwords, provider: provider && new URL(provider.issuer).host } };
  }

  @Get('api/v1/session/provider')
  @AllowAll()
  @ApiExcludeEndpoint()
  @Header('cache-control', 'no-store')
  async toProvider(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    // Nobody is signed in by a link of another site, not even by a provider that asks nothing.
    if (request.headers['sec-fetch-site'] === 'cross-site') return reply.redirect('/#/sign-in', 303);
    const sent = await this.provider.depart();
    if (sent.outcome !== 'sent') return reply.redirect(`/#/sign-in?refused=${sent.outcome}`, 303);
    const kept = Buffer.from(JSON.stringify(sent.journey)).toString('base64url');
    return reply
      .header('set-cookie', cookie(this.settings, journeyCookie(this.settings), kept, JOURNEY_SECONDS))
      .redirect(sent.url, 303);
  }

  @Get('api/v1/session/provider/callback')
  @AllowAll()
  @ApiExcludeEndpoint()
  @Header('cache-control', 'no-store')
  async fromProvider(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const journey = journeyIn(cookieIn(request.headers.cookie, journeyCookie(this.settings)));
    const vouched = await this.provider.arrive(request.url.split('?')[1] ?? '', journey);
    const over = cookie(this.settings, journeyCookie(this.settings), '', 0);
    if (vouched.outcome !== 'known')
      return reply.header('set-cookie', over).redirect(`/#/sign-in?refused=${vouched.outcome}`, 303);
    const session = await this.sessions.begin(vouched.tenantId, vouched.user);
    await this.sessions.end(request);
    return reply.header('set-cookie', [over, session]).redirect('/', 303);
  }

  @Post('api/v1/session')
  @AllowAll()
  @Spends('signIns')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @ApiNoContentResponse({ description: 'Signed in, by the cookie that is set' })
  async signIn(
    @Req() request: FastifyRequest,
    @Body({ schema: SignInBody }) body: z.infer<typeof SignInBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const session = await this.sessions.byPassword(body);
    await this.sessions.end(request);
    void reply.header('set-cookie', session);
  }

  @Delete('api/v1/session')
  @AllowAll()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed out' })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('set-cookie', await this.sessions.end(request));
    // What this browser keeps of answers goes with the session.
    void reply.header('clear-site-data', '"cache", "storage"');
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
