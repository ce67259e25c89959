import { Inject, Injectable } from '@nestjs/common';
import { WorldReader } from '@faultline/exposures';
import {
  archiveOf,
  bundleOf,
  parseSignature,
  readReport,
  signReport,
  type Report,
  type ReportSigner,
} from '@faultline/reports';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';

type Question = Parameters<Reader['readScored']>[0];

/** Bytes to be sent as they are. */
interface Sent {
  readonly bytes: Uint8Array;
  readonly headers: Record<string, string>;
}

export const REPORT_SIGNER = Symbol('REPORT_SIGNER');

@Injectable()
export class ReportsService {
  constructor(
    private readonly reader: Reader,
    private readonly worlds: WorldReader,
    @Inject(REPORT_SIGNER) private readonly signer: ReportSigner | null,
  ) {}

  /** The very bytes that are signed, and the headers they go with: nothing on the way may write them anew. */
  async one(regionId: string, question: Question): Promise<Sent> {
    const { report, bytes, signer } = await this.read(regionId, question);
    const { signature, keyId } = parseSignature(signReport(bytes, signer))!;
    const headers = {
      'x-faultline-signature': Buffer.from(signature).toString('base64'),
      'x-faultline-key': keyId,
      'content-disposition': `inline; filename="${nameOf(report)}.json"`,
    };
    return { bytes, headers };
  }

  /** report.json, report.sig and report.html in one archive, as `faultline report` writes them and `faultline verify` takes them. */
  async bundle(regionId: string, question: Question): Promise<Sent> {
    const { report, bytes, signer } = await this.read(regionId, question);
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${nameOf(report)}.zip"`,
    };
    return { bytes: archiveOf(bundleOf(report, bytes, signer)), headers };
  }

  /** The report to read. Its page runs nothing and loads nothing. */
  async page(regionId: string, question: Question): Promise<Sent> {
    const { report, bytes, signer } = await this.read(regionId, question);
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    };
    return { bytes: bundleOf(report, bytes, signer)['report.html'], headers };
  }

  private async read(
    regionId: string,
    question: Question,
  ): Promise<{ report: Report; bytes: Uint8Array; signer: ReportSigner }> {
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
    return { ...read, signer: this.signer };
  }
}

function nameOf({ subject, coordinates: { publicAt, position } }: Report): string {
  return `report-${subject.id}-${publicAt}-${position}`.replaceAll(/[^\w-]/g, '_');
}
