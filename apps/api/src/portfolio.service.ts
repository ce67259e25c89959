import { Injectable } from '@nestjs/common';
import type { Actor } from '@faultline/access';
import { Database, type Tx } from '@faultline/platform';
import type { CloudRegion } from '@faultline/places';
import {
  assetsOf,
  findingsOf,
  importPortfolio,
  latestRevision,
  NO_MAPPING,
  portfolioCsv,
  registerCsv,
  type Asset,
  type Finding,
  type PortfolioRevision,
} from '@faultline/workloads';
import type { z } from 'zod';
import type { AsOfQuery } from './dto/coordinates.js';
import type { ImportBody, Imported } from './dto/portfolio.js';
import { pageOf, type ListQuestion } from './http/page.js';
import { Reader, type Answered } from './reader.js';

type Question = z.infer<typeof AsOfQuery>;
type Regions = ReadonlyMap<string, CloudRegion>;

const SHOWN_FINDINGS = 500;
const SHOWN_FAULTS = 1_000;

/** The portfolio of the caller's own tenant, as it was recorded at a ledger position. */
@Injectable()
export class PortfolioService {
  constructor(
    private readonly database: Database,
    private readonly reader: Reader,
  ) {}

  one(actor: Actor, question: Question) {
    return this.read(actor, question, async (tx, revision, regions) => {
      const assets = revision ? await assetsOf(tx, revision.revision) : [];
      return { revision: revision ?? null, ...shown(findingsOf(assets, ground(regions))) };
    });
  }

  async assets(actor: Actor, question: ListQuestion) {
    const { data, coordinates } = await this.allOf(actor, question);
    const { page, next } = pageOf(data.assets, question, ({ id }) => id);
    return { data: page, next, coordinates };
  }

  async csv(actor: Actor, question: Question): Promise<Uint8Array> {
    return bytesOf(portfolioCsv((await this.allOf(actor, question)).data.assets));
  }

  async register(actor: Actor, question: Question): Promise<Uint8Array> {
    const { assets, regions } = (await this.allOf(actor, question)).data;
    return bytesOf(registerCsv(assets, ground(regions)));
  }

  async import(actor: Actor, body: z.infer<typeof ImportBody>): Promise<z.infer<typeof Imported>> {
    const { data: regions } = await this.regions({});
    const report = await importPortfolio(
      this.database,
      { tenantId: actor.tenantId, actor: actor.label },
      {
        bytes: new TextEncoder().encode(body.content),
        fileName: body.fileName,
        mapping: body.mapping ?? NO_MAPPING,
        regions: [...regions.values()],
        dryRun: body.dryRun,
        partial: body.partial,
      },
    );
    if (!('read' in report)) {
      const { code, ...file } = report.fault;
      const nothing = { rows: 0, assets: 0, faultyRows: 0, faults: [], faultCount: 0, reviews: [], ...shown([]) };
      return { data: { outcome: 'refused', code, file, revision: null, ...nothing, columns: {}, notes: [] } };
    }
    const { read, findings } = report;
    return {
      data: {
        outcome: report.outcome,
        code: report.outcome === 'refused' ? report.code : null,
        file: null,
        revision: report.outcome === 'refused' ? null : (report.revision?.revision ?? null),
        rows: read.rows,
        assets: read.assets.length,
        faultyRows: read.faultyRows,
        faults: read.faults.slice(0, SHOWN_FAULTS),
        faultCount: read.faults.length,
        reviews: read.reviews.map((review) => ({
          ...review,
          candidates: review.candidates.map((candidate) => ({ ...candidate, reasons: [...candidate.reasons] })),
        })),
        ...shown(findings),
        columns: { ...read.columns },
        notes: [...read.notes],
      },
    };
  }

  private allOf(actor: Actor, question: Question): Promise<Answered<{ assets: Asset[]; regions: Regions }>> {
    return this.read(actor, question, async (tx, revision, regions) => ({
      assets: revision ? await assetsOf(tx, revision.revision) : [],
      regions,
    }));
  }

  /** The world is read as everybody reads it, the portfolio in the caller's own tenant. */
  private async read<T>(
    actor: Actor,
    question: Question,
    answer: (tx: Tx, revision: PortfolioRevision | undefined, regions: Regions) => Promise<T>,
  ): Promise<Answered<T>> {
    const { data: regions, coordinates } = await this.regions(question);
    const scope = { tenantId: actor.tenantId, actor: actor.label };
    const data = await this.database.transaction('app', scope, 'read', async (tx) =>
      answer(tx, await latestRevision(tx, coordinates.position), regions),
    );
    return { data, coordinates };
  }

  private regions(question: Question): Promise<Answered<Regions>> {
    return this.reader.read(question, ({ world }) => ({ data: world.places.regions, claims: [], own: true }));
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function ground(regions: Regions) {
  return { region: (id: string) => regions.get(id) };
}

function shown(findings: readonly Finding[]) {
  const told = findings.slice(0, SHOWN_FINDINGS).map((finding) => ({ ...finding, regionIds: [...finding.regionIds] }));
  return { findings: told, findingCount: findings.length };
}
