const msPerDay = 86_400_000;

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2}):(\d{2})))?$/;

/**
 * Reads `YYYY-MM-DD` (midnight UTC) or an ISO 8601 date-time that carries `Z` or `±hh:mm`, as days since the Unix
 * epoch. Seconds and their fraction may be left out. Undefined for everything else: local times, days no calendar
 * has, 24:00, leap seconds, year 0.
 */
export function parseInstantDays(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.year < 1 || date.month < 1 || date.month > 12) return undefined;
  if (date.day < 1 || date.day > daysInMonth(date.year, date.month)) return undefined;

  const clock = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return undefined;
  const offset = { hour: Number(offsetHour ?? 0), minute: Number(offsetMinute ?? 0) };
  if (offset.hour > 23 || offset.minute > 59) return undefined;

  const offsetMs = (sign === '-' ? -1 : 1) * (offset.hour * 60 + offset.minute) * 60_000;
  const clockMs = (clock.hour * 60 + clock.minute) * 60_000 + clock.second * 1000;
  const midnightMs = daysSinceEpoch(date.year, date.month, date.day) * msPerDay;
  return (midnightMs + clockMs - offsetMs + fractionMs(fraction ?? '')) / msPerDay;
}

/** Whole milliseconds are read as an integer: 0.005 s times 1000 is not 5 in binary. */
function fractionMs(digits: string): number {
  const finer = digits.slice(3);
  return Number(digits.slice(0, 3).padEnd(3, '0')) + (finer === '' ? 0 : Number(`0.${finer}`));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March so that leap days come last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date (`YYYY-MM-DD`) on which a day since the Unix epoch falls; the inverse of {@link parseInstantDays} for years 1 to 9999. */
export function dateOfDay(day: number): string {
  const shifted = Math.floor(day) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}
