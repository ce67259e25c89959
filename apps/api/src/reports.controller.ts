import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { reportSchema } from '@faultline/reports';
import { AsOfQuery } from './dto/coordinates.js';
import { LeavesRecord } from './http/access-log.interceptor.js';
import { AllowReaders } from './http/allow.js';
import { Spends } from './http/budget.guard.js';
import { ReportsService } from './reports.service.js';

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

@ApiTags('reports')
@Controller('api/v1')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('reports/:regionId')
  @AllowReaders('report')
  @Spends('exports')
  @LeavesRecord('report')
  @ApiOkResponse({
    description: 'The bytes of report.json, canonical JSON, as `faultline report` writes them.',
    standardSchema: reportSchema,
    headers: {
      'x-faultline-signature': text('Base64 of the Ed25519 signature over the bytes of the body'),
      'x-faultline-key': text('Id of the signing key: hex SHA-256 of its SubjectPublicKeyInfo, DER'),
      etag: text('Of the bytes of the body'),
    },
  })
  @ApiServiceUnavailableResponse({ description: 'This installation has no signing key: `report.no_key`' })
  async one(
    @Param('regionId') regionId: string,
    @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { bytes, headers } = await this.reports.one(regionId, question);
    void reply.headers(headers);
    return bytes;
  }

  @Get('reports/:regionId/bundle')
  @AllowReaders('report')
  @Spends('exports')
  @LeavesRecord('report')
  @ApiProduces('application/zip')
  @ApiOkResponse({ description: 'report.json, report.sig and report.html in one archive, for `faultline verify`' })
  @ApiServiceUnavailableResponse({ description: 'This installation has no signing key: `report.no_key`' })
  async bundle(
    @Param('regionId') regionId: string,
    @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { bytes, headers } = await this.reports.bundle(regionId, question);
    void reply.headers(headers);
    return bytes;
  }

  @Get('reports/:regionId/page')
  @AllowReaders('report')
  @Spends('exports')
  @LeavesRecord('report')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The report to read, made of report.json alone' })
  @ApiServiceUnavailableResponse({ description: 'This installation has no signing key: `report.no_key`' })
  async page(
    @Param('regionId') regionId: string,
    @Query({ schema: AsOfQuery }) question: z.infer<typeof AsOfQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { bytes, headers } = await this.reports.page(regionId, question);
    void reply.headers(headers);
    return bytes;
  }
}
