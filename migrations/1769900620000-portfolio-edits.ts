import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A revision can also come from an edit of one asset, and an edit can take the last asset out. */
export class PortfolioEdits1769900620000 implements MigrationInterface {
  readonly name = 'PortfolioEdits1769900620000';

  async up(runner: QueryRunner): Promise<void> {
    await this.check(
      runner,
      `file_kind IN ('csv', 'xlsx', 'geojson', 'edit')`,
      `(asset_count >= 1 OR (asset_count = 0 AND file_kind = 'edit')) AND left_out_count >= 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.check(runner, `file_kind IN ('csv', 'xlsx', 'geojson')`, 'asset_count >= 1 AND left_out_count >= 0');
  }

  private async check(runner: QueryRunner, kind: string, counts: string): Promise<void> {
    for (const [name, condition] of [
      ['ck_portfolio_revision_kind', kind],
      ['ck_portfolio_revision_counts', counts],
    ] as const) {
      await runner.query(`ALTER TABLE portfolio_revision DROP CONSTRAINT ${name}`);
      await runner.query(`ALTER TABLE portfolio_revision ADD CONSTRAINT ${name} CHECK (${condition})`);
    }
  }
}
