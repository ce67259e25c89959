import { ingestDocument, ownDocuments } from '@faultline/feeds';
import { PUBLIC_TENANT, type Database } from '@faultline/platform';
import { settle } from './settle.js';

/** Records our own reference data and transcribed claims; what is there already stays as it is. Returns counts. */
export async function loadOwnData(database: Database, root: string): Promise<{ claimsNew: number; claims: number }> {
  const now = new Date().toISOString();
  const reports = [];
  for (const { feed, bytes } of ownDocuments(root)) {
    const report = await ingestDocument(database, { tenantId: PUBLIC_TENANT, actor: 'own data' }, feed, {
      bytes,
      retrievedAt: now,
      startedAt: now,
      finishedAt: now,
      trigger: 'ingest',
      validators: { etag: null, lastModified: null },
    });
    if (report.reason)
      throw new Error(
        `our own data for ${feed.id} is refused: ${report.reason.code} at ${report.reason.locator}, got ${report.reason.got}`,
      );
    reports.push(report);
  }
  await settle(
    database,
    reports.map(({ pollId }) => pollId),
  );
  const claimsNew = reports.reduce((sum, report) => sum + report.claimsNew, 0);
  return { claimsNew, claims: claimsNew + reports.reduce((sum, report) => sum + report.claimsRepeated, 0) };
}
