import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ScoreRunAnswer, ScoreRunBody, ScoreRunCheck, ScoreRunList, ScoreRunsQuery } from './dto/score-runs.js';
import { AllowRoles, EVERY_ROLE } from './http/allow.js';
import { Callers } from './http/caller.js';
import { ScoreRunsService } from './score-runs.service.js';

@ApiTags('score runs')
@ApiBearerAuth()
@Controller('api/v1/score-runs')
export class ScoreRunsController {
  constructor(
    private readonly runs: ScoreRunsService,
    private readonly callers: Callers,
  ) {}

  @Post()
  @AllowRoles('write', 'analyst', 'auditor', 'admin')
  @HttpCode(201)
  @ApiCreatedResponse({
    standardSchema: ScoreRunAnswer,
    description: 'The score of a cloud region, recorded in the own tenant and in the ledger; once for one question',
  })
  async record(@Req() request: FastifyRequest, @Body({ schema: ScoreRunBody }) body: z.infer<typeof ScoreRunBody>) {
    return this.runs.record(await this.callers.known(request), body);
  }

  @Get()
  @AllowRoles('read', ...EVERY_ROLE)
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: ScoreRunList, description: 'The last 500, latest first' })
  async list(
    @Req() request: FastifyRequest,
    @Query({ schema: ScoreRunsQuery }) { region }: z.infer<typeof ScoreRunsQuery>,
  ) {
    return this.runs.list(await this.callers.known(request), region);
  }

  @Get(':runId/check')
  @AllowRoles('read', ...EVERY_ROLE)
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: ScoreRunCheck, description: 'The same question asked again' })
  async check(@Req() request: FastifyRequest, @Param('runId') runId: string) {
    return this.runs.check(await this.callers.known(request), runId);
  }
}
