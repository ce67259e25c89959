import {
  claimStatus,
  claimStatuses,
  isCredible,
  speaksAsOperator,
  type Claim,
  type ClaimStatus,
  type Coordinates,
  type Instant,
} from '@faultline/evidence';
import { isCondition, isDown, zoneLabel, type Exposure } from '@faultline/exposures';
import type { AspectName, IncidentAccount } from '@faultline/incidents';
import type { Fact, Quoted } from './fact.js';
import { factOfFlood, floodsAmong, isOpen } from './flood.js';
import { isNews } from './news.js';

/** A told value that its own source took back, or whoever may say so has since contradicted. */
export interface Contradiction {
  readonly key: string;
  readonly reason: 'retracted' | 'denied-by-operator' | 'contradicted-by-operator';
  readonly by: Quoted | null;
}

/** All a notice can say of one region at some coordinates. */
export interface Brief {
  readonly regionId: string;
  readonly regionName: string;
  readonly operatorId: string;
  readonly label: string;
  readonly coordinates: Coordinates;
  readonly facts: readonly Fact[];
  readonly zones: readonly { readonly id: string; readonly words: string; readonly by: Quoted | null }[];
  readonly incidents: readonly { readonly id: string; readonly title: string; readonly status: string }[];
  readonly notKnown: readonly string[];
  readonly coincident: readonly { readonly id: string; readonly title: string; readonly onset: Instant | null }[];
  readonly coverage: readonly { readonly incidentClass: string; readonly state: string; readonly text: string }[];
  /** The status of every claim the region's answer rests on, to know what of the told still stands. */
  readonly statusOf: ReadonlyMap<string, ClaimStatus>;
  /** Zones that the operator says work, with its word. */
  readonly working: ReadonlyMap<string, Quoted>;
}

const LONGEST_QUOTE = 300;
const ASPECT_SUBJECTS: Record<Exclude<AspectName, 'zones'>, string> = {
  act: 'Hostile act',
  nature: 'Kind of disturbance',
  cause: 'Cause',
  means: 'Struck with',
  damage: 'Damage',
  duration: 'Duration',
  attribution: 'Done by',
  motive: 'Motive',
};

/**
 * Reads a region's answer into what a notice can say. Ended incidents are left out unless they are among `toldIncidents`:
 * whoever was told of one is to hear that it ended. `cadenceSecondsOf` and the publicAt of the coordinates tell news
 * from backfill.
 */
