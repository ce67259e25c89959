import { angleBetween, cross, distanceKm, dot, EARTH_RADIUS_KM, length, minus, plus, scale } from './sphere.js';
import type { Vector } from './sphere.js';

/** Two vertices closer than this, in radians, are one. */
const sameVertexRadians = 1e-15;

/** Cosine that a vertex must have to its hemisphere's pole: below this, rounding decides which side is the inside. */
const hemisphereMargin = 1e-12;

export type FootprintFault = 'too-few-vertices' | 'not-in-a-hemisphere';

/** Why these vertices (of an open or a closed ring) bound no usable footprint, or undefined if they do. */
export function footprintFault(vertices: readonly Vector[]): FootprintFault | undefined {
  if (!hasThreeDistinct(vertices)) return 'too-few-vertices';
  return footprintPole(vertices) === undefined ? 'not-in-a-hemisphere' : undefined;
}

/** The ring without a last vertex that repeats the first. */
export function openRing(vertices: readonly Vector[]): readonly Vector[] {
  const [first] = vertices;
  const last = vertices.at(-1);
  if (first === undefined || last === undefined || vertices.length < 2) return vertices;
  return isSameVertex(first, last) ? vertices.slice(0, -1) : vertices;
}

function isSameVertex(a: Vector, b: Vector): boolean {
  return angleBetween(a, b) < sameVertexRadians;
}

function hasThreeDistinct(vertices: readonly Vector[]): boolean {
  const [first] = vertices;
  if (first === undefined) return false;
  const others = vertices.filter((vertex) => !isSameVertex(first, vertex));
  const [second] = others;
  return second !== undefined && others.some((vertex) => !isSameVertex(second, vertex));
}

/**
 * A direction with a positive dot product with every vertex, of no particular length; undefined where there is none.
 *
 * The sum of the vertices is such a direction for any ordinary footprint. Where it is not, the cone of all such
 * directions is cut out of each octant, half-space by half-space; its rays' sum lies inside it if it has an inside.
 */
export function footprintPole(vertices: readonly Vector[]): Vector | undefined {
  const isPole = (candidate: Vector): boolean => {
    const size = length(candidate);
    return vertices.every((vertex) => dot(candidate, vertex) > hemisphereMargin * size);
  };
  const middle = vertices.reduce(plus);
  if (isPole(middle)) return middle;
  for (const octant of octants) {
    const rays = vertices.reduce(clipCone, octant);
    const candidate = rays.length > 0 ? rays.reduce(plus) : undefined;
    if (candidate !== undefined && isPole(candidate)) return candidate;
  }
  return undefined;
}

const octants: readonly (readonly Vector[])[] = [1, -1].flatMap((x) =>
  [1, -1].flatMap((y) =>
    [1, -1].map((z): readonly Vector[] => [
      [x, 0, 0],
      [0, y, 0],
      [0, 0, z],
    ]),
  ),
);

/** Sutherland and Hodgman's clipping of a convex cone, given by its rays in order, to the side `normal` points to. */
function clipCone(rays: readonly Vector[], normal: Vector): readonly Vector[] {
  const kept: Vector[] = [];
  let from = rays.at(-1);
  for (const to of rays) {
    if (from === undefined) break;
    const before = dot(from, normal);
    const after = dot(to, normal);
    if (before > 0 !== after > 0) {
      const crossing = plus(scale(from, Math.abs(after)), scale(to, Math.abs(before)));
      const size = length(crossing);
      if (size > 0) kept.push(scale(crossing, 1 / size));
    }
    if (after > 0) kept.push(to);
    from = to;
  }
  return kept;
}

/**
 * Distance in km from a place to a footprint, 0 inside it. The ring must be open and pass `footprintFault`; its edges
 * are minor great-circle arcs.
 */
export function footprintDistanceKm(place: Vector, ring: readonly Vector[]): number {
  return isInside(place, ring) ? 0 : nearestEdgeKm(place, ring);
}

/** Distance in km from a place to the nearest edge of an open ring. */
export function nearestEdgeKm(place: Vector, ring: readonly Vector[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  let from = ring.at(-1);
  for (const to of ring) {
    if (from !== undefined) nearest = Math.min(nearest, arcDistanceKm(place, from, to));
    from = to;
  }
  return nearest;
}

/** The ring winds around the antipode of every inner place as well, so the place must also be on the ring's side. */
function isInside(place: Vector, ring: readonly Vector[]): boolean {
  if (dot(place, ring.reduce(plus)) <= 0) return false;
  const reference: Vector = Math.abs(place[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const sideways = cross(reference, place);
  const east = scale(sideways, 1 / length(sideways));
  const north = cross(place, east);
  const azimuths = ring.map((vertex) => Math.atan2(dot(vertex, east), dot(vertex, north)));
  let turned = 0;
  let from = azimuths.at(-1) ?? 0;
  for (const to of azimuths) {
    turned += wrapAngle(to - from);
    from = to;
  }
  return Math.abs(turned) > Math.PI;
}

/** To (−π, π]. */
function wrapAngle(radians: number): number {
  if (radians > Math.PI) return radians - 2 * Math.PI;
  return radians <= -Math.PI ? radians + 2 * Math.PI : radians;
}

function arcDistanceKm(place: Vector, from: Vector, to: Vector): number {
  if (isSameVertex(from, to)) return distanceKm(place, from);
  const sideways = cross(from, to);
  const normal = scale(sideways, 1 / length(sideways));
  if (dot(cross(normal, from), place) > 0 && dot(cross(to, normal), place) > 0) {
    const above = dot(place, normal);
    return EARTH_RADIUS_KM * Math.atan2(Math.abs(above), length(minus(place, scale(normal, above))));
  }
  return Math.min(distanceKm(place, from), distanceKm(place, to));
}
