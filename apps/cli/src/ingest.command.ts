import { parseInstant } from '@faultline/evidence';
import {
  FEEDS,
  ingestDocument,
  ingestSegments,
  segmentsOf,
  type FeedAdapter,
  type IngestReport,
  type SegmentReport,
} from '@faultline/feeds';
import { Database, PUBLIC_TENANT } from '@faultline/platform';
import { CutShort, openCapture, type OpenCapture } from './capture-file.js';
import { argumentsOf, openPlace, PLACE_OPTIONS, serviceUrls } from './place.js';
import { Progress } from './progress.js';
import { settle, settleWhile } from './settle.js';
import { UsageError } from './usage.js';

const SCOPE = { tenantId: PUBLIC_TENANT, actor: 'ingest' };
const BY_HAND = { trigger: 'ingest', validators: { etag: null, lastModified: null } } as const;
export const QUARANTINED = 3;

/**
 * `faultline ingest FEED FILE…`: each file through the whole normal path, returning once it is sequenced. A table of any
 * length is taken in segments, each by itself.
 * Exit 0 when every document was accepted, 3 when one was quarantined whole, 2 on a command line that cannot be understood.
 */
export async function runIngest(args: string[]): Promise<number> {
  const { values, positionals } = argumentsOf(
    'ingest',
    args,
    { ...PLACE_OPTIONS, 'retrieved-at': { type: 'string' } },
    true,
  );
  const [feedId, ...files] = positionals;
  const feed = FEEDS.get(feedId ?? '');
  if (!feed)
    throw new UsageError(
      `faultline ingest: got feed ${JSON.stringify(feedId ?? '')}, wanted one of ${[...FEEDS.keys()].join(', ')}`,
    );
  if (feed.tenantOnly)
    throw new UsageError(
      `faultline ingest: got feed ${feed.id}, which holds a tenant’s own claims; wanted a public feed: send them to /api/v1/inbound`,
    );
  if (files.length === 0)
    throw new UsageError(`faultline ingest: got no file, wanted at least one capture of ${feed.id}`);
  const now = new Date().toISOString();
  const given = values['retrieved-at'];
  const retrievedAt = given === undefined ? now : parseInstant(given);
  if (retrievedAt === undefined || retrievedAt > now) {
    throw new UsageError(
      `faultline ingest: got --retrieved-at ${given}, wanted a past instant with its zone, such as 2026-03-01T13:00Z`,
    );
  }
  const captures = await Promise.all(files.map(openCapture));
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 6);
  let code = 0;
  try {
    await database.requireSchema('feed');
    for (const capture of captures) {
      const cutter = segmentsOf(feed, capture.start);
      const isTaken = cutter
        ? await ingestTable(database, feed, capture, cutter, retrievedAt)
        : await ingestWhole(database, feed, capture, retrievedAt);
      if (!isTaken) code = QUARANTINED;
    }
    return code;
  } finally {
    await database.close();
    await place.stop();
  }
}

async function ingestWhole(
  database: Database,
  feed: FeedAdapter,
  capture: OpenCapture,
  retrievedAt: string,
): Promise<boolean> {
  const bytes = await capture.whole();
  const startedAt = new Date().toISOString();
  const times = { retrievedAt, startedAt, finishedAt: startedAt };
  const report = await ingestDocument(database, SCOPE, feed, { ...BY_HAND, ...times, bytes });
  await settle(database, [report.pollId]);
  process.stdout.write(`${lineOf(capture.file, report)}\n`);
  if (!report.reason)
    for (const line of detailsOf(report.quarantined, report.quarantined.length)) process.stdout.write(`  ${line}\n`);
  return report.outcome === 'accepted';
}

/** What the segments of one file came to. */
interface Tally {
  segments: number;
  skipped: number;
  items: number;
  claimsNew: number;
  claimsRepeated: number;
  quarantined: number;
}

