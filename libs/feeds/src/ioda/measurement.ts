import { instantOf, msOf, type ClaimDraft, type Instant } from '@faultline/evidence';
import { countryName } from '../countries/index.js';
import type { Instrument } from './signal.js';

/** IODA keeps no alert from before. */
export const EARLIEST: Instant = '2011-01-01T00:00:00.000Z';
/** IODA prints when the network changed, not when it said so: what it says is taken to be public an hour later at most. */
const SAID_WITHIN_MS = 3_600_000;

/** One thing IODA measured of a country. */
export interface Measurement {
  readonly country: string;
  readonly instrument: Instrument;
  /** What it was: `alert`, `event`; with country, datasource and `from` its identity. */
  readonly kind: 'alert' | 'event';
  readonly from: Instant;
  /** Null while it runs. */
  readonly until: Instant | null;
  readonly version: string;
  readonly state: 'normal' | 'reduced' | 'lost';
  readonly ratio: number | null;
  readonly text: string;
  /** The last instant it could be known of. */
  readonly knownAt: Instant;
  readonly expiresAt: Instant | null;
  readonly locator: string;
}

/** The claim a measurement makes. An alert and the event it begins share their thread. */
export function telemetryOf(measured: Measurement, retrievedAt: Instant): ClaimDraft {
  const { country, instrument, kind, from, until, knownAt } = measured;
  const thread = `country/${country} ${instrument.datasource} ${msOf(from) / 1000}`;
  const said = instantOf(msOf(knownAt) + SAID_WITHIN_MS);
  const latest = said < retrievedAt ? said : retrievedAt;
  return {
    item: { id: `${kind} ${thread}`, version: measured.version, part: 'telemetry', revises: true },
    subject: `country:${country}`,
    stance: 'asserts',
    place: { regionIds: [], zoneIds: [], countries: [country], position: null },
    thread: `ioda ${thread}`,
    source: {
      id: 'ioda',
      name: 'IODA, Internet Intelligence Lab, Georgia Tech',
      class: 'sensor',
      grade: instrument.grade,
    },
    origin: 'ioda',
    url: `https://ioda.inetintel.cc.gatech.edu/country/${country}`,
    locator: measured.locator,
    occurredAt: { begin: from, end: until },
    publishedAt: { earliest: knownAt, latest: latest > knownAt ? latest : knownAt, basis: 'inferred' },
    expiresAt: measured.expiresAt,
    confidence: instrument.confidence,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    predicate: 'telemetry',
    value: {
      signal: instrument.signal,
      state: measured.state,
      ratio: measured.ratio,
      text: `${countryName(country)}: ${measured.text}`,
    },
  };
}
