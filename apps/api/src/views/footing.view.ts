import type { z } from 'zod';
import { ageHours, claimStatus, tlpOf, type Claim } from '@faultline/evidence';
import {
  footingName,
  regionFooting,
  regionPairs,
  type CloudRegion,
  type Footing,
  type FootingGap,
  type Need,
  type Operator,
  type Partition,
  type Places,
  type RegionPair,
  type Thing,
} from '@faultline/places';
import type {
  Cable as CableDto,
  Chokepoint as ChokepointDto,
  Facility as FacilityDto,
  FootingGapView,
  LandingPoint,
  NeedView,
  OperatorPage,
  OwnershipKnown,
  Partition as PartitionDto,
  RegionPage,
  RegionPair as RegionPairDto,
  StandingKnown,
  Supply as SupplyDto,
} from '../dto/footing.js';
import { claimText, claimView, sourceView, type ClaimContext } from './claim.view.js';
import { operatorView, regionView } from './exposure.view.js';

/** What is needed to show what regions rest on. */
export interface FootingContext {
  readonly footing: Footing;
  readonly places: Places;
  readonly claims: Omit<ClaimContext, 'peers'>;
}

const NOT_SEARCHED = 'Not known: no search for it has been recorded.';

/** A page with the claims it rests on. */
export interface Shown<V> {
  readonly view: V;
  readonly claims: readonly Claim[];
}

type AnyThing = Thing<'place.cable' | 'place.landing' | 'place.chokepoint' | 'place.facility' | 'place.supply'>;

export function cableView(id: string, context: FootingContext): Shown<z.infer<typeof CableDto>> | undefined {
  const { footing } = context;
  const cable = footing.cables.get(id);
  return (
    cable &&
    whole(cable, context, [], {
      aliases: [...cable.aliases],
      landings: cable.landingIds.map((landingId) => {
        const landing = footing.landings.get(landingId);
        return { id: landingId, name: landing?.name ?? landingId, country: landing?.country ?? null };
      }),
      landingsStated: cable.landingsStated,
      chokepoints: refs(cable.chokepointIds, footing.chokepoints),
      lengthKm: cable.lengthKm,
      designCapacityTbps: cable.designCapacityTbps,
      inServiceSince: cable.inServiceSince,
    })
  );
}

export function landingView(id: string, context: FootingContext): Shown<z.infer<typeof LandingPoint>> | undefined {
  const landing = context.footing.landings.get(id);
  if (!landing) return undefined;
  const cables = [...context.footing.cables.values()].filter(({ landingIds }) => landingIds.includes(id));
  const { country } = landing;
  const more = { country, ...whereabouts(landing), cables: cables.map(refOf) };
  return whole(landing, context, claimsOf(cables), more);
}

export function chokepointView(id: string, context: FootingContext): Shown<z.infer<typeof ChokepointDto>> | undefined {
  const passage = context.footing.chokepoints.get(id);
  if (!passage) return undefined;
  const cables = [...context.footing.cables.values()].filter(({ chokepointIds }) => chokepointIds.includes(id));
  const { kind, countries } = passage;
  const more = { kind, countries: [...countries], ...whereabouts(passage), cables: cables.map(refOf) };
  return whole(passage, context, claimsOf(cables), more);
}

export function facilityView(id: string, context: FootingContext): Shown<z.infer<typeof FacilityDto>> | undefined {
  const facility = context.footing.facilities.get(id);
  if (!facility) return undefined;
  const { kind, runBy, metro, country } = facility;
  return whole(facility, context, [], { kind, runBy, metro, country, ...whereabouts(facility) });
}

export function supplyView(id: string, context: FootingContext): Shown<z.infer<typeof SupplyDto>> | undefined {
  const supply = context.footing.supplies.get(id);
  return supply && whole(supply, context, [], { kind: supply.kind, countries: [...supply.countries] });
}

export function pairViews(context: FootingContext): Shown<z.infer<typeof RegionPairDto>>[] {
  return regionPairs(context.footing, context.places).map((pair) => ({ view: pairView(pair), claims: pair.claims }));
}

export function partitionView(partition: Partition, context: FootingContext): Shown<z.infer<typeof PartitionDto>> {
  const { id, name, operatorId, positionPolicy, claim } = partition;
  const regionCount = [...context.places.regions.values()].filter(({ partitionId }) => partitionId === id).length;
  const ownership = ownershipOf(id, context);
  return {
    view: { id, name, operatorId, positionPolicy, regionCount, ownership, claimId: claim.id },
    claims: [claim, ...(context.footing.ownerships.get(id)?.past ?? [])],
  };
}

