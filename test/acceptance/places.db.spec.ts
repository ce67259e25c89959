import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyOf } from '../support/keys.js';
import { startService, type Service } from '../support/service.js';

const NOW = '2026-11-21T13:00:00.000Z';
const BAHRAIN = 'aws:me-south-1';
const UAE = 'aws:me-central-1';

interface Statement {
  readonly text: string;
  readonly claimId: string;
  readonly since: string | null;
  readonly statedAt: string | null;
  readonly ageHours: number | null;
}
interface Known<S> {
  readonly outcome: string;
  readonly text: string;
  readonly current: (Statement & S)[];
  readonly past: (Statement & S)[];
}
interface Thing {
  readonly id: string;
  readonly name: string;
  readonly standing: Known<{ state: string }>;
  readonly ownership: Known<{ names: string[] }>;
  readonly claims?: { id: string; url: string | null }[];
  readonly geoPublic?: [number, number];
  readonly tlp: string;
}
interface Need {
  readonly of: string;
  readonly on: string;
  readonly kind: string;
  readonly basis: string;
  readonly claimId: string;
}
interface Pair {
  readonly regionId: string;
  readonly withId: string;
  readonly direction: string;
  readonly theatres: (string | null)[];
  readonly independence: string;
  readonly finding: string;
  readonly shared: string[];
}
interface Region extends Thing {
  readonly needs: Need[];
  readonly needsText: string;
  readonly cables: { id: string; landings: { name: string }[]; standing: Statement | null }[];
  readonly cablesText: string;
  readonly pairs: Pair[];
  readonly pairsText: string;
  readonly gaps: { topic: string; hindsight: boolean }[];
}
interface Answer<T> {
  readonly data: T;
  readonly next?: string | null;
  readonly coordinates: { tlp: string; position: number; basis: string };
}

let service: Service;
beforeAll(async () => {
  service = await startService(NOW);
  await service.ingestOwnData();
});
afterAll(async () => service?.stop());

const read = async <T>(url: string, headers?: Record<string, string>): Promise<Answer<T>> => {
  const reply = await service.get<Answer<T>>(`/api/v1/${url}`, headers);
  expect([url, reply.status]).toEqual([url, 200]);
  return reply.body;
};
const of = async <T>(kind: string, id: string, more = '') =>
  (await read<T>(`${kind}/${encodeURIComponent(id)}${more}`)).data;

