import type { ClaimDraft, ClaimValue } from '@faultline/evidence';
import type { SpokenZone } from './condition-words.js';
import { damageIn, durationIn, facilitiesStruckIn, isAdvice, type DamageKind } from './lexicon.js';
import { fitted, namedIn } from './nature-and-cause.js';
import { regionsNamedIn, zonesIn } from './place.js';
import type { Clause } from './sentences.js';

/** What a clause is about: a zone, a region, or AWS as a whole. */
export interface Subject {
  readonly id: string;
  readonly kind: 'zone' | 'region' | 'operator';
  /** The cloud region it is or lies in. */
  readonly regionId: string | null;
}

/** One thing the lexicon found in a text. */
export interface Finding {
  readonly subject: Subject;
  readonly stance: ClaimDraft['stance'];
  /** Tells it from the other findings about the same subject. */
  readonly part: string;
  readonly claim: ClaimValue;
}

const ONE_ZONE = /\b(?:a single|one(?: of our)?|the (?:affected|impacted|impaired)) (?:availability zones?|azs?)\b/i;
const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'];

export function subjectOf(regionId: string | null, operatorId: string): Subject {
  return regionId === null
    ? { id: operatorId, kind: 'operator', regionId }
    : { id: regionId, kind: 'region', regionId };
}

interface Raw {
  readonly subject: Subject;
  readonly stance: ClaimDraft['stance'];
  readonly part: string;
  readonly texts: string[];
  readonly make: (text: string) => ClaimValue;
}

/**
 * Everything but the condition that a text says, each with what it says it of: the zones its clause names, the region
 * it names, or else the event's own. A finding about a zone stands for the same finding about its region.
 */
export function findingsIn(clauses: readonly Clause[], own: Subject, troubled: readonly SpokenZone[]): Finding[] {
  const raws = new Map<string, Raw>();
  const add = (raw: Omit<Raw, 'texts'>, text: string) => {
    const key = `${raw.part} ${raw.subject.id}`;
    const held = raws.get(key);
    if (held === undefined) raws.set(key, { ...raw, texts: [text] });
    else if (!held.texts.includes(text)) held.texts.push(text);
  };
  const damages = new Map<
    string,
    { subject: Subject; kinds: Set<DamageKind>; struck: number | null; texts: string[] }
  >();
  let duration: { phrase: string; subject: Subject; text: string } | null = null;

  for (const { text, sentence } of clauses) {
    if (isAdvice(text)) {
      add(
        {
          subject: own,
          stance: 'asserts',
          part: 'advice',
          make: (said) => ({ predicate: 'advice', value: { text: said } }),
        },
        sentence,
      );
      continue;
    }
    for (const subject of subjectsOf(text, own, troubled)) {
      for (const named of namedIn(text)) add({ subject, ...named }, sentence);
      const kinds = damageIn(text);
      const struck = facilitiesStruckIn(text);
      if (kinds.length > 0 || struck !== null) {
        const held = damages.get(subject.id) ?? { subject, kinds: new Set(), struck: null, texts: [] };
        kinds.forEach((kind) => held.kinds.add(kind));
        if (struck !== null) held.struck = Math.max(struck, held.struck ?? 0);
        if (!held.texts.includes(sentence)) held.texts.push(sentence);
        damages.set(subject.id, held);
      }
      const phrase = durationIn(text);
      if (phrase !== null && (duration === null || unitOf(phrase) >= unitOf(duration.phrase)))
        duration = { phrase, subject, text: sentence };
    }
  }

  for (const { subject, kinds, struck, texts } of damages.values()) {
    const ofZones = [...damages.values()].filter(
      (other) => other.subject.kind === 'zone' && other.subject.regionId === subject.id,
    );
    const isTold = struck === null && [...kinds].every((kind) => ofZones.some((other) => other.kinds.has(kind)));
    if (kinds.size === 0 || isTold) continue;
    const value = { kinds: [...kinds].sort(), facilitiesStruck: struck };
    raws.set(`damage ${subject.id}`, {
      subject,
      stance: 'asserts',
      part: 'damage',
      texts,
      make: (said) => ({ predicate: 'damage', value: { ...value, text: said } }),
    });
  }
  if (duration !== null) {
    const { phrase, subject, text } = duration;
    const make = (said: string): ClaimValue => ({ predicate: 'duration', value: { phrase, until: null, text: said } });
    raws.set(`duration ${subject.id}`, { subject, stance: 'asserts', part: 'duration', texts: [text], make });
  }
  return [...raws.values()]
    .filter((raw) => raw.part === 'damage' || !isToldOfAZone(raw, [...raws.values()]))
    .map(({ subject, stance, part, texts, make }) => ({ subject, stance, part, claim: make(fitted(texts)) }));
}

function isToldOfAZone(raw: Raw, all: readonly Raw[]): boolean {
  const { subject, part } = raw;
  return (
    subject.kind === 'region' &&
    all.some((other) => other.part === part && other.subject.kind === 'zone' && other.subject.regionId === subject.id)
  );
}

function subjectsOf(clause: string, own: Subject, troubled: readonly SpokenZone[]): Subject[] {
  const named = new Map(zonesIn(clause).map(({ zoneId, regionId }) => [zoneId, regionId]));
  if (named.size > 0) return [...named].map(([id, regionId]) => ({ id, kind: 'zone', regionId }));
  const regions = regionsNamedIn(clause);
  if (regions.length > 0 && !regions.includes(own.id))
    return regions.map((id) => ({ id, kind: 'region', regionId: id }));
  const [only] = troubled;
  if (only !== undefined && troubled.length === 1 && ONE_ZONE.test(clause))
    return [{ id: only.zoneId, kind: 'zone', regionId: only.regionId }];
  return [own];
}

function unitOf(phrase: string): number {
  return UNITS.findIndex((unit) => phrase.toLowerCase().includes(unit));
}
