import { expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';

const fault = { code: 'field.missing', locator: '/0', got: 'nothing', wanted: 'an id' } as const;

it('counts what was passed over by reason, keeps faults in order and the newest instant', () => {
  const gathered = new Gathering();
  gathered.passOver('exercise');
  gathered.passOver('drill', 2);
  gathered.passOver('exercise');
  gathered.passOver('never', 0);
  gathered.setAside(fault, { ...fault, locator: '/1' });
  gathered.saw('2026-03-02T00:00:00.000Z');
  gathered.saw('2026-03-01T00:00:00.000Z');
  expect(gathered.outcome(5)).toEqual({
    outcome: 'accepted',
    items: 5,
    drafts: [],
    quarantined: [fault, { ...fault, locator: '/1' }],
    passedOver: { drill: 2, exercise: 2 },
    newestContentAt: '2026-03-02T00:00:00.000Z',
  });
});

it('is sound where nothing was gathered', () => {
  expect(new Gathering().outcome(0)).toMatchObject({ items: 0, passedOver: {}, newestContentAt: null });
});
