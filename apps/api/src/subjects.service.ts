import { Injectable } from '@nestjs/common';
import { instantOf, isCredible, msOf, parseInstant, type AsOfQuestion, type Claim } from '@faultline/evidence';
import {
  groupOf,
  identityOf,
  movementOf,
  score,
  sensitivityOf,
  WorldReader,
  type Exposure,
  type GroupExposure,
  type WorldAt,
} from '@faultline/exposures';
import { sha256 } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import { hostingOf, stakeOf } from '@faultline/workloads';
import type { z } from 'zod';
import type { HistoryPoint, HistoryQuestion, Movement, MovementQuestion, Sensitivity } from './dto/subjects.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader, type Rested } from './reader.js';
import { groupView, movementView } from './views/subject.view.js';

type GroupKind = 'operator' | 'country' | 'workload';
type Point = z.infer<typeof HistoryPoint>;

/** The most regions scored for one history: points times regions. */
const MOST_SCORED = 600;

interface Group {
  readonly name: string;
  readonly exposures: readonly Exposure[];
  /** What to say where there is no region. */
  readonly none: string;
  readonly claims: readonly Claim[];
}

/** Exposures of subjects other than one cloud region, and how they came to be what they are. */
@Injectable()
export class SubjectsService {
  constructor(
    private readonly reader: Reader,
    private readonly worlds: WorldReader,
  ) {}

  group(kind: GroupKind, id: string, question: AsOfQuestion) {
    return this.reader.readScored(question, (at) => {
      const group = groupAt(at, kind, id);
      const made = groupOf(sha256, group.exposures, group.none);
      return { data: groupView({ kind, id, name: group.name }, made), claims: group.claims };
    });
  }

  groupHistory(kind: GroupKind, id: string, question: HistoryQuestion) {
    return this.history(question, (at) => {
      const group = groupAt(at, kind, id);
      const made = groupOf(sha256, group.exposures, group.none);
      return { regions: group.exposures.length, data: groupPoint(at, made), claims: group.claims };
    });
  }

  regionHistory(regionId: string, question: HistoryQuestion) {
    return this.history(question, (at) => {
      const exposure = exposureAt(at, regionId);
      return { regions: 1, data: regionPoint(at, exposure), claims: exposure.claims };
    });
  }

  /** What moved the scores of a region between two instants and two ledger sizes. */
  movement(regionId: string, question: MovementQuestion) {
    const { fromAsOf, fromPosition, ...asked } = question;
    return this.reader.readScored(asked, async (at, tx): Promise<Rested<z.infer<typeof Movement>>> => {
      const { publicAt, position } = at.world.coordinates;
      const earlier = fromAsOf === undefined ? publicAt : instantIn('fromAsOf', fromAsOf);
      const size = fromPosition ?? position;
      if (earlier > publicAt || size > position) {
        const detail = `got ${earlier} at ${size}, wanted no later than ${publicAt} at ${position}`;
        throw new ProblemException(400, 'movement.order', detail);
      }
      const was = await this.worlds.passing(tx, { validAt: earlier, publicAt: earlier, position: size });
      const [before, after] = [exposureAt(was, regionId), exposureAt(at, regionId)];
      const movement = movementOf({ input: before.input }, { input: after.input });
      const place = (of: Exposure, { world }: WorldAt) => ({
        asOf: world.coordinates.publicAt,
        position: world.coordinates.position,
        coveredTo: coveredTo(of),
        identity: identityOf(sha256, [of.input.document]),
      });
      return {
        data: movementView(movement, place(before, was), place(after, at)),
        claims: [...new Set([...before.claims, ...after.claims])],
      };
    });
  }

  /** How far each parameter alone moves a region's scores. */
  sensitivity(regionId: string, question: AsOfQuestion) {
    return this.reader.readScored(question, (at): Rested<z.infer<typeof Sensitivity>> => {
      const exposure = exposureAt(at, regionId);
      const { document } = exposure.input;
      const rows = exposure.input.zonesLeft === 0 ? [] : sensitivityOf(document, regionId);
      const text =
        rows.length === 0
          ? 'There is nothing left that could yet be lost, so nothing to be sensitive to.'
          : 'One parameter at a time, halved and doubled (a share: its odds). Points of score; the widest first.';
      return {
        data: {
          rows: rows.map((row) => ({ ...row })),
          text,
          identity: identityOf(sha256, [document]),
        },
        claims: exposure.claims,
      };
    });
  }