export function operatorPage(operator: Operator, context: FootingContext): Shown<z.infer<typeof OperatorPage>> {
  const { id } = operator;
  const needs = context.footing.needs.filter(({ subject }) => subject === id);
  const gaps = context.footing.gaps.filter(({ subject }) => subject === id);
  const claims = [operator.claim, ...needs, ...gaps, ...historiesOf(id, context)];
  return {
    view: {
      ...operatorView(operator, context.places),
      standing: standingOf(id, context),
      ownership: ownershipOf(id, context),
      needs: needs.map((need) => needView(need, context)),
      gaps: gaps.map((gap) => gapView(gap, context)),
      tlp: tlpOf(claims),
      claims: views(claims, context),
    },
    claims,
  };
}

export function regionPage(region: CloudRegion, context: FootingContext): Shown<z.infer<typeof RegionPage>> {
  const { footing, places } = context;
  const { needs, cables, pairs, gaps } = regionFooting(footing, region, places);
  const claims = [
    region.claim,
    ...needs.map(({ claim }) => claim),
    ...cables.flatMap(({ cable, landings }) => [
      ...claimsOf([cable, ...landings]),
      ...(footing.standings.get(cable.id)?.past ?? []),
    ]),
    ...pairs.flatMap((pair) => pair.claims),
    ...gaps,
    ...historiesOf(region.id, context),
  ];
  const searched = (topic: FootingGap['value']['topic']) =>
    searchedText(gaps.filter(({ value }) => value.topic === topic));
  return {
    view: {
      ...regionView(region),
      standing: standingOf(region.id, context),
      ownership: ownershipOf(region.id, context),
      needs: needs.map(({ of, claim }) => ({ of, ...needView(claim, context) })),
      needsText: needs.some(({ of }) => of === 'region')
        ? 'What is said of the region itself, of its country and of its operator, kept apart.'
        : `Nothing is said of the region itself. ${searched('need')}`,
      cables: cables.map(({ cable, landings }) => ({
        ...refOf(cable),
        landings: landings.map(refOf),
        standing: standingOf(cable.id, context).current[0] ?? null,
      })),
      cablesText:
        cables.length === 0
          ? `No cable that lands in ${region.country} is in our record. That is not “none”.`
          : `Cables that land in ${region.country}. Which of them the region uses, nobody says.`,
      pairs: pairs.map(pairView),
      pairsText: pairs.length === 0 ? searched('pair') : pairs.map(({ finding }) => finding).join(' '),
      gaps: gaps.map((gap) => gapView(gap, context)),
      tlp: tlpOf(claims),
      claims: views(claims, context),
    },
    claims,
  };
}

function whole<M extends object>(thing: AnyThing, context: FootingContext, beside: readonly Claim[], more: M) {
  const { footing } = context;
  const needs = footing.needs.filter(({ subject }) => subject === thing.id);
  const neededBy = footing.needs.filter(({ value }) => value.on === thing.id);
  const gaps = footing.gaps.filter(({ subject }) => subject === thing.id);
  const throughput = footing.throughputs.get(thing.id) ?? [];
  const claims = [
    ...thing.claims,
    ...historiesOf(thing.id, context),
    ...throughput,
    ...needs,
    ...neededBy,
    ...gaps,
    ...beside,
  ];
  const view = {
    ...refOf(thing),
    text: thing.text,
    ...more,
    standing: standingOf(thing.id, context),
    ownership: ownershipOf(thing.id, context),
    throughput: throughput.map((claim) => {
      const { amount, unit, period } = claim.value;
      return { amount, unit, period, ...saidView(claim, context) };
    }),
    needs: needs.map((need) => needView(need, context)),
    neededBy: neededBy.map((need) => needView(need, context)),
    gaps: gaps.map((gap) => gapView(gap, context)),
    tlp: tlpOf(claims),
    claims: views(claims, context),
  };
  return { view, claims };
}

function standingOf(id: string, context: FootingContext): z.infer<typeof StandingKnown> {
  return knownOf(id, 'standing', context.footing.standings.get(id), context, ({ value: { state } }) => ({ state }));
}

function ownershipOf(id: string, context: FootingContext): z.infer<typeof OwnershipKnown> {
  return knownOf(id, 'ownership', context.footing.ownerships.get(id), context, ({ value }) => ({
    role: value.role,
    names: [...value.names],
    complete: value.complete,
  }));
}

