/** Which names fit on the map and where. Units are pixels at one zoom. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Something a name may not cover. */
export interface Obstacle extends Box {
  /** The name that belongs to it, which may touch it. */
  readonly ownerId: string;
  /**
   * `marker` gives way to a callout that has no room elsewhere; `loud` gives way to nothing, not even to the line of a
   * callout; `cover` lies over the map, so a name under it would not be seen.
   */
  readonly kind: 'marker' | 'loud' | 'cover';
}

export interface Name {
  readonly id: string;
  /** The point the name belongs to, and how far the name keeps from it. */
  readonly x: number;
  readonly y: number;
  readonly clearance: number;
  readonly width: number;
  readonly height: number;
  /** Smaller is placed first. */
  readonly rank: number;
  /** `beside` tries right, left, above, below; `callout` goes farther out where it must; `centred` only its own point. */
  readonly placement: 'beside' | 'callout' | 'centred';
}

export interface Placed {
  readonly left: number;
  readonly top: number;
  /** Where a line from the point would meet the name; null where the name stands beside its point. */
  readonly line: { readonly x: number; readonly y: number } | null;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The eight places around a point at a distance from it, right first. */
const around = ({ x, y, width, height }: Name, away: number): readonly { left: number; top: number }[] => {
  const beside = y - height / 2;
  const centred = x - width / 2;
  const slant = away * 0.7;
  return [
    { left: x + away, top: beside },
    { left: x - away - width, top: beside },
    { left: centred, top: y + away },
    { left: centred, top: y - away - height },
    { left: x + slant, top: y + slant },
    { left: x + slant, top: y - slant - height },
    { left: x - slant - width, top: y + slant },
    { left: x - slant - width, top: y - slant - height },
  ];
};

const isIn = (box: Box, { x, y }: { x: number; y: number }): boolean =>
  x > box.left && x < box.right && y > box.top && y < box.bottom;

const holds = (outer: Box, inner: Box): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

/** True where the straight line between two points runs over a box, looked at every three pixels. */
const runsOver = (from: { x: number; y: number }, to: { x: number; y: number }, box: Box): boolean => {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 3);
  for (let step = 0; step <= steps; step += 1) {
    const x = from.x + ((to.x - from.x) * step) / Math.max(1, steps);
    const y = from.y + ((to.y - from.y) * step) / Math.max(1, steps);
    if (x > box.left && x < box.right && y > box.top && y < box.bottom) return true;
  }
  return false;
};

/** How much farther than beside a callout may go, in pixels. */
const STEPS_OUT = [14, 28, 44, 62, 82, 104, 128, 154];

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function* candidates(name: Name): Generator<Placed> {
  const { x, y, clearance, width, height } = name;
  if (name.placement === 'centred') {
    yield { left: x - width / 2, top: y - height / 2, line: null };
    return;
  }
  for (const spot of around(name, clearance)) yield { ...spot, line: null };
  if (name.placement === 'beside') return;
  for (const step of STEPS_OUT) {
    for (const { left, top } of around(name, clearance + step)) {
      yield { left, top, line: { x: within(x, left, left + width), y: within(y, top, top + height) } };
    }
  }
}

const firstOf = (name: Name, isFree: (at: Placed) => boolean): Placed | null => {
  for (const candidate of candidates(name)) if (isFree(candidate)) return candidate;
  return null;
};

/**
 * Where each name goes so that it covers neither an obstacle nor another name; what must be named may cover a quiet marker. A name with no room is absent from the
 * answer: it is still in the list and in the tooltip. A name whose point is in the frame stays in the frame whole.
 */
export const placeNames = (
  names: readonly Name[],
  obstacles: readonly Obstacle[],
  frame: Box | null = null,
): ReadonlyMap<string, Placed> => {
  const taken: Box[] = [];
  const placed = new Map<string, Placed>();
  const ordered = [...names].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const name of ordered) {
    const isFree = ({ left, top, line }: Placed, mayCoverMarkers: boolean): boolean => {
      const box = { left, top, right: left + name.width, bottom: top + name.height };
      if (frame !== null && isIn(frame, name) && !holds(frame, box)) return false;
      if (taken.some((other) => overlaps(box, other) || (line !== null && runsOver(name, line, other)))) return false;
      return !obstacles.some(
        (obstacle) =>
          obstacle.ownerId !== name.id &&
          ((overlaps(box, obstacle) && !(mayCoverMarkers && obstacle.kind === 'marker')) ||
            (line !== null && obstacle.kind === 'loud' && runsOver(name, line, obstacle))),
      );
    };
    const spot =
      firstOf(name, (at) => isFree(at, false)) ?? firstOf(name, (at) => isFree(at, name.placement === 'callout'));
    if (spot === null) continue;
    taken.push({ left: spot.left, top: spot.top, right: spot.left + name.width, bottom: spot.top + name.height });
    placed.set(name.id, spot);
  }
  return placed;
};
