import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownDocuments, readWatches } from '@faultline/feeds';
import { DEFAULT_PARAMETERS, MODEL_VERSION } from '@faultline/scoring';
import { runBacktest } from './backtest.command.js';
import { pageOf } from './backtest/page.js';
import { plotsOf } from './backtest/plots.js';
import { replayMarch2026 } from './backtest/replay.js';
import { jsonOf, type BacktestReport } from './backtest/report.js';
import { UsageError } from './usage.js';

const ATLANTIS = new URL('backtest/fixtures/atlantis.csv', import.meta.url).pathname;
const ROOT = path.resolve(import.meta.dirname, '../../..');
const DOCS = path.join(ROOT, 'docs');
const UKRAINE = path.resolve(process.cwd(), '..', 'shared', 'data', 'conflict', 'ucdp_ukraine_hdx.csv.gz');
const FILES = ['backtest-reliability.svg', 'backtest-skill.svg', 'backtest-time.svg', 'backtest.json', 'backtest.md'];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'faultline-backtest-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const said: string[] = [];
  const code = await runBacktest(args, { isTerminal: false, print: (text) => said.push(text) });
  return { code, said: said.join('') };
}
const written = (name: string, file: string) => readFileSync(path.join(directory, name, file), 'utf8');
const reportIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as BacktestReport;

describe('faultline backtest', () => {
  it('prints skill, reliability, misses, baselines and verdict, and writes them with drawings', async () => {
    const { code, said } = await run(ATLANTIS, '-o', path.join(directory, 'a', 'deep'));
    expect(code).toBe(1);
    for (const part of ['| **model** ', '| climatology ', 'reliability of the model', 'misses', 'where it loses']) {
      expect(said).toContain(part);
    }
    expect(said).toMatch(/release gate: NOT PASSED; written to .*deep\n$/);
    expect(said).not.toContain('\u001b');
    expect(readdirSync(path.join(directory, 'a', 'deep')).sort()).toEqual(FILES);
  });

  it('writes the same bytes each time, and each file follows from backtest.json', async () => {
    await run(ATLANTIS, '-o', path.join(directory, 'b'));
    await run('-o', path.join(directory, 'c'), ATLANTIS);
    for (const file of FILES) expect(written('c', file)).toBe(written('b', file));
    const report = reportIn(path.join(directory, 'b', 'backtest.json'));
    expect(jsonOf(report)).toBe(written('b', 'backtest.json'));
    expect(pageOf(report)).toBe(written('b', 'backtest.md'));
    for (const [file, text] of plotsOf(report.result)) expect(written('b', file)).toBe(text);
  });

  it('says of March 2026 what must be said', () => {
    const page = written('b', 'backtest.md');
    expect(page).toContain('It would not have warned of the first strike.');
    expect(page).toContain('In-sample: parameters were chosen after these strikes.');
    expect(page).not.toContain('### Against the specification');
  });

  it.each([
    [[], /^faultline backtest: got nothing, wanted faultline backtest DATA -o DIR/],
    [[ATLANTIS], /wanted faultline backtest DATA -o DIR/],
    [['a.csv', 'b.csv', '-o', 'x'], /got a\.csv b\.csv -o x, wanted/],
    [[ATLANTIS, '-o', 'x', '--fast'], /^faultline backtest: Unknown option '--fast'/],
    [
      ['no\nsuch\u001b.csv', '-o', 'x'],
      /^faultline backtest: got no such .csv, which is no file, wanted a UCDP GED CSV file$/,
    ],
    [[ATLANTIS, '-o', 'x', '--country', 'Mu'], /none is an event in Mu/],
  ])('%j is refused in one line', async (args, reason) => {
    const refusal = run(...args);
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(reason);
    expect(existsSync('x')).toBe(false);
  });

  it('refuses a record it cannot test, and writes nothing', async () => {
    const short = path.join(directory, 'short.csv');
    writeFileSync(short, readFileSync(ATLANTIS, 'utf8').split('\n').slice(0, 30).join('\n'));
    const out = path.join(directory, 'none');
    await expect(run(short, '-o', out)).rejects.toThrow(/wanted more than 920 days of them$/);
    expect(existsSync(out)).toBe(false);
  });
});

