import { z } from 'zod';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import { countryName, isCountryCode } from '../countries/index.js';
import {
  cleanText,
  cutText,
  digestOf,
  isText,
  pointerOf,
  read,
  readWith,
  refused,
  ruled,
  shown,
  webAddress,
  type Reading,
} from '../document/index.js';
import { commonOf, readLasting, type ItemReading } from './measured.js';
import { readOrigin } from './origin.js';

/** People write an annotation once they have looked into an outage: public a day after its last date at most. */
const SAID_WITHIN_MS = 86_400_000;
const PLACES_MAX = 50;

const text = z.string().max(20_000).refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'));
const annotationSchema = z.object({
  id: z.union([z.string().min(1).max(200), z.number().int()]).transform(String),
  startDate: z.unknown().optional(),
  endDate: z.unknown().optional(),
  description: text.nullish(),
  scope: text.nullish(),
  linkedUrl: z.unknown().optional(),
  locations: z.array(z.string()).max(PLACES_MAX).nullish(),
  asns: z.array(z.unknown()).max(10_000).nullish(),
  origins: z.array(z.unknown()).max(PLACES_MAX).nullish(),
  outage: z.object({ outageCause: text.nullish(), outageType: text.nullish() }).nullish(),
});

type CauseValue = Extract<ClaimDraft, { predicate: 'cause' }>['value'];
/** Causes of Radar that say what one of ours says. The others stay words: military action need not be damage. */
const CAUSES: Readonly<Record<string, Pick<CauseValue, 'cause' | 'peril'>>> = {
  POWER_OUTAGE: { cause: 'grid', peril: 'grid-failure' },
  CABLE_CUT: { cause: 'network', peril: 'cable-cut' },
  FIRE: { cause: 'fire', peril: 'fire' },
};

/**
 * Reads one annotation of `annotations/outages`: a claim of telemetry for each country and each cloud region it names,
 * `reduced`, for Radar states no values; and the cause where it states one that fits. An outage of networks alone is
 * passed over: it is none of the country they are in.
 */
export function readOutage(value: unknown, pointer: string, retrievedAt: Instant): Reading<ItemReading> {
  const shape = readWith(annotationSchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const annotation = shape.value;
  const lasting = readLasting(annotation.startDate, annotation.endDate, pointer, retrievedAt);
  if (lasting.outcome === 'refused') return lasting;
  const countries = annotation.locations ?? [];
  const unknown = countries.find((code) => !isCountryCode(code));
  if (unknown !== undefined)
    return refused('field.enum', pointerOf(pointer, 'locations'), shown(unknown), 'ISO 3166-1 codes');
  const regions: string[] = [];
  for (const [index, slug] of (annotation.origins ?? []).entries()) {
    const origin = readOrigin(slug, pointerOf(pointer, 'origins', index));
    if (origin.outcome === 'refused') return origin;
    if (origin.value.outcome === 'region') regions.push(origin.value.regionId);
  }
  const type = annotation.outage?.outageType?.trim().toUpperCase() ?? '';
  const ofNetworks = type === 'NETWORK' || (type === '' && (annotation.asns ?? []).length > 0);
  // A region's outage is told of the region; the country it stands in is only where it is.
  const ofOrigins = (annotation.origins ?? []).length > 0;
  const ofCountries = ofOrigins || ofNetworks ? [] : [...new Set(countries)];
  if (ofCountries.length === 0 && regions.length === 0) {
    const reason = ofOrigins ? 'origin-not-known' : ofNetworks ? 'not-a-country' : 'no-place';
    return read({ outcome: 'passed-over', reason });
  }

  const words = cutText(cleanText(wordsOf(annotation)), 1500);
  const { begin, end } = lasting.value;
  const version = `${end ?? 'open'} ${digestOf([begin, words.text, countries, regions, type])}`;
  const id = `outage ${annotation.id}`;
  const common = commonOf(
    { id, version, url: webAddress(annotation.linkedUrl), notes: words.notes },
    lasting.value,
    { withinMs: SAID_WITHIN_MS, retrievedAt },
    pointer,
  );
  const cause = causeOf(annotation.outage?.outageCause);
  const drafts: ClaimDraft[] = [];
  for (const country of ofCountries) {
    const place = { regionIds: [], zoneIds: [], countries: [country], position: null };
    const subject = `country:${country}`;
    const said = { ...common, subject, place, confidence: 0.85 };
    const told = `${countryName(country)}: ${words.text}`.slice(0, 4000).toWellFormed();
    drafts.push({
      ...said,
      thread: `${common.thread} ${country}`,
      item: { id, version, part: `telemetry ${country}`, revises: true },
      predicate: 'telemetry',
      value: { signal: 'traffic', state: 'reduced', ratio: null, text: told },
    });
    if (cause)
      drafts.push({
        ...said,
        thread: `${common.thread} ${country}`,
        item: { id, version, part: `cause ${country}`, revises: true },
        predicate: 'cause',
        value: { ...cause, text: told },
      });
  }
  for (const regionId of new Set(regions)) {
    drafts.push({
      ...common,
      thread: `${common.thread} ${regionId}`,
      subject: regionId,
      place: { regionIds: [regionId], zoneIds: [], countries: [], position: null },
      confidence: 0.85,
      item: { id, version, part: `telemetry ${regionId}`, revises: true },
      predicate: 'telemetry',
      value: { signal: 'origin', state: 'reduced', ratio: null, text: words.text },
    });
  }
  return read({ outcome: 'measured', drafts, newest: end ?? begin });
}

function causeOf(written: string | null | undefined): Pick<CauseValue, 'cause' | 'peril'> | undefined {
  const name = written?.trim().toUpperCase() ?? '';
  return Object.hasOwn(CAUSES, name) ? CAUSES[name] : undefined;
}

function wordsOf({ description, scope, outage }: z.infer<typeof annotationSchema>): string {
  const parts = [
    description ?? '',
    outage?.outageType ? `type ${outage.outageType.toLowerCase().replaceAll('_', ' ')}` : '',
    scope ? `scope ${scope}` : '',
    outage?.outageCause ? `cause as stated: ${outage.outageCause.toLowerCase().replaceAll('_', ' ')}` : '',
  ].filter((part) => part.trim() !== '');
  return parts.length === 0 ? 'an outage without a description' : parts.join('; ');
}
