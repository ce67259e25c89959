import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isPublishedBy, type ClaimDraft } from '@faultline/evidence';
import { bundleRecord, parseRecord } from './parse.js';

const fileOf = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../data/${name}`, import.meta.url), 'utf8'));
const outcome = parseRecord({
  bytes: bundleRecord({ claims: fileOf('march-2026.json'), sources: fileOf('sources.json') }),
  retrievedAt: '2026-11-21T12:00:00.000Z',
});
const drafts: readonly ClaimDraft[] = outcome.outcome === 'accepted' ? outcome.drafts : [];
const visibleAt = (asOf: string) => drafts.filter((draft) => isPublishedBy(draft, `${asOf}:00.000Z`));
const about = (asOf: string, region: string, predicate: ClaimDraft['predicate']) =>
  visibleAt(asOf).filter((draft) => draft.place.regionIds.includes(region) && draft.predicate === predicate);
const ids = (claims: readonly ClaimDraft[]) => claims.map(({ item }) => item.id.slice('m26-'.length)).sort();
const UAE = 'aws:me-central-1';
const BAHRAIN = 'aws:me-south-1';

/** What becomes visible between one as-of and the next. */
const STEPS: readonly (readonly [asOf: string, newly: readonly string[]])[] = [
  [
    '2026-03-01T13:00',
    [
      'war-iran-us-israel-attacks',
      'war-uae-attacks',
      'war-bahrain-attacks',
      'war-uae-attribution',
      'war-bahrain-attribution',
      'aws-0301-1251-investigating',
      'aws-0301-1251-connectivity',
      'aws-0301-1251-power',
      'search-uae-hosting',
      'search-bahrain-hosting',
    ],
  ],
  [
    '2026-03-01T15:00',
    [
      'aws-0301-1319-az2-investigating',
      'aws-0301-1319-az2-power',
      'aws-0301-1409-az2-impaired',
      'aws-0301-1409-az2-power',
    ],
  ],
  [
    '2026-03-01T18:00',
    ['aws-0301-1741-az2-struck', 'aws-0301-1741-az2-fire', 'aws-0301-1741-az2-power-cut', 'aws-0301-1741-other-zones'],
  ],
  [
    '2026-03-03T01:00',
    [
      'aws-0301-advice',
      'aws-0301-api-errors',
      'aws-0302-0556-mes1-az2',
      'aws-0302-mes1-az2-power',
      'aws-0302-mes1-az2-impaired',
      'aws-0302-az3-power',
      'aws-0302-az3-impaired',
      'aws-0303-uae-cause',
      'aws-0303-uae-attack',
      'aws-0303-uae-means',
      'aws-0303-uae-damage',
      'aws-0303-bahrain-cause',
      'aws-0303-bahrain-attack',
      'aws-0303-bahrain-means',
      'aws-0303-bahrain-damage',
      'aws-0303-az2-impaired',
      'aws-0303-az3-impaired',
      'aws-0303-mes1-az2-impaired',
      'aws-0303-other-zones',
    ],
  ],
  [
    '2026-03-07T12:00',
    [
      'aws-0303-uae-services',
      'aws-0303-uae-duration',
      'aws-0303-uae-advice',
      'aws-0303-bahrain-services',
      'aws-0303-bahrain-duration',
      'aws-0303-bahrain-advice',
      'adcb-affected',
      'emirates-nbd-affected',
      'emirates-islamic-affected',
      'fab-affected',
      'fars-uae-military',
      'fars-uae-attribution',
      'fars-bahrain-military',
      'fars-bahrain-attribution',
      'fars-microsoft',
      'trace-bref',
      'news-az-attribution',
      'ibtimes-az1-az2',
      'arabian-post-restored',
    ],
  ],
  [
    '2026-03-13T12:00',
    [
      'careem-affected',
      'alaan-affected',
      'hubpay-affected',
      'snowflake-affected',
      'tasnim-aws',
      'tasnim-azure',
      'tasnim-gcp',
      'tasnim-oci',
      'tasnim-aws-not-listed-fanpage',
      'tasnim-aws-not-listed-itnews',
    ],
  ],
  [
    '2026-03-25T12:00',
    [
      'aws-0324-bahrain-disrupted',
      'aws-0324-bahrain-attack',
      'aws-0324-bahrain-cause',
      'aws-0324-bahrain-advice',
      'domain-b-no-evidence',
      'techbytes-intact',
      'techbytes-ingress',
    ],
  ],
  [
    '2026-05-01T12:00',
    [
      'irgc-0331-azure',
      'irgc-0331-gcp',
      'irgc-0331-oci',
      'irgc-0331-aws-not-listed',
      'ft-0401-bahrain-attack',
      'ft-0401-bahrain-cause',
      'ft-0401-bahrain-attribution',
      'bh-interior-0401-fire',
      'bh-interior-0401-cause',
      'bh-interior-0401-attribution',
      'memo-uae-hard-down',
      'memo-bahrain-hard-down',
      'trace-fedora-coreos',
      'trace-gamelift',
      'trace-nixos',
      'trace-powertools-python',
      'trace-powertools-typescript',
      'aws-0430-uae-unavailable',
      'aws-0430-uae-cause',
      'aws-0430-uae-duration',
      'aws-0430-uae-advice',
      'aws-0430-bahrain-unavailable',
      'aws-0430-bahrain-cause',
      'aws-0430-bahrain-duration',
      'aws-0430-bahrain-advice',
      'fsplugins-0330',
    ],
  ],
  [
    '2026-09-16T12:00',
    [
      'trace-elastic-uae',
      'trace-elastic-bahrain',
      'trace-mongodb',
      'trace-redis',
      'trace-mendix',
      'ars-fees-waived',
      'ars-uae-attribution',
      'ars-bahrain-attribution',
      'irgc-0721-attack',
      'irgc-0721-means',
      'irgc-0721-damage',
      'register-0721-already-offline',
      'watch-list-since-july',
      'watch-list-correction',
      'aws-0915-az2-data-loss',
      'aws-0915-az2-lost',
      'aws-0915-az1-recovering',
      'aws-0915-az3-recovering',
      'aws-0915-bahrain-data-loss',
      'aws-0915-bahrain-unavailable',
      'aws-0915-mes1-az2-lost',
    ],
  ],
];

describe('what had been published by each as-of', () => {
  it.each(STEPS.map(([asOf, newly], index) => [asOf, newly, STEPS[index - 1]?.[0]] as const))(
    '%s',
    (asOf, newly, before) => {
      const known = new Set(before === undefined ? [] : ids(visibleAt(before)));
      expect(ids(visibleAt(asOf)).filter((id) => !known.has(id))).toEqual([...newly].sort());
    },
  );

  it('is all of it in the end', () => {
    expect(visibleAt('2026-11-21T12:00').length).toBe(drafts.length);
  });
});

describe('1 March, 13:00', () => {
  it('knows an investigation of connectivity and power, and no zone, cause or duration', () => {
    const now = visibleAt('2026-03-01T13:00');
    expect(about('2026-03-01T13:00', UAE, 'nature').map(({ value }) => value)).toMatchObject([
      { nature: 'connectivity' },
      { nature: 'power' },
    ]);
    expect(now.flatMap(({ place }) => place.zoneIds)).toEqual([]);
    expect([...about('2026-03-01T13:00', UAE, 'cause'), ...about('2026-03-01T13:00', UAE, 'duration')]).toEqual([]);
  });

  it('knows the attacks on Gulf states as incidents of their own, tied to no cloud region', () => {
    const attacks = visibleAt('2026-03-01T13:00').filter(({ predicate }) => predicate === 'attack');
    expect(attacks.map(({ subject }) => subject).sort()).toEqual(['country:AE', 'country:BH', 'country:IR']);
    expect(attacks.flatMap(({ place }) => place.regionIds)).toEqual([]);
  });
});

describe('1 March, 15:00 and 18:00', () => {
  it('has mec1-az2 impaired by a power issue, with no other zone spoken of', () => {
    const conditions = about('2026-03-01T15:00', UAE, 'condition');
    expect(
      conditions
        .filter(({ subject }) => subject !== UAE)
        .map(({ subject, value }) => [subject, 'state' in value && value.state]),
    ).toEqual([
      ['aws:mec1-az2', 'investigating'],
      ['aws:mec1-az2', 'impaired'],
    ]);
    expect(about('2026-03-01T15:00', UAE, 'cause')).toEqual([]);
  });

  it('has objects at 18:00, what they were unsaid, and the other zones working', () => {
    expect(about('2026-03-01T18:00', UAE, 'cause').map(({ value }) => value)).toMatchObject([
      { cause: 'struck-by-objects', peril: null },
    ]);
    expect(about('2026-03-01T18:00', UAE, 'means')).toEqual([]);
    expect(ids(about('2026-03-01T18:00', UAE, 'condition'))).toContain('aws-0301-1741-other-zones');
  });

  it('has no word of a drone about either region before the operator’s of 3 March', () => {
    const early = [...visibleAt('2026-03-01T18:00'), ...visibleAt('2026-03-03T00:18')].filter(
      ({ place }) => place.regionIds.length > 0,
    );
    expect(early.filter(({ value }) => /drone|missile|strike/i.test(JSON.stringify(value)))).toEqual([]);
  });
});

describe('3 March, 01:00', () => {
  it('has drone strikes by the operator’s word: two UAE facilities, zones of the two not named, and Bahrain by a strike close by', () => {
    const attacks = visibleAt('2026-03-03T01:00').filter(
      ({ predicate, place }) => predicate === 'attack' && place.regionIds.length > 0,
    );
    expect(attacks.map(({ subject, source, place }) => [subject, source.class, place.zoneIds])).toEqual([
      [UAE, 'provider', []],
      [BAHRAIN, 'provider', []],
    ]);
    const impaired = visibleAt('2026-03-03T01:00').filter(
      (draft) => draft.predicate === 'condition' && draft.value.state === 'impaired',
    );
    expect(new Set(impaired.map(({ subject }) => subject))).toEqual(
      new Set(['aws:mec1-az2', 'aws:mec1-az3', 'aws:mes1-az2']),
    );
  });

  it('has no attribution, motive or duration for either region', () => {
    const unsaid = visibleAt('2026-03-03T01:00').filter(
      ({ predicate, place }) =>
        place.regionIds.length > 0 && ['attribution', 'alleged-target-reason', 'duration'].includes(predicate),
    );
    expect(unsaid).toEqual([]);
  });
});

describe('later', () => {
  it('7 March: the motive is an adversary’s; hosting was searched for and none found', () => {
    const motives = visibleAt('2026-03-07T12:00').filter(({ predicate }) => predicate === 'alleged-target-reason');
    expect(new Set(motives.map(({ origin, source }) => `${origin} ${source.class}`))).toEqual(
      new Set(['fars adversary']),
    );
    expect(visibleAt('2026-03-07T11:59').filter(({ predicate }) => predicate === 'alleged-target-reason')).toEqual([]);
    expect([UAE, BAHRAIN].flatMap((region) => ids(about('2026-03-07T12:00', region, 'hosting-search')))).toEqual([
      'search-uae-hosting',
      'search-bahrain-hosting',
    ]);
  });

  it('13 March: one list, one origin, with Amazon’s place on it contested', () => {
    const threats = visibleAt('2026-03-13T12:00').filter(({ predicate }) => predicate === 'declared-threat');
    expect(new Set(threats.map(({ origin }) => origin))).toEqual(new Set(['tasnim']));
    expect(threats.filter(({ subject }) => subject === 'aws').map(({ stance }) => stance)).toEqual([
      'asserts',
      'denies',
      'denies',
    ]);
  });

  it('25 March: “disrupted” and “no verified evidence” stand side by side', () => {
    const attacks = about('2026-03-25T12:00', BAHRAIN, 'attack').filter(
      ({ occurredAt }) => occurredAt?.begin === '2026-03-23T00:00:00.000Z',
    );
    expect(attacks.map(({ source, stance }) => [source.id, stance])).toEqual([
      ['aws', 'asserts'],
      ['domain-b', 'denies'],
    ]);
  });

  it('1 May: both regions unavailable for several months, billing suspended, and the claim of recovery still there', () => {
    for (const region of [UAE, BAHRAIN]) {
      const own = about('2026-05-01T12:00', region, 'condition').filter(
        ({ source, subject }) => source.id === 'aws' && subject === region,
      );
      expect(own.at(-1)?.value).toMatchObject({ state: 'unavailable', text: expect.stringContaining('billing') });
      expect(about('2026-05-01T12:00', region, 'duration').at(-1)?.value).toMatchObject({
        phrase: 'several months',
        until: null,
      });
    }
    expect(ids(about('2026-05-01T12:00', UAE, 'condition'))).toContain('arabian-post-restored');
  });

  it('16 September: what is lost is told apart from what is being repaired', () => {
    expect(ids(visibleAt('2026-09-16T12:00').filter(({ predicate }) => predicate === 'data-loss'))).toEqual([
      'aws-0915-az2-data-loss',
      'aws-0915-bahrain-data-loss',
    ]);
    const stateOf = (id: string) =>
      visibleAt('2026-09-16T12:00').find(({ item }) => item.id === `m26-aws-0915-${id}`)?.value;
    expect(['az2-lost', 'mes1-az2-lost', 'az1-recovering', 'az3-recovering'].map(stateOf)).toMatchObject([
      { state: 'permanently-lost' },
      { state: 'permanently-lost' },
      { state: 'recovering' },
      { state: 'recovering' },
    ]);
    expect(
      visibleAt('2026-09-15T10:00').filter(
        (draft) => draft.predicate === 'condition' && draft.value.state === 'permanently-lost',
      ),
    ).toEqual([]);
  });
});
