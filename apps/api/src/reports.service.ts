import { Inject, Injectable } from '@nestjs/common';
import { WorldReader } from '@faultline/exposures';
import { parseSignature, readReport, signReport, type ReportSigner } from '@faultline/reports';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';

export const REPORT_SIGNER = Symbol('REPORT_SIGNER');

@Injectable()
export class ReportsService {
  constructor(
    private readonly reader: Reader,
    private readonly worlds: WorldReader,
    @Inject(REPORT_SIGNER) private readonly signer: ReportSigner | null,
  ) {}

  /** The very bytes that are signed, and the headers they go with: nothing on the way may write them anew. */
  async one(
    regionId: string,
    question: Parameters<Reader['readScored']>[0],
  ): Promise<{ bytes: Uint8Array; headers: Record<string, string> }> {
    if (this.signer === null) {
      throw new ProblemException(
        503,
        'report.no_key',
        'this installation has no key to sign reports with: `faultline up` or `faultline report` makes one in the data directory',
      );
    }
    const { data: read } = await this.reader.readScored(question, async (at, tx) => {
      return { data: await readReport(tx, this.worlds, at, regionId), claims: [] };
    });
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
