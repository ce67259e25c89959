/**
 * The architecture. A lib may import the libs its row lists, through their index.ts, and no other.
 * Data flows down the table, imports point up it. A new arrow is a one-line diff here, with its reason in docs/decisions/.
 */
module.exports = {
  geo: [],
  scoring: ['geo'],
  merkle: [],
  platform: [],
  ledger: ['merkle', 'platform'],
  access: ['platform', 'ledger'],
  evidence: ['platform', 'ledger'],
  feeds: ['geo', 'platform', 'evidence'],
  incidents: ['geo', 'platform', 'ledger', 'evidence'],
  places: ['geo', 'platform', 'ledger', 'access', 'evidence'],
  workloads: ['platform', 'ledger', 'access', 'evidence', 'places'],
  exposures: ['geo', 'scoring', 'platform', 'ledger', 'access', 'evidence', 'incidents', 'places', 'workloads'],
  alerts: ['geo', 'platform', 'ledger', 'access', 'evidence', 'incidents', 'places', 'workloads', 'exposures'],
  reports: ['merkle', 'platform', 'ledger', 'access', 'evidence', 'incidents', 'places', 'workloads', 'exposures'],
};
