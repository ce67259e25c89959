import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ClaimView } from './dto/claims.js';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import { Incident, IncidentRevision, IncidentSummary } from './dto/incidents.js';
import { ClaimsQuery, IncidentsQuery, type ClaimsQuestion, type IncidentsQuestion } from './dto/questions.js';
import { AllowReaders } from './http/allow.js';
import { ListQuery } from './http/page.js';
import { IncidentsService } from './incidents.service.js';

@ApiTags('incidents')
@Controller('api/v1')
export class IncidentsController {
  constructor(private readonly incidents: IncidentsService) {}

  @Get('incidents')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('IncidentList', IncidentSummary) })
  list(@Query({ schema: IncidentsQuery }) question: IncidentsQuestion) {
    return this.incidents.list(question);
  }

  @Get('incidents/:incidentId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('IncidentAnswer', Incident) })
  one(@Param('incidentId') incidentId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.incidents.one(incidentId, question);
  }

  @Get('incidents/:incidentId/revisions')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('IncidentRevisionList', IncidentRevision) })
  revisions(
    @Param('incidentId') incidentId: string,
    @Query({ schema: ListQuery }) question: z.infer<typeof ListQuery>,
  ) {
    return this.incidents.revisions(incidentId, question);
  }

  @Get('claims')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('ClaimList', ClaimView) })
  claims(@Query({ schema: ClaimsQuery }) question: ClaimsQuestion) {
    return this.incidents.claims(question);
  }

  @Get('claims/:claimId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('ClaimAnswer', ClaimView) })
  claim(@Param('claimId') claimId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.incidents.claim(claimId, question);
  }
}
