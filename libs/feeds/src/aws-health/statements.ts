import {
  instantOf,
  msOf,
  type ClaimDraft,
  type ClaimValue,
  type ConditionState,
  type Instant,
} from '@faultline/evidence';
import { cutText, digestOf, noted } from '../document/index.js';
import type { BoardEvent, Entry, Status } from './board.js';
import {
  isClosedInWords,
  onlyInvestigates,
  regionInWords,
  saysOtherZonesWork,
  zonesSpokenOf,
  type SpokenZone,
} from './condition-words.js';
import { findingsIn, subjectOf, type Subject } from './findings.js';
import { OPERATOR_ID } from './place.js';
import { clausesOf, type Clause } from './sentences.js';

/** A text that names more zones than any region has is not about zones. */
const ZONES_MAX = 20;
/** The list of impaired services carries no time of its own: it is read as news only beside a post this young. */
const SNAPSHOT_MAX_MS = 24 * 3_600_000;
/** What is in the archive was over this soon after its last update: our assumption, the archive gives no time. */
const ARCHIVED_WITHIN_MS = 24 * 3_600_000;

type Times = Pick<ClaimDraft, 'publishedAt' | 'occurredAt'>;
type Degree = Extract<ConditionState, 'impaired' | 'unavailable'>;

/** What the earlier entries of an event have said. */
interface Told {
  readonly zonesInTrouble: Map<string, SpokenZone>;
  /** How bad it was said to be, in words, of a zone or the region, and the status beside those words. */
  readonly degrees: Map<string, { degree: Degree; status: Status | null }>;
}

/** All claims one event makes: what each of its entries says, and what the board as a whole adds to the newest. */
export function draftsOfEvent(event: BoardEvent, retrievedAt: Instant): ClaimDraft[] {
  const own = subjectOf(event.regionId, OPERATOR_ID);
  const told: Told = { zonesInTrouble: new Map(), degrees: new Map() };
  const drafts: ClaimDraft[] = [];
  let lastState: ConditionState = 'operational';
  for (const [index, entry] of event.entries.entries()) {
    const clauses = clausesOf(entry.text.text);
    const zones = zonesOf(clauses);
    lastState = stateOf(entry.status, entry.marked, clauses, index > 0 || zones.length > 0);
    drafts.push(...draftsOfEntry(event, own, entry, clauses, zones, lastState, told));
  }
  return [...drafts, ...draftsOfBoard(event, own, lastState, told, retrievedAt)];
}

function draftsOfEntry(
  event: BoardEvent,
  own: Subject,
  entry: Entry,
  clauses: readonly Clause[],
  zones: readonly SpokenZone[],
  state: ConditionState,
  told: Told,
): ClaimDraft[] {
  const { earliest, latest, basis } = entry.at;
  const start = event.start < earliest ? event.start : earliest;
  const publishedAt = { earliest, latest, basis };
  const isFirst = latest === event.entries[0]?.at.latest;
  const now: Times = { publishedAt, occurredAt: { begin: isFirst ? start : earliest, end: null } };
  const sinceStart: Times = { publishedAt, occurredAt: { begin: start, end: null } };
  const version = `${earliest}#${digestOf([entry.text.text, entry.status, entry.marked])}`;
  const shown = cutText(entry.text);
  const locator = noted(entry.pointer, shown.notes);
  const draft = (
    part: string,
    subject: Subject,
    times: Times,
    claim: ClaimValue,
    stance: ClaimDraft['stance'] = 'asserts',
  ) => draftOf(event, own, { version, part, subject, locator, times, claim, stance });
  // A post is read in the light of the earlier ones, which can be worded anew or joined by one of the same second: read
  // otherwise than by itself it is another version, or the first reading to arrive would stand for good.
  const byItself = stateOf(entry.status, entry.marked, clauses, true);
  const condition = (subject: Subject, said: ConditionState, alone: ConditionState = byItself) => ({
    ...draft('condition', subject, now, conditionOf(said, servicesOf(event), shown.text)),
    ...(said === alone ? {} : { item: itemOf(event, own, subject, `${version}+${said}`, 'condition') }),
  });

  const troubled = zones.filter(({ words }) => words !== 'operational');
  // What is over in this region says nothing of another's zones.
  troubled
    .filter(({ regionId }) => regionId === own.regionId)
    .forEach((zone) => told.zonesInTrouble.set(zone.zoneId, zone));
  const drafts: ClaimDraft[] = [];
  if (state === 'restored') {
    drafts.push(
      ...[own, ...[...told.zonesInTrouble.values()].map(zoneSubject)].map((subject) => condition(subject, state)),
    );
    told.degrees.clear();
  } else {
    for (const zone of zones) {
      const words = zone.words === 'troubled' ? null : zone.words;
      const said = words === 'operational' ? words : degreeOf(zone.zoneId, words, state, entry.status, told);
      if (said === 'operational') told.degrees.delete(zone.zoneId);
      drafts.push(condition(zoneSubject(zone), said, words ?? byItself));
    }
    const words = own.kind === 'region' ? regionInWords(clauses) : null;
    if (troubled.length === 0 || words !== null)
      drafts.push(condition(own, degreeOf(own.id, words, state, entry.status, told), words ?? byItself));
    const others = own.kind === 'region' ? saysOtherZonesWork(clauses) : null;
    if (others !== null) drafts.push(draft('condition:other-zones', own, now, othersWork(others)));
  }
  const findings = findingsIn(clauses, own, troubled);
  return drafts.concat(
    findings.map(({ part, subject, claim, stance }) => draft(part, subject, sinceStart, claim, stance)),
  );
}

