import { addTenant } from '@faultline/access';
import { Database } from '@faultline/platform';
import { oneOf } from './in-tenant.js';
import { argumentsOf, openPlace, PLACE_OPTIONS, serviceUrls } from './place.js';
import { UsageError } from './usage.js';

/** `faultline tenants add ID`: another organisation in this installation. */
export async function runTenants(args: string[]): Promise<number> {
  const { values, positionals } = argumentsOf('tenants', args, { ...PLACE_OPTIONS, name: { type: 'string' } }, true);
  const [deed, tenantId, ...rest] = positionals;
  oneOf('tenants', deed, ['add']);
  if (tenantId === undefined || rest.length > 0 || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(tenantId))
    throw new UsageError('faultline tenants: wanted add ID, an id of lower-case letters, digits and -');
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 1);
  try {
    await database.requireSchema();
    const added = await database.transaction('app', { tenantId, actor: 'faultline tenants' }, 'write', (tx) =>
      addTenant(tx, values.name ?? tenantId),
    );
    if (added) process.stdout.write(`Added tenant ${tenantId}\n`);
    else process.stderr.write(`faultline tenants: got ${JSON.stringify(tenantId)}, which is there already\n`);
    return added ? 0 : 1;
  } finally {
    await database.close();
    await place.stop();
  }
}
