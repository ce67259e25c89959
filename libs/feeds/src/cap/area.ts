import type { Position } from '@faultline/evidence';
import { distanceKm, length, plus, scale, unitVector, type Vector } from '@faultline/geo';
import { pointerOf, read, readLonLat, refused, shown, type Reading } from '../document/index.js';
import type { CapShape } from './alert.js';
import { ringOfCoordinates, ringOfText, type LonLat } from './ring.js';

/** Said of a circle without a radius, which is a point whose error nobody states. */
const ASSUMED_PRECISION_KM = 10;
const MAX_SHAPES = 2000;
const HALF_WORLD_KM = 20_000;

/** A point of an outline with the distance in km that the area reaches beyond it. */
interface Corner {
  readonly at: Vector;
  readonly reachKm: number;
}

interface Outline {
  readonly kind: 'polygon' | 'circle';
  readonly corners: readonly Corner[];
}

/**
 * The middle of all shapes of an area, with the distance to its farthest corner as precision, in km; null where there
 * is no shape. The middle is the mean of the corners as unit vectors, so that neither the antimeridian nor a pole is a
 * place apart.
 */
export function readPosition(shapes: readonly CapShape[]): Reading<Position | null> {
  if (shapes.length > MAX_SHAPES)
    return refused('geo.too_complex', shapes[MAX_SHAPES]!.at, `${shapes.length} shapes`, `at most ${MAX_SHAPES}`);
  const outlines: Outline[] = [];
  for (const shape of shapes) {
    const outline = readOutlines(shape);
    if (outline.outcome === 'refused') return outline;
    outlines.push(...outline.value);
  }
  return read(outlines.length === 0 ? null : positionOf(outlines));
}

function positionOf(outlines: readonly Outline[]): Position | null {
  const corners = outlines.flatMap((outline) => outline.corners);
  const sum = corners.map(({ at }) => at).reduce(plus);
  const size = length(sum);
  // Areas all around the world have no middle.
  if (size < 1e-9) return null;
  const middle = scale(sum, 1 / size);
  const radiusKm = corners.reduce((most, { at, reachKm }) => Math.max(most, distanceKm(middle, at) + reachKm), 0);
  const lonLat: [number, number] = [
    rounded((Math.atan2(middle[1], middle[0]) * 180) / Math.PI),
    rounded((Math.asin(Math.min(1, Math.max(-1, middle[2]))) * 180) / Math.PI),
  ];
  const isPoint = radiusKm < 0.05;
  return {
    lonLat,
    precisionKm: isPoint ? ASSUMED_PRECISION_KM : Math.min(HALF_WORLD_KM, Math.ceil(radiusKm * 10) / 10),
    method: methodOf(outlines, isPoint),
  };
}

function methodOf(outlines: readonly Outline[], isPoint: boolean): string {
  if (isPoint) return 'point of the alert, a circle without radius: error assumed';
  const [first] = outlines;
  if (outlines.length > 1) return `middle of ${outlines.length} areas of the alert, out to the farthest corner`;
  return first!.kind === 'circle' ? 'circle of the alert' : 'middle of the alert polygon, out to its farthest corner';
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4 + 0;
}

function readOutlines({ form, value, at }: CapShape): Reading<Outline[]> {
  switch (form) {
    case 'polygon-text':
      return outlined(ringOfText(String(value), at));
    case 'circle-text':
      return readCircle(String(value), at);
    case 'geojson':
      return readGeometry(value, at);
  }
}

function outlined(ring: Reading<LonLat[]>): Reading<Outline[]> {
  if (ring.outcome === 'refused') return ring;
  return read([
    { kind: 'polygon', corners: ring.value.map(([lon, lat]) => ({ at: unitVector(lon, lat), reachKm: 0 })) },
  ]);
}

const CIRCLE = /^([^,\s]{1,30}),\s*([^,\s]{1,30})\s+(\d{1,5}(?:\.\d{1,20})?)$/;

/** `lat,lon radius`, the radius in km. */
function readCircle(text: string, at: string): Reading<Outline[]> {
  const [, lat, lon, radius] = CIRCLE.exec(text) ?? [];
  if (radius === undefined) return refused('geo.invalid_polygon', at, shown(text), 'lat,lon radius in km');
  if (Number(radius) > HALF_WORLD_KM)
    return refused('geo.out_of_range', at, shown(text), `a radius of at most ${HALF_WORLD_KM} km`);
  const centre = readLonLat(lon, lat, at);
  if (centre.outcome === 'refused') return centre;
  return read([{ kind: 'circle', corners: [{ at: unitVector(...centre.value), reachKm: Number(radius) }] }]);
}

/** A GeoJSON polygon, several, or a point. Holes are left out: they bound no area of their own. */
function readGeometry(geometry: unknown, at: string): Reading<Outline[]> {
  const held = typeof geometry === 'object' && geometry !== null ? (geometry as Record<string, unknown>) : {};
  const type = Object.hasOwn(held, 'type') ? held['type'] : undefined;
  const coordinates = Object.hasOwn(held, 'coordinates') ? held['coordinates'] : undefined;
  const path = pointerOf(at, 'coordinates');
  if (!Array.isArray(coordinates) || coordinates.length === 0)
    return refused('geo.invalid_polygon', path, shown(coordinates), 'coordinates');
  if (type === 'Polygon') return outlined(ringOfCoordinates(coordinates[0], pointerOf(path, 0)));
  if (type === 'Point') {
    const point = readLonLat(coordinates[0], coordinates[1], path);
    if (point.outcome === 'refused') return point;
    return read([{ kind: 'circle', corners: [{ at: unitVector(...point.value), reachKm: 0 }] }]);
  }
  if (type !== 'MultiPolygon') return refused('field.invalid', at, shown(type), 'Polygon, MultiPolygon or Point');
  if (coordinates.length > MAX_SHAPES)
    return refused('geo.too_complex', path, `${coordinates.length} polygons`, `at most ${MAX_SHAPES}`);
  const outlines: Outline[] = [];
  for (const [index, polygon] of (coordinates as unknown[]).entries()) {
    const outer: unknown = Array.isArray(polygon) ? polygon[0] : undefined;
    const outline = outlined(ringOfCoordinates(outer, pointerOf(path, index, 0)));
    if (outline.outcome === 'refused') return outline;
    outlines.push(...outline.value);
  }
  return read(outlines);
}
