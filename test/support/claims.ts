import {
  claimDraftSchema,
  parseInstant,
  spanOfDate,
  type Claim,
  type ClaimValue,
  type Grade,
  type Instant,
} from '@faultline/evidence';
import { canonicalJson, derivedId, sha256 } from '@faultline/ledger';
import fc from 'fast-check';

type Source = Claim['source'];
type ValueOf<P extends ClaimValue['predicate']> = Extract<ClaimValue, { predicate: P }>['value'];

/** Who speaks. */
export const AWS: Source = { id: 'aws', name: 'AWS', class: 'provider', grade: 'A' };
export const PAPER: Source = { id: 'gulf-paper', name: 'Gulf Paper', class: 'media', grade: 'B' };
export const GAZETTE: Source = { id: 'gazette', name: 'The Gazette', class: 'media', grade: 'C' };
export const BLOG: Source = { id: 'blog', name: 'A blog', class: 'media', grade: 'D' };
export const ADVERSARY: Source = { id: 'agency', name: 'State agency', class: 'adversary', grade: 'C' };
export const MINISTRY: Source = { id: 'gov:bh-interior', name: 'Interior ministry', class: 'government', grade: 'B' };
export const USGS: Source = { id: 'usgs', name: 'U.S. Geological Survey', class: 'sensor', grade: 'A' };

/** What is spoken of. */
export interface Subject {
  readonly id: string;
  readonly regionIds: readonly string[];
  readonly zoneIds: readonly string[];
  readonly countries: readonly string[];
}

export const UAE: Subject = { id: 'aws:me-central-1', regionIds: ['aws:me-central-1'], zoneIds: [], countries: ['AE'] };
export const BAHRAIN: Subject = { id: 'aws:me-south-1', regionIds: ['aws:me-south-1'], zoneIds: [], countries: ['BH'] };
export const zone = (region: Subject, id: string): Subject => ({ ...region, id, zoneIds: [id] });
export const AZ1 = zone(UAE, 'aws:mec1-az1');
export const AZ2 = zone(UAE, 'aws:mec1-az2');
export const AZ3 = zone(UAE, 'aws:mec1-az3');
export const country = (code: string): Subject => ({
  id: `country:${code}`,
  regionIds: [],
  zoneIds: [],
  countries: [code],
});
export const operator = (id: string, ...countries: string[]): Subject => ({
  id,
  regionIds: [],
  zoneIds: [],
  countries,
});

/** What is said. */
export const condition = (
  state: ValueOf<'condition'>['state'],
  scope: ValueOf<'condition'>['scope'] = 'subject',
): ClaimValue => ({ predicate: 'condition', value: { state, scope, services: [], text: `${state}, ${scope}` } });
export const nature = (kind: ValueOf<'nature'>['nature']): ClaimValue => ({
  predicate: 'nature',
  value: { nature: kind, text: kind },
});
export const cause = (what: ValueOf<'cause'>['cause'], peril: ValueOf<'cause'>['peril'] = null): ClaimValue => ({
  predicate: 'cause',
  value: { cause: what, peril, text: what },
});
export const means = (what: ValueOf<'means'>['means']): ClaimValue => ({
  predicate: 'means',
  value: { means: what, text: what },
});
export const damage = (...kinds: ValueOf<'damage'>['kinds']): ClaimValue => ({
  predicate: 'damage',
  value: { kinds, facilitiesStruck: null, text: kinds.join() },
});
export const attack = (
  peril: ValueOf<'attack'>['peril'],
  severity = 3,
  mode: ValueOf<'attack'>['mode'] = 'standoff',
): ClaimValue => ({ predicate: 'attack', value: { peril, mode, severity, text: peril } });
export const attribution = (actor: string): ClaimValue => ({ predicate: 'attribution', value: { actor, text: actor } });
export const duration = (phrase: string, until: string | null = null): ClaimValue => ({
  predicate: 'duration',
  value: { phrase, until, text: phrase },
});
export const reason = (what: ValueOf<'alleged-target-reason'>['reason']): ClaimValue => ({
  predicate: 'alleged-target-reason',
  value: { reason: what, text: what },
});
export const threat = (operators: string[], countries: string[]): ClaimValue => ({
  predicate: 'declared-threat',
  value: { operators, countries, text: operators.join() },
});
export const dataLoss = (what: string): ClaimValue => ({ predicate: 'data-loss', value: { what, text: what } });
export const affected = (party: string): ClaimValue => ({ predicate: 'affected-party', value: { party, text: party } });
export const search = (searchedFor: string): ClaimValue => ({
  predicate: 'hosting-search',
  value: { searchedFor, searchedIn: ['public pages'], outcome: 'none-found', text: 'searched' },
});
export const retraction = (itemId: string): ClaimValue => ({
  predicate: 'retraction',
  value: { itemId, text: 'taken back' },
});
export const earthquake = (magnitude: number, text = `M ${magnitude}`): ClaimValue => ({
  predicate: 'earthquake',
  value: { magnitude, magnitudeType: 'mww', depthKm: 10, lonLat: [51, 26], reviewed: true, text },
});
export const placeRegion = (value: Partial<ValueOf<'place.region'>> = {}): ClaimValue => ({
  predicate: 'place.region',
  value: {
    name: 'Middle East (UAE)',
    operatorId: 'aws',
    partitionId: 'aws',
    metro: 'Dubai',
    country: 'AE',
    lonLat: [54.8, 24.8],
    precisionKm: 100,
    precisionMethod: 'the metro',
    zoneIds: [AZ1.id, AZ2.id, AZ3.id],
    zoneCount: 3,
    listed: 'available',
    ...value,
  },
});

