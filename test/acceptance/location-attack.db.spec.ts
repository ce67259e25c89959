import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addTenant, USER_ROLES } from '@faultline/access';
import { FEEDS } from '@faultline/feeds';
import { GED_COLUMNS, seeded } from '../../bench/ged-rows.js';
import { keyOf } from '../support/keys.js';
import { ROOT, startService, type Reply, type Service } from '../support/service.js';

/**
 * Two services know the same of the same 400 sites, but for where in its cell each of them stands. Whoever cannot tell
 * the services apart, whatever they ask, cannot place a site better than its cell. `ATTACKS=10000` is the full number of
 * requests for each role.
 */
const ATTACKS = Number(process.env['ATTACKS'] ?? 40);
const SITES = 400;
const NOW = '2026-11-21T05:00:00.000Z';
const CELL_DEGREES = 0.1;

type LonLat = readonly [number, number];
interface World {
  readonly service: Service;
  readonly sites: readonly LonLat[];
  readonly headers: Map<string, Record<string, string>>;
  /** Names that differ because what is hashed or drawn by lot differs, by when they were first seen. */
  readonly names: Map<string, string>;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
}

const { paths } = JSON.parse(readFileSync(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, { get?: { parameters?: Parameter[] } }>;
};
const ROUTES = Object.entries(paths).flatMap(([route, { get }]) =>
  get ? [{ route, asks: get.parameters ?? [] }] : [],
);
/** What an attacker tries on top of what is offered. */
const GUESSES = [
  'bbox',
  'near',
  'lat',
  'lon',
  'radiusKm',
  'within',
  'sort',
  'order',
  'tile',
  'cluster',
  'zoom',
  'fields',
];

let worlds: readonly [World, World];

/** Sites around the Gulf, a cell each; where in its cell is drawn anew for each world. */
function sitesOf(seed: number): LonLat[] {
  const random = seeded(seed);
  const within = () => (random() - 0.5) * 0.9 * CELL_DEGREES;
  return Array.from({ length: SITES }, (_, index) => {
    const middle = [50 + (index % 40) * CELL_DEGREES, 24 + Math.floor(index / 40) * CELL_DEGREES] as const;
    return [Number((middle[0] + within()).toFixed(5)), Number((middle[1] + within()).toFixed(5))] as const;
  });
}

/** Strikes on data centers as a research feed reports them. */
function gedTable(sites: readonly LonLat[]): string {
  const rows = sites.map(([lon, lat], index) => {
    const day = `2024-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
    const cells: Partial<Record<(typeof GED_COLUMNS)[number], string | number>> = {
      ...{ id: 500_000 + index, relid: `UAE-${index}`, year: 2024, active_year: 1, code_status: 'Clear' },
      ...{
        type_of_violence: 1,
        conflict_name: 'A',
        dyad_name: 'A - B',
        side_a: 'A',
        side_b: 'B',
        number_of_sources: 1,
      },
      ...{ source_article: `"Agency,${day},Strike"`, source_office: 'Agency', source_date: day },
      ...{ source_headline: 'Drone strike on data center', where_prec: 1, where_coordinates: 'Town' },
      ...{ where_description: 'data center in Town', latitude: lat, longitude: lon, geom_wkt: `POINT (${lon} ${lat})` },
      ...{ country: 'United Arab Emirates', country_id: 696, region: 'Middle East', event_clarity: 1, date_prec: 1 },
      ...{ date_start: `${day} 00:00:00.000`, date_end: `${day} 00:00:00.000`, best: 0, high: 0, low: 0 },
    };
    return GED_COLUMNS.map((column) => `"${String(cells[column] ?? '').replaceAll('"', '""')}"`).join(',');
  });
  return `${GED_COLUMNS.join(',')}\n${rows.join('\n')}\n`;
}

/** A strike as a tenant enters or sends it, with the position it has of it. */
const strike = ([lon, lat]: LonLat, index: number) => ({
  subject: 'country:AE',
  place: {
    countries: ['AE'],
    ...(index % 2 === 0 ? { regionIds: ['aws:me-central-1'] } : {}),
    position: { lonLat: [lon, lat], precisionKm: 0.05, method: 'seen' },
  },
  predicate: 'attack',
  value: { peril: 'drone-strike', mode: 'standoff', severity: 2 + (index % 2), text: `Strike ${index}.` },
  source: { id: 'agency', name: 'Agency', class: 'media', grade: 'B' },
  url: `https://www.example.org/${index}`,
  occurredAt: { begin: `2026-11-${String(1 + (index % 19)).padStart(2, '0')}T10:00Z` },
  publishedAt: '2026-11-20T12:00Z',
});

async function worldOf(seed: number): Promise<World> {
  const service = await startService(NOW);
  const sites = sitesOf(seed);
  await service.ingestOwnData();
  const headers = new Map<string, Record<string, string>>([['anonymous', {}]]);
  for (const name of ['Acme', 'Zenith'])
    await service.database.transaction('app', { tenantId: name.toLowerCase(), actor: 'spec' }, 'write', (tx) =>
      addTenant(tx, name),
    );
  for (const role of USER_ROLES) headers.set(role, await keyOf(service, role, { tenantId: 'acme' }));
  const quarter = SITES / 4;
  await service.ingest(FEEDS.get('ucdp-ged')!, Buffer.from(gedTable(sites.slice(0, quarter))));
  const analyst = headers.get('analyst')!;
  const claims = (from: number) => sites.slice(from, from + quarter).map((site, index) => strike(site, from + index));
  for (const [url, body] of [
    ['/api/v1/claims', { claims: claims(quarter) }],
    ['/api/v1/inbound', { claims: claims(2 * quarter).map((claim, index) => ({ ...claim, id: `in-${index}` })) }],
  ] as const) {
    expect((await service.post(url, body, analyst)).status).toBe(201);
    await service.settleAll();
  }
  // Whose sites these are knows them exactly, and nobody else anything of them.
  const zenith = await keyOf(service, 'analyst', { tenantId: 'zenith' });
  const own = sites
    .slice(3 * quarter)
    .map(([lon, lat], index) => `site ${index},aws:me-central-1,${lon},${lat},1000000`);
  const content = ['name,region,lon,lat,value per day USD', ...own].join('\n');
  expect((await service.post('/api/v1/portfolio/imports', { content }, zenith)).status).toBe(200);
  await service.settleAll();
  return { service, sites, headers, names: new Map() };
}

beforeAll(async () => {
  worlds = await Promise.all([worldOf(1), worldOf(2)]).then(([one, two]) => [one, two] as const);
}, 240_000);
afterAll(async () => {
  for (const { service } of worlds ?? []) await service.stop();
});

/** An answer with its names replaced by when they were first seen: what is left is what a reader learns. */
function learnt({ names }: World, { status, headers, text }: Reply<unknown>): string {
  const { etag: _hash, date: _now, ...told } = headers;
  const named = (name: string) => {
    if (!names.has(name)) names.set(name, `name ${names.size}`);
    return names.get(name)!;
  };
  return `${status} ${JSON.stringify(told)}\n${text}`
    .replaceAll(/\b[0-9a-f]{64}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, named)
    .replaceAll(/"(recordedAt|createdAt|at)":"[^"]*"/g, '"$1":"when it was recorded"');
}

/** Requests drawn by lot over every route that is read, the same ones for both worlds. */
function requestsOf(seed: number, pool: ReadonlyMap<string, readonly string[]>, sites: readonly LonLat[]): string[] {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const day = () => `2026-${pick(['03-01', '11-05', '11-20'])}T${pick(['01', '13'])}:00:00Z`;
  const valueOf = (name: string): string => {
    if (pool.has(name)) return pick(pool.get(name)!);
    const [lon, lat] = pick(sites).map((degrees) => degrees.toFixed(pick([1, 2, 3])));
    if (name === 'bbox') return `${lon},${lat},${lon},${lat}`;
    if (/^(?:near|within|lat|lon)$/.test(name)) return `${lon},${lat}`;
    if (/At$|^asOf|^from|^to$/.test(name)) return day();
    return pick(['1', '5', '12', 'distance', 'AE', '0.1', '-position', 'nothing']);
  };
  return Array.from({ length: ATTACKS }, () => {
    const { route, asks } = pick(ROUTES);
    const query = new URLSearchParams();
    for (const { name } of asks.filter((ask) => ask.in === 'query' && random() < 0.15)) query.set(name, valueOf(name));
    if (random() < 0.1) query.set(pick(GUESSES), valueOf(pick(GUESSES)));
    const url = route.replace(/\{(\w+)\}/, (_, name: string) => encodeURIComponent(valueOf(name)));
    return query.size === 0 ? url : `${url}?${query.toString()}`;
  });
}

/** Identifiers an attacker finds by looking around. */
async function poolOf({ service, headers }: World): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = async (url: string) => {
    const { body } = await service.get<{ data: { id: string }[] }>(url, headers.get('analyst'));
    return body.data.map(({ id }) => id);
  };
  const regionIds = ['aws:me-central-1', 'aws:me-south-1', 'azure:uaenorth', 'oci:me-dubai-1'];
  return new Map([
    ['regionId', regionIds],
    ['region', regionIds],
    ['subject', ['country:AE', ...regionIds]],
    ['country', ['AE', 'BH']],
    ['incidentId', await ids('/api/v1/incidents?country=AE&limit=200')],
    ['claimId', await ids('/api/v1/claims?subject=country:AE&limit=200')],
    ['zoneId', ['aws:mec1-az1', 'aws:mec1-az2']],
  ]);
}