describe('places beside regions', () => {
  it.each([
    ['cables', 29],
    ['landing-points', 59],
    ['chokepoints', 10],
    ['facilities', 7],
    ['supplies', 3],
    ['operators', 4],
  ])('%s are listed, and each has a page that rests on claims', async (kind, count) => {
    const { data, next, coordinates } = await read<Thing[]>(`${kind}?limit=500`);
    expect([data.length, next, coordinates.tlp]).toEqual([count, null, 'TLP:CLEAR']);
    const { data: first } = await read<Thing[]>(`${kind}?limit=2`);
    expect(first.map(({ id }) => id)).toEqual(data.slice(0, 2).map(({ id }) => id));
    for (const { id, name } of data.slice(0, 4)) {
      const page = await of<Thing>(kind, id);
      expect(page.name).toBe(name);
      const known = new Set(page.claims!.map((claim) => claim.id));
      expect(known.size).toBeGreaterThan(0);
      for (const said of [...page.standing.past, ...page.ownership.past]) expect(known.has(said.claimId)).toBe(true);
    }
    for (const { geoPublic } of data) for (const degrees of geoPublic ?? []) expect(Math.abs(degrees * 4) % 2).toBe(1);
    expect((await service.get(`/api/v1/${kind}/${kind}%3Anowhere`)).status).toBe(404);
  });

  it('lists partitions with who runs them', async () => {
    const { data } =
      await read<{ id: string; regionCount: number; ownership: Known<{ names: string[] }> }[]>('partitions');
    const china = data.find(({ id }) => id === 'azure-china')!;
    expect([china.regionCount, china.ownership.current[0]!.names]).toEqual([6, ['21Vianet']]);
    expect(data.find(({ id }) => id === 'aws-iso')).toMatchObject({
      regionCount: 0,
      ownership: { outcome: 'not-searched' },
    });
  });

  it('have a standing as it was said, with its age, and unknown where nobody said anything', async () => {
    const falcon = (more = '') => of<Thing>('cables', 'cable:falcon', more);
    const states = ({ standing }: Thing) => standing.current.map(({ state }) => state);
    expect(states(await falcon('?asOf=2020-03-10T00:00Z'))).toEqual(['repaired']);
    expect(states(await falcon('?validAt=2020-01-20T00:00Z'))).toEqual(['damaged']);
    expect((await falcon('?asOf=2020-01-20T00:00Z')).standing).toMatchObject({ outcome: 'none-found', past: [] });
    const now = await falcon();
    expect(states(now)).toEqual(['damaged']);
    expect(now.standing.text).toMatch(
      /None found: Whether and when the damage of September 2025 was repaired; searched/,
    );
    expect(now.standing.current[0]!.ageHours).toBeGreaterThan(24 * 365);
    expect((await of<Thing>('cables', 'cable:fog')).standing).toMatchObject({
      outcome: 'not-searched',
      text: 'Not known: no search for it has been recorded.',
    });
  });

  it('have an owner as it was known', async () => {
    const names = async (more: string) =>
      (await of<Thing>('cables', 'cable:fea', more)).ownership.current.map((owner) => owner.names[0]).sort();
    expect(await names('?asOf=2021-06-01T00:00Z')).toContain('Former creditors of Reliance Communications');
    expect(await names('?asOf=2023-06-01T00:00Z')).toEqual(['3i Infrastructure', 'Global Cloud Xchange']);
  });

  it('tell of the Strait of Hormuz only what had been published', async () => {
    const hormuz = (asOf: string) =>
      of<Thing & { cables: unknown[] }>('chokepoints', 'chokepoint:hormuz', `?asOf=${asOf}`);
    expect((await hormuz('2026-02-27T00:00Z')).standing.outcome).toBe('none-found');
    const later = await hormuz('2026-08-15T00:00Z');
    expect(later.standing.current.map(({ state }) => state)).toEqual(['restricted']);
    expect(later.cables.length).toBeGreaterThan(5);
  });
});

describe('what a region rests on', () => {
  it('is told with of whom it is said, and what nobody says is not known', async () => {
    const bahrain = await of<Region>('regions', BAHRAIN);
    expect(bahrain.needs.map(({ of: whose, on }) => [whose, on])).toEqual(
      expect.arrayContaining([
        ['area', 'supply:gcc-interconnection'],
        ['area', 'supply:gulf-desalination'],
        ['area', 'chokepoint:hormuz'],
      ]),
    );
    expect(bahrain.needs.filter(({ of: whose }) => whose === 'region')).toEqual([]);
    expect(bahrain.needsText).toMatch(
      /^Nothing is said of the region itself\. None found: .*; searched .* on 2026-11-21/,
    );
    expect(bahrain.cables.map(({ id }) => id)).toEqual(expect.arrayContaining(['cable:falcon', 'cable:sea-me-we-6']));
    expect(bahrain.cablesText).toMatch(/Which of them the region uses, nobody says/);
    expect(bahrain.pairsText).toMatch(/^None found: Pairs of regions that AWS publishes.*searched/);
    expect(bahrain.standing.outcome).toBe('not-searched');
    const cited = new Set(bahrain.claims!.map(({ id }) => id));
    expect(bahrain.needs.filter(({ claimId }) => !cited.has(claimId))).toEqual([]);
  });

  it('knows shared fate where the operator says it', async () => {
    const osaka = await of<Region>('regions', 'gcp:asia-northeast2');
    expect(osaka.needs.filter(({ of: whose }) => whose === 'region')).toMatchObject([
      { kind: 'shared-fate', basis: 'stated' },
    ]);
  });

  it('marks what was searched later as hindsight, and a need published later is not there yet', async () => {
    const before = await of<Region>('regions', UAE, '?asOf=2026-03-01T00:00Z');
    expect(before.gaps.length).toBeGreaterThan(0);
    expect(before.gaps.every(({ hindsight }) => hindsight)).toBe(true);
    expect(before.needs.map(({ on }) => on)).not.toContain('chokepoint:hormuz');
    expect((await of<Region>('regions', UAE)).needs.map(({ on }) => on)).toContain('chokepoint:hormuz');
  });
});

