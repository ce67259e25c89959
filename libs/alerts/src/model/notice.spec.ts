import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClaimStatus } from '@faultline/evidence';
import type { Brief } from './brief.js';
import type { Fact, FactKind, Quoted } from './fact.js';
import { noticesOf, type NoticeDraft, type Told } from './notice.js';
import { conditionsSchema } from './subscription.js';

const ALL = conditionsSchema.parse({
  condition: 'impaired',
  quorum: true,
  lifecycle: true,
  cause: true,
  duration: true,
});

const quoted = (id: string, news = true, byOperator = true): Quoted => ({
  id,
  source: byOperator ? 'AWS' : 'Gulf Paper',
  sourceClass: byOperator ? 'provider' : 'media',
  grade: 'A',
  byOperator,
  publishedAt: '2026-03-01T12:00:00.000Z',
  status: 'confirmed',
  text: id,
  news,
});
const fact = (key: string, kind: FactKind, value: string | null, claim = quoted(`${key} ${value}`)): Fact => ({
  key,
  kind,
  subject: key,
  value,
  words: String(value),
  claims: [claim],
});
const incident = (value: string, claim?: Quoted) => fact('incident 1', 'lifecycle', value, claim);
const zone = (id: string, value: string | null, claim?: Quoted) => fact(`zone ${id}`, 'zone', value, claim);

function briefOf(facts: Fact[], status: Record<string, ClaimStatus> = {}, working: [string, Quoted][] = []): Brief {
  return {
    regionId: 'aws:me-central-1',
    regionName: 'UAE',
    operatorId: 'aws',
    label: '',
    coordinates: { validAt: '', publicAt: '', position: 1 },
    facts,
    zones: [],
    incidents: [],
    notKnown: [],
    coincident: [],
    coverage: [],
    statusOf: new Map(Object.entries(status)),
    working: new Map(working),
  };
}
const toldOf = (facts: readonly Fact[], ended = false): Told => ({
  facts: facts.map((held) => ({ ...held, noticeId: 'n1' })),
  ended,
});
const decide = (told: Told | null, brief: Brief, conditions = ALL) => noticesOf(conditions, told, brief);
const notices = (decision: ReturnType<typeof decide>): readonly NoticeDraft[] =>
  'notices' in decision ? decision.notices : [];
const kinds = (decision: ReturnType<typeof decide>) => notices(decision).map(({ kind }) => kind);

