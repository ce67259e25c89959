import type { WorldAt, WorldReader } from '@faultline/exposures';
import { canonicalJson, leavesOf } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import { citedClaims, reportOf } from './model/report.js';
import type { Report } from './model/report-schema.js';

export type ReportRead =
  | { readonly outcome: 'made'; readonly report: Report; /** The bytes of report.json. */ readonly bytes: Uint8Array }
  | { readonly outcome: 'no-such-region' };

/** The report on a cloud region in a world whose validAt and publicAt are one instant. `tx` must be of the public tenant. */
export async function readReport(tx: Tx, worlds: WorldReader, at: WorldAt, regionId: string): Promise<ReportRead> {
  const { world } = at;
  const exposure = at.exposure(regionId);
  if (exposure === undefined) return { outcome: 'no-such-region' };
  const { position } = world.coordinates;
  const ids = citedClaims(exposure, world).map(({ id }) => id);
  const leaves = await leavesOf(tx, ids, position);
  const report = reportOf(exposure, world, await worlds.polls(tx, position), leaves);
  return { outcome: 'made', report, bytes: new TextEncoder().encode(canonicalJson(report)) };
}