describe('pairs of regions', () => {
  it('name the theatre of each, and say of one theatre that it is not independent', async () => {
    const { data } = await read<Pair[]>('region-pairs?limit=500');
    const between = (a: string, b: string) =>
      data.find(({ regionId, withId }) => [regionId, withId].sort().join() === [a, b].sort().join())!;
    expect(between('azure:uaenorth', 'azure:uaecentral')).toMatchObject({
      direction: 'mutual',
      theatres: ['AE', 'AE'],
      independence: 'same-theatre',
      finding: expect.stringContaining('one theatre, AE: not independent'),
    });
    expect(between('oci:me-jeddah-1', 'oci:me-riyadh-1').independence).toBe('same-theatre');
    expect(between('azure:northeurope', 'azure:westeurope')).toMatchObject({
      theatres: ['IE', 'NL'],
      independence: 'different-theatres',
      finding: expect.stringContaining('That alone does not make them independent'),
    });
    expect(between('azure:brazilsouth', 'azure:southcentralus').direction).toBe('one-way');
    expect(between('azure:swedencentral', 'azure:swedensouth').independence).toBe('not-known');
    expect(
      data.map(({ finding }) => finding).filter((finding) => /(?<!whether the two )are independent/.test(finding)),
    ).toEqual([]);
  });

  it('stand on the pages of both regions', async () => {
    for (const id of ['azure:uaenorth', 'azure:uaecentral']) {
      const { pairs, pairsText } = await of<Region>('regions', id);
      expect(pairs.map(({ independence }) => independence)).toEqual(['same-theatre']);
      expect(pairsText).toContain('not independent');
    }
    expect((await of<Region>('regions', 'azure:qatarcentral')).pairsText).toMatch(
      /None found: The pair that Microsoft/,
    );
  });
});

