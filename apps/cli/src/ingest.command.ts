import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseInstant } from '@faultline/evidence';
import { FEEDS, ingestDocument, type IngestReport } from '@faultline/feeds';
import { Database, PUBLIC_TENANT } from '@faultline/platform';
import { argumentsOf, openPlace, PLACE_OPTIONS, serviceUrls } from './place.js';
import { settle } from './settle.js';
import { UsageError } from './usage.js';

const LARGEST_BYTES = 500_000_000;
const GZIP_MAGIC = [0x1f, 0x8b];
export const QUARANTINED = 3;

/**
 * `faultline ingest FEED FILE…`: each file through the whole normal path, returning once it is sequenced.
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
  const documents = files.map((file) => ({ file, bytes: readCapture(file) }));
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 4);
  let code = 0;
  try {
    await database.requireSchema('feed');
    for (const { file, bytes } of documents) {
      const startedAt = new Date().toISOString();
      const report = await ingestDocument(database, { tenantId: PUBLIC_TENANT, actor: 'ingest' }, feed, {
        bytes,
        retrievedAt,
        startedAt,
        finishedAt: startedAt,
        trigger: 'ingest',
        validators: { etag: null, lastModified: null },
      });
      await settle(database, [report.pollId]);
      process.stdout.write(`${lineOf(file, report)}\n`);
      for (const line of detailsOf(report)) process.stdout.write(`  ${line}\n`);
      if (report.outcome === 'quarantined') code = QUARANTINED;
    }
    return code;
  } finally {
    await database.close();
    await place.stop();
  }
}

function readCapture(file: string): Uint8Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `faultline ingest: cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`,
    );
  }
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_BYTES });
  } catch (error) {
    throw new UsageError(`faultline ingest: ${file} is no whole gzip file: ${(error as Error).message}`);
  }
}

/** What came of a document, in one line. */
export function lineOf(file: string, report: IngestReport): string {
  if (report.reason) {
    const { code, locator, got, wanted } = report.reason;
    return `${file}: quarantined whole, ${code} at ${locator}: got ${got}, wanted ${wanted}`;
  }
  return `${file}: ${report.items} items, ${report.claimsNew} claims new, ${report.claimsRepeated} repeated, ${report.quarantined.length} quarantined`;
}

const SHOWN_DETAILS = 10;

/** The first of what was quarantined of a document, a line each. */
export function detailsOf(report: IngestReport): string[] {
  if (report.reason) return [];
  const lines = report.quarantined
    .slice(0, SHOWN_DETAILS)
    .map(({ code, locator, got, wanted }) => `${code} at ${locator}: got ${got.slice(0, 120)}, wanted ${wanted}`);
  const rest = report.quarantined.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}
