import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { listOf } from './dto/coordinates.js';
import { ChallengeBody, Entered, EntriesBody, Kinship, OWN_FORMATS, OwnDocument, ReviewBody } from './dto/entries.js';
import { EntriesService } from './entries.service.js';
import { AllowReaders, AllowRoles, EDITORS, EVERY_ROLE } from './http/allow.js';
import { Callers } from './http/caller.js';
import { ListQuery } from './http/page.js';

const KinshipQuery = ListQuery.extend({ outcome: z.enum(['joined', 'review', 'apart']).optional() });

@ApiTags('desk')
@ApiBearerAuth()
@Controller('api/v1')
export class EntriesController {
  constructor(
    private readonly entries: EntriesService,
    private readonly callers: Callers,
  ) {}

  @Post('claims')
  @AllowRoles('write', ...EDITORS)
  @HttpCode(201)
  @ApiCreatedResponse({
    standardSchema: Entered,
    description: 'Entered by an analyst; public once it has its position',
  })
  async enter(@Req() request: FastifyRequest, @Body({ schema: EntriesBody }) { claims }: z.infer<typeof EntriesBody>) {
    return this.entries.enter(await this.callers.known(request), claims);
  }

  @Post('inbound')
  @AllowRoles('write', ...EDITORS)
  @HttpCode(201)
  @ApiCreatedResponse({ standardSchema: Entered, description: 'Sent by the tenant’s own tools; seen by that tenant' })
  async push(@Req() request: FastifyRequest, @Body({ schema: EntriesBody }) { claims }: z.infer<typeof EntriesBody>) {
    return this.entries.push(await this.callers.known(request), claims);
  }

  @Post('inbound/:format')
  @AllowRoles('write', ...EDITORS)
  @HttpCode(201)
  @ApiParam({ name: 'format', enum: OWN_FORMATS })
  @ApiCreatedResponse({
    standardSchema: Entered,
    description: 'Health events of the tenant’s own cloud accounts, as their provider gives them; seen by that tenant',
  })
  async pushDocument(
    @Req() request: FastifyRequest,
    @Param('format') format: string,
    @Body({ schema: OwnDocument }) document: z.infer<typeof OwnDocument>,
  ) {
    return this.entries.pushDocument(await this.callers.known(request), format, document);
  }

  @Post('claims/:claimId/challenges')
  @AllowRoles('write', ...EVERY_ROLE)
  @HttpCode(201)
  @ApiCreatedResponse({ standardSchema: Entered })
  async challenge(
    @Req() request: FastifyRequest,
    @Param('claimId') claimId: string,
    @Body({ schema: ChallengeBody }) body: z.infer<typeof ChallengeBody>,
  ) {
    // Anybody known may dispute; only the desk says what became of it.
    const roles = body.state === 'open' ? EVERY_ROLE : EDITORS;
    return this.entries.challenge(await this.callers.inRole(request, ...roles), claimId, body);
  }

  @Get('kinships')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('KinshipList', Kinship) })
  kinships(@Query({ schema: KinshipQuery }) question: z.infer<typeof KinshipQuery>) {
    return this.entries.kinships(question);
  }

  @Post('reviews')
  @AllowRoles('write', ...EDITORS)
  @HttpCode(201)
  @ApiCreatedResponse({ standardSchema: Entered, description: 'A decision on our links, kept like any claim' })
  async review(@Req() request: FastifyRequest, @Body({ schema: ReviewBody }) body: z.infer<typeof ReviewBody>) {
    return this.entries.review(await this.callers.known(request), body);
  }
}
