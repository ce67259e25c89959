import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockOf } from './block.js';
import { claimDraftSchema, type ClaimDraft } from './claim.js';
import { statementKey } from './claim-status.js';
import { CLAIM_VALUES } from './predicates.js';
import { HOSTED_PATTERN, hostPartitionId, hostRegionId, isStake, PARTITION_PATTERN, REGION_PATTERN } from './stake.js';

const REGION_ROWS = readdirSync('data/regions').flatMap(
  (file) =>
    (
      JSON.parse(readFileSync(path.join('data/regions', file), 'utf8')) as {
        regions: { id: string; partition: string; zoneIds: string[] }[];
      }
    ).regions,
);

const draft = (change: Partial<Record<keyof ClaimDraft, unknown>> = {}): unknown => ({
  item: { id: 'x', version: '1', part: 'claim' },
  subject: 'workload:ledger',
  stance: 'asserts',
  place: { regionIds: ['aws:me-south-1'], zoneIds: [], countries: ['BH'], position: null },
  thread: null,
  source: { id: 'gov:bh-treasury', name: 'Treasury', class: 'government', grade: 'B' },
  origin: 'gov:bh-treasury',
  url: 'https://treasury.example/cloud',
  locator: null,
  occurredAt: null,
  publishedAt: null,
  expiresAt: null,
  confidence: 0.8,
  tlp: 'TLP:CLEAR',
  captureClass: 'transcribed',
  predicate: 'hosting',
  value: { at: { kind: 'region', id: 'aws:me-south-1' }, text: 'runs there' },
  ...change,
});
const isValid = (value: unknown): boolean => claimDraftSchema.safeParse(value).success;
const at = (kind: string, id: string, regionIds: string[] = kind === 'region' ? [id] : []): unknown =>
  draft({
    value: { at: { kind, id }, text: 'runs there' },
    place: { regionIds, zoneIds: [], countries: [], position: null },
  });

describe('a hosting claim', () => {
  it('may name any cloud region and partition of the reference data', () => {
    expect(REGION_ROWS.length).toBeGreaterThan(200);
    expect(REGION_ROWS.map(({ id }) => id).filter((id) => !hostRegionId.safeParse(id).success)).toEqual([]);
    const partitions = [...new Set(REGION_ROWS.map(({ partition }) => partition))];
    expect(partitions.filter((id) => !hostPartitionId.safeParse(id).success)).toEqual([]);
    expect(isValid(at('region', 'aws:us-gov-west-1'))).toBe(true);
    expect(isValid(at('partition', 'aws-us-gov'))).toBe(true);
  });

  it('may name no zone of the reference data', () => {
    const zones = REGION_ROWS.flatMap(({ zoneIds }) => zoneIds);
    expect(zones.length).toBeGreaterThan(200);
    expect(zones.filter((id) => hostRegionId.safeParse(id).success || hostPartitionId.safeParse(id).success)).toEqual(
      [],
    );
  });

  it.each([
    'aws:mec1-az2',
    'aws:me-central-1a',
    'aws:use1-bos1-az1',
    'gcp:me-central1-a',
    'azure:uaenorth-1',
    'oci:me-dubai-1-ad-1',
    'facility:batelco-hamala',
    'aws',
    'country:BH',
    '',
  ])('may not name %s as its region', (id) => {
    expect(isValid(at('region', id))).toBe(false);
  });

  it.each(['aws:mec1-az2', 'facility:x', 'Hamala', 'a b'])('may not name %s as its partition', (id) => {
    expect(isValid(at('partition', id))).toBe(false);
  });

  it.each(['aws:me-south-1', 'aws:mec1-az2', 'facility:x', 'org:anthropic', 'model:claude'])(
    'may not be about %s',
    (subject) => {
      expect(isValid(draft({ subject }))).toBe(false);
    },
  );

  it('has no zone, no position and no other region', () => {
    const place = { regionIds: ['aws:me-south-1'], zoneIds: [], countries: [], position: null };
    const position = { lonLat: [50.5, 26.1], precisionKm: 20, method: 'a guess' };
    expect(isValid(draft({ place }))).toBe(true);
    expect(isValid(draft({ place: { ...place, zoneIds: ['aws:mes1-az2'] } }))).toBe(false);
    expect(isValid(draft({ place: { ...place, position } }))).toBe(false);
    expect(isValid(draft({ place: { ...place, regionIds: ['aws:me-central-1'] } }))).toBe(false);
    expect(isValid(draft({ place: { ...place, regionIds: [] } }))).toBe(false);
    expect(isValid(draft({ place: { ...place, regionIds: ['aws:me-south-1', 'aws:me-central-1'] } }))).toBe(false);
  });
});

