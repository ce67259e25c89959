/** Which names fit on the map and where. Units are pixels at one zoom. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
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
  /** `beside` tries right, left, above, below; `centred` only its own point. */
  readonly placement: 'beside' | 'centred';
}

export interface Placed {
  readonly left: number;
  readonly top: number;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const candidates = (name: Name): readonly Placed[] => {
  const { x, y, clearance, width, height } = name;
  if (name.placement === 'centred') return [{ left: x - width / 2, top: y - height / 2 }];
  const beside = y - height / 2;
  const centred = x - width / 2;
  return [
    { left: x + clearance, top: beside },
    { left: x - clearance - width, top: beside },
    { left: centred, top: y + clearance },
    { left: centred, top: y - clearance - height },
    { left: x + clearance, top: y + clearance / 2 },
    { left: x + clearance, top: y - clearance / 2 - height },
    { left: x - clearance - width, top: y + clearance / 2 },
    { left: x - clearance - width, top: y - clearance / 2 - height },
  ];
};

/**
 * Where each name goes so that it covers neither an obstacle nor another name. A name with no room is absent from the
 * answer: it is still in the list and in the tooltip. A name may touch the obstacle it belongs to (`ownerId`).
 */
export const placeNames = (
  names: readonly Name[],
  obstacles: readonly (Box & { readonly ownerId?: string })[],
): ReadonlyMap<string, Placed> => {
  const taken: Box[] = [];
  const placed = new Map<string, Placed>();
  const ordered = [...names].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const name of ordered) {
    const spot = candidates(name).find(({ left, top }) => {
      const box = { left, top, right: left + name.width, bottom: top + name.height };
      return (
        !taken.some((other) => overlaps(box, other)) &&
        !obstacles.some((obstacle) => obstacle.ownerId !== name.id && overlaps(box, obstacle))
      );
    });
    if (spot === undefined) continue;
    taken.push({ left: spot.left, top: spot.top, right: spot.left + name.width, bottom: spot.top + name.height });
    placed.set(name.id, spot);
  }
  return placed;
};
