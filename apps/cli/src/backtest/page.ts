import type { BacktestResult } from '@faultline/scoring';
import { REPLAY_CAVEATS } from './replay.js';
import {
  comparison,
  gateHorizons,
  gateTable,
  knownRecord,
  losses,
  methodTable,
  missTable,
  onsetTable,
  reliabilityTable,
  replayTable,
  skillOf,
  type BacktestReport,
} from './report.js';
import { tableOf } from './table.js';

/** The report of a run as a Markdown page, with the drawings beside it. The same report gives the same page. */
export function pageOf(report: BacktestReport): string {
  const { result, source } = report;
  const { record } = result;
  const known = knownRecord(report);
  const sections = [
    '# Back-test',
    `<!-- Written by \`faultline backtest\`: a change here is lost with the next run. -->`,
    paragraph(
      `How well \`${result.model}\` forecasts a conflict record from its own past, and where it does not. The record: ${known?.name ?? 'a UCDP GED file'},`,
      `${record.events} events from ${record.firstDate} to ${record.lastDate}, ${record.assets} pseudo-assets.`,
      `This is the part of the model that can be tested: how near and how recent violence raises the chance of more. Strikes`,
      `on data centres are too few for a calibrated strike probability, and nothing here is one.`,
    ),
    '```sh\nnpx faultline backtest DATA -o DIR\n```',
    paragraph(
      '`DATA` is a UCDP GED file of one country (`--country` picks one of several), packed with gzip or not. `DIR` gets',
      '`backtest.json`, this page and its drawings. Exit 0 if the release gate is passed, 1 if not, 2 if the file cannot be used.',
      ...(known === undefined ? [] : [`Record: ${known.attribution}.`]),
      `SHA-256 of the unpacked file: \`${source.sha256}\`.`,
    ),
    '## Skill',
    paragraph(
      'Brier score: mean squared error, smaller is better. Skill: 1 − Brier / Brier of climatology, 0 being no better than',
      'what each place did before. Intervals: 90 %, origins resampled 1,000 times. AUC: whether cases that came true were',
      'given more than those that did not.',
    ),
    ...gateHorizons(report).flatMap((horizon) => [
      `**${horizon.horizonDays} days**: ${horizon.origins} origins, ${horizon.cases} cases, base rate ${horizon.baseRate.toFixed(4)}.`,
      methodTable(horizon),
    ]),
    '![Skill by horizon](backtest-skill.svg)',
    ...(known === undefined ? [] : specification(report)),
    '## Release gate',
    paragraph(
      `**${result.gate.passed ? 'Passed' : 'Not passed'}.** A changed formula or parameter owes a new run of this page and a \`[SCORE]\` line in the changelog.`,
      'The gate’s other conditions, the invariants and the comparison with a second implementation, are specs of `libs/scoring`.',
    ),
    gateTable(report),
    '## Reliability',
    paragraph(
      'When it says 30 %, does it happen in 30 % of the cases? Off by: said less seen; above 0 it says too much.',
    ),
    ...gateHorizons(report).flatMap((horizon) => [`**${horizon.horizonDays} days**`, reliabilityTable(horizon)]),
    '![Reliability](backtest-reliability.svg)',
    '## Where it loses',
    bullets(losses(report)),
    paragraph(
      'Only the places of this record are tested: a grid near where violence happened at some time, later violence included.',
      'How sure the skill is of itself: the same record on shifted grids, all other things being equal.',
    ),
    placementTable(result),
    '## Misses',
    missTable(report),
    '![Assets hit over time](backtest-time.svg)',
    ...listedMisses(report),
    '### Where nothing had happened for a year',
    paragraph(
      'The model reacts, it does not foresee. At places without an event for 365 days the skill over climatology is that it',
      'forgets faster than climatology does; compare what was said with what was seen.',
    ),
    onsetTable(report),
    '### By year',
    yearTable(report),
    '## March 2026 replayed',
    paragraph(
      ...REPLAY_CAVEATS.map((caveat) => `**${caveat}**`),
      'Our own transcribed record (`data/march-2026.json`) through claims, incidents and the mapping to the model as the',
      'service does it, with what was public by noon UTC of each day. The level is an illustration of how the model reacts,',
      'not evidence that it warns. `prior-only`: nobody watched, the number is that of any place.',
    ),
    replayTable(report),
    ...method(result),
  ];
  return `${sections.join('\n\n')}\n`;
}

function specification(report: BacktestReport): string[] {
  const rows = (knownRecord(report)?.horizons ?? []).flatMap((wanted) => {
    const horizon = report.result.horizons.find(({ horizonDays }) => horizonDays === wanted.horizonDays);
    return horizon === undefined ? [] : comparison(wanted, horizon);
  });
  return [
    '### Against the specification',
    paragraph(
      'The model’s specification gives figures for this record. Ends of intervals depend on the random numbers and may differ',
      'in the third decimal. Nothing was adjusted to make a figure agree.',
    ),
    tableOf(['figure', 'specified', 'this run', ''], rows),
  ];
}