describe('the stake side', () => {
  const other = { predicate: 'remark', value: { topic: 'role', about: [], text: 'says little' } };

  it('has a place in hosting claims alone', () => {
    expect(isValid(draft(other))).toBe(false);
    const nowhere = { regionIds: [], zoneIds: [], countries: [], position: null };
    expect(isValid(draft({ ...other, place: nowhere }))).toBe(true);
    expect(isValid(draft({ ...other, place: nowhere, subject: 'aws:mec1-az2' }))).toBe(false);
  });

  it('refuses a redundancy of more than there is', () => {
    const nowhere = { regionIds: [], zoneIds: [], countries: [], position: null };
    const needs = (k: number, n: number) =>
      isValid(
        draft({
          predicate: 'dependency',
          place: nowhere,
          value: { on: 'platform:x', role: 'runs-on', group: 'g', redundancy: { k, n }, text: 't' },
        }),
      );
    expect([needs(1, 2), needs(2, 2), needs(3, 2), needs(0, 2)]).toEqual([true, true, false, false]);
  });

  it('has blocks of its own, which a retraction shares', () => {
    const said = draft() as ClaimDraft;
    const retraction = { ...said, predicate: 'retraction' as const };
    expect(blockOf(said)).toBe('stake:workload:ledger');
    expect(blockOf(retraction)).toBe(blockOf(said));
  });

  it('tells statements apart by all they state and not by their wording', () => {
    const claim = (value: unknown) => draft({ value }) as Parameters<typeof statementKey>[0];
    const one = claim({ at: { kind: 'region', id: 'aws:me-south-1' }, text: 'a' });
    const same = claim({ text: 'b', at: { id: 'aws:me-south-1', kind: 'region' } });
    const elsewhere = claim({ at: { kind: 'region', id: 'aws:me-central-1' }, text: 'a' });
    expect(statementKey(same)).toBe(statementKey(one));
    expect(statementKey(elsewhere)).not.toBe(statementKey(one));
  });

  it('is none of the predicates that tell of incidents', () => {
    const predicates = CLAIM_VALUES.options.map((option) => option.shape.predicate.value);
    expect(predicates.filter((predicate) => isStake(predicate))).toHaveLength(9);
    expect(['condition', 'attack', 'affected-party', 'hosting-search', 'place.region'].some(isStake)).toBe(false);
  });
});

describe('the patterns', () => {
  it('are those of the database', () => {
    const migration = readFileSync('migrations/1769900600000-workloads.ts', 'utf8');
    for (const pattern of [REGION_PATTERN, PARTITION_PATTERN, HOSTED_PATTERN])
      expect(migration).toContain(`'${pattern}'`);
  });

  it('never take what has a zone behind a region', () => {
    const region = fc.constantFrom(...REGION_ROWS.map(({ id }) => id));
    const tail = fc.constantFrom('-az1', '-az12', 'a', '-a', '-ad-1', '-lax-1a', '/dc3', ':b1', '\n');
    fc.assert(
      fc.property(region, tail, (id, finer) => {
        expect(hostRegionId.safeParse(id + finer).success).toBe(
          id.startsWith('azure:') && finer === 'a' && !/\d$/.test(id),
        );
      }),
    );
  });
});