/** Reads a time of a test: an instant with its zone. */
export function instant(text: string): Instant {
  const read = parseInstant(text);
  if (read === undefined) throw new Error(`got ${text}, wanted an instant such as 2026-03-01T12:51Z`);
  return read;
}

interface Telling {
  readonly publishedAt: Claim['publishedAt'];
  readonly occurredAt: Claim['occurredAt'];
  readonly origin: string;
  readonly thread: string | null;
  readonly itemId: string | null;
  readonly version: string;
  readonly feedId: string;
  readonly position: number;
  readonly recordedAt: Instant;
  readonly place: { readonly position: Claim['place']['position'] };
}

/** `by(AWS).at('2026-03-01T14:09Z').says(condition('impaired'), AZ2)` is a recorded claim. Undated until it is told when. */
export function by(source: Source): Speaker {
  return new Speaker(source, {
    publishedAt: null,
    occurredAt: null,
    origin: source.id,
    thread: null,
    itemId: null,
    version: '1',
    feedId: 'record',
    position: 0,
    recordedAt: '2026-11-21T00:00:00.000Z',
    place: { position: null },
  });
}

export class Speaker {
  constructor(
    private readonly source: Source,
    private readonly telling: Telling,
  ) {}

  private with(change: Partial<Telling>): Speaker {
    return new Speaker(this.source, { ...this.telling, ...change });
  }

  /** Published at an instant. */
  at(text: string): Speaker {
    const published = instant(text);
    return this.with({ publishedAt: { earliest: published, latest: published, basis: 'printed' } });
  }

  /** Published on a day, in some zone. */
  on(day: string): Speaker {
    const span = spanOfDate(day);
    if (!span) throw new Error(`got ${day}, wanted a day`);
    return this.with({ publishedAt: { ...span, basis: 'printed' } });
  }

  /** Of something that began, and perhaps ended, at a time of its own. */
  of(begin: string | null, end: string | null = null): Speaker {
    return this.with({ occurredAt: { begin: begin && instant(begin), end: end && instant(end) } });
  }

  copying(origin: string): Speaker {
    return this.with({ origin });
  }

  graded(grade: Grade): Speaker {
    return new Speaker({ ...this.source, grade }, this.telling);
  }

  inThread(thread: string): Speaker {
    return this.with({ thread });
  }

  inItem(itemId: string, version = '1'): Speaker {
    return this.with({ itemId, version });
  }

  through(feedId: string): Speaker {
    return this.with({ feedId });
  }

  recorded(position: number, recordedAt = this.telling.recordedAt): Speaker {
    return this.with({ position, recordedAt });
  }

  near(lon: number, lat: number): Speaker {
    return this.with({ place: { position: { lonLat: [lon, lat], precisionKm: 5, method: 'measured' } } });
  }

  says(what: ClaimValue, subject: Subject): Claim {
    return this.claim('asserts', what, subject);
  }

