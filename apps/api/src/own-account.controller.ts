import { Body, Controller, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { EndSessionsBody, PasswordBody, SessionList } from './dto/own-account.js';
import { AllowRoles, EVERY_ROLE } from './http/allow.js';
import { Spends } from './http/budget.guard.js';
import { Callers } from './http/caller.js';
import { OwnAccountService } from './own-account.service.js';

/** What people do with their own account: another password, and an end to sessions left open elsewhere. */
@ApiTags('session')
@Controller('api/v1/session')
export class OwnAccountController {
  constructor(
    private readonly account: OwnAccountService,
    private readonly callers: Callers,
  ) {}

  @Get('list')
  @AllowRoles(null, ...EVERY_ROLE)
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: SessionList, description: 'The sessions of the account that asks; none of a key' })
  async list(@Req() request: FastifyRequest) {
    return this.account.sessions(await this.callers.known(request));
  }

  @Post('ends')
  @AllowRoles(null, ...EVERY_ROLE)
  @Spends('signIns')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'One session of the own account has ended, or all but the one that asks' })
  async end(@Req() request: FastifyRequest, @Body({ schema: EndSessionsBody }) body: z.infer<typeof EndSessionsBody>) {
    await this.account.endSessions(await this.callers.known(request), body);
  }

  @Post('password')
  @AllowRoles(null, ...EVERY_ROLE)
  @Spends('signIns')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @ApiNoContentResponse({ description: 'It is the password now; every session has ended but a new one, set as cookie' })
  async password(
    @Req() request: FastifyRequest,
    @Body({ schema: PasswordBody }) body: z.infer<typeof PasswordBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('set-cookie', await this.account.changePassword(await this.callers.known(request), body));
  }
}
