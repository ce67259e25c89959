import { issue, type AccessScope, type UserRole } from '@faultline/access';
import type { Service } from './service.js';

/** The header of a new API key. */
export async function keyOf(
  service: Pick<Service, 'database'>,
  role: UserRole,
  more: { tenantId?: string; scopes?: readonly AccessScope[]; expiresAt?: string } = {},
): Promise<{ authorization: string }> {
  const scope = { tenantId: more.tenantId ?? 'local', actor: 'spec' };
  const key = await service.database.transaction('app', scope, 'write', (tx) =>
    issue(tx, 'api-key', { role, label: `a ${role}`, scopes: more.scopes }, more.expiresAt ?? null),
  );
  return { authorization: `Bearer ${key}` };
}
