/** The two functions of d3-geo the specs check positions with; the package brings no types of its own. */
declare module 'd3-geo' {
  import type { Feature } from 'geojson';

  /** Whether the point [longitude, latitude] lies in the feature, on the sphere. */
  export function geoContains(feature: Feature, point: [number, number]): boolean;

  /** Angle between two points in radians. */
  export function geoDistance(a: [number, number], b: [number, number]): number;
}
