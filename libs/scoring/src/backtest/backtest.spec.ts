import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateOfDay, DEFAULT_PARAMETERS, parseInstantDays, score } from '../index.js';
import { activityAt, calibrate, expectedAt } from './activity.js';
import { countBetween, hitDays, planeEvents, pseudoAssets } from './assets.js';
import { backtest } from './backtest.js';
import { forecastsOf, METHODS, worldmonitorLike } from './forecasts.js';
import { gateOf } from './gate.js';
import { prepare } from './prepare.js';
import { BacktestError, pastOrigins, protocolFor, testOrigins, trainingOrigins } from './protocol.js';
import type { BacktestProtocol, ConflictEvent } from './protocol.js';

const START = parseInstantDays('2014-01-01')!;
const HOME: readonly [number, number] = [30, 50];
const event = (day: number, [lon, lat]: readonly [number, number] = HOME): ConflictEvent => ({
  day: START + day,
  lonLat: [lon, lat],
});

/** Two towns 100 km apart: the first is struck every nine days for long spells, the second now and then. */
const RECORD: readonly ConflictEvent[] = [
  ...Array.from({ length: 140 }, (_, at) => at * 9)
    .filter((day) => day % 200 < 110)
    .map((day) => event(day)),
  ...Array.from({ length: 20 }, (_, at) => event(30 + at * 61, [30, 50.9])),
  event(1290, [31.2, 50.4]),
];
const PROTOCOL = protocolFor(RECORD);

describe('the protocol of a record', () => {
  it('begins on 1 January, ends at a round hundred of days, and measures degrees at the mean latitude', () => {
    expect(dateOfDay(PROTOCOL.firstDay)).toBe('2014-01-01');
    expect(PROTOCOL).toMatchObject({ testUntilDay: 1200, referenceLatitude: 50.2 });
    expect(protocolFor(RECORD, 48.18)).toMatchObject({ referenceLatitude: 48.2 });
  });

  it('lets no outcome of training reach past the first test, and none of a test past the end', () => {
    for (const horizon of PROTOCOL.horizonsDays) {
      const training = trainingOrigins(PROTOCOL, horizon);
      const test = testOrigins(PROTOCOL, horizon);
      expect([training[0], test[0]]).toEqual([240, 730]);
      expect(training.at(-1)! + horizon).toBeLessThanOrEqual(730);
      expect(test.at(-1)! + horizon).toBeLessThan(1200);
      expect(pastOrigins(PROTOCOL, horizon, 730).at(-1)! + horizon).toBeLessThanOrEqual(730);
    }
    expect(pastOrigins(PROTOCOL, 30, 90)).toEqual([60]);
    expect(pastOrigins(PROTOCOL, 30, 89)).toEqual([]);
  });

  it('refuses a record that is empty, too short or silent in training', () => {
    expect(() => protocolFor([])).toThrow(BacktestError);
    expect(() => protocolFor([event(0), event(800)])).toThrow(/got events from 2014-01-01 to 2016-03-11/);
    const silent = [event(5), event(1000), event(1250)];
    expect(() => backtest(silent)).toThrow(/got 0 outcomes at 17 training origins/);
  });
});

