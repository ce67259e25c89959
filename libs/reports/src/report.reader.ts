import type { Coordinates } from '@faultline/evidence';
import type { WorldReader } from '@faultline/exposures';
import { canonicalJson, leavesOf } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import { citedClaims, reportOf } from './model/report.js';
import type { Report } from './model/report-schema.js';

export type ReportRead =
  | { readonly outcome: 'made'; readonly report: Report; /** The bytes of report.json. */ readonly bytes: Uint8Array }
  | { readonly outcome: 'no-such-region' };

/** The report on a cloud region at the coordinates, whose validAt and publicAt must be one instant. `tx` must be of the public tenant. */
export async function readReport(
  tx: Tx,
  worlds: WorldReader,
  regionId: string,
  coordinates: Coordinates,
): Promise<ReportRead> {
  const at = await worlds.at(tx, coordinates);
  const exposure = at.exposure(regionId);
  if (exposure === undefined) return { outcome: 'no-such-region' };
  const ids = citedClaims(exposure, at.world).map(({ id }) => id);
  const report = reportOf(exposure, at.world, await leavesOf(tx, ids, coordinates.position));
  return { outcome: 'made', report, bytes: new TextEncoder().encode(canonicalJson(report)) };
}
