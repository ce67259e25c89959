import { Injectable } from '@nestjs/common';
import type { Actor } from '@faultline/access';
import { Database, type Tx } from '@faultline/platform';
import type { CloudRegion } from '@faultline/places';
import {
  assetsOf,
  editPortfolio,
  findingsOf,
  holdingsOf,
  importPortfolio,
  latestRevision,
  NO_MAPPING,
  portfolioCsv,
  registerCsv,
  revisionsOf,
  type Asset,
  type AssetEdit,
  type Finding,
  type PortfolioRevision,
} from '@faultline/workloads';
import type { z } from 'zod';
import type { AsOfQuery } from './dto/coordinates.js';
import type { AssetsQuestion, ImportBody } from './dto/portfolio.js';
import { pageOf, type ListQuestion } from './http/page.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader, type Answered } from './reader.js';

type Question = z.infer<typeof AsOfQuery>;
type Regions = ReadonlyMap<string, CloudRegion>;

const SHOWN_FINDINGS = 500;
const SHOWN_FAULTS = 1_000;
const SHOWN_ASSETS = 200;

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
      return {
        revision: revision ?? null,
        ...shown(findingsOf(assets, ground(regions))),
        holdings: holdingsOf(assets),
        outsideRegions: assets.filter(({ regionId }) => regionId === null).length,
      };
    });
  }

  async assets(actor: Actor, question: AssetsQuestion) {
    const { data, coordinates } = await this.allOf(actor, question);
    const wanted = data.assets.filter((asset) => isWanted(asset, question));
    const { page, next } = pageOf(wanted, question, ({ id }) => id);
    return { data: page, next, coordinates };
  }

  async asset(actor: Actor, assetId: string, question: Question): Promise<Answered<Asset>> {
    const { data, coordinates } = await this.allOf(actor, question);
    const asset = data.assets.find(({ id }) => id === assetId);
    if (!asset) throw notFound('asset', assetId);
    return { data: asset, coordinates };
  }

  async revisions(actor: Actor, question: ListQuestion) {
    const { coordinates } = await this.regions(question);
    const scope = { tenantId: actor.tenantId, actor: actor.label };
    const all = await this.database.transaction('app', scope, 'read', (tx) => revisionsOf(tx, coordinates.position));
    const { page, next } = pageOf(all, question, ({ revision }) => String(revision));
    return { data: page, next, coordinates };
  }

  async edit(actor: Actor, revision: number, edit: AssetEdit) {
    const { data: regions } = await this.regions({});
    const scope = { tenantId: actor.tenantId, actor: actor.label };
    const report = await editPortfolio(this.database, scope, { edit, revision, regions: [...regions.values()] });
    switch (report.outcome) {
      case 'edited':
      case 'unchanged':
        return { data: report };
      case 'stale': {
        const detail = `got an edit of revision ${revision}, wanted one of revision ${report.held}, which is the last: read it and decide anew`;
        throw new ProblemException(409, 'revision.stale', detail);
      }
      case 'taken':
        throw new ProblemException(
          409,
          'asset.duplicate',
          `got the id ${JSON.stringify(report.assetId.slice(0, 80))}, wanted one no other asset has`,
        );
      case 'absent':
        throw notFound('asset', report.assetId);
      case 'faulty': {
        const errors = report.faults.map(({ member, code, value, wanted, fix }) => ({
          pointer: `/asset/${member}`,
          code,
          detail: `got ${value}, wanted ${wanted}; ${fix}`,
        }));
        throw new ProblemException(
          422,
          'asset.faulty',
          errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '),
          errors,
        );
      }
    }
  }

  async csv(actor: Actor, question: Question): Promise<Uint8Array> {
    return bytesOf(portfolioCsv((await this.allOf(actor, question)).data.assets));
  }

  async register(actor: Actor, question: Question): Promise<Uint8Array> {
    const { assets, regions } = (await this.allOf(actor, question)).data;
    return bytesOf(registerCsv(assets, ground(regions)));
  }

  async import(actor: Actor, body: z.infer<typeof ImportBody>) {
    const { data: regions } = await this.regions({});
    const report = await importPortfolio(
      this.database,
      { tenantId: actor.tenantId, actor: actor.label },
      {
        bytes: body.encoding === 'base64' ? Buffer.from(body.content, 'base64') : bytesOf(body.content),
        fileName: body.fileName,
        mapping: body.mapping ?? NO_MAPPING,
        regions: [...regions.values()],
        dryRun: body.dryRun,
        partial: body.partial,
      },
    );
    if (!('read' in report)) {
      const { code, ...file } = report.fault;
      const nothing = {
        rows: 0,
        assets: 0,
        faultyRows: 0,
        faults: [],
        faultCount: 0,
        reviews: [],
        read: [],
        ...shown([]),
      };
      return {
        data: {
          outcome: 'refused',
          code,
          file,
          revision: null,
          ...nothing,
          headers: [...report.headers],
          columns: {},
          notes: [],
        },
      };
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
        read: read.assets.slice(0, SHOWN_ASSETS),
        ...shown(findings),
        headers: read.headers.filter((header) => header !== ''),
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

function isWanted({ id, name, tags, regionId }: Asset, { region, text }: AssetsQuestion): boolean {
  if (region !== undefined && regionId !== region) return false;
  const sought = text?.toLowerCase();
  return sought === undefined || [id, name, ...tags].some((said) => said.toLowerCase().includes(sought));
}

function ground(regions: Regions) {
  return { region: (id: string) => regions.get(id) };
}

function shown(findings: readonly Finding[]) {
  const told = findings.slice(0, SHOWN_FINDINGS).map((finding) => ({ ...finding, regionIds: [...finding.regionIds] }));
  return { findings: told, findingCount: findings.length };
}
