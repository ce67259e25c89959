import { describe, expect, it } from '@jest/globals';
import type { IncidentAccount } from '@faultline/incidents';
import { floodsAmong, MOST_TOLD_ALONE } from './flood.js';

const incident = (index: number, sources: readonly string[], more: Partial<IncidentAccount> = {}) =>
  ({
    id: `incident-${index}`,
    lifecycle: 'unfolding',
    status: 'reported',
    links: sources.map((id) => ({ claim: { source: { id, name: id.toUpperCase() } } })),
    ...more,
  }) as unknown as IncidentAccount;
const many = (count: number, sources: readonly string[], more?: Partial<IncidentAccount>) =>
  Array.from({ length: count }, (_, index) => incident(index, sources, more));
const keys = (incidents: readonly IncidentAccount[], told: readonly string[] = []) =>
  floodsAmong(incidents, new Set(told)).map(({ key, incidents: of }) => [key, of.length]);

describe('a flood', () => {
  it('is more than five open incidents that one source alone tells of', () => {
    expect(MOST_TOLD_ALONE).toBe(5);
    expect(keys(many(5, ['mill']))).toEqual([]);
    expect(keys(many(6, ['mill']))).toEqual([['flood:mill', 6]]);
  });

  it('is of no two sources, of nothing confirmed, of nothing over', () => {
    expect(keys(many(50, ['mill', 'agency']))).toEqual([]);
    expect(keys(many(50, ['mill'], { status: 'confirmed' }))).toEqual([]);
    expect(keys(many(50, ['mill'], { lifecycle: 'resolved' }))).toEqual([]);
    expect(keys([...many(4, ['mill']), ...many(4, ['agency'])])).toEqual([]);
  });

  it('that was told stays one while any of it is open, so that a trickle wakes nobody again', () => {
    expect(keys(many(1, ['mill']), ['flood:mill'])).toEqual([['flood:mill', 1]]);
    expect(keys([], ['flood:mill'])).toEqual([]);
  });
});
