import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import {
  GroupExposure,
  HistoryPoint,
  HistoryQuery,
  Movement,
  MovementQuery,
  PortfolioExposure,
  PortfolioQuery,
  Scenario,
  ScenarioBody,
  Sensitivity,
  ZoneExposure,
  type HistoryQuestion,
  type MovementQuestion,
  type PortfolioQuestion,
} from './dto/subjects.js';
import { LeavesRecord } from './http/access-log.interceptor.js';
import { AllowReaders, AllowRoles, EVERY_ROLE } from './http/allow.js';
import { Callers } from './http/caller.js';
import { OwnExposureService } from './own-exposure.service.js';
import { SubjectsService } from './subjects.service.js';

type Question = z.infer<typeof AsOfQuery>;
const History = listOf('ExposureHistory', HistoryPoint);
const Group = oneOf('GroupExposureAnswer', GroupExposure);

@ApiTags('exposures')
@Controller('api/v1/exposures')
export class SubjectsController {
  constructor(
    private readonly subjects: SubjectsService,
    private readonly own: OwnExposureService,
    private readonly callers: Callers,
  ) {}

  @Get('operators/:operatorId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: Group })
  operator(@Param('operatorId') operatorId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.subjects.group('operator', operatorId, question);
  }

  @Get('operators/:operatorId/history')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: History })
  operatorHistory(@Param('operatorId') operatorId: string, @Query({ schema: HistoryQuery }) question: HistoryQuestion) {
    return this.subjects.groupHistory('operator', operatorId, question);
  }

  @Get('countries/:country')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: Group })
  country(@Param('country') country: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.subjects.group('country', country, question);
  }

  @Get('countries/:country/history')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: History })
  countryHistory(@Param('country') country: string, @Query({ schema: HistoryQuery }) question: HistoryQuestion) {
    return this.subjects.groupHistory('country', country, question);
  }

  @Get('workloads/:workloadId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: Group })
  workload(@Param('workloadId') workloadId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.subjects.group('workload', workloadId, question);
  }

  @Get('workloads/:workloadId/history')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: History })
  workloadHistory(@Param('workloadId') workloadId: string, @Query({ schema: HistoryQuery }) question: HistoryQuestion) {
    return this.subjects.groupHistory('workload', workloadId, question);
  }

  @Get('zones/:zoneId')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @ApiBearerAuth()
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({
    standardSchema: oneOf('ZoneExposureAnswer', ZoneExposure),
    description: 'Of a zone that the caller’s own portfolio names; no other is told',
  })
  async zone(
    @Req() request: FastifyRequest,
    @Param('zoneId') zoneId: string,
    @Query({ schema: AsOfQuery }) question: Question,
  ) {
    return this.own.zone(await this.callers.known(request), zoneId, question);
  }

  @Get('portfolio')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @ApiBearerAuth()
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: oneOf('PortfolioExposureAnswer', PortfolioExposure) })
  async portfolio(@Req() request: FastifyRequest, @Query({ schema: PortfolioQuery }) question: PortfolioQuestion) {
    return this.own.portfolio(await this.callers.known(request), question);
  }

  @Get('portfolio/history')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @ApiBearerAuth()
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: History })
  async portfolioHistory(@Req() request: FastifyRequest, @Query({ schema: HistoryQuery }) question: HistoryQuestion) {
    return this.own.portfolioHistory(await this.callers.known(request), question);
  }

  @Post('portfolio/scenarios')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @HttpCode(200)
  @ApiBearerAuth()
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({
    standardSchema: oneOf('ScenarioAnswer', Scenario),
    description: 'Patches run through the model, each after the one before. Nothing is stored',
  })
  async scenario(
    @Req() request: FastifyRequest,
    @Body({ schema: ScenarioBody }) body: z.infer<typeof ScenarioBody>,
    @Query({ schema: AsOfQuery }) question: Question,
  ) {
    return this.own.scenario(await this.callers.known(request), body, question);
  }

  @Get(':regionId/history')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: History })
  regionHistory(@Param('regionId') regionId: string, @Query({ schema: HistoryQuery }) question: HistoryQuestion) {
    return this.subjects.regionHistory(regionId, question);
  }

  @Get(':regionId/movement')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('MovementAnswer', Movement) })
  movement(@Param('regionId') regionId: string, @Query({ schema: MovementQuery }) question: MovementQuestion) {
    return this.subjects.movement(regionId, question);
  }

  @Get(':regionId/sensitivity')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('SensitivityAnswer', Sensitivity) })
  sensitivity(@Param('regionId') regionId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.subjects.sensitivity(regionId, question);
  }
}
