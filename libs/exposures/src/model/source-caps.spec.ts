import { describe, expect, it } from '@jest/globals';
import type { IncidentRecord } from '@faultline/scoring';
import { MOST_A_DAY, MOST_IN_THIRTY_DAYS, withinSourceCaps as capped } from './source-caps.js';

const record = (id: string, origins: readonly string[], day: number, severity: 0 | 1 | 2 | 3 = 1): IncidentRecord => ({
  id,
  occurred_at: new Date(Date.UTC(2026, 2, day)).toISOString(),
  theatre: 'AE',
  mode: 'standoff',
  severity,
  reports: origins.map((origin, index) => ({
    id: `${id}-${index}`,
    origin,
    grade: 'B' as const,
    stance: 1 as const,
    published_at: '2026-03-01T00:00:00.000Z',
  })),
});
/** Each origin speaks for itself. */
const withinSourceCaps = (records: readonly IncidentRecord[]) =>
  capped(records, ({ reports }) => reports.map(({ origin }) => origin));
const many = (count: number, origin: string, dayOf: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => record(`${origin}${index}`, [origin], dayOf(index)));

describe('what one origin can move', () => {
  it('is a day’s most and a month’s most, however much it tells', () => {
    expect(withinSourceCaps(many(10_000, 'x', () => 3)).kept).toHaveLength(MOST_A_DAY);
    const spread = withinSourceCaps(many(10_000, 'x', (index) => 1 + (index % 25)));
    expect(spread.kept.length).toBeLessThanOrEqual(2 * MOST_IN_THIRTY_DAYS);
    expect(spread.kept.length + spread.beyond.length).toBe(10_000);
  });

  it('keeps the gravest, whatever order they come in', () => {
    const grave = record('grave', ['x'], 3, 3);
    const flood = many(500, 'x', () => 3);
    expect(withinSourceCaps([...flood, grave]).kept).toContain(grave);
    const ids = (records: readonly IncidentRecord[]) =>
      withinSourceCaps(records)
        .kept.map(({ id }) => id)
        .sort();
    expect(ids([...flood].reverse())).toEqual(ids(flood));
  });

  it('does not touch what two origins tell of, nor what others tell', () => {
    const shared = Array.from({ length: 100 }, (_, index) => record(`s${index}`, ['x', 'y'], 3));
    const other = many(5, 'z', () => 3);
    const { kept } = withinSourceCaps([...many(1_000, 'x', () => 3), ...shared, ...other]);
    expect(kept).toHaveLength(MOST_A_DAY + shared.length + other.length);
  });

  it('is one source’s most too, whatever origins that source names', () => {
    const invented = Array.from({ length: 300 }, (_, index) => record(`i${index}`, [`origin-${index}`], 3));
    expect(capped(invented, () => ['mill']).kept).toHaveLength(MOST_A_DAY);
    expect(capped(invented, () => ['mill', 'paper']).kept).toHaveLength(300);
  });
});
