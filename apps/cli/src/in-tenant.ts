import { isTenant } from '@faultline/access';
import { Database, PUBLIC_TENANT, type Scope } from '@faultline/platform';
import { openPlace, PLACE_OPTIONS, serviceUrls } from './place.js';
import { UsageError } from './usage.js';

export const TENANT_OPTIONS = { ...PLACE_OPTIONS, tenant: { type: 'string' } } as const;

/** Runs one command in the rows of a tenant, `local` where none is named. @throws UsageError for one that is not there. */
export async function inTenant(
  command: string,
  values: { data?: string | undefined; database?: string | undefined; tenant?: string | undefined },
  work: (database: Database, scope: Scope) => Promise<number>,
): Promise<number> {
  const scope = { tenantId: values.tenant ?? 'local', actor: `faultline ${command}` };
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 1);
  try {
    await database.requireSchema();
    const isThere =
      scope.tenantId !== PUBLIC_TENANT && (await database.transaction('app', scope, 'read', (tx) => isTenant(tx)));
    if (!isThere) {
      throw new UsageError(
        `faultline ${command}: got tenant ${JSON.stringify(scope.tenantId)}, wanted one that is there: \`faultline tenants add ID\` makes one`,
      );
    }
    return await work(database, scope);
  } finally {
    await database.close();
    await place.stop();
  }
}

/** @throws UsageError */
export function oneOf<T extends string>(what: string, got: string | undefined, wanted: readonly T[]): T {
  const found = wanted.find((word) => word === got);
  if (found === undefined)
    throw new UsageError(`faultline ${what}: got ${JSON.stringify(got ?? '')}, wanted one of ${wanted.join(', ')}`);
  return found;
}
