import { atMetro, type ClaimDraft, type Position } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  digestOf,
  noted,
  read,
  readLonLat,
  refused,
  shown,
  type Reading,
} from '../document/index.js';
import { actIn } from './act-words.js';
import { countryOf } from './country.js';
import type { Days } from './days.js';
import { isCandidate } from './release.js';
import type { GedRow } from './row.js';

const HEADLINE_MAX = 300;
const EVENT_ID = /^[A-Za-z0-9_-]{1,40}$/;
const VIOLENCE = { '1': 'State-based violence', '2': 'Non-state violence', '3': 'One-sided violence' } as const;

/** `where_prec` of the GED codebook as a radius. Null: only the country is known, which is no place to measure from. */
const PRECISION_KM: Readonly<Record<string, number | null>> = {
  '1': 5,
  '2': 25,
  '3': 50,
  '4': 150,
  '5': 100,
  '6': null,
  '7': 200,
};
const PRECISION_WORDS: Readonly<Record<string, string>> = {
  '1': 'exact place',
  '2': 'within about 25 km of a place',
  '3': 'second-order division',
  '4': 'first-order division',
  '5': 'line or area without bounds',
  '7': 'international waters or airspace',
};
/** Reads one row of GED into the one claim it makes. `pointer` is the row's own, `at` that of a cell. */
export function readEvent(row: GedRow, pointer: string, at: (key: string) => string, days: Days): Reading<ClaimDraft> {
  const { id } = row;
  if (id === '') return refused('field.missing', at('id'), shown(id), 'an id');
  if (!EVENT_ID.test(id)) return refused('field.invalid', at('id'), shown(id), 'an id of letters and digits');
  if (!Object.hasOwn(VIOLENCE, row.violence))
    return refused(
      row.violence === '' ? 'field.missing' : 'field.enum',
      at('type_of_violence'),
      shown(row.violence),
      '1, 2 or 3',
    );
  const codes = readCodes(row, at);
  if (codes.outcome === 'refused') return codes;
  const span = days.span(row, at);
  if (span.outcome === 'refused') return span;
  const deaths = readDeaths(row, at);
  if (deaths.outcome === 'refused') return deaths;

  const headlines = cleanText(distinctParts(row.headline));
  const act = actIn(`${headlines.text}\n${row.where}`);
  const place = readPlace(row, at);
  if (place.outcome === 'refused') return place;
  const country = countryOf(row);
  const headline = cutText({ text: headlines.text.replaceAll('\n', ' '), notes: headlines.notes }, HEADLINE_MAX);
  const parties = row.dyad || [row.sideA, row.sideB].filter((side) => side !== '').join(' - ');
  const summary = [
    VIOLENCE[row.violence as keyof typeof VIOLENCE],
    cutText(cleanText(parties), 200).text,
    deaths.value.words,
  ].filter((part) => part !== '');
  const text = [headline.text, summary.join('; ')].filter((part) => part !== '').join('\n');
  const clear = row.clarity !== '2' && !isCandidate(row);
  const { begin, end, publishedAt } = span.value;
  const position = place.value;
  const notes = [
    row.datePrecision === '' ? 'date_prec not given' : `date_prec ${row.datePrecision}`,
    row.wherePrecision === '' ? 'where_prec not given' : `where_prec ${row.wherePrecision}`,
    ...(row.codeStatus === '' || row.codeStatus.toLowerCase() === 'clear'
      ? []
      : [`code_status ${cutText(cleanText(row.codeStatus), 60).text}`]),
    ...(country === undefined ? ['country unknown'] : []),
    ...headline.notes,
  ];
  return read({
    item: {
      id,
      // GED has no version of a row: a digest of what is kept of it, so that the same row of two releases is one version.
      version: digestOf([
        row.violence,
        parties,
        row.headline,
        row.where,
        row.wherePrecision,
        position === null ? '' : (act.severity < 2 ? position : atMetro(position)).lonLat.join(' '),
        country ?? '',
        row.clarity,
        row.codeStatus,
        row.datePrecision,
        begin,
        end,
        deaths.value.words,
      ]),
      part: 'attack',
      revises: true,
    },
    subject: `ucdp:${id}`,
    stance: 'asserts',
    place: { regionIds: [], zoneIds: [], countries: country === undefined ? [] : [country], position },
    thread: `ucdp:${id}`,
    source: { id: 'ucdp', name: 'Uppsala Conflict Data Program', class: 'research', grade: clear ? 'A' : 'B' },
    origin: 'ucdp',
    url: null,
    locator: noted(pointer, notes),
    occurredAt: { begin, end },
    publishedAt,
    expiresAt: null,
    confidence: clear ? 0.95 : 0.8,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    predicate: 'attack',
    value: { peril: 'armed-attack', ...act, text },
  });
}

function readCodes(row: GedRow, at: (key: string) => string): Reading<null> {
  for (const [key, code, max] of [
    ['where_prec', row.wherePrecision, 7],
    ['date_prec', row.datePrecision, 5],
    ['event_clarity', row.clarity, 2],
  ] as const) {
    if (code !== '' && !(/^\d$/.test(code) && Number(code) >= 1 && Number(code) <= max))
      return refused('field.enum', at(key), shown(code), `1 to ${max}`);
  }
  return read(null);
}

function readDeaths(row: GedRow, at: (key: string) => string): Reading<{ words: string }> {
  const best = readCount(row.best, at('best'));
  if (best.outcome === 'refused') return best;
  if (best.value === null) return refused('field.missing', at('best'), shown(row.best), 'a number of deaths');
  const low = readCount(row.low, at('low'));
  if (low.outcome === 'refused') return low;
  const high = readCount(row.high, at('high'));
  if (high.outcome === 'refused') return high;
  const [least, most] = [low.value ?? best.value, high.value ?? best.value];
  if (least > best.value || best.value > most)
    return refused('field.range', at('best'), `low ${least}, best ${best.value}, high ${most}`, 'low ≤ best ≤ high');
  return read({ words: `deaths: ${best.value}${least === most ? '' : ` (${least} to ${most})`}` });
}

function readCount(text: string, locator: string): Reading<number | null> {
  if (text === '') return read(null);
  if (!/^-?\d{1,9}(?:\.0+)?$/.test(text)) return refused('field.invalid', locator, shown(text), 'a number of deaths');
  if (Number(text) < 0) return refused('field.range', locator, shown(text), 'a number from 0 on');
  return read(Number(text));
}

function readPlace(row: GedRow, at: (key: string) => string): Reading<Position | null> {
  const precisionKm = PRECISION_KM[row.wherePrecision] ?? null;
  if (precisionKm === null) return read(null);
  const point = readLonLat(row.longitude, row.latitude, at('latitude'));
  if (point.outcome === 'refused') return point;
  const method = `UCDP where_prec ${row.wherePrecision}: ${PRECISION_WORDS[row.wherePrecision]!}`;
  return read({ lonLat: point.value, precisionKm, method });
}

/** GED joins the headlines of all its sources, alike or not. */
function distinctParts(headline: string): string {
  return [...new Set(headline.split(';').map((part) => part.trim()))]
    .filter((part) => part !== '' && part !== '-')
    .join('; ');
}
