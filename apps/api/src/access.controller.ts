import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AccessService } from './access.service.js';
import {
  AccessLogList,
  AccessLogQuery,
  KeyBody,
  KeyList,
  KeyMade,
  RotateBody,
  UserAnswer,
  UserBody,
  UserChange,
  UserList,
} from './dto/access.js';
import { AllowRoles } from './http/allow.js';
import { Callers } from './http/caller.js';

/** The people and the keys of the caller’s own tenant, and who read what is sensitive. */
@ApiTags('access')
@ApiBearerAuth()
@Controller('api/v1')
export class AccessController {
  constructor(
    private readonly access: AccessService,
    private readonly callers: Callers,
  ) {}

  @Get('users')
  @AllowRoles('admin', 'admin')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: UserList })
  async users(@Req() request: FastifyRequest) {
    return this.access.users(await this.callers.known(request));
  }

  @Post('users')
  @AllowRoles('admin', 'admin')
  @HttpCode(201)
  @ApiCreatedResponse({ standardSchema: UserAnswer })
  async addUser(@Req() request: FastifyRequest, @Body({ schema: UserBody }) body: z.infer<typeof UserBody>) {
    return this.access.addUser(await this.callers.known(request), body);
  }

  @Patch('users/:userId')
  @AllowRoles('admin', 'admin')
  @ApiOkResponse({
    standardSchema: UserAnswer,
    description: 'Who is disabled or gets a password is signed out everywhere',
  })
  async changeUser(
    @Req() request: FastifyRequest,
    @Param('userId') userId: string,
    @Body({ schema: UserChange }) change: z.infer<typeof UserChange>,
  ) {
    return this.access.changeUser(await this.callers.known(request), userId, change);
  }

  @Get('keys')
  @AllowRoles('admin', 'admin')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: KeyList })
  async keys(@Req() request: FastifyRequest) {
    return this.access.keys(await this.callers.known(request));
  }

  @Post('keys')
  @AllowRoles('admin', 'admin')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiCreatedResponse({ standardSchema: KeyMade })
  async addKey(@Req() request: FastifyRequest, @Body({ schema: KeyBody }) body: z.infer<typeof KeyBody>) {
    return this.access.addKey(await this.callers.known(request), body);
  }

  @Post('keys/:keyId/rotations')
  @AllowRoles('admin', 'admin')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiCreatedResponse({ standardSchema: KeyMade, description: 'A new secret; the one of now works for the grace' })
  async rotateKey(
    @Req() request: FastifyRequest,
    @Param('keyId') keyId: string,
    @Body({ schema: RotateBody }) body: z.infer<typeof RotateBody>,
  ) {
    return this.access.rotateKey(await this.callers.known(request), keyId, body);
  }

  @Delete('keys/:keyId')
  @AllowRoles('admin', 'admin')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It works no more' })
  async revokeKey(@Req() request: FastifyRequest, @Param('keyId') keyId: string) {
    await this.access.revokeKey(await this.callers.known(request), keyId);
  }

  @Get('access-log')
  @AllowRoles('read', 'auditor', 'admin')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: AccessLogList, description: 'Sensitive reads of the tenant, the newest first' })
  async log(@Req() request: FastifyRequest, @Query({ schema: AccessLogQuery }) query: z.infer<typeof AccessLogQuery>) {
    return this.access.log(await this.callers.known(request), query);
  }
}
