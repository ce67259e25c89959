import type { ClaimDraft, ClaimValue, ConditionState, Instant } from '@faultline/evidence';
import { onlyInvestigates } from '../aws-health/condition-words.js';
import { cutText, digestOf, noted, type CleanText } from '../document/index.js';
import { statedIn } from '../aws-health/nature-and-cause.js';
import { clausesOf, type Clause } from '../aws-health/sentences.js';
import type { Impact, Incident, Update } from './incident.js';
import { OPERATOR, type Subject } from './location.js';

/** What a zone is made of: of another service's outage a zone is not down. */
const ZONE_ITSELF = /\bcompute engine\b/i;

type Times = Pick<ClaimDraft, 'publishedAt' | 'occurredAt'>;

/** All claims one incident makes: what each of its updates says, and what its own fields say beside them. */
export function draftsOfIncident(incident: Incident, retrievedAt: Instant): ClaimDraft[] {
  const drafts: ClaimDraft[] = [];
  const spokenOf = new Map<string, Subject>();
  for (const [index, update] of incident.updates.entries()) {
    const subjects = subjectsOfUpdate(incident, update, index === incident.updates.length - 1);
    subjects.forEach((subject) => spokenOf.set(subject.id, subject));
    const isOver = update.impact === 'available';
    drafts.push(...draftsOfUpdate(incident, update, isOver ? [...spokenOf.values()] : subjects, index === 0));
  }
  return [
    ...drafts,
    ...draftsOfPast(incident, [...spokenOf.values()]),
    ...draftsOfEnd(incident, spokenOf, retrievedAt),
  ];
}

function draftsOfUpdate(
  incident: Incident,
  update: Update,
  subjects: readonly Subject[],
  isFirst: boolean,
): ClaimDraft[] {
  const { when, earliest, latest, impact } = update;
  const begin = incident.begin !== null && incident.begin < when ? incident.begin : when;
  const now: Times = {
    publishedAt: { earliest, latest, basis: 'printed' },
    occurredAt: { begin: isFirst && impact !== 'available' ? begin : when, end: null },
  };
  const shown = cutText(update.text);
  const locator = noted(update.pointer, shown.notes);
  const clauses = clausesOf(update.text.text);
  const version = `${when}#${digestOf([shown.text, impact, incident.services, now.occurredAt, latest])}`;
  const sinceBegin: Times = { ...now, occurredAt: { begin, end: null } };
  return subjects.flatMap((subject) => [
    draftOf(incident, {
      version,
      part: 'condition',
      subject,
      locator,
      times: now,
      claim: conditionOf(stateOf(impact, clauses, isItself(subject, subjects, incident)), incident.services, shown),
    }),
    ...statedIn(clauses).map(({ part, stance, claim }) =>
      draftOf(incident, { version, part, subject, locator, times: sinceBegin, claim, stance }),
    ),
  ]);
}

/** What was over when it was first told of: how bad it was, from its begin to its end. */
function draftsOfPast(incident: Incident, subjects: readonly Subject[]): ClaimDraft[] {
  const [first] = incident.updates;
  const { begin, impact, services } = incident;
  if (first?.impact !== 'available' || begin === null || impact === null || impact === 'available') return [];
  const end = incident.end ?? first.when;
  if (begin >= end) return [];
  const times: Times = {
    publishedAt: { earliest: first.earliest, latest: first.latest, basis: 'printed' },
    occurredAt: { begin, end },
  };
  const shown = cutText(first.text);
  return subjects.map((subject) =>
    draftOf(incident, {
      version: `${first.when}#past-${digestOf([shown.text, impact, services, begin, end, first.latest])}`,
      part: 'past',
      subject,
      locator: noted(first.pointer, shown.notes),
      times,
      claim: conditionOf(stateOf(impact, [], isItself(subject, subjects, incident)), services, shown),
    }),
  );
}

/**
 * That it is over, at the end the incident states; or, while it is open, for the places it lists as affected before and
 * no longer. Neither carries the time it was said: that is by the last change of the incident.
 */
