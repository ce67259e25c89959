import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import { CloudRegion, Operator, Zone } from './dto/places.js';
import { AllowReaders } from './http/allow.js';
import { ListQuery, type ListQuestion } from './http/page.js';
import { PlacesService } from './places.service.js';

@ApiTags('places')
@Controller('api/v1')
export class PlacesController {
  constructor(private readonly places: PlacesService) {}

  @Get('operators')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('OperatorList', Operator) })
  operators(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.places.operators(question);
  }

  @Get('regions')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('CloudRegionList', CloudRegion) })
  regions(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.places.regions(question);
  }

  @Get('zones')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('ZoneList', Zone) })
  zones(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.places.zones(question);
  }

  @Get('zones/:zoneId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('ZoneAnswer', Zone) })
  zone(@Param('zoneId') zoneId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.places.zone(zoneId, question);
  }
}
