import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spread } from './spread.js';
import type { Disc } from './spread.js';

const discs = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 120 }),
      y: fc.integer({ min: 0, max: 120 }),
      radius: fc.constantFrom(4.5, 8, 11.5),
      rank: fc.constantFrom(0, 100),
    }),
    { maxLength: 60 },
  )
  .map((list): Disc[] => list.map((disc, index) => ({ ...disc, id: `r${index}` })));

describe('markers of one metro', () => {
  it('never overlap', () => {
    fc.assert(
      fc.property(discs, (list) => {
        const offsets = spread(list);
        const placed = list.map((disc) => {
          const { dx, dy } = offsets.get(disc.id) ?? { dx: NaN, dy: NaN };
          return { x: disc.x + dx, y: disc.y + dy, radius: disc.radius };
        });
        placed.forEach((a, index) => {
          for (const b of placed.slice(index + 1)) {
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(a.radius + b.radius);
          }
        });
      }),
    );
  });

  it('lie the same way whatever order they come in', () => {
    fc.assert(
      fc.property(discs, (list) => {
        expect([...spread([...list].reverse())].sort()).toEqual([...spread(list)].sort());
      }),
    );
  });

  it('leave the worst at its place and those alone where they are', () => {
    const same = { x: 10, y: 10, radius: 8 };
    const offsets = spread([
      { ...same, id: 'calm', rank: 100 },
      { ...same, id: 'lost', rank: 0 },
      { id: 'far', x: 300, y: 300, radius: 8, rank: 100 },
    ]);
    expect(offsets.get('lost')).toEqual({ dx: 0, dy: 0 });
    expect(offsets.get('far')).toEqual({ dx: 0, dy: 0 });
    expect(offsets.get('calm')).not.toEqual({ dx: 0, dy: 0 });
  });
});
