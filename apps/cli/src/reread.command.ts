import { parseInstant } from '@faultline/evidence';
import { FEEDS, rereadCaptures } from '@faultline/feeds';
import { Database, PUBLIC_TENANT, SystemClock } from '@faultline/platform';
import { detailsOf, lineOf, QUARANTINED } from './ingest.command.js';
import { argumentsOf, openPlace, PLACE_OPTIONS, serviceUrls } from './place.js';
import { settle } from './settle.js';
import { UsageError } from './usage.js';

/**
 * `faultline reread FEED [--since ISO]`: every kept document of a feed through its present reader, returning once the
 * readings are in the ledger. Exit 0 when every document was accepted, 1 where there is nothing to read again, 3 when a
 * document was quarantined whole, 2 on a command line that cannot be understood.
 */
export async function runReread(args: string[]): Promise<number> {
  const { values, positionals } = argumentsOf('reread', args, { ...PLACE_OPTIONS, since: { type: 'string' } }, true);
  const [feedId, ...more] = positionals;
  const feed = FEEDS.get(feedId ?? '');
  if (!feed || more.length > 0)
    throw new UsageError(
      `faultline reread: got ${JSON.stringify(positionals.join(' '))}, wanted one feed of ${[...FEEDS.keys()].join(', ')}`,
    );
  const since = values.since === undefined ? null : parseInstant(values.since);
  if (since === undefined)
    throw new UsageError(
      `faultline reread: got --since ${values.since}, wanted an instant with its zone, such as 2026-03-01T13:00Z`,
    );
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 4);
  const clock = new SystemClock();
  try {
    await database.requireSchema('feed');
    const done = await rereadCaptures(database, { tenantId: PUBLIC_TENANT, actor: 'reread' }, feed, {
      since,
      now: () => clock.now(),
      onRead: async (captureHash, report, at, of) => {
        await settle(database, [report.pollId]);
        process.stdout.write(`${at}/${of} ${lineOf(captureHash.slice(0, 16), report)}\n`);
        for (const line of report.reason ? [] : detailsOf(report.quarantined, report.quarantined.length))
          process.stdout.write(`  ${line}\n`);
      },
    });
    if (done.outcome === 'nothing-to-do') {
      process.stderr.write(
        `faultline reread: reading ${feed.reading ?? 1} of ${feed.id} has read every document kept${since === null ? '' : ` since ${since}`}: nothing to do\n`,
      );
      return 1;
    }
    process.stdout.write(`${done.documents} documents read again by reading ${feed.reading ?? 1} of ${feed.id}\n`);
    if (done.onlyReadBefore > 0)
      process.stdout.write(
        `${done.onlyReadBefore} items say nothing in this reading: what the earlier one read of them still stands\n`,
      );
    return done.quarantinedWhole > 0 ? QUARANTINED : 0;
  } finally {
    await database.close();
    await place.stop();
  }
}
