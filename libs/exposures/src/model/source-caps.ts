import { msOf } from '@faultline/evidence';
import type { IncidentRecord } from '@faultline/scoring';

const DAY_MS = 86_400_000;
/** The most incidents of one day, and of thirty days, that count on the word of one origin alone. */
export const MOST_A_DAY = 20;
export const MOST_IN_THIRTY_DAYS = 200;

/**
 * Saturates what one origin can move: of the incidents nobody else tells of, at most 20 a day of onset and 200 in thirty
 * days count, the gravest first, then the earliest, then by id. What two origins tell of is not capped.
 */
export function withinSourceCaps(records: readonly IncidentRecord[]): {
  kept: IncidentRecord[];
  beyond: IncidentRecord[];
} {
  const beyond = new Set<IncidentRecord>();
  const ofOrigin = new Map<string, IncidentRecord[]>();
  for (const record of records) {
    const origins = new Set(record.reports.map(({ origin }) => origin));
    const [only] = origins;
    if (origins.size !== 1 || only === undefined) continue;
    const held = ofOrigin.get(only);
    if (held) held.push(record);
    else ofOrigin.set(only, [record]);
  }
  for (const alone of ofOrigin.values()) {
    capEach(alone, 1, MOST_A_DAY, beyond);
    capEach(
      alone.filter((record) => !beyond.has(record)),
      30,
      MOST_IN_THIRTY_DAYS,
      beyond,
    );
  }
  return { kept: records.filter((record) => !beyond.has(record)), beyond: [...beyond] };
}

function capEach(records: readonly IncidentRecord[], days: number, most: number, beyond: Set<IncidentRecord>): void {
  const spans = new Map<number, IncidentRecord[]>();
  for (const record of records) {
    const span = Math.floor(msOf(record.occurred_at) / (days * DAY_MS));
    const held = spans.get(span);
    if (held) held.push(record);
    else spans.set(span, [record]);
  }
  for (const span of spans.values()) for (const record of span.sort(gravestFirst).slice(most)) beyond.add(record);
}

function gravestFirst(a: IncidentRecord, b: IncidentRecord): number {
  if (a.severity !== b.severity) return b.severity - a.severity;
  if (a.occurred_at !== b.occurred_at) return a.occurred_at < b.occurred_at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
