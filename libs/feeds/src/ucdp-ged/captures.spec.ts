import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { keptAtMetro, type ClaimDraft } from '@faultline/evidence';
import { ucdpGedFeed } from './index.js';

/** A per-country file of HDX, kept beside the project where there is one: Ukraine, 2014 to 2021. */
const CAPTURE = path.resolve(process.cwd(), '..', 'shared', 'data', 'conflict', 'ucdp_ukraine_hdx.csv.gz');
const describeIfThere = existsSync(CAPTURE) ? describe : describe.skip;

describeIfThere('the events of Ukraine, 2014 to 2021', () => {
  const outcome = existsSync(CAPTURE)
    ? ucdpGedFeed.parse({ bytes: gunzipSync(readFileSync(CAPTURE)), retrievedAt: '2026-11-21T00:00:00.000Z' })
    : undefined;
  const drafts = outcome?.outcome === 'accepted' ? outcome.drafts.map(keptAtMetro) : [];
  const count = (keyOf: (draft: Extract<ClaimDraft, { predicate: 'attack' }>) => string) => {
    const counts: Record<string, number> = {};
    for (const draft of drafts) {
      if (draft.predicate !== 'attack') throw new Error(draft.predicate);
      const key = keyOf(draft);
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };

  it('takes 2,976 of 2,989 rows and sets 13 with impossible deaths aside', () => {
    expect(outcome).toMatchObject({ outcome: 'accepted', items: 2989, newestContentAt: '2021-12-31T00:00:00.000Z' });
    expect(outcome?.outcome === 'accepted' && outcome.quarantined.map(({ code }) => code)).toEqual(
      Array.from({ length: 13 }, () => 'field.range'),
    );
    expect(drafts).toHaveLength(2976);
    expect(new Set(drafts.map(({ subject }) => subject)).size).toBe(2976);
    expect(count(({ place }) => place.countries.join())).toEqual({ UA: 2976 });
  });

  it('reads means and what was hit out of few headlines', () => {
    expect(count(({ value }) => `${value.mode} ${value.severity}`)).toEqual({
      'local 1': 2574,
      'local 2': 74,
      'standoff 1': 326,
      'standoff 2': 2,
    });
    expect(count(({ source }) => source.grade)).toEqual({ A: 2760, B: 216 });
  });

  it('has no place where only the country is known, and is out by August of the year after', () => {
    expect(count(({ place }) => String(place.position?.precisionKm))).toEqual({
      '5': 664,
      '13': 63,
      '25': 1530,
      '33': 11,
      '50': 16,
      '100': 222,
      '150': 465,
      '158': 2,
      '200': 1,
      undefined: 2,
    });
    expect(
      drafts.every(
        ({ publishedAt, occurredAt }) =>
          publishedAt!.latest.slice(4) === '-08-02T12:00:00.000Z' && publishedAt!.latest > occurredAt!.end!,
      ),
    ).toBe(true);
  });
});
