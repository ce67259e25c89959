import { randomUUID } from 'node:crypto';
import { issue, keysOf, revoke, rotate, SCOPES, USER_ROLES, type AccessScope } from '@faultline/access';
import { instantOf } from '@faultline/evidence';
import type { Database, Scope } from '@faultline/platform';
import { inTenant, oneOf, TENANT_OPTIONS } from './in-tenant.js';
import { argumentsOf } from './place.js';
import { UsageError } from './usage.js';

const OPTIONS = {
  ...TENANT_OPTIONS,
  role: { type: 'string' },
  scope: { type: 'string', multiple: true },
  days: { type: 'string' },
} as const;
const USUAL_DAYS = 90;
const GRACE_HOURS = 24;
const DAY_MS = 86_400_000;

/** `faultline keys add|list|rotate|revoke`: the API keys of a tenant. A secret is printed once, when it is made. */
export async function runKeys(args: string[]): Promise<number> {
  const { values, positionals } = argumentsOf('keys', args, OPTIONS, true);
  const [deed, name, ...rest] = positionals;
  if (rest.length > 0 || (name === undefined) !== (deed === 'list'))
    throw new UsageError('faultline keys: wanted list, add LABEL, rotate ID or revoke ID');
  const days = Number(values.days ?? USUAL_DAYS);
  if (!Number.isInteger(days) || days < 1 || days > 730)
    throw new UsageError(`faultline keys: got --days ${JSON.stringify(values.days)}, wanted 1 to 730`);
  const now = Date.now();
  const expiresAt = instantOf(now + days * DAY_MS);
  switch (oneOf('keys', deed, ['list', 'add', 'rotate', 'revoke'])) {
    case 'list':
      return inTenant('keys', values, (database, scope) => list(database, scope, instantOf(now)));
    case 'add': {
      const role = oneOf('keys --role', values.role ?? 'viewer', USER_ROLES);
      const scopes: readonly AccessScope[] = (values.scope ?? ['read']).map((word) =>
        oneOf('keys --scope', word, SCOPES),
      );
      return inTenant('keys', values, async (database, scope) => {
        const credentialId = randomUUID();
        const secret = await database.transaction('app', scope, 'write', (tx) =>
          issue(tx, 'api-key', { role, label: name!, scopes, credentialId }, expiresAt),
        );
        process.stdout.write(`Key ${credentialId}, ${role}, for ${scopes.join(', ')}, until ${expiresAt}\n${secret}\n`);
        return 0;
      });
    }
    case 'rotate':
      return inTenant('keys', values, (database, scope) => rotateKey(database, scope, name!, { now, expiresAt }));
    case 'revoke':
      return inTenant('keys', values, async (database, scope) => {
        const done = await database.transaction('app', scope, 'write', (tx) =>
          revoke(tx, 'api-key', uuidOf(name!), instantOf(now)),
        );
        if (done) process.stdout.write(`Revoked ${name}\n`);
        return done ? 0 : noKey(scope, name!);
      });
  }
}

async function list(database: Database, scope: Scope, now: string): Promise<number> {
  const keys = await database.transaction('app', scope, 'read', (tx) => keysOf(tx, now));
  for (const { id, label, role, scopes, expiresAt, revokedAt, lastUsedAt } of keys) {
    const state = revokedAt !== null ? `revoked ${revokedAt}` : expiresAt === null ? 'no end' : `until ${expiresAt}`;
    process.stdout.write(`${id}\t${label}\t${role}\t${scopes.join(',')}\t${state}\t${lastUsedAt ?? 'never used'}\n`);
  }
  return 0;
}

async function rotateKey(
  database: Database,
  scope: Scope,
  id: string,
  { now, expiresAt }: { now: number; expiresAt: string },
): Promise<number> {
  const at = { now: instantOf(now), graceEndsAt: instantOf(now + GRACE_HOURS * 3_600_000), expiresAt };
  const secret = await database.transaction('app', scope, 'write', async (tx) => {
    const key = (await keysOf(tx, at.now)).find((other) => other.id === id && other.revokedAt === null);
    return key && rotate(tx, key, at);
  });
  if (secret === undefined) return noKey(scope, id);
  process.stdout.write(`The old secret works until ${at.graceEndsAt}, the new one until ${expiresAt}\n${secret}\n`);
  return 0;
}

function uuidOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text;
  throw new UsageError(
    `faultline keys: got ${JSON.stringify(text)}, wanted the id of a key as \`faultline keys list\` shows it`,
  );
}

function noKey(scope: Scope, id: string): number {
  process.stderr.write(`faultline keys: tenant ${scope.tenantId} has no key ${id} in force\n`);
  return 1;
}
