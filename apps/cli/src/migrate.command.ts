import { migrate } from '@faultline/platform';
import { argumentsOf, openPlace, PLACE_OPTIONS } from './place.js';

/** `faultline migrate`: brings the database to this build's schema. */
export async function runMigrate(args: string[]): Promise<number> {
  const { values } = argumentsOf('migrate', args, PLACE_OPTIONS);
  const place = await openPlace(values, (line) => process.stdout.write(`${line}\n`));
  try {
    const done = await migrate(place.ownerUrl);
    process.stdout.write(done.length === 0 ? 'the schema is up to date\n' : `applied ${done.join(', ')}\n`);
    return 0;
  } finally {
    await place.stop();
  }
}
