import { instantOf, msOf, type ClaimDraft, type Instant } from '@faultline/evidence';
import { noted, pointerOf, read, readWhen, refused, shown, type Reading } from '../document/index.js';

/** Radar began in 2020. */
export const EARLIEST: Instant = '2018-01-01T00:00:00.000Z';

/** What an item of Radar gave: claims, or the reason why it is passed over. */
export type ItemReading =
  | { readonly outcome: 'measured'; readonly drafts: readonly ClaimDraft[]; readonly newest: Instant }
  | { readonly outcome: 'passed-over'; readonly reason: string };

/** From when to when something lasted; no end while it goes on. */
export interface Lasting {
  readonly begin: Instant;
  readonly end: Instant | null;
}

/** Reads `startDate` and `endDate`. An end that is null, empty or missing is none. */
export function readLasting(start: unknown, end: unknown, pointer: string, retrievedAt: Instant): Reading<Lasting> {
  const bounds = { earliest: EARLIEST, retrievedAt, future: 'refused' } as const;
  const begin = readWhen(start, pointerOf(pointer, 'startDate'), bounds);
  if (begin.outcome === 'refused') return begin;
  if (end === undefined || end === null || end === '') return read({ begin: begin.value.earliest, end: null });
  const last = readWhen(end, pointerOf(pointer, 'endDate'), bounds);
  if (last.outcome === 'refused') return last;
  if (last.value.latest < begin.value.earliest)
    return refused('field.range', pointerOf(pointer, 'endDate'), shown(end), 'an end after the beginning');
  return read({ begin: begin.value.earliest, end: last.value.latest });
}

/** What all claims of one item of Radar share. Radar prints when it happened, not when it said so. */
export function commonOf(
  item: {
    readonly id: string;
    readonly version: string;
    readonly url: string | null;
    readonly notes: readonly string[];
  },
  { begin, end }: Lasting,
  said: { readonly withinMs: number; readonly retrievedAt: Instant },
  pointer: string,
) {
  const known = end ?? begin;
  const within = instantOf(msOf(known) + said.withinMs);
  const latest = within < said.retrievedAt ? within : said.retrievedAt;
  return {
    stance: 'asserts' as const,
    thread: `radar ${item.id}`,
    source: { id: 'radar', name: 'Cloudflare Radar', class: 'sensor' as const, grade: 'B' as const },
    origin: 'cloudflare-radar',
    url: item.url,
    locator: noted(pointer, item.notes),
    occurredAt: { begin, end },
    publishedAt: { earliest: known, latest: latest > known ? latest : known, basis: 'inferred' as const },
    expiresAt: null,
    tlp: 'TLP:CLEAR' as const,
    captureClass: 'captured-primary' as const,
  };
}
