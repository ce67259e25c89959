import { describe, expect, it } from '@jest/globals';
import type { BlastRadiusNode, EntitySummary } from '../api/types.js';
import { amountWords, edgeWords, entitiesByKind, isEntity, isIncidentId, nodesByEffect } from './entities.js';

const entity = (id: string, name: string, aliases: string[] = []): EntitySummary => ({
  id,
  kind: id.split(':')[0]!,
  name,
  aliases,
  operatorId: null,
  partitionId: null,
  claimCount: 1,
  disagreementCount: 0,
  gapCount: 0,
  tlp: 'TLP:CLEAR',
});

describe('entities', () => {
  it('are told from places and incidents by their ids', () => {
    expect(['org:aws', 'workload:x', 'aws:me-central-1', 'aws', 'constructor:x', ''].map(isEntity)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([isIncidentId('019ccd51-8e00-72db-81cd-27628e070ded'), isIncidentId('aws')]).toEqual([true, false]);
  });

  it('stand by kind in the order of their names, and are found by alias too', () => {
    const all = [entity('workload:z', 'Zeta'), entity('org:b', 'Beta', ['Second Co']), entity('org:a', 'alpha')];
    const ids = (text: string) => entitiesByKind(all, text).map(([kind, some]) => [kind, some.map(({ id }) => id)]);
    expect(ids('')).toEqual([
      ['org', ['org:a', 'org:b']],
      ['workload', ['workload:z']],
    ]);
    expect(ids('SECOND be')).toEqual([['org', ['org:b']]]);
  });
});

describe('a blast radius', () => {
  const node = (id: string, effect: BlastRadiusNode['effect']): BlastRadiusNode => ({
    id,
    name: id,
    kind: 'org',
    effect,
    needs: [],
  });

  it('names what cannot run first, and not the subject', () => {
    const nodes = [node('a', 'authorised-only'), node('b', 'subject'), node('c', 'cannot-run')];
    expect(nodesByEffect(nodes).map(([effect, some]) => [effect, some.length])).toEqual([
      ['cannot-run', 1],
      ['authorised-only', 1],
    ]);
  });

  it('says an authorisation as that, never as running', () => {
    expect(edgeWords({ kind: 'authorised', role: null })).toBe('is authorised for');
    expect(edgeWords({ kind: 'needs', role: 'trained-on' })).toBe('is trained on');
  });
});

describe('an amount', () => {
  it.each([
    [35_000_000_000, 'USD', 'up-to', 'up to USD 35 billion'],
    [200_000_000, 'USD', 'exact', 'USD 200 million'],
    [2, 'GW', 'about', 'about 2 GW'],
    [500_000, 'chips', 'at-least', 'at least 500000 chips'],
    [null, 'USD', 'exact', 'amount not stated'],
  ])('of %p %s %s is said as %s', (amount, unit, bound, words) => {
    expect(amountWords(amount, unit, bound)).toBe(words);
  });
});
