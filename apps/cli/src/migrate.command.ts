import { Database } from '@faultline/platform';
import { loadOwnData } from './own-data.js';
import { argumentsOf, migratePlace, openPlace, PLACE_OPTIONS, ROOT, serviceUrls } from './place.js';

/** `faultline migrate`: brings the database to this build's schema and to its reference data. */
export async function runMigrate(args: string[]): Promise<number> {
  const { values } = argumentsOf('migrate', args, PLACE_OPTIONS);
  const place = await openPlace(values, (line) => process.stdout.write(`${line}\n`));
  const database = new Database(serviceUrls(place), 4);
  try {
    const done = await migratePlace(place);
    process.stdout.write(done.length === 0 ? 'the schema is up to date\n' : `applied ${done.join(', ')}\n`);
    const { claims, claimsNew } = await loadOwnData(database, ROOT);
    process.stdout.write(`reference data and the March 2026 record: ${claims} claims, ${claimsNew} new\n`);
    return 0;
  } finally {
    await database.close();
    await place.stop();
  }
}
