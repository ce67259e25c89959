import { describe, expect, it } from '@jest/globals';
import { type Claim, type ClaimDraft, type ClaimValue } from '@faultline/evidence';
import fc from 'fast-check';
import { by, PAPER } from '../../../test/support/claims.js';
import { ownClaims, ownStake } from '../../../test/support/stake.js';
import { blastRadius, DIRECTIONS, type BlastRadius } from './model/blast-radius.js';
import { hostingOf } from './model/searches.js';
import { entitiesNamed, type Stake } from './model/stake.js';

const stake = ownStake();
const claims = ownClaims().filter(({ feedId }) => feedId === 'workloads-record');
const numbered = (letter: string, count: number, width: number): string[] =>
  Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(width, '0'));
const gulf = (of: Stake): string[] =>
  [...of.places.regions.values()].filter(({ country }) => ['BH', 'AE'].includes(country)).map(({ id }) => id);

/** What the product must never place in Bahrain or the UAE without a claim. */
const GUARDED = [...stake.entities.values()]
  .filter(
    ({ id, workload, dependencies }) =>
      workload.some(
        ({ value }) =>
          ['military', 'intelligence'].includes(value.class ?? '') || (value.customerId ?? '').startsWith('org:us-'),
      ) ||
      dependencies.some(({ value, subject }) => subject === id && value.on.startsWith('model:claude')) ||
      /claude|maven|govcloud/.test(id),
  )
  .map(({ id }) => id);

describe('every claim', () => {
  it('is reached from each entity it speaks of', () => {
    const reached = (id: string) => new Set(stake.entities.get(id)!.claims.map((claim) => claim.id));
    const lost = claims.flatMap((claim) =>
      entitiesNamed(claim)
        .filter((id) => !reached(id).has(claim.id))
        .map((id) => [claim.item.id, id]),
    );
    expect(lost).toEqual([]);
    expect(claims.filter((claim) => entitiesNamed(claim).length === 0)).toEqual([]);
  });

  it('of the 136 and the 18 is among them', () => {
    const items = new Set([...stake.entities.values()].flatMap((entity) => entity.claims.map(({ item }) => item.id)));
    expect([...numbered('C', 136, 3), ...numbered('X', 18, 2)].filter((id) => !items.has(id))).toEqual([]);
  });

  it('of a disagreement stands on the page of each entity it is about, side by side', () => {
    const shown = [...stake.entities.values()].flatMap(({ disagreements }) => disagreements);
    expect([...new Set(shown.map(({ number }) => number))].sort()).toEqual(numbered('X', 18, 2));
    for (const { claim, sides, partial } of shown) {
      expect(partial).toBe(false);
      expect(sides.length).toBe(claim.value.sides.length);
      expect(sides.every((side) => side.claims.length > 0)).toBe(true);
    }
  });

  it('that is a gap stands on the page of each entity it is about', () => {
    const shown = new Set([...stake.entities.values()].flatMap(({ gaps }) => gaps.map(({ item }) => item.id)));
    expect([...shown].sort()).toEqual(numbered('G', 24, 2));
  });
});