describe('the stake side, walked from its entities', () => {
  interface Page {
    readonly id: string;
    readonly kind: string;
    readonly workload: { value: { class: string | null } }[];
    readonly hostedAt: unknown[];
    readonly hosting: { outcome: string; text: string };
    readonly gaps: { question: string; searchedOn: string; text: string }[];
    readonly disagreements: { number: string }[];
    readonly claims: { id: string; itemId: string; subject: string; value: Record<string, unknown> }[];
  }
  const isEntity = /^(org|person|platform|model|silicon|workload|topic|page):/;
  const pages = new Map<string, Page>();
  beforeAll(async () => {
    const { data } = await read<{ id: string }[]>('entities?limit=500');
    for (const { id } of data) pages.set(id, await of<Page>('entities', id));
  });

  it('reaches each claim, disagreement and gap from every entity it speaks of', () => {
    const claims = new Map([...pages.values()].flatMap((page) => page.claims.map((claim) => [claim.id, claim])));
    const items = new Set([...claims.values()].map(({ itemId }) => itemId));
    const count = (pattern: RegExp) => [...items].filter((id) => pattern.test(id)).length;
    expect([count(/^C\d{3}$/), count(/^X\d{2}$/), count(/^G\d{2}$/)]).toEqual([136, 18, 24]);
    const unreached = [...claims.values()]
      .filter(({ itemId }) => /^[CXG]\d+$/.test(itemId))
      .flatMap(({ id, itemId, subject, value }) => {
        const fields = Object.entries(value).filter(([key]) => key !== 'text');
        const named = [subject, ...fields.flatMap(([, field]) => field)].filter(
          (name): name is string => typeof name === 'string' && isEntity.test(name),
        );
        return named
          .filter((name) => !pages.get(name)?.claims.some((claim) => claim.id === id))
          .map((name) => `${itemId} from ${name}`);
      });
    expect(unreached).toEqual([]);
  });

  it('shows gaps as not known, with what was searched and when', () => {
    const gaps = [...pages.values()].flatMap((page) => page.gaps);
    expect(gaps.length).toBeGreaterThan(24);
    for (const { text, searchedOn } of gaps) {
      expect(searchedOn).toBe('2026-11-21');
      expect(text).toMatch(/Not known: nothing found is not “none”/);
    }
  });

  it('places no workload, and nothing of Claude, in Bahrain or the UAE: none found, searched', async () => {
    const sensitive = [...pages.values()].filter(
      ({ id, workload }) =>
        /claude|maven|govcloud/.test(id) ||
        workload.some(({ value }) => ['military', 'intelligence', 'government'].includes(value.class ?? '')),
    );
    expect(sensitive.length).toBeGreaterThan(8);
    for (const { id, hostedAt, hosting } of sensitive) {
      expect([id, hostedAt]).toEqual([id, []]);
      expect([id, hosting.outcome === 'found']).toEqual([id, false]);
      const { data } = await read<{ nodes: { id: string; kind: string }[] }>(
        `blast-radius?direction=up&subject=${encodeURIComponent(id)}`,
      );
      expect([id, data.nodes.filter(({ kind }) => kind === 'region')]).toEqual([id, []]);
    }
    for (const id of ['workload:maven-with-claude', 'workload:claude-on-bedrock', 'workload:claude-for-government'])
      expect([id, pages.get(id)!.hosting.text]).toEqual([
        id,
        expect.stringMatching(/^None found: .*; searched .* on 2026-11-21/),
      ]);
  });

  it('names no entity in any answer about those regions and their zones', async () => {
    const { body } = await service.get<{ paths: Record<string, { get?: unknown }> }>('/api/openapi.json');
    const zones = ['aws:mec1-az1', 'aws:mec1-az2', 'aws:mec1-az3', 'aws:mes1-az1', 'aws:mes1-az2', 'aws:mes1-az3'];
    const ids: Record<string, string[]> = { regionId: [UAE, BAHRAIN], zoneId: zones };
    const urls = Object.entries(body.paths)
      .filter(([path, { get }]) => get !== undefined && /\{(regionId|zoneId)\}/.test(path) && !/reports/.test(path))
      .flatMap(([path]) => {
        const [, name] = /\{(\w+)\}/.exec(path)!;
        return ids[name!]!.map((id) => path.replace(/\{\w+\}/, encodeURIComponent(id)));
      });
    expect(urls.length).toBeGreaterThanOrEqual(10);
    const viewer = await keyOf(service, 'viewer');
    const span = '?from=2026-11-19T00:00Z&to=2026-11-20T00:00Z&points=2';
    for (const url of urls) {
      const reply = await service.get(url.endsWith('/history') ? `${url}${span}` : url, viewer);
      // The exposure of a zone is told of own zones only.
      expect([url, reply.status]).toEqual([url, url.includes('/exposures/zones/') ? 403 : 200]);
      expect([url, /"(org|platform|model|workload|silicon):/.exec(reply.text)?.[0]]).toEqual([url, undefined]);
    }
    for (const id of [UAE, BAHRAIN]) {
      const { hosting } = await of<{ hosting: { outcome: string; text: string } }>('exposures', id);
      expect([id, hosting.outcome]).toEqual([id, 'none-found']);
      expect(hosting.text).toMatch(/searched .*20\d\d-\d\d-\d\d/i);
    }
  });
});

describe('the label of an answer', () => {
  it('is that of its most restrictive claim: a tenant’s own makes it amber, and nothing else', async () => {
    const labels = async (headers?: Record<string, string>) => {
      const region = await read<{ tlp: string }>(`exposures/${encodeURIComponent('aws:eu-west-1')}`, headers);
      const other = await read<{ tlp: string }>(`exposures/${encodeURIComponent('aws:eu-west-2')}`, headers);
      return [region.data.tlp, region.coordinates.tlp, other.data.tlp, other.coordinates.tlp];
    };
    expect(await labels()).toEqual(Array(4).fill('TLP:CLEAR'));
    const own = {
      id: 'own-1',
      predicate: 'condition',
      subject: 'aws:eu-west-1',
      value: { state: 'degraded', scope: 'subject', services: [], text: 'Our own probes fail.' },
      source: { id: 'own-probes', name: 'Own probes', class: 'analyst', grade: 'B' },
      place: { regionIds: ['aws:eu-west-1'] },
      url: 'https://probes.example/1',
      publishedAt: '2026-11-20T12:00:00Z',
    };
    const analyst = await keyOf(service, 'analyst');
    expect((await service.post('/api/v1/inbound', { claims: [own] }, analyst)).status).toBe(201);
    await service.settleAll();
    expect(await labels(analyst)).toEqual(['TLP:AMBER', 'TLP:AMBER', 'TLP:CLEAR', 'TLP:CLEAR']);
    expect(await labels()).toEqual(Array(4).fill('TLP:CLEAR'));
    const claims = await read(`claims?region=${encodeURIComponent('aws:eu-west-1')}`, analyst);
    expect(claims.coordinates.tlp).toBe('TLP:AMBER');
  });
});
