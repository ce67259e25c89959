import { Tenants1769900000000 } from '../../../../migrations/1769900000000-tenants.js';
import { Ledger1769900100000 } from '../../../../migrations/1769900100000-ledger.js';
import { Evidence1769900200000 } from '../../../../migrations/1769900200000-evidence.js';
import { Incidents1769900300000 } from '../../../../migrations/1769900300000-incidents.js';
import { Access1769900400000 } from '../../../../migrations/1769900400000-access.js';
import { Work1769900500000 } from '../../../../migrations/1769900500000-work.js';
import { Alerts1769900510000 } from '../../../../migrations/1769900510000-alerts.js';
import { FeedChannels1769900520000 } from '../../../../migrations/1769900520000-feed-channels.js';
import { Workloads1769900600000 } from '../../../../migrations/1769900600000-workloads.js';
import { Portfolios1769900610000 } from '../../../../migrations/1769900610000-portfolios.js';
import { PortfolioEdits1769900620000 } from '../../../../migrations/1769900620000-portfolio-edits.js';
import { Accounts1769900700000 } from '../../../../migrations/1769900700000-accounts.js';
import { Places1769900800000 } from '../../../../migrations/1769900800000-places.js';
import { ScoreRuns1769900900000 } from '../../../../migrations/1769900900000-score-runs.js';

/** An explicit list, never a glob: it survives bundling, jest and both module systems. */
export const MIGRATIONS = [
  Tenants1769900000000,
  Ledger1769900100000,
  Evidence1769900200000,
  Incidents1769900300000,
  Access1769900400000,
  Work1769900500000,
  Alerts1769900510000,
  FeedChannels1769900520000,
  Workloads1769900600000,
  Portfolios1769900610000,
  PortfolioEdits1769900620000,
  Accounts1769900700000,
  Places1769900800000,
  ScoreRuns1769900900000,
];
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map((migration) => migration.name);