describe('the world of the documents', () => {
  const entity = (id: string) => stake.entities.get(id)!;

  it('keeps paid, committed and conditional money side by side, and adds nothing up', () => {
    const states = entity('org:openai').commitments.filter(({ value }) => value.from === 'org:amazon');
    expect(states.map(({ value }) => [value.amount! / 1e9, value.state]).sort()).toEqual([
      [15, 'paid'],
      [35, 'conditional'],
      [50, 'announced'],
      [50, 'committed'],
      [50, 'paid'],
    ]);
  });

  it('takes a commitment that two independent documents state alike as corroborated, and no other', () => {
    const capital = entity('org:amazon').commitments.filter(({ value }) => value.kind === 'capital-expenditure');
    expect(capital.map(({ status, claims: said }) => [status, said.length])).toEqual([['corroborated', 3]]);
    expect(entity('workload:maven-with-claude').workload.map(({ status }) => status)).toEqual(['reported']);
  });

  it('has nobody’s word that confirms anything: none of the documents is an operator’s or an authority’s', () => {
    const statuses = [...stake.workloads, ...stake.dependencies, ...stake.authorisations, ...stake.commitments];
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set(['reported', 'corroborated']));
  });

  it('tells of the authorisation in GovCloud with authority and date not stated', () => {
    expect(
      entity('model:claude').authorisations.map(({ value }) => [value.level, value.partitionId, value.grantedOn]),
    ).toEqual([
      ['High', null, null],
      ['IL4', 'aws-us-gov', null],
      ['IL5', 'aws-us-gov', null],
    ]);
  });

  it('leads to who was named as affected, and says no more of them', () => {
    const careem = entity('org:careem');
    expect(careem.claims.map(({ predicate }) => predicate)).toEqual(['entity', 'affected-party']);
    expect([careem.hosting, careem.workload, careem.dependencies]).toEqual([[], [], []]);
    expect(ownStake([], '2026-02-01T00:00:00.000Z').entities.has('org:careem')).toBe(false);
  });

  it('is as it was known: in March 2026 nothing of April, and a disagreement only with two sides', () => {
    const march = ownStake([], '2026-04-02T00:00:00.000Z');
    const money = march.entities
      .get('org:anthropic')!
      .commitments.flatMap(({ claims: said }) => said.map(({ item }) => item.id));
    expect(money).toEqual(expect.arrayContaining(['C065', 'C067']));
    expect(money).not.toEqual(expect.arrayContaining(['C064']));
    const numbers = (of: Stake, id: string) => of.entities.get(id)!.disagreements.map(({ number }) => number);
    expect(numbers(march, 'org:anthropic')).not.toContain('X01');
    expect(numbers(stake, 'org:anthropic')).toContain('X01');
    expect(march.entities.has('workload:maven-with-claude')).toBe(false);
    expect(stake.entities.has('workload:maven-with-claude')).toBe(true);
  });
});

/** Cloud regions that an answer says an entity of the list runs in, or that stand in one chain with it. */
function placesIn(radius: BlastRadius, regions: readonly string[]): string[] {
  const ids = radius.nodes.map(({ id }) => id);
  const here = ids.filter((id) => regions.includes(id));
  const guarded = ids.filter((id) => GUARDED.includes(id));
  return here.length > 0 ? guarded : [];
}

