import { describe, expect, it } from '@jest/globals';
import { score, type IncidentRecord, type ScoreDocument, type Severity } from '@faultline/scoring';
import fc from 'fast-check';
import { movementOf, type Moved, type Movement } from './movement.js';

const REGION = 'aws:me-central-1';

function incident(id: string, occurredAt: string, severity: Severity = 3): IncidentRecord {
  return {
    id,
    occurred_at: occurredAt,
    theatre: 'AE',
    mode: 'standoff',
    severity,
    targets: [REGION],
    reports: [{ id: `r-${id}`, origin: `o-${id}`, grade: 'A', stance: 1, published_at: occurredAt }],
  };
}

function documentAt(asOf: string, incidents: readonly IncidentRecord[], coverageEnd = asOf): ScoreDocument {
  return {
    as_of: asOf,
    theatres: [{ id: 'AE', coverage_start: '2025-01-01', coverage_end: coverageEnd }],
    regions: [
      {
        id: REGION,
        theatre: 'AE',
        capacity_mw: 100,
        azs: ['a', 'b', 'c'].map((id) => ({ id, lat: 24.8, lon: 54.8, precision_km: 50, share: 1 / 3 })),
      },
    ],
    incidents,
  };
}
const input = (document: ScoreDocument, zonesLeft = 3) => ({ input: { document, zonesLeft } });
const movedOf = (movement: Movement) => {
  if (movement.outcome !== 'moved') throw new Error(movement.reason);
  return movement;
};
const strike = incident('strike', '2026-03-01');
const pointsOf = (document: ScoreDocument) => score(document).regions[0]!;

describe('movement', () => {
  it('of nothing is nothing', () => {
    const same = movedOf(
      movementOf(input(documentAt('2026-03-05', [strike])), input(documentAt('2026-03-05', [strike]))),
    );
    expect(same.exposure).toMatchObject({ timePassing: 0, newFacts: 0, modelChange: 0 });
    expect(same.incidents).toEqual({ added: [], revised: [], gone: [] });
  });

  it('by a strike after the old time is new facts, for it cannot be looked at from there', () => {
    const { exposure, likelihood, incidents } = movedOf(
      movementOf(input(documentAt('2026-02-27', [])), input(documentAt('2026-03-05', [strike]))),
    );
    expect(exposure.newFacts).toBeGreaterThan(20);
    expect(likelihood.newFacts).toBeGreaterThan(20);
    expect(Math.abs(exposure.timePassing)).toBeLessThan(1);
    expect(exposure.modelChange).toBe(0);
    expect(incidents).toEqual({ added: ['strike'], revised: [], gone: [] });
  });

  it('by quiet under a live feed is time passing, and calms', () => {
    const { exposure } = movedOf(
      movementOf(input(documentAt('2026-03-05', [strike])), input(documentAt('2026-05-05', [strike]))),
    );
    expect(exposure.timePassing).toBeLessThan(-5);
    expect([exposure.newFacts, exposure.modelChange]).toEqual([0, 0]);
  });

  it('by time under a dead feed is none', () => {
    const dead = (asOf: string) => input(documentAt(asOf, [strike], '2026-03-05'));
    expect(movedOf(movementOf(dead('2026-03-05'), dead('2026-05-05'))).likelihood.timePassing).toBe(0);
  });

  it('tells a revision and a withdrawal from a new incident', () => {
    const graver = incident('near', '2026-03-02', 3);
    const { incidents, exposure } = movedOf(
      movementOf(
        input(documentAt('2026-03-05', [incident('near', '2026-03-02', 1), strike])),
        input(documentAt('2026-03-05', [graver, incident('new', '2026-03-04', 2)])),
      ),
    );
    expect(incidents).toEqual({ added: ['new'], revised: ['near'], gone: ['strike'] });
    expect(exposure.timePassing).toBe(0);
  });

  it('by other parameters is a change of model', () => {
    const document = documentAt('2026-03-05', [strike]);
    const doubtful = (given: ScoreDocument) => score({ ...given, params: { eta: 0.5 } });
    const { exposure } = movedOf(movementOf(input(document), { ...input(document), model: doubtful }));
    expect(exposure).toMatchObject({ timePassing: 0, newFacts: 0 });
    expect(exposure.modelChange).toBeLessThan(-1);
  });

  it('is what the two scores say, and adds up bit for bit', () => {
    const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
    const facts = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.constantFrom<Severity>(0, 1, 2, 3)), {
      maxLength: 4,
    });
    const instants = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }));
    fc.assert(
      fc.property(facts, facts, instants, fc.double({ min: 0, max: 0.9, noNaN: true }), (old, now, [t1, t2], eta) => {
        const of = (at: number, told: readonly (readonly [number, Severity])[]) =>
          documentAt(
            day(at),
            told.map(([when, severity], index) => incident(`i${index}`, day(when), severity)),
          );
        const model = (given: ScoreDocument) => score({ ...given, params: { eta } });
        const movement = movedOf(movementOf(input(of(t1, old)), { ...input(of(t2, now)), model }));
        const adds = ({ from, to, timePassing, newFacts, modelChange }: Moved) =>
          timePassing + newFacts + modelChange === to - from;
        expect([adds(movement.likelihood), adds(movement.exposure)]).toEqual([true, true]);
        expect(movement.exposure.from).toBeCloseTo(pointsOf(of(t1, old)).exposure.score, 9);
        expect(movement.exposure.to).toBeCloseTo(model(of(t2, now)).regions[0]!.exposure.score, 9);
      }),
    );
  });

  it('has no answer where nothing is left, and refuses two regions', () => {
    const document = documentAt('2026-03-05', []);
    expect(movementOf(input(document), input(document, 0))).toMatchObject({ outcome: 'none' });
    const other = { ...document, regions: [{ ...document.regions![0]!, id: 'other' }] };
    expect(() => movementOf(input(document), input(other))).toThrow(/wanted one and the same/);
  });
});
