/** How numbers and times are said. Pure: the same words for the same value, in every view and every test. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');

/** A number with at most `digits` significant digits, without exponent and without trailing zeros. */
export const significant = (value: number, digits: number): string => {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.max(0, digits - 1 - magnitude);
  const rounded = Number(value.toPrecision(digits));
  return decimals === 0 ? String(rounded) : rounded.toFixed(Math.min(decimals, 20)).replace(/\.?0+$/, '');
};

/** Below this many percent a probability is a bound, not a number: the model resolves nothing finer. */
const LEAST_PERCENT = 0.0001;

/** The percent figure of a probability in [0, 1], two significant digits, without the sign. Never 0 and never 100. */
const percentFigure = (p: number): string => {
  const percent = p * 100;
  if (percent < LEAST_PERCENT) return `<${LEAST_PERCENT}`;
  if (percent >= 99.5) return '>99';
  return significant(percent, 2);
};

/** `27 %` */
export const percent = (p: number): string => `${percentFigure(p)} %`;

/** `27 % (90 %: 2–84 %)`: the estimate with the interval that holds nine in ten of what it could be. */
export const percentWithInterval = (p: number, p05: number, p95: number): string =>
  `${percent(p)} (90 %: ${percentFigure(p05)}–${percentFigure(p95)} %)`;

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** A whole number with thousands separated. */
export const whole = (value: number): string => (value < 0 ? '−' : '') + grouped(Math.abs(Math.round(value)));

/** A probability in words: `about 1 in 4`, `about 7 in 10`. Two significant digits at most. */
export const odds = (p: number): string => {
  if (p * 100 < LEAST_PERCENT) return 'less than 1 in 1,000,000';
  if (p >= 0.95) return 'nearly certain';
  if (p > 0.45) return `about ${Math.round(p * 10)} in 10`;
  return `about 1 in ${grouped(Number((1 / p).toPrecision(p > 0.1 ? 1 : 2)))}`;
};

/** An age in hours in words: `40 min`, `3 h`, `2 days`, `5 months`. */
export const age = (hours: number): string => {
  if (hours < 0) return 'in the future';
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.round(hours)} h`;
  const days = Math.round(hours / 24);
  if (days < 75) return `${days} days`;
  const months = Math.round(days / 30.4);
  return months < 24 ? `${months} months` : `${significant(days / 365.25, 2)} years`;
};

/** `1 Mar 2026, 18:00 UTC`; the text as it came where it is no instant. */
export const instant = (iso: string): string => {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const date = `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
  return `${date}, ${two(time.getUTCHours())}:${two(time.getUTCMinutes())} UTC`;
};

/** `1 Mar 18:00Z`, with the year where it is not `year`. */
export const shortInstant = (iso: string, year: number): string => {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const shown = time.getUTCFullYear() === year ? '' : ` ${time.getUTCFullYear()}`;
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]}${shown} ${two(time.getUTCHours())}:${two(time.getUTCMinutes())}Z`;
};

/** `1 region`, `12 regions`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${whole(value)} ${value === 1 ? one : many}`;

/** `+12`, `−3`, `0`, with a real minus sign. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0');

/** `within 60 km` for a precision; `exact position` is never claimed. */
export const precision = (km: number): string => `within ${significant(km, 2)} km`;

/** A machine word as people read it: `no-impairment-stated` becomes `No impairment stated`. */
export const plain = (word: string): string => {
  const spaced = word.replaceAll(/[-_]/g, ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** How often a feed is read: `every 5 min`. */
export const cadence = (seconds: number): string =>
  seconds < 3600 ? `every ${significant(seconds / 60, 2)} min` : `every ${significant(seconds / 3600, 2)} h`;
