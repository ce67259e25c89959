import type { QueryRunner } from 'typeorm';

/**
 * Forces row-level security on a table of facts and grants what its writers need: everyone reads own ∪ public, nobody
 * updates or deletes, and public facts are written by the given roles only.
 */
export async function insertOnly(
  runner: QueryRunner,
  table: string,
  writers: { tenant: readonly string[]; public: readonly string[] },
): Promise<void> {
  const everyone = 'faultline_app, faultline_feed, faultline_sequencer';
  const own = `tenant_id = (SELECT current_setting('app.tenant', true))`;
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(
    `CREATE POLICY ${table}_read ON ${table} FOR SELECT TO faultline_app, faultline_feed USING (tenant_id = 'public' OR ${own})`,
  );
  await runner.query(`CREATE POLICY ${table}_read_all ON ${table} FOR SELECT TO faultline_sequencer USING (true)`);
  await runner.query(`GRANT SELECT ON ${table} TO ${everyone}`);
  for (const role of writers.tenant) {
    await runner.query(
      `CREATE POLICY ${table}_add_${role} ON ${table} FOR INSERT TO ${role} WITH CHECK (${own} AND tenant_id <> 'public')`,
    );
    await runner.query(`GRANT INSERT ON ${table} TO ${role}`);
  }
  for (const role of writers.public) {
    await runner.query(
      `CREATE POLICY ${table}_add_public_${role} ON ${table} FOR INSERT TO ${role} WITH CHECK (${own})`,
    );
    await runner.query(`GRANT INSERT ON ${table} TO ${role}`);
  }
}