describe('what a subscription is told', () => {
  it('first: what holds, when a condition does', () => {
    expect(kinds(decide(null, briefOf([incident('open'), zone('a', null)])))).toEqual(['initial']);
    expect(decide(null, briefOf([zone('a', 'no-impairment-stated')]))).toEqual({ silence: 'no-condition-met' });
  });

  it('never opens on what was read long after it was published', () => {
    const old = quoted('old', false);
    expect(decide(null, briefOf([incident('open', old), zone('a', 'impaired', old)]))).toEqual({
      silence: 'backfilled',
    });
    const told = toldOf([incident('open', old), zone('a', null)]);
    expect(decide(told, briefOf([incident('open', old), zone('a', 'impaired', old)]))).toEqual({
      silence: 'backfilled',
    });
  });

  it('then only what changed, and only when it is worth a message', () => {
    const told = toldOf([incident('open'), zone('a', null)]);
    expect(decide(told, briefOf([incident('open'), zone('a', null)]))).toEqual({ silence: 'nothing-changed' });
    expect(decide(told, briefOf([incident('open'), zone('a', 'investigating')]))).toEqual({
      silence: 'below-threshold',
    });
    const [update] = notices(decide(told, briefOf([incident('open'), zone('a', 'impaired')])));
    expect(update).toMatchObject({ kind: 'update', changes: [{ subject: 'zone a', from: 'null', to: 'impaired' }] });
  });

  it('tells beside what was worth it all that had gathered below the threshold', () => {
    const told = toldOf([incident('open'), zone('a', null), fact('damage', 'detail', null)]);
    const [update] = notices(
      decide(told, briefOf([incident('open'), zone('a', 'impaired'), fact('damage', 'detail', 'fire')])),
    );
    expect(update!.changes.map(({ subject }) => subject)).toEqual(['zone a', 'damage']);
  });

  it('corrects what its source took back, on its own and even when it is read late', () => {
    const claim = quoted('c1', false);
    const told = toldOf([incident('open'), zone('a', 'impaired', claim)]);
    const decision = decide(told, briefOf([incident('open'), zone('a', null)], { c1: 'retracted' }));
    expect(notices(decision)).toMatchObject([
      { kind: 'correction', corrections: [{ subject: 'zone a', reason: 'retracted', noticeIds: ['n1'] }] },
    ]);
  });

  it('corrects a naming that the operator contradicts, and tells what else is new beside it', () => {
    const named = fact('naming aws:az1 c1', 'naming', 'named', quoted('c1', true, false));
    const told = toldOf([incident('open'), named, fact('incident 1 cause', 'cause', null)]);
    const works = quoted('works');
    const decision = decide(
      told,
      briefOf([incident('open'), fact('incident 1 cause', 'cause', 'drone-strike')], {}, [['aws:az1', works]]),
    );
    expect(notices(decision)).toMatchObject([
      { kind: 'correction', changes: [], corrections: [{ reason: 'contradicted-by-operator', by: { id: 'works' } }] },
      { kind: 'update', changes: [{ subject: 'incident 1 cause', to: 'drone-strike' }], corrections: [] },
    ]);
    // What the correction leaves told is what was told without the mistake, so nothing new is swallowed by it.
    expect(notices(decision)[0]!.told.map(({ key }) => key)).toEqual(['incident 1', 'incident 1 cause']);
  });

  it('does not call the world moving on a correction', () => {
    const told = toldOf([incident('open'), zone('a', 'no-impairment-stated', quoted('c1'))]);
    expect(kinds(decide(told, briefOf([incident('open'), zone('a', 'impaired')], { c1: 'confirmed' })))).toEqual([
      'update',
    ]);
  });

  it('resolves on an explicit end only, and retracts when every incident was taken back', () => {
    const told = toldOf([incident('open'), zone('a', 'impaired')]);
    expect(kinds(decide(told, briefOf([incident('resolved'), zone('a', 'restored')])))).toEqual(['resolved']);
    expect(kinds(decide(told, briefOf([incident('open'), zone('a', 'restored')])))).toEqual(['update']);
    expect(kinds(decide(told, briefOf([incident('retracted'), zone('a', null)])))).toEqual(['retraction']);
    expect(
      kinds(
        decide(
          toldOf([incident('resolved')], true),
          briefOf([incident('resolved'), fact('incident 2', 'lifecycle', 'open')]),
        ),
      ),
    ).toEqual(['initial']);
  });

  it('says the same thing twice to nobody', () => {
    const anyFact = fc
      .record({
        key: fc.constantFrom('zone a', 'zone b', 'quorum', 'state', 'incident 1', 'incident 1 cause'),
        value: fc.constantFrom(
          null,
          'impaired',
          'investigating',
          'lost',
          'held',
          'open',
          'resolved',
          'no-impairment-stated',
        ),
        news: fc.boolean(),
      })
      .map(({ key, value, news }) => {
        const kind: FactKind = key.startsWith('zone')
          ? 'zone'
          : key === 'incident 1'
            ? 'lifecycle'
            : key.endsWith('cause')
              ? 'cause'
              : (key as FactKind);
        return fact(key, kind, value, quoted(`${key} ${value}`, news));
      });
    const world = fc.uniqueArray(anyFact, { selector: ({ key }) => key, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(world, { maxLength: 8 }), (worlds) => {
        let told: Told | null = null;
        for (const facts of worlds) {
          const brief = briefOf(facts);
          const decision = decide(told, brief);
          const last = notices(decision).at(-1);
          if (!last) continue;
          told = toldOf(last.told, last.kind === 'resolved' || last.kind === 'retraction');
          const again = decide(told, brief);
          expect(again).toEqual({ silence: told.ended ? 'no-condition-met' : 'nothing-changed' });
        }
      }),
    );
  });
});
