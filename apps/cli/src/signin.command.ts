import { instantOf } from '@faultline/evidence';
import { issue } from '@faultline/access';
import { Database } from '@faultline/platform';
import { argumentsOf, openPlace, PLACE_OPTIONS, serviceUrls } from './place.js';

const LINK_MINUTES = 60;

/** Makes a sign-in link for the service at `address`. It works once, within the hour. */
export async function signInLink(database: Database, address: string): Promise<string> {
  const ends = instantOf(Date.now() + LINK_MINUTES * 60_000);
  const secret = await database.transaction('app', { tenantId: 'local', actor: 'cli' }, 'write', (tx) =>
    issue(tx, 'sign-in', { role: 'admin', label: 'sign-in link' }, ends),
  );
  return `${address}/signin#${secret}`;
}

/** `faultline signin`: prints a new sign-in link. */
export async function runSignIn(args: string[]): Promise<number> {
  const { values } = argumentsOf('signin', args, { ...PLACE_OPTIONS, port: { type: 'string' } });
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 1);
  try {
    await database.requireSchema();
    const port = values.port ?? place.config.FAULTLINE_PORT;
    process.stdout.write(`${await signInLink(database, `http://127.0.0.1:${port}`)}\n`);
    return 0;
  } finally {
    await database.close();
    await place.stop();
  }
}
