import { msOf } from '@faultline/evidence';
import type { IncidentRecord } from '@faultline/scoring';

const DAY_MS = 86_400_000;
/** The most incidents of one day, and of thirty days, that count on the word of one origin alone. */
export const MOST_A_DAY = 20;
export const MOST_IN_THIRTY_DAYS = 200;

/**
 * Saturates what one source, and what one origin, can move: of the incidents nobody else tells of, at most 20 a day of
 * onset and 200 in thirty days count, the gravest first, then the earliest, then by id. What two sources tell of two
 * origins is not capped. `sourcesOf`: the sources through which an incident is told; a source that names an origin of its
 * own making for each incident is still one source.
 */
export function withinSourceCaps(
  records: readonly IncidentRecord[],
  sourcesOf: (record: IncidentRecord) => readonly string[],
): {
  kept: IncidentRecord[];
  beyond: IncidentRecord[];
} {
  const beyond = new Set<IncidentRecord>();
  const originsOf = ({ reports }: IncidentRecord) => reports.map(({ origin }) => origin);
  for (const tellersOf of [originsOf, sourcesOf]) {
    for (const alone of toldByOneAlone(records, tellersOf).values()) {
      for (const [days, most] of [
        [1, MOST_A_DAY],
        [30, MOST_IN_THIRTY_DAYS],
      ] as const) {
        const counting = alone.filter((record) => !beyond.has(record));
        capEach(counting, days, most, beyond);
      }
    }
  }
  return { kept: records.filter((record) => !beyond.has(record)), beyond: [...beyond] };
}

function toldByOneAlone(
  records: readonly IncidentRecord[],
  tellersOf: (record: IncidentRecord) => readonly string[],
): Map<string, IncidentRecord[]> {
  const byTeller = new Map<string, IncidentRecord[]>();
  for (const record of records) {
    const [only, ...others] = new Set(tellersOf(record));
    if (only === undefined || others.length > 0) continue;
    const held = byTeller.get(only);
    if (held) held.push(record);
    else byTeller.set(only, [record]);
  }
  return byTeller;
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
