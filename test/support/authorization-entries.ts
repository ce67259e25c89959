import type { UserRole } from '@faultline/access';

/** What stands in the tenant that the matrix asks about. */
export interface Own {
  readonly claimId: string;
  readonly incidentId: string;
  readonly userId: string;
  /** A key made anew each time: taking one back must not spoil the next question. */
  readonly key: () => Promise<string>;
}

export interface Entry {
  /** Who is let in: anybody, readers, or the roles named. */
  readonly to: 'anybody' | 'readers' | readonly UserRole[];
  readonly scope: 'read' | 'write' | 'report' | 'admin' | null;
  /** What stands in the address in place of `{…}`: an id that everybody may know, or one of the tenant’s own. */
  readonly id?: string | ((own: Own) => string | Promise<string>);
  readonly query?: string;
  readonly body?: object;
  /** What who is let in is answered; 200 where nothing is said. */
  readonly answers?: number;
}

const EVERYBODY = ['viewer', 'analyst', 'auditor', 'admin'] as const;
const EDITORS = ['analyst', 'admin'] as const;
const ADMIN = ['admin'] as const;
const REGION = 'aws:me-central-1';
const NOWHERE = '00000000-0000-7000-8000-00000000000';

const readers = (more: Partial<Entry> = {}): Entry => ({ to: 'readers', scope: 'read', ...more });
const admins = (more: Partial<Entry> = {}): Entry => ({ to: ADMIN, scope: 'admin', ...more });

/** A claim as a tool sends it; the watermark must not be seen by another tenant. */
export const claim = (watermark: string) => ({
  id: 'own-1',
  subject: 'country:KW',
  place: { countries: ['KW'] },
  predicate: 'attack',
  value: { peril: 'drone-strike', mode: 'standoff', severity: 1, text: watermark },
  source: { id: 'roof', name: watermark, class: 'analyst', grade: 'B' },
  url: 'https://www.example.org/1',
  occurredAt: { begin: '2026-11-20T10:00Z' },
  publishedAt: '2026-11-20T12:00Z',
});