describe('docs/backtest.md', () => {
  const report = reportIn(path.join(DOCS, 'backtest.json'));
  const read = (file: string) => readFileSync(path.join(DOCS, file), 'utf8');

  it('is what this build writes of docs/backtest.json', () => {
    expect(read('backtest.md')).toBe(pageOf(report));
    for (const [file, text] of plotsOf(report.result)) expect(read(file)).toBe(text);
  });

  it('is of this model, these parameters and this record of March 2026: a change owes a new run', () => {
    const { alpha, d0_km, eta, tau_days } = DEFAULT_PARAMETERS;
    expect(report.result).toMatchObject({ model: MODEL_VERSION, parameters: { alpha, d0_km, eta, tau_days } });
    const replay = replayMarch2026(ownDocuments(ROOT), readWatches(ROOT), '2026-11-21T12:00:00.000Z');
    expect(JSON.parse(jsonOf({ ...report, replay }))).toEqual(report);
  });

  it('says where the model loses, and that the gate is passed', () => {
    expect(read('backtest.md')).toContain('- 90 days: worse than climatology in 2020');
    expect(report.result.gate.passed).toBe(true);
  });
});

(existsSync(UKRAINE) ? describe : describe.skip)('the record of Ukraine', () => {
  let report: BacktestReport;
  beforeAll(async () => {
    expect((await run(UKRAINE, '-o', path.join(directory, 'u'))).code).toBe(0);
    report = reportIn(path.join(directory, 'u', 'backtest.json'));
  });

  it('is what docs/backtest.md was written of', () => {
    for (const file of FILES) expect(written('u', file)).toBe(readFileSync(path.join(DOCS, file), 'utf8'));
  });

  it('has 2,245 events on 163 assets', () => {
    expect(report.result.record).toMatchObject({ events: 2245, assets: 163 });
    expect(report.result.protocol).toMatchObject({ referenceLatitude: 48.2, testUntilDay: 2900 });
    expect(report.source).toMatchObject({ rows: 2990, setAside: { 'HXL tags': 1 } });
  });

  // As the model's specification has them.
  it.each([
    [30, 0.0125, 0.0134, 0.017, 0.0116, 0.0134, 0.0112, 0.159, 0.095, 0.223],
    [90, 0.0283, 0.027, 0.0294, 0.0255, 0.0286, 0.0244, 0.095, 0.032, 0.153],
  ])(
    'gives the figures of the specification at %d days',
    (days, base, climatology, persistence, worldmonitor, eb, model, skill, low, high) => {
      const { baseRate, methods } = report.result.horizons.find(({ horizonDays }) => horizonDays === days)!;
      const brier = (method: keyof typeof methods) => methods[method].brier;
      expect(baseRate).toBeCloseTo(base, 4);
      expect(brier('climatology')).toBeCloseTo(climatology, 4);
      expect(brier('persistence')).toBeCloseTo(persistence, 4);
      expect(brier('worldmonitor-like')).toBeCloseTo(worldmonitor, 4);
      expect(brier('long-run-rate-only')).toBeCloseTo(eb, 4);
      expect(brier('model')).toBeCloseTo(model, 4);
      expect(methods.model.skill.value).toBeCloseTo(skill, 3);
      // The interval depends on the random numbers drawn.
      expect(methods.model.skill.low).toBeCloseTo(low, 2);
      expect(methods.model.skill.high).toBeCloseTo(high, 2);
    },
  );

  it('has the log scores of the specification to two decimals', () => {
    const logScores = [30, 90].flatMap((days) => {
      const { methods } = report.result.horizons.find(({ horizonDays }) => horizonDays === days)!;
      return [methods.climatology.logScore, methods.model.logScore];
    });
    for (const [at, wanted] of [0.061, 0.045, 0.104, 0.087].entries()) expect(logScores[at]).toBeCloseTo(wanted, 2);
  });

  it('says ½ or more 83 times at 90 days', () => {
    expect(report.result.horizons.find(({ horizonDays }) => horizonDays === 90)!.misses.saidHalfOrMore).toBe(83);
  });
});