async function ingestTable(
  database: Database,
  feed: FeedAdapter,
  capture: OpenCapture,
  cutter: NonNullable<ReturnType<typeof segmentsOf>>,
  retrievedAt: string,
): Promise<boolean> {
  const { file } = capture;
  const tally: Tally = { segments: 0, skipped: 0, items: 0, claimsNew: 0, claimsRepeated: 0, quarantined: 0 };
  const details: string[] = [];
  const progress = new Progress(process.stdout, capture.size);
  let refused: SegmentReport | undefined;
  let broken: Error | undefined;
  await settleWhile(database, async () => {
    const pollIds: string[] = [];
    const incoming = () => {
      const startedAt = new Date().toISOString();
      return { retrievedAt, startedAt, finishedAt: startedAt, validators: BY_HAND.validators };
    };
    try {
      for await (const taken of ingestSegments(database, SCOPE, feed, capture.chunks(), cutter, incoming)) {
        const { report, segment } = taken;
        pollIds.push(report.pollId);
        tally.segments++;
        if (report.reason) refused = taken;
        else add(tally, taken);
        const where =
          tally.segments > 1 || tally.items >= 10_000 ? `from line ${segment.lines[0] - 1} of the file, ` : '';
        if (details.length < SHOWN_DETAILS)
          details.push(...detailsOf(report.reason ? [] : report.quarantined, 0).map((line) => `${where}${line}`));
        progress.show(capture.readBytes(), `${tally.items} items, ${tally.claimsNew} claims new`);
      }
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      broken = error;
    }
    progress.show(capture.readBytes(), 'incidents are revised');
    return pollIds;
  });
  progress.end();
  if (!(refused && tally.segments === 1)) process.stdout.write(`${tallyLine(file, tally)}\n`);
  for (const line of details.slice(0, SHOWN_DETAILS)) process.stdout.write(`  ${line}\n`);
  const left = tally.quarantined - Math.min(details.length, SHOWN_DETAILS);
  if (details.length > 0 && left > 0) process.stdout.write(`  and ${left} more\n`);
  if (refused) process.stdout.write(`${refusalLine(file, refused, tally.segments > 1)}\n`);
  if (broken) process.stdout.write(`${file}: ${broken.message}; what came before it is kept\n`);
  return refused === undefined && broken === undefined;
}

function add(tally: Tally, { report, skipped }: SegmentReport): void {
  tally.skipped += skipped ? 1 : 0;
  tally.items += report.items;
  tally.claimsNew += report.claimsNew;
  tally.claimsRepeated += report.claimsRepeated;
  tally.quarantined += report.quarantined.length;
}

function tallyLine(file: string, { segments, skipped, ...sums }: Tally): string {
  const parts =
    segments < 2 ? '' : `, ${segments} segments${skipped > 0 ? ` of which ${skipped} were taken before` : ''}`;
  return `${file}: ${countsOf(sums)}${parts}`;
}

function refusalLine(file: string, { report, segment }: SegmentReport, hasOthers: boolean): string {
  const { code, locator, got, wanted } = report.reason!;
  const why = `${code} at ${locator}: got ${got}, wanted ${wanted}`;
  if (!hasOthers) return `${file}: quarantined whole, ${why}`;
  const [first, last] = segment.lines;
  return `${file}: lines ${first} to ${last} are quarantined, ${why}, its first line being the header; nothing behind them was read`;
}

/** What came of a document, in one line. */
export function lineOf(file: string, report: IngestReport): string {
  if (report.reason) {
    const { code, locator, got, wanted } = report.reason;
    return `${file}: quarantined whole, ${code} at ${locator}: got ${got}, wanted ${wanted}`;
  }
  return `${file}: ${countsOf({ ...report, quarantined: report.quarantined.length })}`;
}

function countsOf(sums: Pick<Tally, 'items' | 'claimsNew' | 'claimsRepeated' | 'quarantined'>): string {
  return `${sums.items} items, ${sums.claimsNew} claims new, ${sums.claimsRepeated} repeated, ${sums.quarantined} quarantined`;
}

const SHOWN_DETAILS = 10;

/** The first of what was quarantined of a document with `total` of it, a line each. */
export function detailsOf(quarantined: IngestReport['quarantined'], total: number): string[] {
  const lines = quarantined
    .slice(0, SHOWN_DETAILS)
    .map(({ code, locator, got, wanted }) => `${code} at ${locator}: got ${got.slice(0, 120)}, wanted ${wanted}`);
  const rest = total - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}