function draftsOfEnd(incident: Incident, spokenOf: ReadonlyMap<string, Subject>, retrievedAt: Instant): ClaimDraft[] {
  const { end, current, previous, services, modified } = incident;
  const newest = incident.updates.at(-1)!;
  const isOpen = end === null && newest.impact !== 'available';
  const left = new Map([...current, ...previous, ...spokenOf.values()].map((subject) => [subject.id, subject]));
  const now = new Set(current.map(({ id }) => id));
  const subjects = end !== null ? [...left.values()] : previous.filter(({ id }) => !now.has(id));
  if (end === null && (!isOpen || current.length === 0)) return [];
  const earliest = end ?? newest.earliest;
  const latest = [earliest, newest.latest, modified ?? retrievedAt].sort().at(-1)!;
  const shown = cutText(incident.headline.text === '' ? newest.text : incident.headline);
  const words = digestOf([shown.text, services]);
  return subjects.map((subject) =>
    draftOf(incident, {
      version: end === null ? `${newest.when}#no-longer-${words}` : `${end}#end-${words}`,
      part: end === null ? 'no-longer' : 'end',
      subject,
      locator: noted(incident.pointer, shown.notes),
      times: {
        publishedAt: { earliest, latest, basis: 'inferred' },
        occurredAt: end === null ? null : { begin: end, end: null },
      },
      claim: conditionOf('restored', services, shown),
    }),
  );
}

/** The places an update speaks of: its own, or those of the incident, or Google Cloud as a whole. */
function subjectsOfUpdate(
  { current, previous }: Incident,
  { subjects }: Update,
  isNewest: boolean,
): readonly Subject[] {
  if (subjects !== null && subjects.length > 0) return subjects;
  if (isNewest && current.length > 0) return current;
  const all = new Map([...current, ...previous].map((subject) => [subject.id, subject]));
  return all.size > 0 ? [...all.values()] : [OPERATOR];
}

/**
 * Whether an outage is of the place itself, rather than within it: of a zone where its own service is out, of a region
 * where no zone of it is named beside it, as Google names the region of each zone.
 */
function isItself({ id, kind }: Subject, among: readonly Subject[], { services }: Incident): boolean {
  if (kind === 'zone') return services.some((service) => ZONE_ITSELF.test(service));
  return !among.some((other) => other.kind === 'zone' && other.regionId === id);
}

/**
 * The state a status stands for: available → `restored`; outage → `impaired`, or `degraded` where it is only within the
 * place; disruption → `degraded`; information → `investigating` where the words only investigate, else `degraded`. All
 * of them are of the services named: no status says that a whole region is unavailable.
 */
function stateOf(impact: Impact, clauses: readonly Clause[], isOfPlace: boolean): ConditionState {
  switch (impact) {
    case 'available':
      return 'restored';
    case 'outage':
      return isOfPlace ? 'impaired' : 'degraded';
    case 'disruption':
      return 'degraded';
    case 'information':
      return onlyInvestigates(clauses) ? 'investigating' : 'degraded';
  }
}

function conditionOf(state: ConditionState, services: readonly string[], { text }: CleanText): ClaimValue {
  return { predicate: 'condition', value: { state, scope: 'subject', services: [...services], text } };
}

interface Statement {
  readonly version: string;
  readonly part: string;
  readonly subject: Subject;
  readonly locator: string;
  readonly times: Times;
  readonly claim: ClaimValue;
  readonly stance?: ClaimDraft['stance'];
}

function draftOf(
  incident: Incident,
  { version, part, subject, locator, times, claim, stance = 'asserts' }: Statement,
): ClaimDraft {
  return {
    item: { id: incident.id, version, part: subject.kind === 'operator' ? part : `${part}@${subject.id}` },
    subject: subject.id,
    stance,
    place: {
      regionIds: subject.regionId === null ? [] : [subject.regionId],
      zoneIds: subject.kind === 'zone' ? [subject.id] : [],
      countries: [],
      position: null,
    },
    thread: incident.id,
    source: { id: OPERATOR.id, name: 'Google Cloud', class: 'provider', grade: 'A' },
    origin: OPERATOR.id,
    url: incident.url,
    locator,
    ...times,
    expiresAt: null,
    confidence: 0.95,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    ...claim,
  };
}
