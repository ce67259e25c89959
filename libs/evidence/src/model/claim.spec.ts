import { describe, expect, it } from '@jest/globals';
import { TLP_LABELS, tlpOf } from './claim.js';

describe('the label of an answer', () => {
  it('is the most restrictive of its claims', () => {
    expect(tlpOf([])).toBe('TLP:CLEAR');
    expect(tlpOf([{ tlp: 'TLP:GREEN' }, { tlp: 'TLP:AMBER+STRICT' }, { tlp: 'TLP:AMBER' }])).toBe('TLP:AMBER+STRICT');
  });

  it('is no wider for being asked with more claims, whatever their order', () => {
    for (const first of TLP_LABELS) {
      for (const second of TLP_LABELS) {
        const both = tlpOf([{ tlp: first }, { tlp: second }]);
        expect(both).toBe(tlpOf([{ tlp: second }, { tlp: first }]));
        expect(TLP_LABELS.indexOf(both)).toBe(Math.max(TLP_LABELS.indexOf(first), TLP_LABELS.indexOf(second)));
      }
    }
  });
});
