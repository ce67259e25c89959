import type { Position } from '@faultline/evidence';

const METRO_KM = 10;
/** How far the middle of a cell of a tenth of a degree may be from a point in it. */
const TENTH_DEGREE_KM = 8;

/** A position as an attack on infrastructure of others is kept: to a tenth of a degree, and no nearer than 10 km. */
export function atMetro({ lonLat, precisionKm, method }: Position): Position {
  return {
    lonLat: [tenth(lonLat[0]), tenth(lonLat[1])],
    precisionKm: Math.max(METRO_KM, precisionKm + TENTH_DEGREE_KM),
    method: `${method}; infrastructure, kept to a tenth of a degree`,
  };
}

function tenth(degrees: number): number {
  return Math.round(degrees * 10) / 10 + 0;
}