describe('pseudo-assets', () => {
  const assetsOf = (events: readonly ConflictEvent[], protocol: BacktestProtocol = PROTOCOL) =>
    pseudoAssets(planeEvents(events, protocol), protocol);

  it('are every node of the frame with an event within reach', () => {
    const inPlane = planeEvents(RECORD, PROTOCOL);
    const west = Math.min(...inPlane.map(({ xKm }) => xKm));
    const south = Math.min(...inPlane.map(({ yKm }) => yKm));
    const east = Math.max(...inPlane.map(({ xKm }) => xKm));
    const north = Math.max(...inPlane.map(({ yKm }) => yKm));
    const wanted: number[][] = [];
    for (let x = west; x <= east; x += 25) {
      for (let y = south; y <= north; y += 25) {
        if (inPlane.some((one) => Math.hypot(one.xKm - x, one.yKm - y) <= 60)) wanted.push([x, y]);
      }
    }
    expect(wanted.length).toBeGreaterThan(5);
    expect(assetsOf(RECORD).map(({ xKm, yKm }) => [xKm, yKm])).toEqual(wanted);
  });

  it('are one where everything happened in one place, and know where it is', () => {
    const [asset, ...more] = assetsOf([event(0), event(900)]);
    expect(more).toEqual([]);
    expect(asset!.lon).toBeCloseTo(30, 10);
    expect(asset!.lat).toBeCloseTo(50, 10);
  });

  it('count their hits between days, the first excluded and the last included', () => {
    const [days] = hitDays(
      assetsOf([event(0), event(900)]),
      planeEvents([event(3), event(5), event(5)], PROTOCOL),
      PROTOCOL,
    );
    expect(countBetween(days!, 3, 5)).toBe(2);
    expect(countBetween(days!, 2, 4)).toBe(1);
    expect(countBetween(days!, 5, 90)).toBe(0);
  });
});

describe('activity', () => {
  it('is that of the model: a zone with the same incidents expects as much', () => {
    const strikes = [3, 40, 41, 200, 355];
    const day = 360;
    const [activity] = activityAt(
      [day],
      pseudoAssets(
        planeEvents(
          strikes.map((at) => event(at)),
          PROTOCOL,
        ),
        PROTOCOL,
      ),
      planeEvents(
        strikes.map((at) => event(at)),
        PROTOCOL,
      ),
      DEFAULT_PARAMETERS,
    );
    const result = score({
      as_of: dateOfDay(START + day),
      theatres: [{ id: 'T', coverage_start: '2014-01-01' }],
      regions: [{ id: 'R', theatre: 'T', capacity_mw: 1, azs: [{ id: 'a', lon: 30, lat: 50, share: 1 }] }],
      incidents: strikes.map((at) => ({
        id: String(at),
        occurred_at: dateOfDay(START + at),
        theatre: 'T',
        mode: 'local',
        severity: 3,
        lon: 30,
        lat: 50,
        reports: [{ id: `r${at}`, origin: 'o', grade: 'A', stance: 1, published_at: dateOfDay(START + at) }],
      })),
      params: { evidence_cap: 1, incident_prior: 1 - 1e-15, m0_per_year: activity!.m0PerYear },
    });
    const [zone] = result.regions[0]!.azs;
    expect(activity!.m0PerYear).toBeCloseTo((5 * 365) / 360, 12);
    expect(activity!.ratePerYear[0]).toBeCloseTo(zone!.long_run_rate, 9);
    expect(activity!.trigger[0]).toBeCloseTo(zone!.trigger, 9);
    expect(expectedAt(activity!, 365, DEFAULT_PARAMETERS)[0]).toBeCloseTo(zone!.expected_equivalents_365, 9);
  });

  it('knows nothing of what comes after the origin', () => {
    const assets = pseudoAssets(planeEvents(RECORD, PROTOCOL), PROTOCOL);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1200 }), (day) => {
        const upTo = RECORD.filter((one) => one.day - PROTOCOL.firstDay <= day);
        const of = (events: readonly ConflictEvent[]) => [
          ...activityAt([day], assets, planeEvents(events, PROTOCOL), DEFAULT_PARAMETERS),
        ];
        expect(of(RECORD)).toEqual(of(upTo));
      }),
    );
  });

  it('is the same in one step as in many', () => {
    const assets = pseudoAssets(planeEvents(RECORD, PROTOCOL), PROTOCOL);
    const inPlane = planeEvents(RECORD, PROTOCOL);
    const many = [...activityAt([30, 60, 500, 730, 900], assets, inPlane, DEFAULT_PARAMETERS)].at(-1)!;
    const [one] = activityAt([900], assets, inPlane, DEFAULT_PARAMETERS);
    for (const [asset, trigger] of one!.trigger.entries()) expect(many.trigger[asset]).toBeCloseTo(trigger, 12);
    expect([...many.ratePerYear]).toEqual([...one!.ratePerYear]);
  });
});