/**
 * How bad it is with a subject in trouble: as the words say; where they say no degree, as the status says, but no
 * better than earlier words while the status has not improved on theirs. "We continue to work on it" mends nothing.
 */
function degreeOf(
  subjectId: string,
  words: Degree | null,
  state: ConditionState,
  status: Status | null,
  { degrees }: Told,
): ConditionState {
  if (words !== null) {
    degrees.set(subjectId, { degree: words, status });
    return words;
  }
  const held = degrees.get(subjectId);
  if (held === undefined || status === null || held.status === null || status < held.status) return state;
  return held.degree;
}

/**
 * What the board says beside its entries: that an event is over or worse than its last entry tells, and which services
 * are impaired. None of it carries a time: it was said after the newest entry and before we retrieved it.
 */
function draftsOfBoard(
  event: BoardEvent,
  own: Subject,
  lastState: ConditionState,
  told: Told,
  retrievedAt: Instant,
): ClaimDraft[] {
  const newest = event.entries.at(-1);
  if (newest === undefined) return [];
  const clauses = clausesOf(newest.text.text);
  const state = event.closed || event.archived ? 'restored' : stateOf(event.status, false, clauses, true);
  const isOver = state === 'restored';
  if (isOver ? lastState === 'restored' : state === lastState && event.impaired.length === 0) return [];
  if (!isOver && msOf(retrievedAt) - msOf(newest.at.latest) > SNAPSHOT_MAX_MS) return [];
  const known = event.archived ? instantOf(msOf(newest.at.latest) + ARCHIVED_WITHIN_MS) : retrievedAt;
  const latest = [newest.at.latest, known < retrievedAt ? known : retrievedAt].sort().at(-1)!;
  const times: Times = {
    publishedAt: { earliest: newest.at.latest, latest, basis: 'inferred' },
    occurredAt: { begin: newest.at.latest, end: null },
  };
  const services = isOver ? servicesOf(event) : event.impaired.length > 0 ? event.impaired : servicesOf(event);
  const shown = cutText(event.summary.text === '' ? newest.text : event.summary);
  const said = isOver
    ? state
    : degreeOf(own.id, own.kind === 'region' ? regionInWords(clauses) : null, state, event.status, told);
  const version = `${newest.at.latest}#board-${digestOf([said, services, shown.text])}`;
  const subjects = isOver ? [own, ...[...told.zonesInTrouble.values()].map(zoneSubject)] : [own];
  return subjects.map((subject) =>
    draftOf(event, own, {
      version,
      part: 'board',
      subject,
      locator: noted(event.pointer, shown.notes),
      times,
      claim: conditionOf(said, services, shown.text),
      stance: 'asserts',
    }),
  );
}

/**
 * The state a status and the words beside it stand for: marked or said to be resolved, or 0 after trouble → `restored`;
 * 1, or no status → `investigating` where the words only investigate, else `degraded`; 2 → `degraded`; 3 → `impaired`.
 * Worse than its status a place is only where the words say so of the place itself.
 */
function stateOf(
  status: Status | null,
  marked: boolean,
  clauses: readonly Clause[],
  hasHistory: boolean,
): ConditionState {
  const closed = isClosedInWords(clauses);
  if (marked) return 'restored';
  switch (status) {
    case 0:
      return hasHistory || closed ? 'restored' : 'operational';
    case null:
    case 1:
      return closed ? 'restored' : onlyInvestigates(clauses) ? 'investigating' : 'degraded';
    case 2:
      return 'degraded';
    case 3:
      return 'impaired';
  }
}

function zonesOf(clauses: readonly Clause[]): SpokenZone[] {
  const zones = zonesSpokenOf(clauses);
  return zones.length > ZONES_MAX ? [] : zones;
}

function zoneSubject({ zoneId, regionId }: SpokenZone): Subject {
  return { id: zoneId, kind: 'zone', regionId };
}

function servicesOf({ service }: BoardEvent): string[] {
  return service === null ? [] : [service];
}

function conditionOf(state: ConditionState, services: readonly string[], text: string): ClaimValue {
  return { predicate: 'condition', value: { state, scope: 'subject', services: [...services], text } };
}

function othersWork(sentence: string): ClaimValue {
  const { text } = cutText({ text: sentence, notes: [] });
  return { predicate: 'condition', value: { state: 'operational', scope: 'other-zones', services: [], text } };
}

interface Statement {
  readonly version: string;
  readonly part: string;
  readonly subject: Subject;
  readonly locator: string;
  readonly times: Times;
  readonly claim: ClaimValue;
  readonly stance: ClaimDraft['stance'];
}

function itemOf(event: BoardEvent, own: Subject, subject: Subject, version: string, part: string): ClaimDraft['item'] {
  return { id: event.itemId, version, part: subject.id === own.id ? part : `${part}@${subject.id}` };
}

function draftOf(
  event: BoardEvent,
  own: Subject,
  { version, part, subject, locator, times, claim, stance }: Statement,
): ClaimDraft {
  const isOwn = subject.regionId === own.regionId;
  return {
    item: itemOf(event, own, subject, version, part),
    subject: subject.id,
    stance,
    place: {
      regionIds: subject.regionId === null ? [] : [subject.regionId],
      zoneIds: subject.kind === 'zone' ? [subject.id] : [],
      countries: [],
      position: null,
    },
    // The ARN names what happens in its own region, and the event's start is of that.
    thread: isOwn ? event.itemId : null,
    source: { id: OPERATOR_ID, name: 'AWS', class: 'provider', grade: 'A' },
    origin: OPERATOR_ID,
    url: 'https://health.aws.amazon.com/health/status',
    locator,
    ...times,
    occurredAt: isOwn ? times.occurredAt : null,
    expiresAt: null,
    confidence: 0.95,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    ...claim,
  };
}
