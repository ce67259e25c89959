import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import {
  BlastRadiusQuery,
  BlastRadiusView,
  Entity,
  EntitySummary,
  WorkloadSummary,
  type BlastRadiusQuestion,
} from './dto/workloads.js';
import { AllowReaders } from './http/allow.js';
import { ListQuery, type ListQuestion } from './http/page.js';
import { WorkloadsService } from './workloads.service.js';

@ApiTags('workloads')
@Controller('api/v1')
export class WorkloadsController {
  constructor(private readonly workloads: WorkloadsService) {}

  @Get('workloads')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('WorkloadList', WorkloadSummary) })
  list(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.workloads.workloads(question);
  }

  @Get('workloads/:workloadId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('WorkloadAnswer', Entity) })
  one(@Param('workloadId') workloadId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.workloads.workload(workloadId, question);
  }

  @Get('entities')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('EntityList', EntitySummary) })
  entities(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.workloads.entities(question);
  }

  @Get('entities/:entityId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('EntityAnswer', Entity) })
  entity(@Param('entityId') entityId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.workloads.entity(entityId, question);
  }

  @Get('blast-radius')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('BlastRadiusAnswer', BlastRadiusView) })
  blastRadius(@Query({ schema: BlastRadiusQuery }) question: BlastRadiusQuestion) {
    return this.workloads.blastRadius(question);
  }
}
