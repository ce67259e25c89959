import { Injectable } from '@nestjs/common';
import {
  ageHours,
  challengesIn,
  coverageOf,
  instantOf,
  isAsked,
  lagOf,
  msOf,
  parseInstant,
  type AsOfQuestion,
  type Claim,
} from '@faultline/evidence';
import { lastRevisions } from '@faultline/incidents';
import { pageOf, type ListQuestion } from './http/page.js';
import { ProblemException } from './http/problem.filter.js';
import type { TimelineQuestion } from './dto/questions.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';
import { claimText } from './views/claim.view.js';
import { incidentsShown } from './views/shown.js';
import { exposureSummary, exposureView } from './views/exposure.view.js';

const MOST_BUCKETS = 2_000;
const HOUR_MS = 3_600_000;

@Injectable()
export class ExposuresService {
  constructor(private readonly reader: Reader) {}

  async list(question: ListQuestion) {
    const { data, coordinates } = await this.reader.readScored(question, (at) => {
      const { page, next } = pageOf([...at.world.places.regions.keys()], question, (id) => id);
      const exposures = page.map((id) => at.exposure(id)!);
      return {
        data: { rows: exposures.map(exposureSummary), next },
        claims: distinct(exposures.flatMap(({ claims }) => claims)),
      };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  one(regionId: string, question: AsOfQuestion) {
    return this.reader.readScored(question, async (at, tx) => {
      const exposure = at.exposure(regionId);
      if (!exposure) throw notFound('cloud region', regionId);
      const { coordinates, view } = at.world;
      const ids = incidentsShown(exposure).map(({ id }) => id);
      const revisions = await lastRevisions(tx, ids, coordinates.position);
      const context = {
        coordinates,
        peers: view.visible,
        cadenceOf: (feedId: string) => this.reader.cadenceOf(feedId),
        lapses: at.world.lapses,
        challenges: challengesIn(view.visible),
      };
      return { data: exposureView(exposure, view.incidents, revisions, context), claims: exposure.claims };
    });
  }

  async coverage(question: ListQuestion) {
    const { data, coordinates } = await this.reader.read(question, ({ world }) => {
      const { page, next } = pageOf([...world.places.regions.values()], question, ({ id }) => id);
      const rows = page.map((region) => ({
        regionId: region.id,
        classes: coverageOf(region, world.feeds, world.watches, world.coordinates.publicAt),
      }));
      return { data: { rows, next }, claims: page.map(({ claim }) => claim) };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  async feeds(question: ListQuestion) {
    const { data, coordinates } = await this.reader.read(question, ({ world }) => {
      const { publicAt } = world.coordinates;
      const { page, next } = pageOf(world.feeds, question, ({ feed }) => feed.id);
      const rows = page.map(({ feed, health }) => {
        const claims = world.view.visible.filter((claim) => claim.feedId === feed.id);
        return {
          id: feed.id,
          title: feed.title,
          licence: feed.licence,
          attribution: feed.attribution,
          url: feed.url,
          polled: isAsked(feed),
          cadenceSeconds: feed.cadenceSeconds,
          contentAgeBudgetSeconds: feed.contentAgeBudgetSeconds,
          covers: feed.covers,
          health: health.state,
          reason: health.reason,
          lastPollAt: health.lastPollAt,
          lastSuccessAt: health.lastSuccessAt,
          newestContentAt: health.newestContentAt,
          contentAgeHours: ageHours(health.newestContentAt, publicAt),
          polls: health.polls,
          failures: health.failures,
          claims: claims.length,
          quarantined: health.quarantined,
          tells: feed.tells ?? ('reports' as const),
          redistributable: feed.redistributable,
          lag: lagOf(claims),
        };
      });
      return { data: { rows, next }, claims: [] };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  /** How much was said when: the density the time control draws. Only what was public and recorded at the coordinates. */
  async timeline(question: TimelineQuestion) {
    const [from, to] = [requireInstant('from', question.from), requireInstant('to', question.to)];
    const stepMs = question.stepHours * HOUR_MS;
    const count = Math.ceil((msOf(to) - msOf(from)) / stepMs);
    if (count < 1 || count > MOST_BUCKETS) {
      throw new ProblemException(
        400,
        'timeline.range',
        `got ${count} buckets, wanted 1 to ${MOST_BUCKETS}: change from, to or stepHours`,
      );
    }
    const { data, coordinates } = await this.reader.read(question, ({ world }) => {
      const told = world.view.visible.filter(
        (claim) => claim.publishedAt !== null && claim.publishedAt.latest >= from && claim.publishedAt.latest < to,
      );
      const buckets = Array.from({ length: count }, (_, index) => ({
        begin: instantOf(msOf(from) + index * stepMs),
        end: instantOf(Math.min(msOf(from) + (index + 1) * stepMs, msOf(to))),
        statements: 0,
        firstText: null as string | null,
      }));
      for (const claim of told) {
        const bucket = buckets[Math.floor((msOf(claim.publishedAt!.latest) - msOf(from)) / stepMs)]!;
        bucket.statements += 1;
        bucket.firstText ??= claimText(claim);
      }
      return { data: buckets, claims: told };
    });
    return { data, next: null, coordinates };
  }
}

function distinct(claims: readonly Claim[]): Claim[] {
  return [...new Set(claims)];
}

function requireInstant(name: string, text: string): string {
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new ProblemException(
      400,
      'asof.format',
      `${name}: got ${JSON.stringify(text.slice(0, 60))}, wanted an instant with its zone`,
    );
  }
  return instant;
}
