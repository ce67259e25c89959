import { readWhen, type Reading, type When, type WhenBounds } from '../document/index.js';

/** Offsets of the zones an Australian office writes by name; outside Australia some of the names mean others. */
const AUSTRALIAN: Readonly<Record<string, string>> = {
  AEDT: '+1100',
  AEST: '+1000',
  ACDT: '+1030',
  ACST: '+0930',
  AWST: '+0800',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a time as the desks write it: what {@link readWhen} knows, the day alone as `Thu, 04 Sep 2025`, which is an
 * interval over all zones, and times with the names of Australian zones.
 */
export function readWrittenTime(value: unknown, locator: string, bounds: WhenBounds): Reading<When> {
  return readWhen(typeof value === 'string' && value.length <= 80 ? rewritten(value.trim()) : value, locator, bounds);
}

function rewritten(text: string): string {
  const day = /^(?:[A-Za-z]{3,9}\.?,\s*)?(\d{1,2})\s+([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{4})$/.exec(text);
  if (day) {
    const month = MONTHS.indexOf(day[2]!.toLowerCase());
    if (month >= 0) return `${day[3]}-${String(month + 1).padStart(2, '0')}-${day[1]!.padStart(2, '0')}`;
  }
  const zone = / ([A-Z]{4})$/.exec(text)?.[1];
  return zone !== undefined && Object.hasOwn(AUSTRALIAN, zone) ? `${text.slice(0, -4)}${AUSTRALIAN[zone]}` : text;
}
