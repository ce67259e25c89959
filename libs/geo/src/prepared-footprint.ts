import { footprintFault, footprintPole, nearestEdgeKm, openRing } from './footprint.js';
import type { FootprintFault } from './footprint.js';
import { angleBetween, cross, dot, EARTH_RADIUS_KM, length, scale } from './sphere.js';
import type { Vector } from './sphere.js';

const mostSlabs = 1024;

/**
 * A footprint made ready to be asked about many places: which hold it, and how far it is.
 *
 * Seen from the centre of the Earth onto a plane (gnomonic projection), great circles are straight lines, so being
 * inside is a question about a plane polygon whatever pole or antimeridian it covers. Its edges are sorted into slabs
 * of equal height; a place is compared with those of its own slab only. Inside means a winding number that is not 0.
 */
export class PreparedFootprint {
  /** The middle of a circle that holds the footprint, and its radius. */
  readonly centre: Vector;
  readonly radiusKm: number;
  private readonly ring: readonly Vector[];
  private readonly axes: readonly [Vector, Vector, Vector];
  /** Ends of the edges on the plane, four numbers each. */
  private readonly edges: Float64Array;
  private readonly bottom: number;
  private readonly top: number;
  private readonly slabsPerUnit: number;
  /** Where each slab's edges begin in `slabEdges`. */
  private readonly slabOffsets: Int32Array;
  private readonly slabEdges: Int32Array;

  /**
   * @param vertices unit vectors of an open or a closed ring, whose edges are minor great-circle arcs
   * @throws RangeError where they bound no usable footprint
   */
  constructor(vertices: readonly Vector[]) {
    const ring = openRing(vertices);
    const fault: FootprintFault | undefined = footprintFault(ring);
    const pole = fault === undefined ? footprintPole(ring) : undefined;
    if (pole === undefined) {
      throw new RangeError(`PreparedFootprint: got ${ring.length} vertices, ${fault}, wanted a ring in a hemisphere`);
    }
    this.ring = ring;
    this.centre = scale(pole, 1 / length(pole));
    this.radiusKm = EARTH_RADIUS_KM * greatest(ring.map((vertex) => angleBetween(this.centre, vertex)));
    this.axes = axesAround(this.centre);

    const count = ring.length;
    const plane = ring.map((vertex) => this.project(vertex));
    this.edges = Float64Array.from(plane.flatMap((from, at) => [...from, ...(plane[(at + 1) % count] ?? from)]));
    this.bottom = -greatest(plane.map(([, v]) => -v));
    this.top = greatest(plane.map(([, v]) => v));
    const slabs = Math.min(mostSlabs, Math.max(1, count >> 1));
    this.slabsPerUnit = this.top > this.bottom ? slabs / (this.top - this.bottom) : 0;
    const edgesOfSlab = Array.from({ length: slabs }, (): number[] => []);
    for (let edge = 0; edge < count; edge++) {
      const v0 = this.edges[edge * 4 + 1] ?? 0;
      const v1 = this.edges[edge * 4 + 3] ?? 0;
      const last = this.slabOf(Math.max(v0, v1), slabs);
      for (let slab = this.slabOf(Math.min(v0, v1), slabs); slab <= last; slab++) edgesOfSlab[slab]?.push(edge);
    }
    this.slabOffsets = new Int32Array(slabs + 1);
    edgesOfSlab.forEach((list, slab) => {
      this.slabOffsets[slab + 1] = (this.slabOffsets[slab] ?? 0) + list.length;
    });
    this.slabEdges = Int32Array.from(edgesOfSlab.flat());
  }

  /** True for the unit vector of a place inside. A place on an edge may be either. */
  holds(x: number, y: number, z: number): boolean {
    const [pole, right, up] = this.axes;
    const depth = x * pole[0] + y * pole[1] + z * pole[2];
    if (depth <= 0) return false;
    const v = (x * up[0] + y * up[1] + z * up[2]) / depth;
    if (!(v >= this.bottom && v <= this.top)) return false;
    const u = (x * right[0] + y * right[1] + z * right[2]) / depth;
    const { edges, slabEdges, slabOffsets } = this;
    const slab = this.slabOf(v, slabOffsets.length - 1);
    let winding = 0;
    for (let at = slabOffsets[slab] ?? 0, end = slabOffsets[slab + 1] ?? 0; at < end; at++) {
      const edge = (slabEdges[at] ?? 0) * 4;
      const v0 = edges[edge + 1] ?? 0;
      const v1 = edges[edge + 3] ?? 0;
      if (v0 <= v === v1 <= v) continue;
      const u0 = edges[edge] ?? 0;
      const u1 = edges[edge + 2] ?? 0;
      const side = (u1 - u0) * (v - v0) - (u - u0) * (v1 - v0);
      if (v1 > v0 ? side > 0 : side < 0) winding += v1 > v0 ? 1 : -1;
    }
    return winding !== 0;
  }

  /** Distance in km from the unit vector of a place, 0 inside: what `footprintDistanceKm` answers. */
  distanceKm(place: Vector): number {
    return this.holds(place[0], place[1], place[2]) ? 0 : nearestEdgeKm(place, this.ring);
  }

  private project(vertex: Vector): readonly [number, number] {
    const [pole, right, up] = this.axes;
    const depth = dot(vertex, pole);
    return [dot(vertex, right) / depth, dot(vertex, up) / depth];
  }

  private slabOf(v: number, slabs: number): number {
    return Math.min(slabs - 1, Math.max(0, Math.floor((v - this.bottom) * this.slabsPerUnit)));
  }
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

function axesAround(pole: Vector): readonly [Vector, Vector, Vector] {
  const sideways = cross(Math.abs(pole[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], pole);
  const right = scale(sideways, 1 / length(sideways));
  return [pole, right, cross(pole, right)];
}