describe('calibration', () => {
  it('has a closed form where all expect the same: q = −ln(1 − y / n) / N', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 50, noNaN: true }), fc.integer({ min: 1, max: 19 }), (expected, hits) => {
        const q = calibrate(new Float64Array(20).fill(expected), hits)!;
        expect(q / (-Math.log(1 - hits / 20) / expected)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is refused where no finite scalar fits', () => {
    expect(calibrate(Float64Array.of(1, 2), 0)).toBeUndefined();
    expect(calibrate(Float64Array.of(0, 0), 1)).toBeUndefined();
    expect(calibrate(Float64Array.of(1, 2), 3)).toBeUndefined();
  });
});

describe('baselines', () => {
  const { assets, days, at } = prepare(RECORD, PROTOCOL, DEFAULT_PARAMETERS);
  const forecasts = forecastsOf(30, days, at, PROTOCOL, DEFAULT_PARAMETERS);
  const hitIn = (asset: number, after: number, upTo: number) =>
    [...days[asset]!].some((day) => day > after && day <= upTo);

  it('are those of their definitions, case by case', () => {
    const { probabilities, outcomes, origins } = forecasts;
    for (const [o, day] of origins.entries()) {
      const past = Array.from({ length: 100 }, (_, k) => 60 + 30 * k).filter((origin) => origin + 30 <= day);
      const hitsOf = (asset: number) => past.filter((origin) => hitIn(asset, origin, origin + 30)).length;
      const all = assets.reduce((sum, _, asset) => sum + hitsOf(asset), 0);
      for (let asset = 0; asset < assets.length; asset++) {
        const index = o * assets.length + asset;
        expect(outcomes[index]).toBe(hitIn(asset, day, day + 30) ? 1 : 0);
        expect(probabilities.persistence[index]).toBe(hitIn(asset, day - 30, day) ? 0.98 : 0.02);
        expect(probabilities.climatology[index]).toBe((hitsOf(asset) + 0.5) / (past.length + 1));
        expect(probabilities.uniform[index]).toBe(all / (past.length * assets.length));
        const inLast = (span: number) => [...days[asset]!].filter((hit) => hit > day - span && hit <= day).length;
        expect(probabilities['worldmonitor-like'][index]).toBe(worldmonitorLike(inLast(30), inLast(365)));
      }
    }
  });

  it.each([
    [0, 0, 0.01],
    [1, 1, (0.7 * Math.log(5)) / Math.log(4001)],
    [0, 10, 0.01],
    [0, 11, 0.5],
    [0, 101, 0.7],
    [1e9, 1e9, 0.7],
  ])('worldmonitor-like: %d events in 30 days and %d in a year give %d', (last30, last365, wanted) => {
    expect(worldmonitorLike(last30, last365)).toBeCloseTo(wanted, 12);
  });

  it('and the model give probabilities', () => {
    for (const method of METHODS) {
      expect([...forecasts.probabilities[method]].every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });
});

describe('the back-test', () => {
  const result = backtest(RECORD);
  const month = result.horizons.find(({ horizonDays }) => horizonDays === 30)!;

  it('does not depend on the order of the events', () => {
    expect(backtest([...RECORD].reverse())).toEqual(result);
  });

  it('says in training as many outcomes as there were', () => {
    const { days, at } = prepare(RECORD, PROTOCOL, DEFAULT_PARAMETERS);
    const origins = trainingOrigins(PROTOCOL, 30);
    let seen = 0;
    let said = 0;
    for (const day of origins) {
      const expected = expectedAt(at.get(day)!, 30, DEFAULT_PARAMETERS);
      for (const [asset, hits] of days.entries()) {
        seen += countBetween(hits, day, day + 30) > 0 ? 1 : 0;
        said += 1 - Math.exp(-month.calibration.model * expected[asset]!);
      }
    }
    expect(said).toBeCloseTo(seen, 8);
  });

  it('adds up: origins, years, tenths and misses are of the same cases', () => {
    for (const { cases, byOrigin, byYear, reliability, misses, baseRate, methods } of result.horizons) {
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(sum(byYear.map((year) => year.cases))).toBe(cases);
      expect(sum(reliability.map((bin) => bin.cases))).toBe(cases);
      expect(sum(byOrigin.map(({ observed }) => observed))).toBe(misses.cameTrue);
      expect(misses.cameTrue / cases).toBeCloseTo(baseRate, 12);
      expect(sum(byOrigin.map(({ expected }) => expected)) / cases).toBeCloseTo(methods.model.meanProbability, 12);
      expect(methods.climatology.skill).toEqual({ value: 0, low: 0, high: 0 });
      expect(misses.unwarned).toBeLessThanOrEqual(misses.cameTrue);
      expect(misses.worst.every(({ said }, at) => at === 0 || said >= misses.worst[at - 1]!.said)).toBe(true);
      expect(misses.falseAlarms.every(({ said }, at) => at === 0 || said <= misses.falseAlarms[at - 1]!.said)).toBe(
        true,
      );
    }
  });

  it('tells how far it has come, to the end', () => {
    const told: number[] = [];
    backtest(RECORD, PROTOCOL, DEFAULT_PARAMETERS, (share) => told.push(share));
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('tries other grids, the first being the one it reports', () => {
    for (const placement of result.placements) {
      const { value } = result.horizons.find(({ horizonDays }) => horizonDays === placement.horizonDays)!.methods.model
        .skill;
      expect(placement.placements).toBeGreaterThan(1);
      expect(placement.placements).toBeLessThanOrEqual(25);
      expect(value).toBeGreaterThanOrEqual(placement.lowest);
      expect(value).toBeLessThanOrEqual(placement.highest);
    }
  });

  it('passes the gate only with every condition met at both horizons', () => {
    const good = result.horizons.map((horizon) => ({
      ...horizon,
      baseRate: 0.1,
      reliability: [{ from: 0, to: 0.1, cases: 100, meanSaid: 0.05, observed: 0.25 }],
      methods: {
        ...horizon.methods,
        model: { ...horizon.methods.model, skill: { value: 0.1, low: 0.01, high: 0.2 }, meanProbability: 0.13 },
      },
    }));
    const changed = (change: (horizon: (typeof good)[number]) => (typeof good)[number]) =>
      gateOf(good.map((horizon) => (horizon.horizonDays === 90 ? change(horizon) : horizon)));
    expect(gateOf(good).passed).toBe(true);
    expect(gateOf(good.filter(({ horizonDays }) => horizonDays !== 90)).passed).toBe(false);
    const model = (part: Partial<(typeof good)[number]['methods']['model']>) =>
      changed((horizon) => ({
        ...horizon,
        methods: { ...horizon.methods, model: { ...horizon.methods.model, ...part } },
      }));
    expect(model({ skill: { value: 0.1, low: 0, high: 0.2 } }).checks.filter(({ passed }) => !passed)).toMatchObject([
      { horizonDays: 90, name: 'skill' },
    ]);
    expect(model({ meanProbability: 0.0599 }).checks.filter(({ passed }) => !passed)).toMatchObject([
      { name: 'mean probability' },
    ]);
    const bin = (cases: number, observed: number) =>
      changed((horizon) => ({ ...horizon, reliability: [{ from: 0, to: 0.1, cases, meanSaid: 0.05, observed }] }))
        .passed;
    expect([bin(100, 0.26), bin(99, 0.26), bin(100, 0.24)]).toEqual([false, true, true]);
  });
});
