import { z } from 'zod';
import {
  instantOf,
  msOf,
  type ClaimDraft,
  type ClaimValue,
  type ConditionState,
  type Instant,
} from '@faultline/evidence';
import { onlyInvestigates } from '../aws-health/condition-words.js';
import { statedIn } from '../aws-health/nature-and-cause.js';
import { clausesOf, type Clause } from '../aws-health/sentences.js';
import { OPERATOR_ID } from '../azure-status/post.js';
import { regionOfCategory } from '../azure-status/region.js';
import {
  cleanText,
  cutText,
  digestOf,
  htmlToText,
  isText,
  noted,
  pointerOf,
  read,
  readEpoch,
  readWhen,
  readWith,
  refused,
  ruled,
  shown,
  type CleanText,
  type Reading,
  type When,
} from '../document/index.js';
import { ownDraft } from '../model/own.js';
import type { StatedImpact, StatedNotice } from './envelope.js';

/** A region of a notice, or Azure as a whole: whether it is over there, and for which services it is told. */
export interface Impact {
  readonly regionId: string | null;
  readonly isOver: boolean;
  readonly services: readonly string[];
}

/** One notice of the tenant's own subscriptions, as far as it is of a disturbance. */
export interface Notice {
  readonly pointer: string;
  readonly trackingId: string;
  readonly at: When;
  readonly begunAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly impacts: readonly Impact[];
  readonly text: CleanText;
}

/** Azure was not there before: nothing can be older. */
const EARLIEST: Instant = '2010-01-01T00:00:00.000Z';
const TEXT_READ_MAX = 200_000;
const OVER = /^(?:resolved|complete[d]?|rca)$/i;

const text = z
  .string()
  .max(TEXT_READ_MAX)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish();
const noticeSchema = z.object({
  trackingId: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\w.-]+$/, 'a tracking id'),
  kind: z.string().max(60),
  status: z.string().max(60),
  title: text,
  words: text,
});
const impactSchema = z.object({
  service: z.string().max(300).refine(isText).nullish(),
  region: z.string().max(200).refine(isText).nullish(),
  status: z.string().max(60).nullish(),
});

/** Reads one notice. What is no disturbance is named instead: maintenance, advice, a notice of security, a trial alert. */
export function readNotice(stated: StatedNotice, retrievedAt: Instant): Reading<Notice | string> {
  const { pointer } = stated;
  const shape = readWith(noticeSchema, stated, pointer);
  if (shape.outcome === 'refused') return shape;
  const { trackingId, kind, status, title, words } = shape.value;
  if (stated.isSynthetic) return read('trial');
  if (/maintenance/i.test(kind)) return read('maintenance');
  if (!/^(?:incident|serviceissue)$/i.test(kind)) return read('notice-to-the-account');

  const described = cleanText(htmlToText(words ?? ''));
  const said = described.text === '' ? cleanText(htmlToText(title ?? '')) : described;
  if (said.text === '') return refused('field.missing', pointerOf(pointer, 'title'), shown(title), 'a text');
  const time = (value: unknown, name: string) => readTime(value, pointerOf(pointer, name), retrievedAt);
  const at = time(stated.updatedAt, 'lastUpdateTime');
  if (at.outcome === 'refused') return at;
  const begun = stated.begunAt == null || stated.begunAt === '' ? read(null) : time(stated.begunAt, 'impactStartTime');
  if (begun.outcome === 'refused') return begun;
  const ended =
    stated.endedAt == null || stated.endedAt === '' ? read(null) : time(stated.endedAt, 'impactMitigationTime');
  if (ended.outcome === 'refused') return ended;
  const impacts = readImpacts(stated.impacts, OVER.test(status), pointer);
  if (impacts.outcome === 'refused') return impacts;
  return read({
    pointer,
    trackingId,
    at: at.value,
    begunAt: begun.value?.earliest ?? null,
    endedAt: ended.value?.latest ?? null,
    impacts: impacts.value,
    text: said,
  });
}

