const GROUP = /^(\d{2})(\d{2})(\d{2})Z ([A-Z]{3}) (\d{4}|\d{2})$/;
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/**
 * A date-time group, `081653Z MAY 2024` or `081653Z MAY 24`, as ISO 8601; undefined for anything else. Two digits of a
 * year are of this century. Whether the day exists is for whoever reads the ISO text.
 */
export function isoOfGroup(written: string): string | undefined {
  const match = GROUP.exec(written.trim().replaceAll(/\s+/g, ' ').toUpperCase());
  const month = match ? MONTHS.indexOf(match[4]!) + 1 : 0;
  if (!match || month === 0) return undefined;
  const [, day, hour, minute, , year] = match;
  return `${year!.length === 2 ? '20' : ''}${year}-${String(month).padStart(2, '0')}-${day}T${hour}:${minute}:00Z`;
}
