import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownDocuments, readWatches } from '@faultline/feeds';
import { backtest, BacktestError, protocolFor, type BacktestResult } from '@faultline/scoring';
import { GedError, readGed, SET_ASIDE, type GedReading } from './backtest/ged.js';
import { pageOf } from './backtest/page.js';
import { plotsOf } from './backtest/plots.js';
import { startProgress, type Terminal } from './backtest/progress.js';
import { replayMarch2026 } from './backtest/replay.js';
import {
  gateHorizons,
  gateTable,
  jsonOf,
  losses,
  methodTable,
  missTable,
  onsetTable,
  reliabilityTable,
  type BacktestReport,
} from './backtest/report.js';
import { argumentsOf, ROOT } from './place.js';
import { UsageError } from './usage.js';

const WANTED = 'faultline backtest DATA -o DIR [--country NAME], DATA being a UCDP GED file';

/** An instant after everything in our own record, which is read as it stands today. */
const REPLAY_READ_AT = '2026-11-21T12:00:00.000Z';

/**
 * `faultline backtest DATA -o DIR`: forecasts a conflict record from its own past, prints how well, and writes
 * backtest.json, backtest.md and its drawings. No database, no network.
 *
 * @returns 0 if the release gate is passed, 1 if not
 * @throws UsageError for arguments or a file that cannot be used; nothing is written then
 */
export async function runBacktest(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = argumentsOf(
    'backtest',
    args,
    {
      out: { type: 'string', short: 'o' },
      country: { type: 'string' },
    },
    true,
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.out === undefined) {
    throw new UsageError(`faultline backtest: got ${args.join(' ') || 'nothing'}, wanted ${WANTED}`);
  }
  const { reading, result } = await measure(file, values.country, terminal);
  const report: BacktestReport = {
    schema: 'faultline-backtest/1',
    source: {
      rows: reading.rows,
      setAside: reading.setAside,
      sha256: reading.sha256,
      meanLatitude: reading.meanLatitude,
    },
    result,
    replay: replayMarch2026(ownDocuments(ROOT), readWatches(ROOT), REPLAY_READ_AT),
  };
  write(values.out, report);
  terminal.print(summary(report, reading, values.out));
  return result.gate.passed ? 0 : 1;
}

async function measure(
  file: string,
  country: string | undefined,
  terminal: Terminal,
): Promise<{ reading: GedReading; result: BacktestResult }> {
  try {
    const readingProgress = startProgress(terminal, 'reading');
    const reading = await readGed(file, country, readingProgress.tell);
    readingProgress.end(`read ${reading.rows} rows, ${reading.events.length} events`);
    const scoring = startProgress(terminal, 'back-testing');
    const protocol = protocolFor(reading.events, reading.meanLatitude);
    const result = backtest(reading.events, protocol, undefined, scoring.tell);
    scoring.end(`back-tested ${result.horizons.length} horizons on ${result.record.assets} assets`);
    return { reading, result };
  } catch (error) {
    if (error instanceof GedError || error instanceof BacktestError) {
      throw new UsageError(`faultline backtest: ${onOneLine(error.message)}`);
    }
    throw error;
  }
}

function write(directory: string, report: BacktestReport): void {
  mkdirSync(directory, { recursive: true });
  const json = jsonOf(report);
  // The page is made of what was written, so that it can be made again of it.
  const written = JSON.parse(json) as BacktestReport;
  const files = new Map([['backtest.json', json], ['backtest.md', pageOf(written)], ...plotsOf(written.result)]);
  for (const [name, text] of files) writeFileSync(path.join(directory, name), text);
}

function summary(report: BacktestReport, { setAside }: GedReading, directory: string): string {
  const left = SET_ASIDE.filter((reason) => setAside[reason] > 0).map((reason) => `${reason} ${setAside[reason]}`);
  const { gate, placements } = report.result;
  const parts = [
    `set aside: ${left.join(', ') || 'nothing'}`,
    ...gateHorizons(report).flatMap((horizon) => [
      `${horizon.horizonDays} days, base rate ${horizon.baseRate.toFixed(4)}, ${horizon.cases} cases`,
      methodTable(horizon),
      'reliability of the model',
      reliabilityTable(horizon),
    ]),
    'misses',
    missTable(report),
    'where nothing had happened for a year',
    onsetTable(report),
    'where it loses',
    losses(report).join('\n') || 'nowhere on this record',
    ...placements.map(
      ({ horizonDays, placements: grids, lowest, highest }) =>
        `on ${grids} shifted grids the skill at ${horizonDays} days is from ${lowest.toFixed(3)} to ${highest.toFixed(3)}`,
    ),
    gateTable(report),
    `release gate: ${gate.passed ? 'passed' : 'NOT PASSED'}; written to ${onOneLine(directory)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
