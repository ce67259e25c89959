import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from './migrations.js';
import { OWNER_ROLE, ROLES, roleName, rolePassword, type Role } from './roles.js';

const LOCK = 4_180_2026;

/**
 * Brings the database at `ownerUrl` to this build's schema: creates the roles, then applies what is missing, each
 * migration in its own transaction. Any number may run at once: a lock lets one work and the others find it done.
 * Needs a direct connection (no transaction pooler) of a role that may create roles.
 */
export async function migrate(ownerUrl: string, passwords: Partial<Record<Role, string>> = {}): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'faultline-migrate' });
  await owner.connect();
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await createRoles(owner, ownerUrl, passwords);
    const source = await new DataSource({
      type: 'postgres',
      url: ownerUrl,
      applicationName: 'faultline-migrate',
      migrations: MIGRATIONS,
      migrationsTableName: 'schema_migration',
      extra: { max: 1, options: `-c role=${OWNER_ROLE}` },
    }).initialize();
    try {
      const done = await source.runMigrations({ transaction: 'each' });
      await source.query(`GRANT SELECT ON schema_migration TO ${ROLES.map(roleName).join(', ')}`);
      return done.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await owner.end();
  }
}

async function createRoles(
  owner: pg.Client,
  ownerUrl: string,
  passwords: Partial<Record<Role, string>>,
): Promise<void> {
  const secret = decodeURIComponent(new URL(ownerUrl).password);
  // Roles belong to the whole server: databases made at the same moment race for them.
  const ensure = (name: string) =>
    owner.query(
      `DO $$ BEGIN CREATE ROLE ${name} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
  await ensure(OWNER_ROLE);
  // A statement that fails is written to the server's log as it is, and these hold passwords. Who may not say so is no superuser.
  await owner.query(`SET log_min_error_statement = panic`).catch(() => undefined);
  for (const role of ROLES) {
    await ensure(roleName(role));
    const password = owner.escapeLiteral(passwords[role] ?? rolePassword(secret, role));
    for (let attempt = 1; ; attempt++) {
      try {
        await owner.query(`ALTER ROLE ${roleName(role)} LOGIN PASSWORD ${password}`);
        break;
      } catch (error) {
        // "tuple concurrently updated": another database of the same server sets the same password.
        if ((error as { code?: string }).code !== 'XX000' || attempt >= 5) throw error;
      }
    }
  }
  await owner.query(`RESET log_min_error_statement`).catch(() => undefined);
  await owner.query(`GRANT ${OWNER_ROLE} TO CURRENT_USER`);
  await owner.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${OWNER_ROLE}`);
  await owner.query(`GRANT USAGE ON SCHEMA public TO ${ROLES.map(roleName).join(', ')}`);
}
