import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WorldReader } from '@faultline/exposures';
import { AS_SHIPPED, feedDescriptors, readWatches } from '@faultline/feeds';
import { ledgerSize } from '@faultline/ledger';
import { Database, SystemClock, type Scope } from '@faultline/platform';
import {
  importPortfolio,
  LINE_WORD,
  NO_MAPPING,
  readMapping,
  UnknownTenant,
  writeCsv,
  type ImportReport,
  type KnownRegion,
  type Mapping,
  type ReadPortfolio,
} from '@faultline/workloads';
import { argumentsOf, openPlace, PLACE_OPTIONS, ROOT, serviceUrls } from './place.js';
import { settle } from './settle.js';
import { UsageError } from './usage.js';

/** Nothing was kept: the file, or rows of it, are not right. */
export const REFUSED = 3;

const OPTIONS = {
  ...PLACE_OPTIONS,
  tenant: { type: 'string' },
  map: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
  partial: { type: 'boolean' },
} as const;

const SHOWN_FAULTS = 50;
const SHOWN_FINDINGS = 10;
const PROGRESS_EVERY_MS = 2_000;

/**
 * `faultline import FILE --tenant T`: a portfolio as a whole, all or nothing unless `--partial`. Rows that are not right
 * are told one a line, all of them in the file of `--report`. Returns once the revision has its position.
 * Exit 0 when it was imported (or would be, with `--dry-run`), 3 when nothing was kept, 2 on a command line or mapping
 * that cannot be understood.
 */
export async function runImport(args: string[]): Promise<number> {
  const { values, positionals } = argumentsOf('import', args, OPTIONS, true);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError(`faultline import: got ${positionals.length} files, wanted one: CSV, XLSX or GeoJSON`);
  if (values.tenant === undefined) throw new UsageError('faultline import: wanted --tenant with the tenant it is of');
  const bytes = readGiven(file);
  const mapping = values.map === undefined ? NO_MAPPING : readMap(values.map);
  const scope = { tenantId: values.tenant, actor: 'import' };
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 4);
  try {
    await database.requireSchema();
    const report = await importPortfolio(database, scope, {
      bytes,
      fileName: path.basename(file),
      mapping,
      regions: await knownRegions(database, scope),
      dryRun: values['dry-run'] ?? false,
      partial: values.partial ?? false,
      progress: progressTo(process.stderr),
    });
    if (values.report !== undefined && 'read' in report) writeReport(values.report, report.read);
    for (const line of linesOf(file, report)) process.stdout.write(`${line}\n`);
    if (report.outcome === 'refused' && report.code === 'mapping.invalid') return UsageError.exitCode;
    if (report.outcome === 'imported') await settle(database, [report.revision!.recordId], scope.tenantId);
    return report.outcome === 'refused' ? REFUSED : 0;
  } catch (error) {
    if (!(error instanceof UnknownTenant)) throw error;
    throw new UsageError(`faultline import: ${error.message}`);
  } finally {
    await database.close();
    await place.stop();
  }
}

function readGiven(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `faultline import: cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`,
    );
  }
}

function readMap(file: string): Mapping {
  const read = readMapping(readGiven(file).toString('utf8'));
  if (read.outcome === 'read') return read.value;
  const { code, at, got, wanted } = read.fault;
  throw new UsageError(`faultline import: ${file}: ${code} at ${at}: got ${got}, wanted ${wanted}`);
}

/** The cloud regions that are known now, to the tenant. */
async function knownRegions(database: Database, scope: Scope): Promise<readonly KnownRegion[]> {
  const now = new SystemClock().now();
  return database.transaction('app', scope, 'read', async (tx) => {
    const reader = new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT));
    const { world } = await reader.at(tx, { validAt: now, publicAt: now, position: await ledgerSize(tx) });
    return [...world.places.regions.values()];
  });
}

function linesOf(file: string, report: ImportReport): string[] {
  if (!('read' in report)) {
    const { code, at, got, wanted, fix } = report.fault;
    return [`${file}: refused, ${code} at ${at}: got ${got}, wanted ${wanted}; ${fix}`];
  }
  const { read, findings } = report;
  const word = LINE_WORD[read.kind];
  const shown = read.faults
    .slice(0, SHOWN_FAULTS)
    .map(
      ({ line, column, code, value, wanted, fix }) =>
        `  ${word} ${line}, ${column}: ${code}, got ${value}, wanted ${wanted}; ${fix}`,
    );
  const rest = read.faults.length - shown.length;
  const told = findings.slice(0, SHOWN_FINDINGS).map(({ assetId, text }) => `  ${JSON.stringify(assetId)}: ${text}`);
  return [
    `${file}: ${headline(report)}`,
    ...shown,
    ...(rest > 0 ? [`  and ${rest} more; --report FILE writes them all`] : []),
    ...read.notes.map((note) => `  note: ${note}`),
    ...(findings.length === 0 ? [] : [`findings: ${countsOf(findings.map(({ code }) => code))}`, ...told]),
  ];
}

function headline(report: Extract<ImportReport, { read: ReadPortfolio }>): string {
  const { rows, faultyRows, assets } = report.read;
  const counts = `${rows} rows, ${assets.length} assets, ${faultyRows} rows not right`;
  switch (report.outcome) {
    case 'imported':
      return `imported as revision ${report.revision!.revision}: ${counts}`;
    case 'unchanged':
      return `revision ${report.revision!.revision} says the same, nothing added: ${counts}`;
    case 'dry-run':
      return `would be imported: ${counts}`;
    case 'refused':
      return `refused, ${report.code}, nothing was kept: ${counts}`;
  }
}

function countsOf(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code} ${count}`).join(', ');
}

function writeReport(file: string, { faults }: ReadPortfolio): void {
  const rows = faults.map(({ line, column, code, value, wanted, fix }) => [line, column, code, value, wanted, fix]);
  try {
    writeFileSync(file, writeCsv(['line', 'column', 'code', 'value', 'wanted', 'fix'], rows));
  } catch (error) {
    throw new UsageError(
      `faultline import: cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unwritable'}`,
    );
  }
}

function progressTo(stream: NodeJS.WritableStream) {
  let toldAtMs = performance.now();
  return (step: 'read' | 'kept', done: number, total: number) => {
    if (performance.now() - toldAtMs < PROGRESS_EVERY_MS) return;
    toldAtMs = performance.now();
    stream.write(`${done} of ${total} rows ${step}\n`);
  };
}