describe('an attacker who wants to place a site better than its cell', () => {
  it.each(['anonymous', ...USER_ROLES])(
    `as %s learns nothing by ${ATTACKS} requests over every route`,
    async (who) => {
      const [one, two] = worlds;
      const pool = await poolOf(one);
      const wins: string[] = [];
      for (const url of requestsOf(who.length, pool, one.sites)) {
        const [first, second] = await Promise.all(
          [one, two].map(async (world) => learnt(world, await world.service.get(url, world.headers.get(who)))),
        );
        if (first !== second) wins.push(`${url}\n${differenceOf(first!, second!)}`);
      }
      expect(wins.slice(0, 5)).toEqual([]);
    },
    7_200_000,
  );

  it('would learn it from a single position that is finer than its cell', async () => {
    const told = await worlds[0].service.get('/api/v1/incidents?country=AE&limit=1', worlds[0].headers.get('analyst'));
    const [one, two] = worlds.map((world) =>
      learnt(world, { ...told, text: `${told.text} ${world.sites[0]!.join()}` }),
    );
    expect(one).not.toBe(two);
  });

  it('finds the sites of a tenant’s portfolio for the tenant alone', async () => {
    const [one] = worlds;
    const key = await keyOf(one.service, 'viewer', { tenantId: 'zenith' });
    const exact = one.sites[SITES - 1]!.join();
    expect((await one.service.get('/api/v1/portfolio/assets?limit=200', key)).text).toContain(exact);
  });
});

function differenceOf(first: string, second: string): string {
  const at = [...first].findIndex((character, index) => character !== second[index]);
  return [first, second].map((text) => text.slice(Math.max(0, at - 120), at + 120)).join('\n');
}
