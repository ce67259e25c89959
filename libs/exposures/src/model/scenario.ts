import { instantOf, msOf, type Instant } from '@faultline/evidence';
import {
  conditionalLoss,
  score,
  type ConditionalLoss,
  type RegionResult,
  type ScoreDocument,
} from '@faultline/scoring';
import { notesOf } from './notes.js';

const DAY_MS = 86_400_000;

/**
 * An invented loss, run through the real model. Whatever it was that failed: there is no patch that adds an attack, and
 * none that names a zone, a dependency or a customer of somebody else.
 */
export type Patch =
  | { readonly patch: 'zones-out'; readonly zoneIds: readonly string[]; readonly days: number }
  | { readonly patch: 'regions-lost'; readonly regionIds: readonly string[]; readonly days: number }
  | { readonly patch: 'shared-dependency'; readonly name: string; readonly zoneIds: readonly string[] }
  | {
      readonly patch: 'dependency-out';
      readonly name: string;
      readonly days: number;
      readonly dependents: readonly { readonly regionId: string; readonly lossShare: number }[];
    }
  | { readonly patch: 'watch-lost'; readonly country: string; readonly since: Instant }
  | { readonly patch: 'quiet'; readonly days: number }
  | { readonly patch: 'report-withdrawn'; readonly claimId: string }
  | { readonly patch: 'value-moved'; readonly from: string; readonly to: string; readonly share: number };

