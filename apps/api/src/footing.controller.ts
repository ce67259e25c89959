import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import {
  Cable,
  CableSummary,
  Chokepoint,
  ChokepointSummary,
  Facility,
  FacilitySummary,
  LandingPoint,
  LandingPointSummary,
  OperatorPage,
  Partition,
  RegionPage,
  RegionPair,
  Supply,
  SupplySummary,
} from './dto/footing.js';
import { FootingService } from './footing.service.js';
import { AllowReaders } from './http/allow.js';
import { ListQuery, type ListQuestion } from './http/page.js';

type Question = z.infer<typeof AsOfQuery>;

@ApiTags('places')
@Controller('api/v1')
export class FootingController {
  constructor(private readonly footing: FootingService) {}

  @Get('operators/:operatorId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('OperatorAnswer', OperatorPage) })
  operator(@Param('operatorId') operatorId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.operators.one(operatorId, question);
  }

  @Get('partitions')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('PartitionList', Partition) })
  partitions(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.partitions.list(question);
  }

  @Get('regions/:regionId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('CloudRegionAnswer', RegionPage) })
  region(@Param('regionId') regionId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.regions.one(regionId, question);
  }

  @Get('region-pairs')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('RegionPairList', RegionPair) })
  pairs(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.pairs(question);
  }

  @Get('cables')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('CableList', CableSummary) })
  cables(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.cables.list(question);
  }

  @Get('cables/:cableId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('CableAnswer', Cable) })
  cable(@Param('cableId') cableId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.cables.one(cableId, question);
  }

  @Get('landing-points')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('LandingPointList', LandingPointSummary) })
  landings(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.landings.list(question);
  }

  @Get('landing-points/:landingId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('LandingPointAnswer', LandingPoint) })
  landing(@Param('landingId') landingId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.landings.one(landingId, question);
  }

  @Get('chokepoints')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('ChokepointList', ChokepointSummary) })
  chokepoints(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.chokepoints.list(question);
  }

  @Get('chokepoints/:chokepointId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('ChokepointAnswer', Chokepoint) })
  chokepoint(@Param('chokepointId') chokepointId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.chokepoints.one(chokepointId, question);
  }

  @Get('facilities')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('FacilityList', FacilitySummary) })
  facilities(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.facilities.list(question);
  }

  @Get('facilities/:facilityId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('FacilityAnswer', Facility) })
  facility(@Param('facilityId') facilityId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.facilities.one(facilityId, question);
  }

  @Get('supplies')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: listOf('SupplyList', SupplySummary) })
  supplies(@Query({ schema: ListQuery }) question: ListQuestion) {
    return this.footing.supplies.list(question);
  }

  @Get('supplies/:supplyId')
  @AllowReaders()
  @ApiOkResponse({ standardSchema: oneOf('SupplyAnswer', Supply) })
  supply(@Param('supplyId') supplyId: string, @Query({ schema: AsOfQuery }) question: Question) {
    return this.footing.supplies.one(supplyId, question);
  }
}
