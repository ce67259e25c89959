import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import { CloudRegion, Operator, Zone } from './dto/places.js';
import { ListQuery, type ListQuestion } from './http/page.js';
import { PlacesService } from './places.service.js';

@ApiTags('places')
@Controller('api/v1')
export class PlacesController {
  constructor(private readonly places: PlacesService) {}

  @Get('operators')
  @ApiOkResponse({ standardSchema: listOf('OperatorList', Operator) })
  operators(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.places.operators(question);
  }

  @Get('regions')
  @ApiOkResponse({ standardSchema: listOf('CloudRegionList', CloudRegion) })
  regions(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.places.regions(question);
  }

  @Get('zones')
  @ApiOkResponse({ standardSchema: listOf('ZoneList', Zone) })
  zones(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.places.zones(question);
  }

  @Get('zones/:zoneId')
  @ApiOkResponse({ standardSchema: oneOf('ZoneAnswer', Zone) })
  zone(@Param('zoneId') zoneId: string, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.places.zone(zoneId, question);
  }
}
