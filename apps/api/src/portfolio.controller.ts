import { Body, Controller, Get, Header, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AsOfQuery, listOf, oneOf } from './dto/coordinates.js';
import { Asset, ImportBody, Imported, Portfolio } from './dto/portfolio.js';
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
  async assets(@Req() request: FastifyRequest, @Query({ schema: ListQuery }) question: z.infer<typeof ListQuery>) {
    return this.portfolios.assets(await this.callers.known(request), question);
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
