import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AsOfError, resolveCoordinates } from '@faultline/evidence';
import { WorldReader } from '@faultline/exposures';
import { feedConfiguration, feedDescriptors, readWatches } from '@faultline/feeds';
import { ledgerSize } from '@faultline/ledger';
import { Database, PUBLIC_TENANT, SystemClock } from '@faultline/platform';
import { BUNDLE_FILES, bundleOf, keepSigningKey, PUBLIC_KEY_FILE, readReport } from '@faultline/reports';
import { argumentsOf, makeDirectory, openPlace, PLACE_OPTIONS, ROOT, serviceUrls } from './place.js';
import { UsageError } from './usage.js';

const wanted = 'faultline report --subject ID --as-of T [--position N] -o DIR';

/**
 * `faultline report --subject ID --as-of T [--position N] -o DIR`: the signed exposure report of a cloud region.
 * Exit 0 with DIR/report.json, report.sig and report.html written; 1 where no such region is known at the coordinates;
 * 2 on a command line or coordinates that cannot be answered.
 */
export async function runReport(args: string[]): Promise<number> {
  const { values } = argumentsOf('report', args, {
    ...PLACE_OPTIONS,
    subject: { type: 'string' },
    'as-of': { type: 'string' },
    position: { type: 'string' },
    output: { type: 'string', short: 'o' },
  });
  const { subject, 'as-of': asOf, position, output } = values;
  if (subject === undefined) throw new UsageError(`faultline report: got no --subject, wanted ${wanted}`);
  if (asOf === undefined) throw new UsageError(`faultline report: got no --as-of, wanted ${wanted}`);
  if (output === undefined) throw new UsageError(`faultline report: got no -o, wanted ${wanted}`);

  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 2);
  try {
    await database.requireSchema();
    const worlds = new WorldReader(feedDescriptors(feedConfiguration(place.config)), readWatches(ROOT));
    const read = await database.transaction('app', { tenantId: PUBLIC_TENANT, actor: 'report' }, 'read', async (tx) => {
      const coordinates = resolveCoordinates({ asOf, position }, new SystemClock().now(), await ledgerSize(tx));
      return readReport(tx, worlds, await worlds.at(tx, coordinates), subject);
    });
    if (read.outcome === 'no-such-region') {
      process.stderr.write(
        `faultline report: got subject ${JSON.stringify(subject)}, wanted a cloud region known at these coordinates, such as aws:me-central-1\n`,
      );
      return 1;
    }
    makeDirectory(place.dataDir);
    const signer = keepSigningKey(place.dataDir);
    const bundle = bundleOf(read.report, read.bytes, signer);
    mkdirSync(output, { recursive: true });
    for (const file of BUNDLE_FILES) writeWhole(path.join(output, file), bundle[file]);
    const { validAt, position: size } = read.report.coordinates;
    process.stdout.write(
      `${path.join(output, 'report.json')}: ${subject} as of ${validAt}, position ${size}, ${read.report.claims.length} claims, ${read.report.basis.basis}, ${read.report.tlp}\n` +
        `signed by key ${signer.keyId}; the public key is ${path.join(place.dataDir, PUBLIC_KEY_FILE)}\n`,
    );
    return 0;
  } catch (error) {
    if (error instanceof AsOfError) {
      const option = error.parameter === 'position' ? '--position' : '--as-of';
      throw new UsageError(`faultline report: ${option}: ${error.message}`);
    }
    throw error;
  } finally {
    await database.close();
    await place.stop();
  }
}

/** A file is there whole or as it was before. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, bytes);
  renameSync(part, file);
}
