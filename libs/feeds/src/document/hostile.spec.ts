import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft } from '@faultline/evidence';
import { complaintsOf, hostileDocuments, isCutAt, saidBy } from '../../../../test/hostile/check.js';
import { utf8, type Sample } from '../../../../test/hostile/sample.js';
import { ITEMS, PLAIN_FEEDS } from './fixtures/plain-feeds.js';
import { PLAIN_SAMPLES } from './fixtures/plain-samples.js';
import { settleDrafts } from './settle.js';

const prototypeKeys = Object.getOwnPropertyNames(Object.prototype);

describe.each<[string, Sample]>(PLAIN_SAMPLES.map((sample) => [sample.id, sample]))(
  'hostile documents: %s',
  (_, sample) => {
    const sound = { bytes: utf8(sample.sound), retrievedAt: sample.retrievedAt };
    const usual = saidBy(sample.parse(sound));

    it('has a sound document', () => {
      expect(sample.parse(sound)).toMatchObject({ outcome: 'accepted', items: 2, quarantined: [] });
      expect(usual).toContain('Storm — “Manama” & coast');
    });

    it.each(hostileDocuments(sample).map((document) => [document.name, document] as const))('%s', (_name, document) => {
      expect(complaintsOf(sample, document, usual)).toEqual([]);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototypeKeys);
      expect(saidBy(sample.parse(sound))).toBe(usual);
    });

    it('takes no beginning of a document that was cut', () => {
      for (let length = 0; length < sample.sound.length; length += 1) {
        if (!isCutAt(sample, length)) continue;
        const outcome = sample.parse({ ...sound, bytes: utf8(sample.sound.slice(0, length)) });
        expect([length, outcome.outcome]).toEqual([length, 'quarantined']);
      }
    });
  },
);

describe('a claim that is none', () => {
  const [plain] = PLAIN_FEEDS;
  const outcome = plain!.parse({ bytes: utf8(plain!.written(ITEMS)), retrievedAt: plain!.retrievedAt });
  const [draft] = outcome.outcome === 'accepted' ? outcome.drafts : [];

  it.each<[string, object]>([
    ['without a source', { source: undefined }],
    ['whose source has no name', { source: { ...draft!.source, name: '' } }],
    ['with a misspelt label', { tlp: 'TLP: AMBER' }],
    ['of no predicate there is', { predicate: 'strike-probability' }],
    [
      'of a local time',
      { publishedAt: { earliest: '2026-03-01T04:51:00', latest: '2026-03-01T04:51:00', basis: 'printed' } },
    ],
    ['off the globe', { place: { ...draft!.place, position: { ...draft!.place.position, lonLat: [181, 91] } } }],
    ['surer than sure', { confidence: 1.01 }],
  ])('%s is set aside, and harms no other', (_, change) => {
    const settled = settleDrafts([{ ...draft, ...change } as ClaimDraft, draft!]);
    expect(settled).toMatchObject({ drafts: [draft], quarantined: [{ code: 'field.invalid' }] });
  });
});
