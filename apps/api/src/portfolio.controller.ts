import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import {
  Asset,
  AssetsQuery,
  EditBody,
  Edited,
  ImportBody,
  Imported,
  PlacedRevision,
  Portfolio,
  RemoveQuery,
  type AssetsQuestion,
} from './dto/portfolio.js';
import { LeavesRecord } from './http/access-log.interceptor.js';
import { AllowRoles, EDITORS, EVERY_ROLE } from './http/allow.js';
import { Spends } from './http/budget.guard.js';
import { Callers } from './http/caller.js';
import { ListQuery } from './http/page.js';
import { PortfolioService } from './portfolio.service.js';

/** Whoever is known reads the portfolio of the own tenant; there is no other to ask for. */
@ApiTags('portfolio')
@ApiBearerAuth()
@Controller('api/v1/portfolio')
export class PortfolioController {
  constructor(
    private readonly portfolios: PortfolioService,
    private readonly callers: Callers,
  ) {}

  @Get()
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: oneOf('PortfolioAnswer', Portfolio) })
  async one(@Req() request: FastifyRequest, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.portfolios.one(await this.callers.known(request), question);
  }

  @Get('assets')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: listOf('AssetList', Asset) })
  async assets(@Req() request: FastifyRequest, @Query({ schema: AssetsQuery }) question: AssetsQuestion) {
    return this.portfolios.assets(await this.callers.known(request), question);
  }

  @Get('revisions')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: listOf('PortfolioRevisionList', PlacedRevision), description: 'The last one first' })
  async revisions(@Req() request: FastifyRequest, @Query({ schema: ListQuery }) question: z.infer<typeof ListQuery>) {
    return this.portfolios.revisions(await this.callers.known(request), question);
  }

  @Get('assets/:assetId')
  @AllowRoles('read', ...EVERY_ROLE)
  @LeavesRecord('portfolio')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: oneOf('AssetAnswer', Asset) })
  async asset(
    @Req() request: FastifyRequest,
    @Param('assetId') assetId: string,
    @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>,
  ) {
    return this.portfolios.asset(await this.callers.known(request), assetId, question);
  }

  @Post('assets')
  @AllowRoles('write', ...EDITORS)
  @ApiCreatedResponse({ standardSchema: Edited, description: 'A revision of its own; 409 where there is a newer one' })
  async add(@Req() request: FastifyRequest, @Body({ schema: EditBody }) body: z.infer<typeof EditBody>) {
    const actor = await this.callers.known(request);
    return this.portfolios.edit(actor, body.revision, { how: 'add', asset: body.asset });
  }

  @Put('assets/:assetId')
  @AllowRoles('write', ...EDITORS)
  @ApiOkResponse({ standardSchema: Edited, description: 'The asset is replaced; 409 where there is a newer revision' })
  async change(
    @Req() request: FastifyRequest,
    @Param('assetId') assetId: string,
    @Body({ schema: EditBody }) body: z.infer<typeof EditBody>,
  ) {
    const actor = await this.callers.known(request);
    return this.portfolios.edit(actor, body.revision, { how: 'change', assetId, asset: body.asset });
  }

  @Delete('assets/:assetId')
  @AllowRoles('write', ...EDITORS)
  @ApiOkResponse({ standardSchema: Edited, description: 'Earlier revisions keep it; 409 where there is a newer one' })
  async remove(
    @Req() request: FastifyRequest,
    @Param('assetId') assetId: string,
    @Query({ schema: RemoveQuery }) { revision }: z.infer<typeof RemoveQuery>,
  ) {
    const actor = await this.callers.known(request);
    return this.portfolios.edit(actor, revision, { how: 'remove', assetId });
  }

  @Get('assets.csv')
  @AllowRoles('report', ...EVERY_ROLE)
  @Spends('exports')
  @LeavesRecord('export')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="portfolio.csv"')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('text/csv')
  @ApiOkResponse({
    description: 'The whole portfolio, as `faultline import` reads it back',
    schema: { type: 'string' },
  })
  async csv(@Req() request: FastifyRequest, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.portfolios.csv(await this.callers.known(request), question);
  }

  @Get('register.csv')
  @AllowRoles('report', ...EVERY_ROLE)
  @Spends('exports')
  @LeavesRecord('export')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="b_02.02.csv"')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('text/csv')
  @ApiOkResponse({
    description: 'Template B_02.02 of the register of information, of the assets that come from one',
    schema: { type: 'string' },
  })
  async register(@Req() request: FastifyRequest, @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>) {
    return this.portfolios.register(await this.callers.known(request), question);
  }

  @Post('imports')
  @AllowRoles('write', ...EDITORS)
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Imported, description: 'The report; `outcome` says whether anything was kept' })
  async import(@Req() request: FastifyRequest, @Body({ schema: ImportBody }) body: z.infer<typeof ImportBody>) {
    return this.portfolios.import(await this.callers.known(request), body);
  }
}