/** Each region once, with all services told of it; over only where every one of them is. */
function readImpacts(stated: readonly StatedImpact[], isOver: boolean, pointer: string): Reading<Impact[]> {
  const found = new Map<string | null, { isOver: boolean; services: Set<string> }>();
  for (const one of stated.slice(0, 20_000)) {
    const impact = readWith(impactSchema, one, pointerOf(pointer, 'impactedServices'));
    if (impact.outcome === 'refused') return impact;
    const { service, region, status } = impact.value;
    const regionId = regionOfCategory(cleanText(region ?? '').text);
    const held = found.get(regionId) ?? { isOver: true, services: new Set<string>() };
    held.isOver &&= isOver || OVER.test(status ?? '');
    const name = cleanText(service ?? '')
      .text.slice(0, 120)
      .toWellFormed();
    if (name !== '') held.services.add(name);
    found.set(regionId, held);
  }
  if (found.size === 0) found.set(null, { isOver, services: new Set() });
  return read(
    [...found]
      .map(([regionId, held]) => ({ regionId, isOver: held.isOver, services: [...held.services].sort().slice(0, 400) }))
      .sort((a, b) => ((a.regionId ?? '') < (b.regionId ?? '') ? -1 : 1)),
  );
}

/** The claims of one notice: the condition of each region, and what its words say of nature and cause. */
export function draftsOfNotice({
  pointer,
  trackingId,
  at,
  begunAt,
  endedAt,
  impacts,
  text: said,
}: Notice): ClaimDraft[] {
  const clauses = clausesOf(said.text);
  const cut = cutText(said);
  const begin = begunAt !== null && begunAt < at.earliest ? begunAt : at.earliest;
  return impacts.flatMap(({ regionId, isOver, services }) => {
    const state = stateOf(isOver, clauses);
    const version = `${at.latest}#${digestOf([state, cut.text, services])}`;
    const statements = [
      {
        part: 'condition',
        stance: 'asserts' as const,
        begin: isOver ? (endedAt ?? at.earliest) : begin,
        claim: {
          predicate: 'condition',
          value: { state, scope: 'subject', services: [...services], text: cut.text },
        } as ClaimValue,
      },
      ...statedIn(clauses).map((stated) => ({ ...stated, begin })),
    ];
    const subject = regionId ?? OPERATOR_ID;
    return statements.map(({ part, stance, begin: from, claim }) =>
      ownDraft({
        item: { id: trackingId, version, part: regionId === null ? part : `${part}@${regionId}` },
        subject,
        stance,
        place: { regionIds: regionId === null ? [] : [regionId], zoneIds: [], countries: [], position: null },
        thread: trackingId,
        source: { id: OPERATOR_ID, name: 'Microsoft Azure', class: 'provider', grade: 'A' },
        origin: OPERATOR_ID,
        url: null,
        locator: noted(pointer, cut.notes),
        occurredAt: { begin: from, end: null },
        publishedAt: { ...at, basis: 'printed' },
        expiresAt: null,
        confidence: 0.95,
        tlp: 'TLP:AMBER',
        captureClass: 'captured-secondary',
        ...claim,
      }),
    );
  });
}

/** Azure gives no degree: over where it says so; `investigating` where the words only investigate; else `degraded`. */
function stateOf(isOver: boolean, clauses: readonly Clause[]): ConditionState {
  if (isOver) return 'restored';
  return onlyInvestigates(clauses) ? 'investigating' : 'degraded';
}

function readTime(value: unknown, locator: string, retrievedAt: Instant): Reading<When> {
  if (typeof value === 'number') {
    const epoch = readEpoch(value, locator, { unit: 'milliseconds', earliest: EARLIEST, retrievedAt });
    return epoch.outcome === 'refused' ? epoch : read({ earliest: epoch.value, latest: epoch.value });
  }
  const when = readWhen(value, locator, { earliest: EARLIEST, retrievedAt, future: 'refused' });
  if (when.outcome === 'refused') return when;
  const cap = (instant: Instant) => (instant < retrievedAt ? instant : instantOf(msOf(retrievedAt)));
  return read({ earliest: cap(when.value.earliest), latest: cap(when.value.latest) });
}