export function briefOf(
  exposure: Exposure,
  coordinates: Coordinates,
  cadenceSecondsOf: (feedId: string) => number,
  toldIncidents: ReadonlySet<string>,
): Brief {
  const { region, now } = exposure;
  const statusOf = claimStatuses(exposure.claims);
  const quote = (claim: Claim): Quoted => ({
    id: claim.id,
    source: claim.source.name,
    sourceClass: claim.source.class,
    grade: claim.source.grade,
    byOperator: speaksAsOperator(claim),
    publishedAt: claim.publishedAt?.latest ?? null,
    status: statusOf.get(claim.id) ?? claimStatus(claim, exposure.claims),
    text: textOf(claim),
    news: isNews(claim, cadenceSecondsOf(claim.feedId), coordinates.publicAt),
  });
  const floods = floodsAmong(exposure.incidents, toldIncidents);
  const inFlood = new Set(floods.flatMap((flood) => flood.incidents.map(({ id }) => id)));
  const incidents = exposure.incidents
    .filter((incident) => isOpen(incident) || toldIncidents.has(incident.id))
    .filter(({ id }) => !inFlood.has(id));
  const stated = now.stated ? [quote(now.stated.claim)] : [];
  const zoneClaims = now.zones.flatMap((zone) => (zone.stated ? [quote(zone.stated.claim)] : []));
  const working = new Map(
    now.zones.flatMap((zone) =>
      zone.stated && !isDown(zone.stated.state) && speaksAsOperator(zone.stated.claim)
        ? [[zone.id, quote(zone.stated.claim)] as const]
        : [],
    ),
  );
  const likelihood = exposure.ahead.outcome === 'scored' ? exposure.ahead.likelihood : null;
  const facts: Fact[] = [
    { key: 'state', kind: 'state', subject: 'Region', value: now.state, words: now.label, claims: stated },
    ...now.zones.map((zone): Fact => ({
      key: `zone ${zone.id}`,
      kind: 'zone',
      subject: shortId(zone.id),
      value: zone.state === 'no-statement' ? null : zone.state,
      words: zoneLabel(zone),
      claims: zone.stated ? [quote(zone.stated.claim)] : [],
    })),
    {
      key: 'quorum',
      kind: 'quorum',
      subject: 'Quorum',
      value: now.quorum,
      words: now.quorumText.split(';')[0]!.replace(/\.$/, ''),
      claims: [...stated, ...zoneClaims],
    },
    ...incidents.flatMap((incident) => factsOfIncident(incident, incidents.length > 1, quote)),
    ...floods.map((flood) => factOfFlood(flood, quote)),
    ...(likelihood
      ? [
          {
            key: 'likelihood',
            kind: 'likelihood' as const,
            subject: 'Likelihood of damage',
            value: likelihood.band,
            words: `${likelihood.band} (L ${likelihood.shownScore} of 100)`,
            claims: claimsOf(
              exposure,
              likelihood.contributions.flatMap(({ claimIds }) => claimIds),
            ).map(quote),
          },
        ]
      : []),
    ...namingsOf(exposure, statusOf).map(({ zoneId, claim }): Fact => {
      const quoted = quote(claim);
      return {
        key: `naming ${zoneId} ${claim.id}`,
        kind: 'naming',
        subject: shortId(zoneId),
        value: 'named',
        words: 'named as affected, not by the operator',
        claims: [quoted],
      };
    }),
  ];
  return {
    regionId: region.id,
    regionName: region.name,
    operatorId: region.operatorId,
    label: now.label,
    coordinates,
    facts,
    zones: now.zones.map((zone) => ({
      id: zone.id,
      words: zoneLabel(zone),
      by: zone.stated ? quote(zone.stated.claim) : null,
    })),
    incidents: incidents.map(({ id, title, status }) => ({ id, title, status })),
    notKnown: notKnownOf(exposure, incidents, inFlood),
    coincident: exposure.coincident.map(({ incident: { id, title, onset } }) => ({ id, title, onset })),
    coverage: exposure.coverage
      .filter(({ incidentClass }) => incidentClass === 'provider-outage' || incidentClass === 'armed-conflict')
      .map(({ incidentClass, state, text }) => ({ incidentClass, state, text })),
    statusOf,
    working,
  };
}

function factsOfIncident(incident: IncidentAccount, oneOfMany: boolean, quote: (claim: Claim) => Quoted): Fact[] {
  const { lifecycle } = incident;
  const prefix = oneOfMany ? `${incident.title}: ` : '';
  const latest = incident.links.slice(-5).map(({ claim }) => quote(claim));
  const state = lifecycle === 'unfolding' || lifecycle === 'ongoing' ? 'open' : lifecycle;
  return [
    {
      key: `incident ${incident.id}`,
      kind: 'lifecycle',
      subject: `Incident “${incident.title}”`,
      value: state,
      words: LIFECYCLE_WORDS[state] ?? state,
      claims: latest,
    },
    ...incident.aspects.flatMap(({ aspect, statements }): Fact[] => {
      if (aspect === 'zones') return [];
      const asserted = statements.filter(
        ({ claim, status }) =>
          claim.stance === 'asserts' && status !== 'retracted' && status !== 'denied' && isCredible(claim),
      );
      // The operator's last word where it has said anything; what others say is told as theirs.
      const operators = asserted.filter(({ claim }) => speaksAsOperator(claim));
      const said = aspect === 'nature' || aspect === 'damage' ? operators : operators.slice(-1);
      const others = asserted.filter(({ claim }) => !speaksAsOperator(claim)).slice(-3);
      const facts: Fact[] = [];
      if (said.length > 0) {
        const last = quote(said.at(-1)!.claim);
        facts.push({
          key: `incident ${incident.id} ${aspect}`,
          kind: aspect === 'cause' || aspect === 'duration' ? aspect : 'detail',
          subject: `${prefix}${ASPECT_SUBJECTS[aspect]}`,
          value: keysOf(said).join(' + '),
          words: keysOf(said).join(', ').replaceAll('-', ' '),
          claims: [
            ...new Map([...said.map(({ claim }) => quote(claim)), last].map((held) => [held.id, held])).values(),
          ],
        });
      }
      for (const { claim, key } of others) {
        const quoted = quote(claim);
        facts.push({
          key: `incident ${incident.id} ${aspect} per ${claim.source.id} ${key}`,
          kind: 'detail',
          subject: `${prefix}${ASPECT_SUBJECTS[aspect]}, per ${quoted.source}`,
          value: key,
          words: `${key.replaceAll('-', ' ')} (${quoted.status}, not the operator’s word)`,
          claims: [quoted],
        });
      }
      return facts;
    }),
  ];
}