  /** A point for each of evenly spaced instants, all at the ledger size of the answer. */
  async history(
    question: HistoryQuestion,
    pointAt: (at: WorldAt, tx: Tx) => { regions: number; data: Point; claims: readonly Claim[] },
    own = false,
  ) {
    const { from, to, points, ...asked } = question;
    const [begin, end] = [instantIn('from', from), instantIn('to', to)];
    if (begin >= end) {
      throw new ProblemException(400, 'history.range', `got ${begin} to ${end}, wanted from before to`);
    }
    const { data, coordinates } = await this.reader.readScored({ ...asked, asOf: end }, async (last, tx) => {
      const { position } = last.world.coordinates;
      const step = (msOf(end) - msOf(begin)) / (points - 1);
      const rows: Point[] = [];
      const claims = new Set<Claim>();
      for (let index = 0; index < points; index++) {
        const instant = instantOf(Math.round(msOf(begin) + index * step));
        const at = await this.worlds.passing(tx, { validAt: instant, publicAt: instant, position });
        const point = pointAt(at, tx);
        if (point.regions * points > MOST_SCORED) {
          const most = Math.floor(MOST_SCORED / point.regions);
          throw new ProblemException(
            400,
            'history.range',
            `got ${points} points over ${point.regions} regions, wanted at most ${MOST_SCORED} in all: ask for ${most} points or fewer`,
          );
        }
        rows.push(point.data);
        for (const claim of point.claims) claims.add(claim);
      }
      return { data: rows, claims: [...claims], own };
    });
    return { data, next: null, coordinates };
  }
}

export function exposureAt(at: WorldAt, regionId: string): Exposure {
  const exposure = at.exposure(regionId);
  if (!exposure) throw notFound('cloud region', regionId);
  return exposure;
}

function groupAt(at: WorldAt, kind: GroupKind, id: string): Group {
  const { places, view, coordinates } = at.world;
  const exposuresOf = (regionIds: readonly string[]) => regionIds.map((regionId) => exposureAt(at, regionId));
  const claimsOf = (exposures: readonly Exposure[]) => [...new Set(exposures.flatMap(({ claims }) => claims))];
  switch (kind) {
    case 'operator': {
      const operator = places.operators.get(id);
      if (!operator) throw notFound('operator', id);
      const own = [...places.regions.values()].filter(({ operatorId }) => operatorId === id);
      const exposures = exposuresOf(own.map((region) => region.id));
      return {
        name: operator.name,
        exposures,
        none: `No cloud region of ${operator.name} is known here.`,
        claims: [operator.claim, ...claimsOf(exposures)],
      };
    }
    case 'country': {
      if (!/^[A-Z]{2}$/.test(id)) {
        throw new ProblemException(
          400,
          'id.format',
          `got ${JSON.stringify(id.slice(0, 20))}, wanted ISO 3166-1 alpha-2`,
        );
      }
      const exposures = exposuresOf(
        [...places.regions.values()].filter(({ country }) => country === id).map((region) => region.id),
      );
      return {
        name: id,
        exposures,
        none: `No cloud region is known in ${id}: nothing is scored there, which is not that nothing happens there.`,
        claims: claimsOf(exposures),
      };
    }
    case 'workload': {
      const stake = stakeOf(view.visible, places, coordinates);
      const entity = stake.entities.get(id);
      if (!entity || entity.kind !== 'workload') throw notFound('workload', id);
      const said = stake.hosting.filter(
        ({ subject, value, claims, denials }) =>
          subject === id && value.at.kind === 'region' && claims.some(isCredible) && !denials.some(isCredible),
      );
      const exposures = exposuresOf(
        [...new Set(said.map(({ value }) => value.at.id))].filter((at2) => places.regions.has(at2)),
      );
      const hosting = hostingOf(entity);
      return {
        name: entity.name,
        exposures,
        none: `Nobody credible says in which cloud region it runs, so nothing is scored. ${hosting.text}`,
        claims: [...new Set([...claimsOf(exposures), ...hosting.claims])],
      };
    }
  }
}

export function coveredTo({ coverage }: Exposure): string | null {
  return coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict')?.to ?? null;
}

function regionPoint({ world }: WorldAt, exposure: Exposure): Point {
  const { ahead } = exposure;
  const [month] = ahead.probabilities;
  const state = exposure.coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict')?.state;
  return {
    asOf: world.coordinates.publicAt,
    outcome: ahead.outcome,
    now: exposure.now.state,
    likelihoodScore: ahead.likelihood?.score ?? null,
    likelihoodInterval: ahead.likelihood?.interval ?? null,
    probability30: month ? { pDamage: month.pDamage, p05: month.p05, p50: month.p50, p95: month.p95 } : null,
    expectedCampaigns30: null,
    ealUsd: null,
    coverage: state === undefined ? {} : { [state]: 1 },
    coveredTo: coveredTo(exposure),
    inputHash: ahead.inputHash,
  };
}

function groupPoint({ world }: WorldAt, group: GroupExposure): Point {
  return {
    asOf: world.coordinates.publicAt,
    outcome: group.outcome,
    now: null,
    likelihoodScore: null,
    likelihoodInterval: null,
    probability30: null,
    expectedCampaigns30: group.horizons[0]?.expectedCampaigns ?? null,
    ealUsd: null,
    coverage: { ...group.coverage },
    coveredTo: group.coveredTo,
    inputHash: group.identity.inputHash,
  };
}

export function instantIn(name: string, text: string): string {
  const instant = parseInstant(text);
  if (instant === undefined) {
    const got = JSON.stringify(text.slice(0, 60));
    throw new ProblemException(400, 'asof.format', `${name}: got ${got}, wanted an instant with its zone`);
  }
  return instant;
}

/** The model's own result for a region that has a forward score. */
export function resultOf(exposure: Exposure) {
  return score(exposure.input.document).regions[0]!;
}
