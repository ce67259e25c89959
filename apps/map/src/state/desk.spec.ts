import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Session } from '../api/desk.js';
import type { IncidentSummary, Kinship } from '../api/types.js';
import { comparedWords, pairKey, permissionFor, queueOf, reasonWords, scoreWords } from './desk.js';
import type { Deed } from './desk.js';
import type { Read } from './read.js';

const pair = (
  outcome: Kinship['outcome'],
  score: number,
  ids: string[] = ['a', 'b'],
  reasons = ['same-peril'],
): Kinship => ({
  incidents: [],
  incidentIds: ids,
  score,
  reasons,
  outcome,
});

describe('the queue', () => {
  it('shows what is to be looked at first, the least sure of it first', () => {
    const groups = queueOf([
      pair('apart', 0),
      pair('joined', 1),
      pair('joined', 0.8),
      pair('review', 0.7),
      pair('review', 0.5),
    ]);
    expect(groups.map(({ outcome, pairs }) => [outcome, ...pairs.map(({ score }) => score)])).toEqual([
      ['review', 0.5, 0.7],
      ['joined', 0.8, 1],
      ['apart', 0],
    ]);
  });

  it('is the same in whatever order the pairs came, and loses none', () => {
    const pairs = fc.array(
      fc
        .tuple(fc.constantFrom<Kinship['outcome'][]>('review', 'joined', 'apart'), fc.nat(3), fc.nat(9), fc.nat(9))
        .map(([outcome, score, a, b]) => pair(outcome, score / 4, [`${a}`, `${b}x`])),
    );
    fc.assert(
      fc.property(pairs, (list) => {
        const flat = (order: Kinship[]) => queueOf(order).flatMap((group) => group.pairs);
        expect(flat([...list].reverse()).map(pairKey)).toEqual(flat(list).map(pairKey));
        expect(flat(list)).toHaveLength(list.length);
      }),
    );
  });

  it('names a pair the same from either side', () => {
    expect(pairKey(pair('joined', 1, ['b', 'a']))).toBe(pairKey(pair('joined', 1, ['a', 'b'])));
  });

  it('gives a decision no score', () => {
    expect(scoreWords(pair('joined', 1, ['a', 'b'], ['merged-by-review']))).toBeNull();
    expect(scoreWords(pair('review', 0.65))).toBe('score 0.65 of 1');
  });

  it('says a reason in words, and one it has no words for as it came', () => {
    expect(reasonWords('same-minute')).toBe('begin within a minute of each other');
    expect(reasonWords('same-ship')).toBe('same ship');
  });

  it('says how much there was to compare', () => {
    const position = { lonLat: [1, 2], precisionKm: 1, method: 'm' };
    const incidents = [
      { position, onset: '2026-01-01T00:00:00.000Z' },
      { position, onset: null },
      { position: null, onset: '2026-01-01T00:00:00.000Z' },
    ] as IncidentSummary[];
    expect(comparedWords(incidents)).toMatch(/^1 of 3 incidents/);
  });
});

describe('who may do what', () => {
  const found = (value: Session): Read<Session> => ({ phase: 'found', asked: '1', value });
  const as = (role: string) => found({ outcome: 'signed-in', label: 'somebody', role, tenantId: 'local' });
  it.each<[string, Read<Session>, Deed, string]>([
    ['nobody judges', found({ outcome: 'signed-out' }), 'judge', 'signed-out'],
    ['nobody disputes', found({ outcome: 'signed-out' }), 'dispute', 'signed-out'],
    ['a viewer disputes', as('viewer'), 'dispute', 'allowed'],
    ['a viewer does not judge', as('viewer'), 'judge', 'role'],
    ['an analyst judges', as('analyst'), 'judge', 'allowed'],
    ['an admin judges', as('admin'), 'judge', 'allowed'],
    ['unread is not allowed', { phase: 'idle' }, 'judge', 'unread'],
    ['being read is not allowed', { phase: 'loading', asked: '1', last: null }, 'judge', 'unread'],
    ['failed is not allowed', { phase: 'failed', asked: '1', reason: 'down', last: null }, 'judge', 'unread'],
  ])('%s', (_, session, deed, outcome) => expect(permissionFor(session, deed).outcome).toBe(outcome));
});