function knownOf<C extends Claim, V extends object>(
  id: string,
  topic: FootingGap['value']['topic'],
  history: { readonly past: readonly C[]; readonly current: readonly C[] } | undefined,
  context: FootingContext,
  view: (claim: C) => V,
) {
  const shown = (claim: C) => ({ ...view(claim), ...saidView(claim, context) });
  const gaps = context.footing.gaps.filter(({ subject, value }) => subject === id && value.topic === topic);
  if (!history) {
    const outcome = gaps.length === 0 ? ('not-searched' as const) : ('none-found' as const);
    return { outcome, text: searchedText(gaps), current: [], past: [] };
  }
  const words = history.current.map(claimText);
  const after = gaps.length === 0 ? [] : [searchedText(gaps)];
  return {
    outcome: 'found' as const,
    text: [...words, ...after].join(' '),
    current: history.current.map(shown),
    past: history.past.map(shown),
  };
}

function pairView(pair: RegionPair): z.infer<typeof RegionPairDto> {
  const { regionId, withId, direction, purpose, theatres, independence, finding, shared, claims } = pair;
  return {
    id: `${regionId} ${withId} ${purpose}`,
    regionId,
    withId,
    direction,
    purpose,
    theatres: [...theatres],
    independence,
    finding,
    shared: [...shared],
    claimIds: claims.map(({ id }) => id),
    sources: [...new Map(claims.map(({ source }) => [source.id, sourceView(source)])).values()],
    url: claims[0]?.url ?? null,
    tlp: tlpOf(claims),
  };
}

function needView(need: Need, context: FootingContext): z.infer<typeof NeedView> {
  const { subject } = need;
  const { on, kind, basis, redundancy } = need.value;
  const onName = footingName(context.footing, on) ?? context.places.regions.get(on)?.name ?? on;
  return { subject, on, onName, kind, basis, redundancy, ...saidView(need, context) };
}

function gapView(
  { id, subject, retrievedAt, value }: FootingGap,
  context: FootingContext,
): z.infer<typeof FootingGapView> {
  const { topic, question, searchedIn, searchedOn, text } = value;
  const hindsight = retrievedAt > context.claims.coordinates.publicAt;
  return { subject, topic, question, searchedIn: [...searchedIn], searchedOn, hindsight, text, claimId: id };
}

function saidView(claim: Claim, context: FootingContext) {
  const statedAt = claim.publishedAt?.latest ?? null;
  return {
    text: claimText(claim),
    claimId: claim.id,
    source: sourceView(claim.source),
    status: claimStatus(claim, peersOf(claim, context)),
    since: claim.occurredAt?.begin ?? null,
    statedAt,
    ageHours: ageHours(statedAt, context.claims.coordinates.publicAt),
  };
}

/** Those a claim's status is worked out among: what is said of the same subject. */
function peersOf({ subject }: Claim, { footing }: FootingContext): Claim[] {
  return [
    ...(footing.standings.get(subject)?.past ?? []),
    ...(footing.ownerships.get(subject)?.past ?? []),
    ...footing.needs.filter((claim) => claim.subject === subject),
    ...footing.pairs.filter((claim) => claim.subject === subject),
  ];
}

function historiesOf(id: string, { footing }: FootingContext): Claim[] {
  return [...(footing.standings.get(id)?.past ?? []), ...(footing.ownerships.get(id)?.past ?? [])];
}

function views(claims: readonly Claim[], context: FootingContext) {
  return [...new Set(claims)].map((claim) =>
    claimView(claim, { ...context.claims, peers: [claim, ...peersOf(claim, context)] }),
  );
}

function searchedText(gaps: readonly FootingGap[]): string {
  if (gaps.length === 0) return NOT_SEARCHED;
  return gaps
    .map(
      ({ value: { question, searchedIn, searchedOn, text } }) =>
        `None found: ${question}; searched ${searchedIn.join('; ')} on ${searchedOn}. ${text}`,
    )
    .join(' ');
}

function whereabouts({
  geoPublic,
  precisionKm,
  precisionMethod,
}: Thing<'place.landing' | 'place.chokepoint' | 'place.facility'>) {
  return { geoPublic: [geoPublic[0], geoPublic[1]] as [number, number], precisionKm, precisionMethod };
}

const refOf = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
const refs = (ids: readonly string[], among: ReadonlyMap<string, { readonly name: string }>) =>
  ids.map((id) => ({ id, name: among.get(id)?.name ?? id }));
const claimsOf = (items: readonly { readonly claims: readonly Claim[] }[]): Claim[] =>
  items.flatMap(({ claims }) => claims);
