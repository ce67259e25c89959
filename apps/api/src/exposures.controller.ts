import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import { Exposure, ExposureSummary } from './dto/exposures.js';
import { Coverage, FeedView, TimelineBucket } from './dto/feeds.js';
import { TimelineQuery, type TimelineQuestion } from './dto/questions.js';
import { AllowReaders } from './http/allow.js';
import { ListQuery, type ListQuestion } from './http/page.js';
import { ExposuresService } from './exposures.service.js';

@ApiTags('exposures')
@Controller('api/v1')
export class ExposuresController {
  constructor(private readonly exposures: ExposuresService) {}

  @Get('exposures')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('ExposureList', ExposureSummary) })
  list(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.exposures.list(question);
  }

  @Get('exposures/:regionId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('ExposureAnswer', Exposure) })
  one(@Param('regionId') regionId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.exposures.one(regionId, question);
  }

  @Get('coverage')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('CoverageList', Coverage) })
  coverage(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.exposures.coverage(question);
  }

  @Get('feeds')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('FeedList', FeedView) })
  feeds(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.exposures.feeds(question);
  }

  @Get('timeline')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('Timeline', TimelineBucket) })
  timeline(@Query({ schema: TimelineQuery }) question: TimelineQuestion) {
    return this.exposures.timeline(question);
  }
}
