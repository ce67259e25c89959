import {
  COVERAGE_STATES,
  coverageOf,
  type Claim,
  type Coordinates,
  type CoverageState,
  type CoverageStatement,
  type FeedAt,
  type Lapses,
  type Instant,
  type Watch,
} from '@faultline/evidence';
import { type Coincidence, type IncidentAccount, type IncidentView } from '@faultline/incidents';
import type { Sha256 } from '@faultline/ledger';
import type { CloudRegion, Places } from '@faultline/places';
import { aheadOf, type Ahead } from './ahead.js';
import { nowOf, type Now } from './now.js';
import { coincidencesOf } from './beside.js';
import { placedAmong, toldBy } from './told.js';
import { disagreementOf, telemetryOf, type Disagreement } from './telemetry.js';
import { scoreInputOf, type Defaulted, type LeftOut, type ScoreInput } from './score-input.js';

/** Everything exposures are made of at some coordinates. */
export interface World {
  readonly coordinates: Coordinates;
  readonly view: IncidentView;
  readonly places: Places;
  /** Feeds as they were at publicAt. */
  readonly feeds: readonly FeedAt[];
  /** Which facts their feeds no longer keep up; absent where that is not asked. */
  readonly lapses?: Lapses;
  readonly watches: readonly Watch[];
}

/** One cloud region's three answers, with what they rest on and what they do not know. */
export interface Exposure {
  readonly region: CloudRegion;
  readonly now: Now;
  /** Where the operator's word and what instruments measure do not fit together. */
  readonly disagreement: Disagreement | null;
  readonly incidents: readonly IncidentAccount[];
  readonly coincident: readonly Coincidence[];
  readonly ahead: Ahead;
  readonly input: ScoreInput;
  readonly coverage: readonly CoverageStatement[];
  readonly notKnown: readonly { readonly aspect: string; readonly text: string }[];
  readonly defaulted: readonly Defaulted[];
  readonly leftOut: readonly LeftOut[];
  readonly hosting: {
    readonly outcome: 'none-found' | 'not-searched' | 'found';
    readonly text: string;
    readonly claimIds: readonly string[];
  };
  /** Every claim any part of the answer rests on. */
  readonly claims: readonly Claim[];
}

export type CoverageSummary = CoverageState | 'partly';

/** One word for the coverage of the classes that matter to a region: provider outage and armed conflict. */
export function coverageSummary(coverage: readonly CoverageStatement[]): CoverageSummary {
  const states = coverage
    .filter(({ incidentClass }) => incidentClass === 'provider-outage' || incidentClass === 'armed-conflict')
    .map(({ state }) => state);
  const [first] = states;
  if (first !== undefined && states.every((state) => state === first)) return first;
  if (states.includes('watched')) return 'partly';
  // The worst of what somebody looks at.
  return COVERAGE_STATES.findLast((state) => state !== 'unmonitored' && states.includes(state)) ?? 'unmonitored';
}

/** The exposure of one region at the coordinates of the world. validAt and publicAt must be the same instant: the score has one. */
export function exposureOf(sha256: Sha256, region: CloudRegion, world: World): Exposure {
  const { coordinates, view } = world;
  const coverage = coverageOf(region, world.feeds, world.watches, coordinates.publicAt);
  const conflict = coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict')!;
  const now = nowOf(region, view.visible, coverage, coordinates, world.lapses);
  const placed = placedAmong(view.incidents);
  const incidents = placed.inRegion(region.id);
  const around = placed.around(region.id, region.country);
  const coincident = coincidencesOf(region, incidents, placed);
  const spans = withRecord(conflict, region.country, world.watches, coordinates.publicAt);
  const input = scoreInputOf(region, now, around, view.visible, spans, coordinates.publicAt);
  const telemetry = telemetryOf(region, view.visible, coordinates);
  const hosting = hostingOf(region, view.visible);
  return {
    region,
    now,
    disagreement: disagreementOf(region, now.state, telemetry),
    incidents,
    coincident,
    ahead: aheadOf(sha256, input, conflict),
    input,
    coverage,
    notKnown: notKnownOf(region, now, incidents),
    defaulted: input.defaulted,
    leftOut: input.leftOut,
    hosting,
    claims: claimsBehind(region, view, input, [...hosting.claimIds, ...telemetry.map(({ id }) => id)], incidents),
  };
}

/**
 * The statement about armed conflict, from as early as a record put together afterwards reaches, where a live watch has
 * taken over since: what the record tells of stays observed. Time between the two counts as observed, quietly.
 */