  denies(what: ClaimValue, subject: Subject): Claim {
    return this.claim('denies', what, subject);
  }

  private claim(stance: Claim['stance'], what: ClaimValue, subject: Subject): Claim {
    const { itemId, version, feedId, position, recordedAt, place, ...told } = this.telling;
    const { id: subjectId, ...places } = subject;
    const said = { ...what, ...told, stance, source: this.source, subject: subjectId, place: { ...places, ...place } };
    const id = derivedId(
      sha256,
      Date.parse(told.publishedAt?.latest ?? '1970-01-01T00:00:00.000Z'),
      canonicalJson([said, itemId, version]),
    );
    const draft = claimDraftSchema.parse({
      ...said,
      item: { id: itemId ?? id, version, part: 'claim' },
      url: null,
      locator: null,
      expiresAt: null,
      confidence: 0.9,
      tlp: 'TLP:CLEAR',
      captureClass: 'transcribed',
    });
    return {
      ...draft,
      id,
      tenantId: 'public',
      feedId,
      captureHash: '0'.repeat(64),
      retrievedAt: '2026-11-21T00:00:00.000Z',
      recordedAt,
      position,
    };
  }
}

const STATEMENTS: readonly ClaimValue[] = [
  ...(['operational', 'investigating', 'degraded', 'impaired', 'unavailable', 'recovering', 'restored'] as const).map(
    (state) => condition(state),
  ),
  condition('permanently-lost'),
  condition('operational', 'other-zones'),
  condition('impaired', 'other-zones'),
  nature('power'),
  cause('struck-by-objects'),
  cause('drone-strike', 'drone-strike'),
  cause('network', 'cable-cut'),
  means('drone'),
  damage('structural', 'fire'),
  attack('drone-strike', 3),
  attack('missile-strike', 1),
  attack('armed-attack', 0, 'local'),
  attribution('somebody'),
  duration('several months'),
  duration('a while', '2026-05'),
  duration('until then', '2026-04-01'),
  reason('military-hosting'),
  threat(['aws'], ['AE', 'BH']),
  dataLoss('everything held there alone'),
  affected('a bank'),
  search('workloads'),
  earthquake(5),
  retraction('item-1'),
  retraction('item-2'),
];

/** Random claims of a month, with ties, overlaps, undated ones, denials, copies, retractions and claims of two regions. */
export function histories(maxLength = 18): fc.Arbitrary<Claim[]> {
  const time = fc
    .record({ day: fc.integer({ min: 1, max: 24 }), hour: fc.constantFrom(0, 6, 12) })
    .map(({ day, hour }) => `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00Z`);
  const subjects = [UAE, BAHRAIN, AZ1, AZ2, AZ3, country('AE'), operator('aws', 'AE')];
  const bothRegions = { ...UAE, regionIds: [...UAE.regionIds, ...BAHRAIN.regionIds], countries: ['AE', 'BH'] };
  const claim = fc
    .record({
      source: fc.constantFrom(AWS, AWS, PAPER, GAZETTE, BLOG, ADVERSARY, MINISTRY),
      what: fc.constantFrom(...STATEMENTS),
      subject: fc.constantFrom(...subjects, bothRegions),
      published: fc.option(time, { freq: 12 }),
      begin: fc.option(time, { freq: 2 }),
      end: fc.option(time, { freq: 1 }),
      thread: fc.option(fc.constantFrom('thread-1', 'thread-2'), { freq: 1 }),
      item: fc.constantFrom('item-1', 'item-2', 'item-3', 'item-4', 'item-5'),
      origin: fc.constantFrom('aws', 'gulf-paper', 'wire'),
      isDenial: fc.nat(4).map((chance) => chance === 0),
      version: fc.integer({ min: 0, max: 9_999 }),
    })
    .map(({ source, what, subject, published, begin, end, thread, item, origin, isDenial, version }) => {
      let speaker = by(source).copying(origin).inItem(item, String(version));
      if (published !== null) speaker = speaker.at(published);
      if (begin !== null) speaker = speaker.of(begin, end !== null && end > begin ? end : null);
      if (thread !== null) speaker = speaker.inThread(thread);
      return isDenial && what.predicate !== 'retraction' ? speaker.denies(what, subject) : speaker.says(what, subject);
    });
  return fc.uniqueArray(claim, { maxLength, selector: ({ id }) => id });
}
