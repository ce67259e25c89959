import { Inject, Injectable } from '@nestjs/common';
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

  /** The very bytes that are signed, and the headers they go with: nothing on the way may write them anew. */
  async one(
    regionId: string,
    question: ReportQuestion,
  ): Promise<{ bytes: Uint8Array; headers: Record<string, string> }> {
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
    const { signature, keyId } = parseSignature(signReport(bytes, this.signer))!;
    const { publicAt, position } = report.coordinates;
    const name = `report-${regionId}-${publicAt}-${position}`.replaceAll(/[^\w-]/g, '_');
    const headers = {
      'x-faultline-signature': Buffer.from(signature).toString('base64'),
      'x-faultline-key': keyId,
      'content-disposition': `inline; filename="${name}.json"`,
    };
    return { bytes, headers };
  }
}
