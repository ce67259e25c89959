import { describe, expect, it } from '@jest/globals';
import { FEEDS } from '@faultline/feeds';
import { complaintsOf, hostileDocuments, isCutAt, saidBy } from './check.js';
import { utf16, utf8, type Format, type Sample } from './sample.js';
import { SAMPLES } from './samples.js';

const CUTS = 200;
/**
 * What a document of megabytes is refused by is the reader of its format, which feeds have in common: two of a format are
 * given these, or with HOSTILE=all every one.
 */
const firstOfFormat = (sample: Sample) =>
  SAMPLES.filter(({ format }) => format === sample.format).indexOf(sample) < 2 || process.env['HOSTILE'] === 'all';
const givenTo = (sample: Sample) =>
  hostileDocuments(sample).filter(({ isHuge }) => isHuge === undefined || firstOfFormat(sample));
const prototypeKeys = Object.getOwnPropertyNames(Object.prototype);

describe('the hostile documents', () => {
  it('are there for every feed', () => {
    expect([...new Set(SAMPLES.map(({ id }) => id))].sort()).toEqual([...FEEDS.keys()].sort());
  });

  it('are many, and each has a name of its own', () => {
    const bare = (format: Format, sound: string): Sample => ({ ...SAMPLES[0]!, format, sound });
    const formats = [bare('json', '{"a":1}'), bare('xml', '<a></a>'), bare('csv', 'a,b\n1,2\n')];
    const names = (sample: Sample) => hostileDocuments(sample).map(({ name }) => name);
    for (const sample of [...SAMPLES, ...formats]) expect(new Set(names(sample)).size).toBe(names(sample).length);
    expect(new Set([...SAMPLES, ...formats].flatMap(names)).size).toBeGreaterThanOrEqual(150);
    for (const sample of SAMPLES) expect(names(sample).length).toBeGreaterThan(70);
  });
});

describe.each<[string, Sample]>(SAMPLES.map((sample) => [[sample.id, sample.name].join(' ').trim(), sample]))(
  '%s',
  (_, sample) => {
    const sound = { bytes: utf8(sample.sound), retrievedAt: sample.retrievedAt };
    const usual = saidBy(sample.parse(sound));

    it('makes claims of its sound document', () => {
      const outcome = sample.parse(sound);
      expect(outcome).toMatchObject({ outcome: 'accepted' });
      expect(outcome.outcome === 'accepted' && outcome.drafts.length).toBeGreaterThan(0);
    });

    it.each(givenTo(sample).map((document) => [document.name, document] as const))(
      'answers %s as it must, and a sound document after it as ever',
      (_name, document) => {
        expect(complaintsOf(sample, document, usual)).toEqual([]);
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototypeKeys);
        expect(saidBy(sample.parse(sound))).toBe(usual);
      },
    );

    it(`refuses a document cut at any of ${CUTS} places, in any encoding`, () => {
      for (let index = 0; index < CUTS; index += 1) {
        const length = Math.floor((index * sample.sound.length) / CUTS);
        const text = sample.sound.slice(0, length);
        if (!isCutAt(sample, length)) continue;
        // Between two halves of a character there is nothing to cut in text.
        const encodings = text.isWellFormed() ? [utf8(text), utf16(`\ufeff${text}`, 'be'), utf16(text, 'le')] : [];
        for (const bytes of encodings)
          expect([length, sample.parse({ ...sound, bytes }).outcome]).toEqual([length, 'quarantined']);
      }
    });
  },
);
