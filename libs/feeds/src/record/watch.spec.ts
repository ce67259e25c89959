import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readWatch } from './watch.js';

const text = readFileSync(new URL('../../../../data/watch.json', import.meta.url), 'utf8');
const file = () => JSON.parse(text) as { title: string; watches: Record<string, unknown>[] };
const changed = (changes: Record<string, unknown>) => {
  const { title, watches } = file();
  return { title, watches: [{ ...watches[0], ...changes }] };
};

describe('readWatch', () => {
  it('reads the spans of the record: both countries, to the last day anything was found', () => {
    const watches = readWatch(file());
    expect(watches.map(({ classes, countries, operatorIds }) => [classes, countries, operatorIds])).toEqual([
      [['armed-conflict', 'declared-threat'], ['AE', 'BH'], null],
      [['provider-outage'], ['AE', 'BH'], ['aws']],
    ]);
    for (const { feedId, from, to, text } of watches) {
      expect([feedId, from, to]).toEqual(['record', '2026-02-28T00:00:00.000Z', '2026-09-21T23:59:00.000Z']);
      expect(text).toMatch(/not watched live.*State after 21 September 2026: not found/);
    }
  });

  it.each([
    ['an unknown class', { classes: ['weather'] }, /\/watches\/0\/classes\/0/],
    ['an unknown key', { score: 1 }, /\/watches\/0/],
    ['an instant without milliseconds', { from: '2026-02-28T00:00:00Z' }, /\/watches\/0\/from/],
    ['an end before its begin', { to: '2026-02-01T00:00:00.000Z' }, /\/watches\/0\/to/],
    ['no country', { countries: [] }, /\/watches\/0\/countries/],
  ])('refuses %s and names the place', (_what, changes, place) => {
    expect(() => readWatch(changed(changes))).toThrow(place);
  });
});
