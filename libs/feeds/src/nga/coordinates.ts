import type { Position } from '@faultline/evidence';
import { distanceKm, plus, unitVector, type Vector } from '@faultline/geo';

/** Broadcast warnings mean nautical miles. */
const NAUTICAL_MILE_KM = 1.852;
const PLACES = 1e5;

const ANGLE = String.raw`-(\d{2})(?:\.(\d{1,4})|-(\d{2})(?:\.(\d{1,2}))?)?`;
/** `26-05.5N 056-30.0E`, `20-03-44N 072-58-02W`: degrees, minutes with decimals or seconds; latitude first. */
const PAIR = new RegExp(String.raw`(?<![\d.-])(\d{2})${ANGLE}([NS]) ?[,/]? ?(\d{2,3})${ANGLE}([EW])(?![A-Z\d])`, 'g');
/** What looks like a latitude where no pair could be read. */
const STRAY = /\d{1,3}-\d{1,2}(?:[.-]\d{0,6}){0,4} ?[NS](?![A-Z])/;

const COUNTS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN', 'ELEVEN', 'TWELVE'];
const WITHIN = new RegExp(
  String.raw`\bWITHIN (?:A RADIUS OF )?(\d{1,5}(?:\.\d{1,3})?|${COUNTS.join('|')}) ?(NM|NAUTICAL MILES?|MILES?|KM|KILOMETERS?|METERS?|M) OF\b`,
  'g',
);

/** Where a text puts what it speaks of: a position, or none because it gives none, or because one cannot be read. */
export type TextPosition =
  | { readonly outcome: 'found'; readonly position: Position }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'unreadable'; readonly got: string };

/**
 * Reads the coordinates in the text of a warning. One is that point, precise to what is written; of several the centre,
 * precise to the farthest; an area `WITHIN n MILES OF` a point widens it. A text with one that cannot be read, minutes
 * over 60 or a latitude alone, gives no position: an area without one of its corners is another area.
 */
export function positionIn(text: string): TextPosition {
  const even = text.replaceAll(/\s+/g, ' ').toUpperCase();
  const points: { lonLat: [number, number]; unitKm: number }[] = [];
  for (const match of even.matchAll(PAIR)) {
    const lat = angleOf(match.slice(1, 6), match[6] === 'S', 90);
    const lon = angleOf(match.slice(7, 12), match[12] === 'W', 180);
    if (!lat || !lon) return { outcome: 'unreadable', got: match[0] };
    points.push({ lonLat: [lon.degrees, lat.degrees], unitKm: Math.max(lon.unitKm, lat.unitKm) });
  }
  const stray = STRAY.exec(even.replaceAll(PAIR, ' '));
  if (stray) return { outcome: 'unreadable', got: stray[0].slice(0, 60) };
  const [first] = points;
  if (!first) return { outcome: 'none' };
  const widenedKm = radiusIn(even);
  const unitKm = Math.max(...points.map((point) => point.unitKm));
  const centre = points.length === 1 ? first.lonLat : centreOf(points.map(({ lonLat }) => lonLat));
  // Points all around the globe have no centre.
  if (!centre) return { outcome: 'none' };
  const reachKm = Math.max(...points.map(({ lonLat }) => distanceKm(vectorOf(lonLat), vectorOf(centre))));
  const method =
    (points.length === 1
      ? 'the position in the text'
      : `centre of the ${points.length} positions in the text, out to the farthest`) +
    (widenedKm > 0 ? `, and ${rounded(widenedKm)} km around as stated` : '');
  return {
    outcome: 'found',
    position: { lonLat: centre, precisionKm: rounded(reachKm + widenedKm + unitKm), method },
  };
}

/** Degrees of a written angle, and the length of the last digit written; undefined beyond the globe or 60 minutes. */
function angleOf(
  [degrees, minutes, decimals, seconds, tenths]: readonly (string | undefined)[],
  isNegative: boolean,
  limit: number,
): { degrees: number; unitKm: number } | undefined {
  const inMinutes = Number(`${minutes}.${decimals ?? '0'}`);
  const inSeconds = Number(`${seconds ?? '0'}.${tenths ?? '0'}`);
  // `09-60.0N` is how a computer rounds 09-59.97N.
  if (inMinutes > 60 || inSeconds > 60) return undefined;
  const size = Number(degrees) + inMinutes / 60 + inSeconds / 3600;
  if (size > limit) return undefined;
  const written = seconds === undefined ? 10 ** -(decimals?.length ?? 0) : 10 ** -(tenths?.length ?? 0) / 60;
  return { degrees: round5(isNegative ? -size : size), unitKm: written * NAUTICAL_MILE_KM };
}

/** The largest radius of those stated, in km; 0 where there is none. */
function radiusIn(even: string): number {
  const radii = [...even.matchAll(WITHIN)].map(([, count, unit]) => {
    const amount = COUNTS.includes(count!) ? COUNTS.indexOf(count!) + 1 : Number(count);
    if (/^(?:NM|NAUT|MILE)/.test(unit!)) return amount * NAUTICAL_MILE_KM;
    return unit!.startsWith('K') ? amount : amount / 1000;
  });
  return Math.max(0, ...radii);
}

function vectorOf([lon, lat]: readonly [number, number]): Vector {
  return unitVector(lon, lat);
}

function centreOf(points: readonly (readonly [number, number])[]): [number, number] | undefined {
  const [x, y, z] = points.map(vectorOf).reduce(plus);
  if (Math.hypot(x, y, z) < 1e-3 * points.length) return undefined;
  const degrees = 180 / Math.PI;
  return [round5(Math.atan2(y, x) * degrees), round5(Math.atan2(z, Math.hypot(x, y)) * degrees)];
}

/** To about a metre; −0 is 0. */
function round5(degrees: number): number {
  return Math.round(degrees * PLACES) / PLACES + 0;
}

function rounded(km: number): number {
  return Math.round(km * 1000) / 1000;
}