function withRecord(
  conflict: CoverageStatement,
  country: string,
  watches: readonly Watch[],
  publicAt: Instant,
): CoverageStatement {
  const begun = watches
    .filter(({ classes, operatorIds }) => classes.includes('armed-conflict') && operatorIds === null)
    .filter(({ countries, from }) => countries.includes(country) && from <= publicAt)
    .map(({ from }) => from)
    .sort()[0];
  return begun !== undefined && conflict.from !== null && begun < conflict.from
    ? { ...conflict, from: begun }
    : conflict;
}

const ASPECT_QUESTIONS: Record<string, string> = {
  act: 'whether it was a hostile act',
  nature: 'what kind of disturbance it is',
  cause: 'what caused it',
  means: 'what struck it',
  damage: 'what was damaged',
  zones: 'which zones are affected',
  duration: 'how long it will take',
  attribution: 'who did it',
  motive: 'why',
};

/** What nobody has stated of the region's open incidents, question by question. */
function notKnownOf(
  region: CloudRegion,
  now: Now,
  incidents: readonly IncidentAccount[],
): { aspect: string; text: string }[] {
  const open = incidents.filter(({ lifecycle }) => lifecycle !== 'resolved' && lifecycle !== 'retracted');
  const unanswered = open.flatMap((incident) =>
    incident.aspects
      .filter(({ aspect, outcome, statedByOperator }) => {
        // Outside hostile acts, who and why and with what are not questions anybody asks.
        const hostile = incident.severity !== null;
        if (!hostile && (aspect === 'act' || aspect === 'attribution' || aspect === 'motive' || aspect === 'means'))
          return false;
        return outcome === 'not-stated' || !statedByOperator;
      })
      .map(({ aspect, outcome }) => ({
        aspect: `${incident.id}/${aspect}`,
        text:
          outcome === 'not-stated'
            ? `${incident.title}: nobody has stated ${ASPECT_QUESTIONS[aspect]}`
            : `${incident.title}: the operator has not stated ${ASPECT_QUESTIONS[aspect]}; others have`,
      })),
  );
  const silent = now.zones.filter(({ state }) => state === 'no-statement');
  const zones =
    open.length > 0 && silent.length > 0
      ? [{ aspect: 'zones', text: `No statement about ${silent.map(({ id }) => id).join(', ')}` }]
      : [];
  const position = [
    { aspect: 'position', text: `${region.name} is placed at its metro; the operator publishes no site positions` },
  ];
  return [...unanswered, ...zones, ...position];
}

function hostingOf(region: CloudRegion, visible: readonly Claim[]): Exposure['hosting'] {
  const told = toldBy(visible).ofRegion(region.id);
  const searches = told.filter(({ predicate }) => predicate === 'hosting-search');
  const last = searches.at(-1);
  const hosting = told.filter(({ predicate }) => predicate === 'hosting');
  const asserted = hosting.filter(({ stance }) => stance === 'asserts').length;
  // That somebody denies a thing is no finding of it.
  if (asserted > 0) {
    const denied = hosting.length - asserted;
    return {
      outcome: 'found',
      text: `Claimed, not established here: ${asserted} statements that something runs in this region${denied === 0 ? '' : `, and ${denied} denials`}. Each says who says so.`,
      claimIds: [...hosting, ...searches].map(({ id }) => id),
    };
  }
  if (last?.predicate !== 'hosting-search') {
    return {
      outcome: 'not-searched',
      text: 'No search for hosting claims has been recorded for this region.',
      claimIds: [],
    };
  }
  return {
    outcome: 'none-found',
    text: `None found: ${last.value.searchedFor}. Searched ${last.value.searchedIn.join('; ')}. ${last.value.text}`,
    claimIds: searches.map((claim) => claim.id),
  };
}

function claimsBehind(
  region: CloudRegion,
  view: IncidentView,
  input: ScoreInput,
  besideIds: readonly string[],
  incidents: readonly IncidentAccount[],
): Claim[] {
  const ids = new Set<string>([region.claim.id, ...besideIds]);
  for (const incident of incidents) for (const { claim } of incident.links) ids.add(claim.id);
  for (const { claimIds } of input.evidence.values()) for (const id of claimIds) ids.add(id);
  const told = toldBy(view.visible);
  for (const claim of told.visibleOfRegion(region.id)) if (!claim.predicate.startsWith('place.')) ids.add(claim.id);
  return told.inOrder(ids);
}
