import { instantOf, msOf, type Instant } from '@faultline/evidence';

const OFFSET_HOURS = { PST: -8, PDT: -7 } as const;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const STAMP = /^\s*(?:([A-Za-z]{3})[a-z]*\.? +(\d{1,2}), +)?(\d{1,2}):(\d{2}) +(AM|PM) +(PST|PDT)\s*$/i;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A time further than this from the start of its event could as well be of the day before or after. */
const NEAREST_MAX_MS = 10 * HOUR_MS;
/** Rolled past midnight, a step longer than this could as well be a correction of something earlier. */
const STEP_MAX_MS = 18 * HOUR_MS;

/**
 * The instants of the updates of one event from the local times printed on them, oldest first: `8:22 AM PST`, or
 * `Dec 7,  8:22 AM PST` with the date some carry. PST is UTC−8 and PDT UTC−7 as printed, whatever the season. A time
 * without a date is of the day nearest to `start` for the first update, and after that of the day of the update before
 * it or, where that would lie earlier, of the next. Null where the text is no such time or its day cannot be told.
 */
export function instantsOf(stamps: readonly string[], start: Instant): (Instant | null)[] {
  let previousMs: number | null = null;
  return stamps.map((stamp) => {
    const ms = instantMs(stamp, msOf(start), previousMs);
    if (ms !== null) previousMs = ms;
    return ms === null ? null : instantOf(ms);
  });
}

function instantMs(stamp: string, startMs: number, previousMs: number | null): number | null {
  const match = STAMP.exec(stamp);
  if (!match) return null;
  const [, month, day, hours, minutes, half, zone] = match;
  if (Number(hours) < 1 || Number(hours) > 12 || Number(minutes) > 59) return null;
  const offsetMs = OFFSET_HOURS[zone!.toUpperCase() as keyof typeof OFFSET_HOURS] * HOUR_MS;
  const timeMs =
    ((Number(hours) % 12) + (half!.toUpperCase() === 'PM' ? 12 : 0)) * HOUR_MS + Number(minutes) * 60_000 - offsetMs;
  const nearMs = previousMs ?? startMs;
  if (month !== undefined) return datedMs(month, Number(day), timeMs, nearMs);
  const sameDayMs = Math.floor((nearMs + offsetMs) / DAY_MS) * DAY_MS + timeMs;
  if (previousMs === null) {
    const nearest = [sameDayMs - DAY_MS, sameDayMs, sameDayMs + DAY_MS].reduce((held, next) =>
      Math.abs(next - startMs) < Math.abs(held - startMs) ? next : held,
    );
    return Math.abs(nearest - startMs) <= NEAREST_MAX_MS ? nearest : null;
  }
  const rolledMs = sameDayMs < previousMs ? sameDayMs + DAY_MS : sameDayMs;
  return rolledMs - previousMs <= STEP_MAX_MS ? rolledMs : null;
}

/** A day and month are of the year that brings them nearest. */
function datedMs(month: string, day: number, timeMs: number, nearMs: number): number | null {
  const index = MONTHS.indexOf(month.toLowerCase());
  if (index < 0) return null;
  const year = new Date(nearMs).getUTCFullYear();
  const candidates = [year - 1, year, year + 1]
    .map((of) => new Date(Date.UTC(of, index, day)))
    .filter((date) => date.getUTCMonth() === index && date.getUTCDate() === day)
    .map((date) => date.getTime() + timeMs);
  return candidates.reduce<number | null>(
    (held, next) => (held === null || Math.abs(next - nearMs) < Math.abs(held - nearMs) ? next : held),
    null,
  );
}
