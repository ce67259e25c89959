import type { ClaimDraft, Instant, Position } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  noted,
  read,
  readEpoch,
  readLonLat,
  refused,
  shown,
  type EpochBounds,
  type Reading,
} from '../document/index.js';
import { actIn } from '../ucdp-ged/act-words.js';
import { alpha2OfNumber, countryNamed } from '../countries/index.js';
import type { AcledRow } from './row.js';
import { EARLIEST, readEventSpan } from './when.js';

const EVENT_ID = /^[A-Za-z0-9_-]{1,40}$/;
const NOTES_MAX = 300;

/** What becomes of each `event_type`: an attack, or passed over by a named reason. */
const EVENT_TYPES: ReadonlyMap<string, 'attack' | 'protest' | 'riot' | 'strategic-development'> = new Map([
  ['battles', 'attack'],
  ['explosions/remote violence', 'attack'],
  ['violence against civilians', 'attack'],
  ['protests', 'protest'],
  ['riots', 'riot'],
  ['strategic developments', 'strategic-development'],
]);
/** The kinds of act that reach a place from afar. The first is of aircraft or drones, and does not say which. */
const STANDOFF: ReadonlySet<string> = new Set(['air/drone strike', 'shelling/artillery/missile attack']);

/** `geo_precision` of the codebook as a radius. */
const PRECISIONS: Readonly<Record<string, readonly [km: number, words: string]>> = {
  '1': [5, 'a particular town or place'],
  '2': [50, 'near a town or in a small part of an area'],
  '3': [150, 'an area, by its capital or middle'],
};

export type AcledReading =
  | { readonly kind: 'claim'; readonly draft: ClaimDraft; readonly newest: Instant }
  | { readonly kind: 'passed-over'; readonly reason: string; readonly newest: Instant };

/** Reads one row of events into the attack it reports, or the reason why it is none. `pointer` is the row's own, `at` that of a cell. */
export function readEvent(
  row: AcledRow,
  pointer: string,
  at: (key: string) => string,
  retrievedAt: Instant,
): Reading<AcledReading> {
  const common = readCommon(row, pointer, at, row.timestamp, 'timestamp', retrievedAt);
  if (common.outcome === 'refused') return common;
  const span = readEventSpan(row.event_date, row.time_precision, at, retrievedAt);
  if (span.outcome === 'refused') return span;
  const type = EVENT_TYPES.get(row.event_type.toLowerCase());
  if (type === undefined)
    return refused('field.enum', at('event_type'), shown(row.event_type), 'one of the six types of ACLED');
  const { begin, end, day } = span.value;
  if (type !== 'attack') return read({ kind: 'passed-over', reason: type, newest: day });
  if (!/^(?:-?\d{1,7})?$/.test(row.fatalities))
    return refused('field.invalid', at('fatalities'), shown(row.fatalities), 'a number of deaths');
  if (row.fatalities.startsWith('-'))
    return refused('field.range', at('fatalities'), shown(row.fatalities), 'a number from 0 on');

  const notes = cleanText(row.notes);
  const { severity } = actIn(notes.text);
  const place = readPlace(row, at);
  if (place.outcome === 'refused') return place;
  const country = alpha2OfNumber(row.iso) ?? countryNamed(row.country);
  const told = cutText({ text: notes.text.replaceAll('\n', ' '), notes: notes.notes }, NOTES_MAX);
  const parties = [row.actor1, row.actor2].filter((actor) => actor !== '').join(' - ');
  const summary = [row.sub_event_type || row.event_type, parties, row.fatalities && `fatalities: ${row.fatalities}`]
    .map((part) => cutText(cleanText(part), 200).text)
    .filter((part) => part !== '')
    .join('; ');
  const said = [
    `time_precision ${row.time_precision || 'not given'}`,
    `geo_precision ${row.geo_precision || 'not given'}`,
    ...(country === undefined ? ['country unknown'] : []),
    ...told.notes,
  ];
  const draft: ClaimDraft = {
    ...common.value.draft,
    item: { ...common.value.item, part: 'attack', revises: true },
    place: { regionIds: [], zoneIds: [], countries: country === undefined ? [] : [country], position: place.value },
    thread: common.value.draft.subject,
    locator: noted(pointer, said),
    occurredAt: { begin, end },
    predicate: 'attack',
    value: {
      peril: 'armed-attack',
      mode: STANDOFF.has(row.sub_event_type.toLowerCase()) ? 'standoff' : 'local',
      severity,
      text: [told.text, summary].filter((part) => part !== '').join('\n'),
    },
  };
  return read({ kind: 'claim', draft, newest: day });
}

/** Reads one row of the list of deleted events into the retraction of what it deletes. */
export function readDeletion(
  row: AcledRow,
  pointer: string,
  at: (key: string) => string,
  retrievedAt: Instant,
): Reading<AcledReading> {
  const common = readCommon(row, pointer, at, row.deleted_timestamp, 'deleted_timestamp', retrievedAt);
  if (common.outcome === 'refused') return common;
  const { item, draft } = common.value;
  return read({
    kind: 'claim',
    draft: {
      ...draft,
      item: { ...item, part: 'retraction' },
      place: { regionIds: [], zoneIds: [], countries: [], position: null },
      // Without a thread it is compared under the same subject as the attack it takes back.
      thread: null,
      occurredAt: null,
      predicate: 'retraction',
      value: { itemId: item.id, text: `Deleted by ACLED: ${item.id}` },
    },
    newest: item.version,
  });
}

function readCommon(
  { event_id_cnty: id }: AcledRow,
  pointer: string,
  at: (key: string) => string,
  stamp: string,
  key: string,
  retrievedAt: Instant,
) {
  if (id === '') return refused('field.missing', at('event_id_cnty'), shown(id), 'an event id');
  if (!EVENT_ID.test(id))
    return refused('field.invalid', at('event_id_cnty'), shown(id), 'an event id of letters and digits');
  const bounds: EpochBounds = { unit: 'seconds', earliest: EARLIEST, retrievedAt };
  const told = readEpoch(stamp, at(key), bounds);
  if (told.outcome === 'refused') return told;
  return read({
    item: { id, version: told.value },
    draft: {
      subject: `acled:${id}`,
      stance: 'asserts',
      source: { id: 'acled', name: 'Armed Conflict Location & Event Data', class: 'research', grade: 'B' },
      origin: 'acled',
      url: null,
      locator: pointer,
      publishedAt: { earliest: told.value, latest: told.value, basis: 'printed' },
      expiresAt: null,
      confidence: 0.85,
      // Its licence lets nobody pass it on.
      tlp: 'TLP:AMBER+STRICT',
      captureClass: 'captured-primary',
    } as const,
  });
}

function readPlace(row: AcledRow, at: (key: string) => string): Reading<Position | null> {
  if (row.geo_precision === '') return read(null);
  if (!Object.hasOwn(PRECISIONS, row.geo_precision))
    return refused('field.enum', at('geo_precision'), shown(row.geo_precision), '1, 2 or 3');
  const point = readLonLat(row.longitude, row.latitude, at('latitude'));
  if (point.outcome === 'refused') return point;
  const [precisionKm, words] = PRECISIONS[row.geo_precision]!;
  const method = `ACLED geo_precision ${row.geo_precision}: ${words}`;
  return read({ lonLat: point.value, precisionKm, method });
}
