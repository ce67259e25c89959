/** Markers that would lie on each other are moved apart, the same way every time. Units are pixels at one zoom. */

export interface Disc {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Smaller is placed first and so stays nearer to its place. */
  readonly rank: number;
}

export interface Offset {
  readonly dx: number;
  readonly dy: number;
}

const AT_PLACE: Offset = { dx: 0, dy: 0 };

/** Candidate offsets ring by ring, nearest first: ring k has 6k places, so the plane is covered evenly. */
function* rings(step: number): Generator<Offset> {
  yield AT_PLACE;
  for (let ring = 1; ring <= 24; ring += 1) {
    const places = 6 * ring;
    for (let place = 0; place < places; place += 1) {
      // Starting at the upper right leaves the space under a marker to the metro it stands in.
      const angle = (2 * Math.PI * place) / places - Math.PI / 4;
      yield { dx: ring * step * Math.cos(angle), dy: ring * step * Math.sin(angle) };
    }
  }
}

/**
 * An offset for each disc so that none overlaps another. Depends on nothing but the discs: neither on their order
 * nor on what is in view. Beyond 24 rings a disc stays at its place, which no metro on Earth reaches.
 */
export const spread = (discs: readonly Disc[], gap = 1): ReadonlyMap<string, Offset> => {
  const ordered = [...discs].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const widest = Math.max(1, ...ordered.map((disc) => disc.radius * 2 + gap));
  const cells = new Map<string, { x: number; y: number; radius: number }[]>();
  const cell = (value: number): number => Math.floor(value / widest);
  const isFree = (x: number, y: number, radius: number): boolean => {
    for (let column = cell(x) - 1; column <= cell(x) + 1; column += 1) {
      for (let row = cell(y) - 1; row <= cell(y) + 1; row += 1) {
        for (const other of cells.get(`${column}:${row}`) ?? []) {
          if (Math.hypot(other.x - x, other.y - y) < other.radius + radius + gap) return false;
        }
      }
    }
    return true;
  };
  const offsets = new Map<string, Offset>();
  for (const disc of ordered) {
    let chosen = AT_PLACE;
    for (const offset of rings(disc.radius)) {
      if (isFree(disc.x + offset.dx, disc.y + offset.dy, disc.radius)) {
        chosen = offset;
        break;
      }
    }
    const placed = { x: disc.x + chosen.dx, y: disc.y + chosen.dy, radius: disc.radius };
    const key = `${cell(placed.x)}:${cell(placed.y)}`;
    cells.set(key, [...(cells.get(key) ?? []), placed]);
    offsets.set(disc.id, chosen);
  }
  return offsets;
};
