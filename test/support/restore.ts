import pg from 'pg';

/**
 * Every row of every table into a migrated, empty database in another time zone, over SQL as the owner. The embedded
 * server comes without pg_dump, and that of a machine may be older than the server and then refuses it.
 */
export async function copyRows(from: string, to: string): Promise<void> {
  const [source, target] = [new pg.Client({ connectionString: from }), new pg.Client({ connectionString: to })];
  await source.connect();
  await target.connect();
  try {
    const database = new URL(to).pathname.slice(1);
    await target.query(`ALTER DATABASE ${database} SET timezone = 'Asia/Tokyo'`);
    await target.query(`SET session_replication_role = replica`);
    const { rows: tables } = await source.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    for (const { name } of tables) {
      const { rows } = await source.query<{ rows: string | null }>(`SELECT json_agg(t)::text AS rows FROM ${name} t`);
      await target.query(`DELETE FROM ${name}`);
      await target.query(
        `INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`,
        [rows[0]!.rows ?? '[]'],
      );
    }
  } finally {
    await source.end();
    await target.end();
  }
}