/** What is said in one word each; damage is said of several things at once. */
function keysOf(said: readonly { readonly key: string }[]): string[] {
  return [...new Set(said.flatMap(({ key }) => key.split('+')))].sort();
}

const LIFECYCLE_WORDS: Record<string, string> = {
  open: 'open',
  recovering: 'recovering, per operator',
  resolved: 'resolved, as stated by its source',
  'permanent-loss': 'permanent loss stated',
  retracted: 'retracted: every claim of it was taken back',
};

/** Credible statements of others that name a zone as down of which the operator has not itself said so, nor since the contrary. */
function namingsOf(exposure: Exposure, statusOf: ReadonlyMap<string, ClaimStatus>): { zoneId: string; claim: Claim }[] {
  return exposure.now.zones.flatMap((zone) => {
    if (zone.stated && isDown(zone.stated.state)) return [];
    return exposure.claims
      .filter(isCondition)
      .filter(
        (claim) => claim.place.zoneIds.includes(zone.id) && claim.stance === 'asserts' && isDown(claim.value.state),
      )
      .filter((claim) => isCredible(claim) && !speaksAsOperator(claim))
      .filter((claim) => statusOf.get(claim.id) !== 'retracted' && statusOf.get(claim.id) !== 'denied')
      .filter((claim) => !contradictsNaming(exposure, zone.id, claim))
      .map((claim) => ({ zoneId: zone.id, claim }));
  });
}

/** The operator's word since then that the zone works: it stands against the naming for good, whatever comes later. */
function contradictsNaming(exposure: Exposure, zoneId: string, naming: Claim): boolean {
  return exposure.claims
    .filter(isCondition)
    .some(
      (claim) =>
        speaksAsOperator(claim) &&
        claim.stance === 'asserts' &&
        !isDown(claim.value.state) &&
        (claim.subject === zoneId || (claim.subject === exposure.region.id && claim.value.scope === 'other-zones')) &&
        (claim.publishedAt?.latest ?? '') > (naming.publishedAt?.latest ?? ''),
    );
}

function notKnownOf(exposure: Exposure, incidents: readonly IncidentAccount[], inFlood: ReadonlySet<string>): string[] {
  const [only] = incidents.filter(isOpen);
  const isOnly = incidents.filter(isOpen).length === 1;
  const stated = exposure.notKnown
    .filter(({ aspect }) => aspect !== 'position' && !inFlood.has(aspect.split('/')[0]!))
    .map(({ text }) =>
      isOnly && only && text.startsWith(`${only.title}: `) ? text.slice(only.title.length + 2) : text,
    );
  return [...incidents.filter(isOpen).flatMap(unnamedObjects), ...stated];
}

/** Something struck it, and nobody says what: the first thing a reader would fill in. */
function unnamedObjects({ aspects }: IncidentAccount): string[] {
  const outcomeOf = (name: AspectName) => aspects.find(({ aspect }) => aspect === name);
  const isStruck = outcomeOf('cause')?.statements.some(({ key }) => key === 'struck-by-objects') ?? false;
  return isStruck && outcomeOf('means')?.outcome === 'not-stated' ? ['nobody has stated what the objects were'] : [];
}

function claimsOf(exposure: Exposure, ids: readonly string[]): Claim[] {
  const wanted = new Set(ids);
  return exposure.claims.filter(({ id }) => wanted.has(id)).slice(-5);
}

function textOf(claim: Claim): string {
  const { text } = claim.value as { text?: string };
  const said = (text ?? claim.predicate).replaceAll(/\s+/g, ' ').trim();
  return said.length > LONGEST_QUOTE ? `${said.slice(0, LONGEST_QUOTE - 1)}…` : said;
}

/** `mec1-az2` of `aws:mec1-az2`. */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}
