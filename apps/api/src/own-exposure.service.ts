import { Injectable } from '@nestjs/common';
import type { Actor } from '@faultline/access';
import type { AsOfQuestion } from '@faultline/evidence';
import {
  coverageSummary,
  holdingsOf,
  identityOf,
  notesOf,
  ownDocument,
  portfolioExposureOf,
  ScenarioError,
  scenarioOf,
  zoneExposureOf,
  type Exposure,
  type Holdings,
  type WorldAt,
} from '@faultline/exposures';
import { sha256 } from '@faultline/ledger';
import { Database } from '@faultline/platform';
import { assetsOf, latestRevision, type Asset } from '@faultline/workloads';
import type { z } from 'zod';
import type { HistoryQuestion, PortfolioQuestion, ScenarioBody, ZoneExposure } from './dto/subjects.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader, type Rested } from './reader.js';
import { coveredTo, exposureAt, instantIn, resultOf, SubjectsService } from './subjects.service.js';
import { portfolioExposureView, scenarioView } from './views/subject.view.js';

interface Own {
  readonly revision: number | null;
  readonly assets: readonly Asset[];
}

/** What the caller's own tenant stands to lose: its zones, its portfolio, and losses invented for it. */
@Injectable()
export class OwnExposureService {
  constructor(
    private readonly database: Database,
    private readonly reader: Reader,
    private readonly subjects: SubjectsService,
  ) {}

  portfolio(actor: Actor, { years, seed, ...question }: PortfolioQuestion) {
    return this.reader.readScored(question, async (at) => {
      const own = await this.own(actor, at.world.coordinates.position);
      const { exposures, holdings, claims } = heldAt(at, own);
      const made = portfolioExposureOf(sha256, exposures, holdings, { seed, years });
      return { data: portfolioExposureView(made, own.revision), claims, own: true };
    });
  }

  /** The portfolio as it is known at the ledger size of the answer, in the world of each past instant. */
  async portfolioHistory(actor: Actor, question: HistoryQuestion) {
    const { position } = (
      await this.reader.read({ position: question.position, recordedAt: question.recordedAt }, () => ({
        data: null,
        claims: [],
      }))
    ).coordinates;
    const own = await this.own(actor, position);
    const { recordedAt: _resolved, ...rest } = question;
    return this.subjects.history(
      { ...rest, position: String(position) },
      (at) => {
        const { exposures, holdings, claims } = heldAt(at, own);
        const made = portfolioExposureOf(sha256, exposures, holdings, { seed: 0, years: 0 });
        const ends = made.regions.map((region) => region.coveredTo);
        const tallies = new Map<string, number>();
        for (const { coverage } of made.regions) tallies.set(coverage, (tallies.get(coverage) ?? 0) + 1);
        return {
          regions: Math.max(1, holdings.holdings.length),
          data: {
            asOf: at.world.coordinates.publicAt,
            outcome: made.outcome,
            now: null,
            likelihoodScore: null,
            likelihoodInterval: null,
            probability30: null,
            expectedCampaigns30: null,
            ealUsd: made.ealUsd,
            coverage: Object.fromEntries(tallies),
            coveredTo: ends.includes(null) ? null : (ends.map((end) => end!).sort()[0] ?? null),
            inputHash: made.identity.inputHash,
          },
          claims,
        };
      },
      true,
    );
  }

  zone(actor: Actor, zoneId: string, question: AsOfQuestion) {
    return this.reader.readScored(question, async (at): Promise<Rested<z.infer<typeof ZoneExposure>>> => {
      const zone = at.world.places.zones.get(zoneId);
      const own = await this.own(actor, at.world.coordinates.position);
      if (!own.assets.some((asset) => asset.zoneId === zoneId)) {
        const detail = `got zone ${JSON.stringify(zoneId.slice(0, 80))}, wanted a zone that your portfolio names; ask of its cloud region`;
        throw new ProblemException(403, 'zone.not_own', detail);
      }
      if (!zone) throw notFound('zone', zoneId);
      const exposure = exposureAt(at, zone.region.id);
      const { document, zonesLeft } = exposure.input;
      const result = zonesLeft === 0 ? null : resultOf(exposure);
      const made = result && zoneExposureOf(exposure, zoneId, result);
      const now = exposure.now.zones.find(({ id }) => id === zoneId);
      return {
        data: {
          zoneId,
          regionId: zone.region.id,
          outcome: made ? exposure.ahead.outcome : 'no-forward-score',
          sentences: made
            ? [
                ...(exposure.ahead.reason === '' ? [] : [exposure.ahead.reason]),
                ...notesOf(document, result),
                'Zones of one region stand at its metro here: what tells them apart is what was named as struck.',
              ]
            : ['This zone is already lost: there is nothing left of it that could yet be lost.'],
          now: { state: now?.state ?? 'no-statement', alreadyLost: now?.alreadyLost ?? false },
          hitGivenCampaign: made?.hitGivenCampaign ?? null,
          probabilities: made ? made.probabilities.map((probability) => ({ ...probability })) : [],
          coverage: coverageSummary(exposure.coverage),
          coveredTo: coveredTo(exposure),
          identity: identityOf(sha256, [document]),
        },
        claims: exposure.claims,
        own: true,
      };
    });
  }

  scenario(actor: Actor, { name, patches }: z.infer<typeof ScenarioBody>, question: AsOfQuestion) {
    return this.reader.readScored(question, async (at) => {
      const own = await this.own(actor, at.world.coordinates.position);
      const { exposures, holdings, claims } = heldAt(at, own);
      const documents = holdings.holdings.flatMap((holding) => {
        const { input } = exposures.get(holding.regionId)!;
        return input.zonesLeft === 0 ? [] : [ownDocument(input.document, holding)];
      });
      const ground = {
        own: documents,
        ownZoneIds: new Set(holdings.holdings.flatMap(({ zoneIds }) => zoneIds)),
        knownRegionIds: new Set(at.world.places.regions.keys()),
      };
      try {
        const told = patches.map((patch) =>
          patch.patch === 'watch-lost' ? { ...patch, since: instantIn('since', patch.since) } : patch,
        );
        const made = scenarioOf(ground, told);
        return { data: scenarioView(name, made, identityOf(sha256, documents)), claims, own: true };
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        throw new ProblemException(error.code === 'scenario.not_own' ? 403 : 400, error.code, error.message);
      }
    });
  }

  private own(actor: Actor, position: number): Promise<Own> {
    const scope = { tenantId: actor.tenantId, actor: actor.label };
    return this.database.transaction('app', scope, 'read', async (tx) => {
      const revision = await latestRevision(tx, position);
      return revision
        ? { revision: revision.revision, assets: await assetsOf(tx, revision.revision) }
        : { revision: null, assets: [] };
    });
  }
}

function heldAt(at: WorldAt, { assets }: Own) {
  const holdings: Holdings = holdingsOf(assets, at.world.places);
  const exposures = new Map<string, Exposure>(
    holdings.holdings.map(({ regionId }) => [regionId, exposureAt(at, regionId)]),
  );
  const claims = [...new Set([...exposures.values()].flatMap((exposure) => exposure.claims))];
  return { holdings, exposures, claims };
}
