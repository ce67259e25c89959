import type { Tx } from '@faultline/platform';

/** Whether this was added: false where there is one of that id. The transaction must be of that tenant. */
export async function addTenant(tx: Tx, name: string): Promise<boolean> {
  const { tenantId } = tx.scope;
  const [there] = await tx.query(`SELECT 1 FROM tenant WHERE tenant_id = $1`, [tenantId]);
  if (there) return false;
  await tx.query(`INSERT INTO tenant (tenant_id, name) VALUES ($1, $2)`, [tenantId, name]);
  return true;
}

export async function isTenant(tx: Tx): Promise<boolean> {
  return (await tx.query(`SELECT 1 FROM tenant WHERE tenant_id = $1`, [tx.scope.tenantId])).length > 0;
}