function placementTable({ placements }: BacktestResult): string {
  return tableOf(
    ['horizon', 'grids', 'lowest skill', 'median', 'highest', 'above 0'],
    placements.map(({ horizonDays, placements: grids, lowest, median, highest, positive }) => [
      `${horizonDays} days`,
      String(grids),
      skillOf(lowest),
      skillOf(median),
      skillOf(highest),
      String(positive),
    ]),
  );
}

function listedMisses(report: BacktestReport): string[] {
  return gateHorizons(report).flatMap(({ horizonDays, misses }) => {
    const rows = (kind: string, cases: typeof misses.worst): (readonly string[])[] =>
      cases.map(({ originDate, lon, lat, said, climatologySaid }) => [
        kind,
        originDate,
        `${lat.toFixed(1)}, ${lon.toFixed(1)}`,
        said.toFixed(4),
        climatologySaid.toFixed(4),
      ]);
    return [
      `The worst at ${horizonDays} days: came true with the least said, and did not with the most.`,
      tableOf(
        ['', 'origin', 'lat, lon', 'model said', 'climatology said'],
        [...rows('came true', misses.worst), ...rows('did not', misses.falseAlarms)],
      ),
    ];
  });
}

function yearTable({ result }: BacktestReport): string {
  const years = [...new Set(result.horizons.flatMap(({ byYear }) => byYear.map(({ year }) => year)))].sort();
  return tableOf(
    ['skill in', ...result.horizons.map(({ horizonDays }) => `${horizonDays} days`)],
    years.map((year) => [
      year,
      ...result.horizons.map(({ byYear }) => {
        const skill = byYear.find((one) => one.year === year)?.skill;
        return skill === undefined || skill === null ? '' : skillOf(skill);
      }),
    ]),
  );
}

function method({ protocol, parameters }: BacktestResult): string[] {
  const { alpha, d0_km, eta, tau_days } = parameters;
  return [
    '## How it is built',
    bullets([
      'Target: at least one event within 10 km of the asset in (t, t + h], days being whole.',
      'Origins every 30 days. Only events up to and on day t are known at t; events of one day are known at its end.',
      `Day 0 is 1 January of the first event’s year. Training origins from day ${protocol.trainingFromDay}, outcomes known by day ${protocol.testFromDay}; test origins from day ${protocol.testFromDay}, outcomes ending before day ${protocol.testUntilDay}.`,
      `Parameters frozen: alpha ${alpha}, eta ${eta}, tau ${tau_days} days, d0 ${d0_km} km. Every event is of severity 3, certain, local and exactly placed, so the kernel is e^(−d/d0).`,
      'The prior’s mean is the mean rate over all assets, taken anew at each origin. One scalar q is fitted on the training window, Σ(1 − e^(−qN)) = Σy, and p = 1 − e^(−qN).',
      'Climatology: the asset’s own past frequency (k + ½) / (n + 1) over the origins from day 60 whose outcome is known. Uniform: the past frequency of all assets. Persistence: 0.98 if the last h days saw an event, else 0.02.',
      'worldmonitor-like: clip(max(min(70, 70·ln(1 + 4·c30) / ln 4001), 70 if c365 > 100, 50 if c365 > 10) / 100, 0.01, 0.99), from the published formula. Not calibrated.',
      'long-run-rate-only: the model with eta 0, calibrated by itself.',
    ]),
    '## Decisions',
    paragraph('Where the protocol leaves room, this is what was taken:'),
    bullets([
      `Plane coordinates need a reference latitude. It is the mean latitude of every located row of the file, to a tenth of a degree: ${protocol.referenceLatitude.toFixed(1)}. On the record above that is the specification’s 48.2.`,
      'The grid begins at the westernmost and southernmost event and ends at the last node that is not beyond the easternmost and northernmost one. A node outside that frame is no asset, though an event may be within 60 km of it.',
      'The specification ends the tests of the record above before day 2900, its last event being on day 2921. For any record: the last event’s day down to a round hundred.',
      'c30 and c365 are events within 10 km of the asset, the target’s own radius, in the last 30 and 365 days.',
      'Years of 365 or 365.25 days give the same forecasts: prior and observation are measured in the same year, and it cancels.',
      'There is no cut-off of the kernel: an event far away counts, by next to nothing.',
      'Percentiles of the bootstrap are linear between order statistics; the draws are counter-based, so a run is the same everywhere.',
      'A date is the first day of an event (`date_start`), also where it is known to the week only.',
      'Asset and grid are hindsight, as are the events: UCDP publishes them in yearly releases, and only those with deaths. A feed that is late or misses some does worse than this.',
    ]),
  ];
}

function bullets(sentences: readonly string[]): string {
  return sentences.length === 0 ? 'Nowhere on this record.' : sentences.map((sentence) => `- ${sentence}`).join('\n');
}

function paragraph(...sentences: readonly string[]): string {
  return sentences.join('\n');
}