/** Scores of one own region before and after, and what moved them. */
export interface ScenarioRegion {
  readonly regionId: string;
  readonly exposure: Change;
  readonly likelihood: Change;
  readonly ealUsd: Change;
  readonly ongoingUsd: Change;
  readonly pOutageGivenEvent: Change;
  /** Points of E by factor, patched less base. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}
export interface Change {
  readonly base: number;
  readonly scenario: number;
  readonly change: number;
}

/** What is lost if exactly this happens; no probability is attached to it. */
export interface ScenarioLoss {
  readonly regionId: string;
  readonly zoneIds: readonly string[];
  readonly loss: ConditionalLoss;
}

export interface ScenarioResult {
  readonly marked: 'scenario';
  readonly sentences: readonly string[];
  readonly regions: readonly ScenarioRegion[];
  readonly conditional: readonly ScenarioLoss[];
  /** Regions without anything of the reader's, lost whole: how many, and nothing of any one. */
  readonly othersLost: number;
}

/** A patch that cannot be applied to these documents. */
export class ScenarioError extends Error {
  constructor(
    readonly code: 'scenario.not_own' | 'scenario.unknown',
    message: string,
  ) {
    super(message);
  }
}

export interface ScenarioGround {
  /** Documents of the reader's own regions, with the reader's own values. */
  readonly own: readonly ScoreDocument[];
  /** Zones that the reader named as its own. */
  readonly ownZoneIds: ReadonlySet<string>;
  /** Every region known, by id: those without anything of the reader's are lost whole and only counted. */
  readonly knownRegionIds: ReadonlySet<string>;
}

/**
 * Runs patches, in their order, on the reader's own regions.
 * @throws ScenarioError for a patch that names what is not the reader's own, or nobody's.
 */
export function scenarioOf(ground: ScenarioGround, patches: readonly Patch[]): ScenarioResult {
  for (const patch of patches) refuseForeign(ground, patch);
  const patched = patches.reduce<readonly ScoreDocument[]>((documents, patch) => applied(documents, patch), ground.own);
  const conditional = patches.flatMap((patch) => conditionalOf(patched, patch));
  return {
    marked: 'scenario',
    sentences: [
      'Invented, to plan continuity by: nothing here has happened, and no probability is attached to the loss of what is assumed.',
      ...(patches.some(({ patch }) => patch === 'watch-lost')
        ? ['Where the watch is lost the score is frozen: no data, not calm.']
        : []),
      ...(patches.some(({ patch }) => patch === 'value-moved')
        ? ['Moving value does not move what an adversary believes: likelihood stays.']
        : []),
    ],
    regions: ground.own.map((base, index) => compared(base, patched[index]!)),
    conditional,
    othersLost: new Set(
      patches.flatMap((patch) =>
        patch.patch === 'regions-lost' ? patch.regionIds.filter((id) => regionOf(ground.own, id) === undefined) : [],
      ),
    ).size,
  };
}

function regionOf(documents: readonly ScoreDocument[], id: string): ScoreDocument | undefined {
  return documents.find(({ regions }) => regions?.[0]?.id === id);
}

function refuseForeign({ own, ownZoneIds, knownRegionIds }: ScenarioGround, patch: Patch): void {
  const wantOwnRegion = (id: string): void => {
    if (!knownRegionIds.has(id)) throw new ScenarioError('scenario.unknown', `got ${id}, wanted a known cloud region`);
    if (regionOf(own, id) === undefined) {
      throw new ScenarioError('scenario.not_own', `got ${id}, wanted a region with something of yours in it`);
    }
  };
  switch (patch.patch) {
    case 'zones-out':
    case 'shared-dependency': {
      const inInput = new Set(
        own.flatMap(({ regions }) => regions?.flatMap(({ azs }) => azs.map(({ id }) => id)) ?? []),
      );
      for (const id of patch.zoneIds) {
        if (!ownZoneIds.has(id)) {
          throw new ScenarioError(
            'scenario.not_own',
            `got zone ${id}, wanted zones your portfolio names; others’ regions are lost whole`,
          );
        }
        if (!inInput.has(id))
          throw new ScenarioError('scenario.unknown', `got zone ${id}, which is already lost or unknown`);
      }
      return;
    }
    case 'regions-lost':
      for (const id of patch.regionIds) {
        if (!knownRegionIds.has(id))
          throw new ScenarioError('scenario.unknown', `got ${id}, wanted a known cloud region`);
      }
      return;
    case 'dependency-out':
      for (const { regionId } of patch.dependents) wantOwnRegion(regionId);
      return;
    case 'value-moved':
      for (const id of [patch.from, patch.to]) wantOwnRegion(id);
      return;
    case 'watch-lost':
    case 'quiet':
    case 'report-withdrawn':
      return;
  }
}

function applied(documents: readonly ScoreDocument[], patch: Patch): readonly ScoreDocument[] {
  switch (patch.patch) {
    case 'zones-out':
      return documents.map((document) => zonesOut(document, new Set(patch.zoneIds), patch.days));
    case 'regions-lost':
      return documents.map((document) => {
        const region = document.regions?.[0];
        if (!region || !patch.regionIds.includes(region.id)) return document;
        return zonesOut(document, new Set(region.azs.map(({ id }) => id)), patch.days);
      });
    case 'shared-dependency':
      return documents.map((document) =>
        withZones(document, (az) => (patch.zoneIds.includes(az.id) ? { ...az, shared_fate: patch.name } : az)),
      );
    case 'dependency-out':
      return documents.map((document) => {
        const region = document.regions?.[0];
        const shares = patch.dependents.filter(({ regionId }) => regionId === region?.id);
        if (!region || shares.length === 0) return document;
        const point = {
          id: `dependency ${(document.chokepoints ?? []).length + 1}: ${patch.name}`,
          theatre: region.theatre,
          // It is assumed to be out now; how often that happens nobody said.
          base_rate_per_year: 0,
          outage_days: patch.days,
          outage_until: after(document.as_of, patch.days),
          dependents: shares.map(({ regionId, lossShare }) => ({ region: regionId, loss_share: lossShare })),
        };
        return { ...document, chokepoints: [...(document.chokepoints ?? []), point] };
      });
    case 'watch-lost':
      return documents.map((document) => ({
        ...document,
        theatres: (document.theatres ?? []).map((theatre) =>
          theatre.id === patch.country && patch.since < (theatre.coverage_end ?? document.as_of)
            ? { ...theatre, coverage_end: patch.since }
            : theatre,
        ),
      }));
    case 'quiet':
      return documents.map((document) => {
        const asOf = after(document.as_of, patch.days);
        return {
          ...document,
          as_of: asOf,
          theatres: (document.theatres ?? []).map((theatre) => ({ ...theatre, coverage_end: asOf })),
        };
      });
    case 'report-withdrawn':
      return documents.map((document) => {
        const without = <T extends { readonly reports: readonly { readonly id: string }[] }>(
          items: readonly T[],
        ): T[] => items.map((item) => ({ ...item, reports: item.reports.filter(({ id }) => id !== patch.claimId) }));
        return { ...document, incidents: without(document.incidents ?? []), claims: without(document.claims ?? []) };
      });
    case 'value-moved': {
      const from = regionOf(documents, patch.from)?.regions?.[0];
      const moved = (from?.base_value_usd_per_day ?? 0) * patch.share;
      return documents.map((document) => ({
        ...document,
        regions: (document.regions ?? []).map((region) => {
          const value = region.base_value_usd_per_day ?? 0;
          const change = (region.id === patch.to ? moved : 0) - (region.id === patch.from ? moved : 0);
          return { ...region, base_value_usd_per_day: Math.max(0, value + change) };
        }),
      }));
    }
  }
}

type Az = NonNullable<ScoreDocument['regions']>[number]['azs'][number];

function withZones(document: ScoreDocument, change: (az: Az) => Az): ScoreDocument {
  return {
    ...document,
    regions: (document.regions ?? []).map((region) => ({ ...region, azs: region.azs.map(change) })),
  };
}

function zonesOut(document: ScoreDocument, zoneIds: ReadonlySet<string>, days: number): ScoreDocument {
  const until = after(document.as_of, days);
  return withZones(document, (az) =>
    zoneIds.has(az.id) && (az.out_until ?? '') < until ? { ...az, out_until: until } : az,
  );
}

function after(asOf: Instant, days: number): Instant {
  return instantOf(msOf(asOf) + Math.round(days * DAY_MS));
}

function conditionalOf(documents: readonly ScoreDocument[], patch: Patch): ScenarioLoss[] {
  if (patch.patch !== 'zones-out' && patch.patch !== 'regions-lost') return [];
  return documents.flatMap((document): ScenarioLoss[] => {
    const region = document.regions?.[0];
    if (!region) return [];
    const zoneIds =
      patch.patch === 'zones-out'
        ? region.azs.map(({ id }) => id).filter((id) => patch.zoneIds.includes(id))
        : patch.regionIds.includes(region.id)
          ? region.azs.map(({ id }) => id)
          : [];
    if (zoneIds.length === 0) return [];
    return [{ regionId: region.id, zoneIds, loss: conditionalLoss(document, region.id, zoneIds) }];
  });
}

function compared(base: ScoreDocument, patched: ScoreDocument): ScenarioRegion {
  const [before, after] = [score(base).regions[0]!, score(patched).regions[0]!];
  const change = (of: (region: RegionResult) => number): Change => ({
    base: of(before),
    scenario: of(after),
    change: of(after) - of(before),
  });
  const [held, now] = [before.exposure.contributions, after.exposure.contributions];
  return {
    regionId: before.id,
    exposure: change(({ exposure }) => exposure.score),
    likelihood: change(({ likelihood }) => likelihood.score),
    ealUsd: change(({ loss }) => loss.eal_usd),
    ongoingUsd: change(({ loss }) => loss.ongoing_usd),
    pOutageGivenEvent: change(({ p_outage_given_event: outage }) => outage),
    contributions: Object.fromEntries(
      (Object.keys(now) as (keyof typeof now)[]).map((factor) => [factor, now[factor] - held[factor]]),
    ),
    notes: notesOf(patched, after),
  };
}