describe('Bahrain and the UAE', () => {
  it('have cloud regions in the reference data, and there is something to guard', () => {
    expect(gulf(stake)).toEqual(
      expect.arrayContaining(['aws:me-central-1', 'aws:me-south-1', 'azure:uaenorth', 'oci:me-dubai-1']),
    );
    expect(GUARDED.length).toBeGreaterThan(15);
  });

  it('have no US government, military or Claude workload in any answer to any question', () => {
    const subjects = [
      ...stake.entities.keys(),
      ...stake.places.regions.keys(),
      ...stake.places.partitions.keys(),
      ...stake.places.operators.keys(),
    ];
    for (const subject of subjects) {
      for (const direction of DIRECTIONS) {
        const radius = blastRadius(stake, [subject], direction)!;
        expect([subject, direction, placesIn(radius, gulf(stake))]).toEqual([subject, direction, []]);
      }
    }
    for (const region of gulf(stake))
      expect(blastRadius(stake, [region], 'down')!.nodes.map(({ id }) => id)).toEqual([region]);
  });

  it('have “none found; searched X on date” on the page of each workload that is guarded', () => {
    for (const id of GUARDED.filter((guarded) => guarded.startsWith('workload:'))) {
      const answer = hostingOf(stake.entities.get(id)!);
      expect([id, answer.outcome]).toEqual([id, 'none-found']);
      expect(answer.text).toMatch(/^None found: .*; searched .* on 2026-11-21\./);
    }
  });

  it('have a government’s own workload once somebody says so, like any other place', () => {
    const own: Claim = {
      ...by(PAPER).says(
        { predicate: 'hosting', value: { at: { kind: 'region', id: 'aws:me-south-1' }, text: 'runs there' } },
        { id: 'workload:bahrain-government-on-aws', regionIds: ['aws:me-south-1'], zoneIds: [], countries: ['BH'] },
      ),
      id: 'planted',
      position: 900_000,
    };
    const planted = ownStake([own]);
    const radius = blastRadius(planted, ['aws:me-south-1'], 'down')!;
    expect(radius.nodes.map(({ id }) => id)).toEqual([
      'aws:me-south-1',
      'org:bahrain-government',
      'workload:bahrain-government-on-aws',
    ]);
    expect(hostingOf(planted.entities.get('workload:bahrain-government-on-aws')!).outcome).toBe('found');
  });

  it('stay so whatever else is claimed, as long as no claim says that something runs there', () => {
    const ids = [...stake.entities.keys()];
    const entity = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...GUARDED) },
      { weight: 2, arbitrary: fc.constantFrom(...ids) },
    );
    const elsewhere = [...stake.places.regions.keys()].filter((id) => !gulf(stake).includes(id));
    const text = 'planted';
    const value: fc.Arbitrary<ClaimValue> = fc.oneof(
      fc.record({ on: entity, k: fc.integer({ min: 1, max: 2 }) }).map(({ on, k }): ClaimValue => ({
        predicate: 'dependency',
        value: { on, role: 'runs-on', group: 'main', redundancy: { k, n: 2 }, text },
      })),
      fc.record({ customerId: entity, platformId: entity }).map((parts): ClaimValue => ({
        predicate: 'workload',
        value: { class: 'military', ...parts, text },
      })),
      fc.constantFrom(...stake.places.partitions.keys()).map((partitionId): ClaimValue => ({
        predicate: 'authorisation',
        value: {
          scheme: 'fedramp',
          level: 'High',
          authority: null,
          grantedOn: null,
          partitionId,
          platformId: null,
          text,
        },
      })),
      fc.constantFrom(...stake.places.partitions.keys()).map((id): ClaimValue => ({
        predicate: 'hosting',
        value: { at: { kind: 'partition', id }, text },
      })),
      fc.constantFrom(...elsewhere).map((id): ClaimValue => ({
        predicate: 'hosting',
        value: { at: { kind: 'region', id }, text },
      })),
      fc
        .constantFrom(...gulf(stake))
        .map((party): ClaimValue => ({ predicate: 'affected-party', value: { party, text } })),
    );
    const planted = fc.record({ subject: entity, said: value }).map(({ subject, said }) => {
      const at = said.predicate === 'hosting' && said.value.at.kind === 'region' ? [said.value.at.id] : [];
      const hosted =
        said.predicate === 'hosting' && !/^(workload|platform):/.test(subject) ? 'workload:planted' : subject;
      return by(PAPER).says(said, { id: hosted, regionIds: at, zoneIds: [], countries: [] });
    });
    const regions = gulf(stake);
    fc.assert(
      fc.property(fc.array(planted, { minLength: 1, maxLength: 12 }), (more: readonly ClaimDraft[]) => {
        const world = ownStake(
          more.map((draft, index) => ({ ...(draft as Claim), id: `planted ${index}`, position: 900_000 + index })),
        );
        for (const region of regions) {
          const radius = blastRadius(world, [region], 'down')!;
          expect(radius.nodes.map(({ id }) => id)).toEqual([region]);
        }
        for (const id of GUARDED) {
          const up = blastRadius(world, [id], 'up')!.nodes.map((node) => node.id);
          expect(up.filter((node) => regions.includes(node))).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });
});
