/** Mean radius of the Earth (IUGG R₁). */
export const EARTH_RADIUS_KM = 6371.0088;

/** Cartesian; a place is a unit vector with x through (0, 0), y through 90° E, z through the north pole. */
export type Vector = readonly [number, number, number];

const radiansPerDegree = Math.PI / 180;

/** The unit vector of a longitude (any finite number of degrees) and a latitude in ±90. */
export function unitVector(lonDegrees: number, latDegrees: number): Vector {
  const lon = wrapLongitude(lonDegrees) * radiansPerDegree;
  const lat = latDegrees * radiansPerDegree;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** To (−180, 180]. Both steps are exact in floating point, so a full turn changes nothing. */
function wrapLongitude(lonDegrees: number): number {
  const turned = lonDegrees % 360;
  if (turned > 180) return turned - 360;
  return turned <= -180 ? turned + 360 : turned;
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function length(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

export function scale(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

export function plus(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** Great-circle angle in radians; accurate near 0 and near π, where acos and asin are not. */
export function angleBetween(a: Vector, b: Vector): number {
  return Math.atan2(length(cross(a, b)), dot(a, b));
}

export function distanceKm(a: Vector, b: Vector): number {
  return EARTH_RADIUS_KM * angleBetween(a, b);
}
