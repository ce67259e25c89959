import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeNames } from './labels.js';
import type { Box, Name, Obstacle } from './labels.js';

const name = (change: Partial<Name>): Name => ({
  id: 'a',
  x: 100,
  y: 100,
  clearance: 10,
  width: 60,
  height: 14,
  rank: 1,
  placement: 'beside',
  ...change,
});

const boxOf = (one: Name, at: { left: number; top: number }): Box => ({
  left: at.left,
  top: at.top,
  right: at.left + one.width,
  bottom: at.top + one.height,
});

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const names = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 400 }),
      placement: fc.constantFrom('beside' as const, 'callout' as const, 'centred' as const),
      rank: fc.nat({ max: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map((change, index) => name({ ...change, id: `n${index}` })));

const obstacles = (list: readonly Name[]): Obstacle[] =>
  list.map(({ id, x, y }) => ({
    left: x - 6,
    top: y - 6,
    right: x + 6,
    bottom: y + 6,
    ownerId: id,
    kind: 'loud',
  }));

describe('names on the map', () => {
  it('cover neither each other nor a marker of another', () => {
    fc.assert(
      fc.property(names, (list) => {
        const placed = placeNames(list, obstacles(list));
        const boxes = list.flatMap((one) => {
          const at = placed.get(one.id);
          return at === undefined ? [] : [{ id: one.id, box: boxOf(one, at) }];
        });
        boxes.forEach(({ id, box }, index) => {
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other.box)).toBe(false);
          for (const marker of obstacles(list)) if (marker.ownerId !== id) expect(overlap(box, marker)).toBe(false);
        });
      }),
    );
  });

  it('give the place to the one that matters more', () => {
    const placed = placeNames(
      [name({ id: 'country', placement: 'centred', rank: 1000 }), name({ id: 'lost', placement: 'centred', rank: 0 })],
      [],
    );
    expect([...placed.keys()]).toEqual(['lost']);
  });

  it('go farther out with a line where there is no room beside', () => {
    const wall: Obstacle = { left: 40, top: 60, right: 180, bottom: 140, ownerId: 'wall', kind: 'cover' };
    expect(placeNames([name({})], [wall]).size).toBe(0);
    const called = placeNames([name({ placement: 'callout' })], [wall]).get('a');
    expect(called?.line).not.toBeNull();
    expect(called === undefined || overlap(boxOf(name({}), called), wall)).toBe(false);
  });

  it('do not draw a line over what blocks lines', () => {
    const wall: Obstacle = { left: 40, top: 60, right: 180, bottom: 140, ownerId: 'wall', kind: 'loud' };
    expect(placeNames([name({ placement: 'callout' })], [wall]).size).toBe(0);
  });

  it('cover a quiet marker only where they must be seen and have no room', () => {
    const crowd: Obstacle = { left: -300, top: -300, right: 500, bottom: 500, ownerId: 'crowd', kind: 'marker' };
    expect(placeNames([name({})], [crowd]).size).toBe(0);
    expect(placeNames([name({ placement: 'callout' })], [crowd]).size).toBe(1);
  });

  it('stay whole in the frame', () => {
    const frame = { left: 0, top: 0, right: 130, bottom: 200 };
    const at = placeNames([name({})], [], frame).get('a');
    expect(at?.left).toBe(30);
  });
});
