import { z } from 'zod';
import type { Instant } from '@faultline/evidence';
import { countryName, isCountryCode } from '../countries/index.js';
import { pointerOf, read, readWith, refused, shown, type Reading } from '../document/index.js';
import { commonOf, readLasting, type ItemReading } from './measured.js';
import { readOrigin } from './origin.js';

/** An anomaly is found by a machine: public an hour after its last date at most. */
const SAID_WITHIN_MS = 3_600_000;

const anomalySchema = z.object({
  uuid: z.string().min(1).max(200),
  type: z.string().max(40).nullish(),
  status: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['VERIFIED', 'UNVERIFIED'])),
  startDate: z.unknown().optional(),
  endDate: z.unknown().optional(),
  locationDetails: z.object({ code: z.string() }).nullish(),
  locationCode: z.string().nullish(),
  asnDetails: z.unknown().optional(),
  asnNumber: z.unknown().optional(),
  originDetails: z.object({ origin: z.unknown() }).nullish(),
});

/**
 * Reads one anomaly of `traffic_anomalies`: less traffic than its past makes one expect, from a country or to a cloud
 * region. It is `reduced`; Radar states no values. One of a network is passed over.
 */
export function readAnomaly(value: unknown, pointer: string, retrievedAt: Instant): Reading<ItemReading> {
  const shape = readWith(anomalySchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const anomaly = shape.value;
  const lasting = readLasting(anomaly.startDate, anomaly.endDate, pointer, retrievedAt);
  if (lasting.outcome === 'refused') return lasting;
  const where = readSubject(anomaly, pointer);
  if (where.outcome === 'refused') return where;
  if (where.value.outcome === 'passed-over') return read(where.value);
  const { subject, place, name, signal } = where.value;
  const { begin, end } = lasting.value;
  const id = `anomaly ${anomaly.uuid}`;
  const version = `${end ?? 'open'} ${anomaly.status}`;
  const verified = anomaly.status === 'VERIFIED';
  return read({
    outcome: 'measured',
    newest: end ?? begin,
    drafts: [
      {
        ...commonOf(
          { id, version, url: 'https://radar.cloudflare.com/outage-center', notes: [] },
          lasting.value,
          { withinMs: SAID_WITHIN_MS, retrievedAt },
          pointer,
        ),
        item: { id, version, part: 'telemetry', revises: true },
        subject,
        place,
        confidence: verified ? 0.85 : 0.5,
        predicate: 'telemetry',
        value: {
          signal,
          state: 'reduced',
          ratio: null,
          text: `${name}: an anomaly of traffic, ${verified ? 'verified by' : 'not verified by'} Cloudflare`,
        },
      },
    ],
  });
}

type Subject =
  | {
      readonly outcome: 'subject';
      readonly subject: string;
      readonly name: string;
      readonly signal: 'traffic' | 'origin';
      readonly place: { regionIds: string[]; zoneIds: string[]; countries: string[]; position: null };
    }
  | { readonly outcome: 'passed-over'; readonly reason: string };

function readSubject(anomaly: z.infer<typeof anomalySchema>, pointer: string): Reading<Subject> {
  const place = { regionIds: [], zoneIds: [], countries: [], position: null };
  if (anomaly.originDetails) {
    const origin = readOrigin(anomaly.originDetails.origin, pointerOf(pointer, 'originDetails', 'origin'));
    if (origin.outcome === 'refused') return origin;
    if (origin.value.outcome === 'passed-over') return read(origin.value);
    const { regionId } = origin.value;
    const at = { ...place, regionIds: [regionId] };
    return read({ outcome: 'subject', subject: regionId, name: regionId, signal: 'origin', place: at });
  }
  const type = anomaly.type?.toUpperCase();
  if (type === 'AS' || type === 'ASN' || anomaly.asnDetails != null || anomaly.asnNumber != null)
    return read({ outcome: 'passed-over', reason: 'not-a-country' });
  const code = anomaly.locationDetails?.code ?? anomaly.locationCode;
  if (code == null)
    return refused('field.missing', pointerOf(pointer, 'locationDetails'), shown(code), 'the code of a country');
  if (!isCountryCode(code))
    return refused('field.enum', pointerOf(pointer, 'locationDetails', 'code'), shown(code), 'an ISO 3166-1 code');
  const at = { ...place, countries: [code] };
  return read({
    outcome: 'subject',
    subject: `country:${code}`,
    name: countryName(code),
    signal: 'traffic',
    place: at,
  });
}
