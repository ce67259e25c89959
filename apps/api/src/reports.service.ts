import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { resolveCoordinates } from '@faultline/evidence';
import { WorldReader } from '@faultline/exposures';
import { ledgerSize } from '@faultline/ledger';
import { CLOCK, Database, PUBLIC_TENANT, type Clock } from '@faultline/platform';
import { parseSignature, readReport, signReport, type ReportSigner } from '@faultline/reports';
import type { ReportQuestion } from './dto/reports.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';

export const REPORT_SIGNER = Symbol('REPORT_SIGNER');

@Injectable()
export class ReportsService {
  constructor(
    private readonly database: Database,
    private readonly worlds: WorldReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REPORT_SIGNER) private readonly signer: ReportSigner | null,
  ) {}

  /** Answers with the very bytes that are signed: nothing on the way may write them anew. */
  async send(regionId: string, question: ReportQuestion, held: string | undefined, reply: FastifyReply) {
    if (this.signer === null) {
      throw new ProblemException(
        503,
        'report.no_key',
        'this installation has no key to sign reports with: `faultline up` or `faultline report` makes one in the data directory',
      );
    }
    const scope = { tenantId: PUBLIC_TENANT, actor: 'api' };
    const read = await this.database.transaction('app', scope, 'read', async (tx) =>
      readReport(tx, this.worlds, regionId, resolveCoordinates(question, this.clock.now(), await ledgerSize(tx))),
    );
    if (read.outcome === 'no-such-region') throw notFound('cloud region', regionId);
    const { report, bytes } = read;
    const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    const { signature } = parseSignature(signReport(bytes, this.signer))!;
    const { publicAt, position } = report.coordinates;
    const name = `report-${regionId}-${publicAt}-${position}`.replaceAll(/[^\w-]/g, '_');
    void reply
      .header('etag', etag)
      .header('cache-control', 'no-cache')
      .header('x-faultline-signature', Buffer.from(signature).toString('base64'))
      .header('x-faultline-key', this.signer.keyId)
      .header('content-disposition', `inline; filename="${name}.json"`)
      .type('application/json; charset=utf-8');
    const isHeld = held?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
    return isHeld ? reply.status(304).send() : reply.send(Buffer.from(bytes));
  }
}
