import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft } from '@faultline/evidence';
import type { Accepted } from './fixtures/gulf.js';
import { awsHealthFeed } from './index.js';

/** Captures of the real board, kept beside the project where there are any. They are AWS's and no part of it. */
const FOLDER = path.resolve(process.cwd(), '..', 'shared', 'data', 'feeds', 'aws');
const describeIfThere = existsSync(FOLDER) ? describe : describe.skip;

describeIfThere('captures of 7 December 2021', () => {
  const outcomes = new Map<string, Accepted>();
  const parse = (time: string): Accepted => outcomes.get(time) ?? parseAnew(time);
  const parseAnew = (time: string): Accepted => {
    const bytes = gunzipSync(readFileSync(path.join(FOLDER, `aws_status_2021-12-07T${time}Z.json.gz`)));
    const retrievedAt = `2021-12-07T${time.slice(0, 2)}:${time.slice(2)}:59.000Z`;
    const outcome = awsHealthFeed.parse({ bytes, retrievedAt });
    if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
    outcomes.set(time, outcome);
    return outcome;
  };
  const idsOf = (drafts: readonly ClaimDraft[]) =>
    new Set(drafts.filter(({ item }) => !item.part.startsWith('board')).map(({ item }) => JSON.stringify(item)));

  it.each([
    ['1651', 1, '2021-12-07T16:26:59.999Z'],
    ['2208', 5, '2021-12-07T21:55:59.999Z'],
    ['2339', 8, '2021-12-07T23:32:56.000Z'],
  ])('takes all 453 archived events and those current at %s', (time, current, newestContentAt) => {
    const outcome = parse(time);
    expect(outcome).toMatchObject({ items: 453 + current, quarantined: [], newestContentAt });
    expect(new Set(outcome.drafts.map(({ item }) => item.id)).size).toBe(453 + current);
    expect(outcome.drafts.every(({ publishedAt }) => publishedAt!.latest <= '2021-12-07T23:39:59.999Z')).toBe(true);
  });

  it('gives what the captures share the same identities and the same words', () => {
    const [first, second, third] = ['1651', '2208', '2339'].map((time) => parse(time).drafts);
    for (const [earlier, later] of [
      [first!, second!],
      [second!, third!],
    ] as const) {
      const ids = idsOf(later);
      expect([...idsOf(earlier)].filter((id) => !ids.has(id))).toEqual([]);
      const said = new Map(
        later.map(({ item, ...draft }) => [JSON.stringify(item), JSON.stringify({ ...draft, locator: null })]),
      );
      for (const { item, ...draft } of earlier.filter((held) => held.publishedAt!.basis === 'printed')) {
        expect(said.get(JSON.stringify(item))).toBe(JSON.stringify({ ...draft, locator: null }));
      }
    }
  });

  it('states every archived event as over, and reads no strike, means or damage into them', () => {
    const { drafts } = parse('2339');
    const archived = drafts.filter(({ locator }) => locator!.startsWith('/archive'));
    const restored = archived.filter((draft) => draft.predicate === 'condition' && draft.value.state === 'restored');
    expect(new Set(restored.map(({ item }) => item.id)).size).toBe(453);
    expect(drafts.filter(({ predicate }) => ['cause', 'means', 'damage'].includes(predicate))).toEqual([]);
  });
});