/**
 * Every route of the OpenAPI file, written down a second time by hand: who may call it, and what to call it with.
 * A route without an entry fails the matrix, and so does an entry without a route.
 */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  'GET /api/v1/users': admins(),
  'POST /api/v1/users': admins({ body: { login: 'twice', role: 'viewer' }, answers: 409 }),
  'PATCH /api/v1/users/{userId}': admins({ id: ({ userId }) => userId, body: { role: 'viewer' } }),
  'GET /api/v1/keys': admins(),
  'POST /api/v1/keys': admins({ body: { label: 'matrix', role: 'viewer' }, answers: 201 }),
  'POST /api/v1/keys/{keyId}/rotations': admins({ id: ({ key }) => key(), body: {}, answers: 201 }),
  'DELETE /api/v1/keys/{keyId}': admins({ id: ({ key }) => key(), answers: 204 }),
  'GET /api/v1/access-log': { to: ['auditor', 'admin'], scope: 'read' },
  'POST /api/v1/claims': { to: EDITORS, scope: 'write', body: { claims: [claim('said aloud')] }, answers: 201 },
  'POST /api/v1/inbound/{format}': { to: EDITORS, scope: 'write', id: 'aws-health', body: {}, answers: 422 },
  'POST /api/v1/inbound': { to: EDITORS, scope: 'write', body: { claims: [claim('said at home')] }, answers: 201 },
  'POST /api/v1/claims/{claimId}/challenges': {
    to: EVERYBODY,
    scope: 'write',
    id: ({ claimId }) => claimId,
    body: { text: 'It was a balloon.' },
    answers: 201,
  },
  'POST /api/v1/reviews': {
    to: EDITORS,
    scope: 'write',
    body: { decision: 'merge', incidentIds: [`${NOWHERE}1`, `${NOWHERE}2`], text: 'none of these' },
    answers: 404,
  },
  'GET /api/v1/kinships': readers(),
  'GET /api/v1/exposures': readers({ query: '?limit=5' }),
  'GET /api/v1/exposures/{regionId}': readers({ id: REGION }),
  'GET /api/v1/exposures/{regionId}/history': readers({
    id: REGION,
    query: '?points=2&from=2026-11-19T00:00Z&to=2026-11-20T00:00Z',
  }),
  'GET /api/v1/exposures/{regionId}/movement': readers({ id: REGION, query: '?fromAsOf=2026-11-20T00:00Z' }),
  'GET /api/v1/exposures/{regionId}/sensitivity': readers({ id: REGION }),
  'GET /api/v1/exposures/operators/{operatorId}': readers({ id: 'aws' }),
  'GET /api/v1/exposures/operators/{operatorId}/history': readers({
    id: 'aws',
    query: '?points=2&from=2026-11-19T00:00Z&to=2026-11-20T00:00Z',
  }),
  'GET /api/v1/exposures/countries/{country}': readers({ id: 'AE' }),
  'GET /api/v1/exposures/countries/{country}/history': readers({
    id: 'AE',
    query: '?points=2&from=2026-11-19T00:00Z&to=2026-11-20T00:00Z',
  }),
  'GET /api/v1/exposures/workloads/{workloadId}': readers({ id: 'workload:none', answers: 404 }),
  'GET /api/v1/exposures/workloads/{workloadId}/history': readers({
    id: 'workload:none',
    query: '?points=2&from=2026-11-19T00:00Z&to=2026-11-20T00:00Z',
    answers: 404,
  }),
  'GET /api/v1/exposures/zones/{zoneId}': { to: EVERYBODY, scope: 'read', id: 'aws:none', answers: 403 },
  'GET /api/v1/exposures/portfolio': { to: EVERYBODY, scope: 'read' },
  'GET /api/v1/exposures/portfolio/history': {
    to: EVERYBODY,
    scope: 'read',
    query: '?points=2&from=2026-11-19T00:00Z&to=2026-11-20T00:00Z',
  },
  'POST /api/v1/exposures/portfolio/scenarios': { to: EVERYBODY, scope: 'read', body: {}, answers: 400 },
  'POST /api/v1/score-runs': {
    to: ['analyst', 'auditor', 'admin'],
    scope: 'write',
    body: { regionId: REGION },
    answers: 201,
  },
  'GET /api/v1/score-runs': { to: EVERYBODY, scope: 'read' },
  'GET /api/v1/score-runs/{runId}/check': { to: EVERYBODY, scope: 'read', id: `${NOWHERE}0`, answers: 404 },
  'GET /api/v1/coverage': readers({ query: '?limit=5' }),
  'GET /api/v1/feeds': readers(),
  'GET /api/v1/timeline': readers({ query: '?from=2026-11-20T00:00Z&to=2026-11-21T00:00Z&stepHours=6' }),
  'GET /api/v1/incidents': readers({ query: '?country=KW' }),
  'GET /api/v1/incidents/{incidentId}': readers({ id: ({ incidentId }) => incidentId }),
  'GET /api/v1/incidents/{incidentId}/revisions': readers({ id: `${NOWHERE}0`, answers: 404 }),
  'GET /api/v1/claims': readers({ query: '?subject=country:KW' }),
  'GET /api/v1/claims/{claimId}': readers({ id: ({ claimId }) => claimId }),
  'GET /api/v1/operators': readers(),
  'GET /api/v1/regions': readers({ query: '?limit=5' }),
  'GET /api/v1/regions/{regionId}': readers({ id: REGION }),
  'GET /api/v1/operators/{operatorId}': readers({ id: 'aws' }),
  'GET /api/v1/partitions': readers(),
  'GET /api/v1/region-pairs': readers({ query: '?limit=5' }),
  'GET /api/v1/cables': readers({ query: '?limit=5' }),
  'GET /api/v1/cables/{cableId}': readers({ id: 'cable:none', answers: 404 }),
  'GET /api/v1/landing-points': readers({ query: '?limit=5' }),
  'GET /api/v1/landing-points/{landingId}': readers({ id: 'landing:none', answers: 404 }),
  'GET /api/v1/chokepoints': readers(),
  'GET /api/v1/chokepoints/{chokepointId}': readers({ id: 'chokepoint:none', answers: 404 }),
  'GET /api/v1/facilities': readers({ query: '?limit=5' }),
  'GET /api/v1/facilities/{facilityId}': readers({ id: 'facility:none', answers: 404 }),
  'GET /api/v1/supplies': readers({ query: '?limit=5' }),
  'GET /api/v1/supplies/{supplyId}': readers({ id: 'supply:none', answers: 404 }),
  'GET /api/v1/zones': readers({ query: '?limit=5' }),
  'GET /api/v1/zones/{zoneId}': readers({ id: 'aws:mec1-az2' }),
  'GET /api/v1/portfolio': { to: EVERYBODY, scope: 'read' },
  'GET /api/v1/portfolio/assets': { to: EVERYBODY, scope: 'read' },
  'GET /api/v1/portfolio/revisions': { to: EVERYBODY, scope: 'read' },
  'GET /api/v1/portfolio/assets/{assetId}': { to: EVERYBODY, scope: 'read', id: 'none', answers: 404 },
  'POST /api/v1/portfolio/assets': {
    to: EDITORS,
    scope: 'write',
    body: { revision: 999, asset: { id: 'mail', regionId: 'eu-west-1' } },
    answers: 409,
  },
  'PUT /api/v1/portfolio/assets/{assetId}': {
    to: EDITORS,
    scope: 'write',
    id: 'none',
    body: { revision: 999, asset: { id: 'mail', regionId: 'eu-west-1' } },
    answers: 409,
  },
  'DELETE /api/v1/portfolio/assets/{assetId}': {
    to: EDITORS,
    scope: 'write',
    id: 'none',
    query: '?revision=999',
    answers: 409,
  },
  'GET /api/v1/portfolio/assets.csv': { to: EVERYBODY, scope: 'report' },
  'GET /api/v1/portfolio/register.csv': { to: EVERYBODY, scope: 'report' },
  'POST /api/v1/portfolio/imports': {
    to: EDITORS,
    scope: 'write',
    body: { content: 'name,region\nmail,aws eu-west-1', dryRun: true },
  },
  'GET /api/v1/reports/{regionId}': { to: 'readers', scope: 'report', id: REGION },
  'GET /api/v1/reports/{regionId}/bundle': { to: 'readers', scope: 'report', id: REGION },
  'GET /api/v1/reports/{regionId}/page': { to: 'readers', scope: 'report', id: REGION },
  'GET /api/v1/session/ways': { to: 'anybody', scope: null },
  'POST /api/v1/session': { to: 'anybody', scope: null, body: { login: 'nobody', password: 'guess' }, answers: 401 },
  'DELETE /api/v1/session': { to: 'anybody', scope: null, answers: 204 },
  // Keys are no accounts: they have no sessions to see and no password to show.
  'GET /api/v1/session/list': { to: EVERYBODY, scope: null },
  'POST /api/v1/session/ends': { to: EVERYBODY, scope: null, body: { current: 'guess' }, answers: 409 },
  'POST /api/v1/session/password': {
    to: EVERYBODY,
    scope: null,
    body: { current: 'guess', next: 'a longer guess' },
    answers: 409,
  },
  'GET /api/v1/me': { to: EVERYBODY, scope: null },
  'GET /api/v1/workloads': readers({ query: '?limit=5' }),
  'GET /api/v1/workloads/{workloadId}': readers({ id: 'workload:none', answers: 404 }),
  'GET /api/v1/entities': readers({ query: '?limit=5' }),
  'GET /api/v1/entities/{entityId}': readers({ id: 'entity:none', answers: 404 }),
  'GET /api/v1/blast-radius': readers({ query: `?subject=${REGION}&direction=down` }),
};
