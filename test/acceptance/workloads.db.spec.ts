import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS } from '@faultline/feeds';
import { startService, type Service } from '../support/service.js';

const NOW = '2026-11-21T13:00:00.000Z';
const BAHRAIN = 'aws:me-south-1';
const UAE = 'aws:me-central-1';

const MARKETPLACE = {
  meta: { last_change: '2026-04-25T02:40:42.512Z' },
  data: {
    Products: [
      {
        id: 'F1603047866',
        csp: 'Amazon',
        cso: 'AWS GovCloud',
        status: 'FedRAMP Authorized',
        impact_level: 'High',
        auth_date: '2016-06-21T20:00:00.000Z',
        auth_type: 'JAB',
      },
    ],
  },
};

interface Fact {
  readonly value: Record<string, unknown>;
  readonly status: string;
  readonly claimIds: string[];
  readonly contradictedIn: string[];
}
interface Hosting {
  readonly outcome: string;
  readonly text: string;
  readonly claimIds: string[];
}
interface Page {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly tlp: string;
  readonly workload: Fact[];
  readonly authorisations: Fact[];
  readonly commitments: Fact[];
  readonly hosting: Hosting;
  readonly disagreements: {
    number: string;
    reading: string | null;
    hindsight: boolean;
    sides: { says: string; claimIds: string[] }[];
  }[];
  readonly gaps: { question: string; searchedOn: string; hindsight: boolean }[];
  readonly claims: { id: string; itemId: string; status: string; tlp: string; backfilled: boolean }[];
}
interface Radius {
  readonly severity: string;
  readonly incidentId: string | null;
  readonly subjects: { id: string }[];
  readonly nodes: { id: string; kind: string; effect: string | null }[];
  readonly edges: { from: string; to: string; kind: string; claimIds: string[] }[];
  readonly hosting: (Hosting & { id: string })[];
  readonly affected: { party: string }[];
  readonly limits: string[];
  readonly claims: { id: string }[];
}
interface Answer<T> {
  readonly data: T;
  readonly next?: string | null;
  readonly coordinates: Record<string, unknown>;
}

let service: Service;
beforeAll(async () => {
  service = await startService(NOW);
  const reports = await service.ingestOwnData();
  expect(reports.map(({ outcome, quarantined }) => [outcome, quarantined.length])).toEqual(
    Array(4).fill(['accepted', 0]),
  );
});
afterAll(async () => service?.stop());

const read = async <T>(url: string): Promise<Answer<T>> => {
  const reply = await service.get<Answer<T>>(`/api/v1/${url}`);
  expect([url, reply.status]).toEqual([url, 200]);
  return reply.body;
};
const radius = async (subject: string, more = '') =>
  (await read<Radius>(`blast-radius?subject=${encodeURIComponent(subject)}${more}`)).data;
const entityPage = async (id: string, more = '') =>
  (await read<Page>(`entities/${encodeURIComponent(id)}${more}`)).data;

describe('the stake side over HTTP', () => {
  it('reaches every one of the 136 claims, 18 disagreements and 24 gaps from the pages of the entities', async () => {
    const { data } = await read<{ id: string }[]>('entities?limit=500');
    const items = new Set<string>();
    const numbers = new Set<string>();
    for (const { id } of data) {
      const page = await entityPage(id);
      for (const { itemId } of page.claims) items.add(itemId);
      for (const { number } of page.disagreements) numbers.add(number);
      const known = new Set(page.claims.map((claim) => claim.id));
      const cited = [
        ...page.disagreements.flatMap(({ sides }) => sides.flatMap(({ claimIds }) => claimIds)),
        ...[...page.workload, ...page.authorisations, ...page.commitments].flatMap(({ claimIds }) => claimIds),
        ...page.hosting.claimIds,
      ];
      expect([id, cited.filter((claimId) => !known.has(claimId))]).toEqual([id, []]);
    }
    const count = (pattern: RegExp) => [...items].filter((id) => pattern.test(id)).length;
    expect([count(/^C\d{3}$/), numbers.size, count(/^G\d{2}$/)]).toEqual([136, 18, 24]);
  });

  it('lists workloads in the order of their ids, a page at a time, each with what is known of its place', async () => {
    const all = await read<{ id: string; hosting: Hosting; classes: string[] }[]>('workloads');
    const ids = all.data.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(ids.length).toBeGreaterThan(15);
    expect(all.data.filter(({ hosting }) => hosting.outcome === 'found')).toEqual([]);
    expect(all.data.find(({ id }) => id === 'workload:maven-with-claude')).toMatchObject({
      classes: ['military'],
      customers: [{ id: 'org:us-dod', name: 'US Department of Defense' }],
      hosting: { outcome: 'none-found', text: expect.stringMatching(/^None found: .*; searched .* on 2026-11-21\.$/) },
      tlp: 'TLP:CLEAR',
    });
    const first = await read<{ id: string }[]>('workloads?limit=5');
    const second = await read<{ id: string }[]>(`workloads?limit=500&cursor=${first.next!}`);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
  });

  it('takes no filter and no order by what a workload is', async () => {
    const plain = await service.get('/api/v1/workloads');
    for (const query of ['class=military', 'sort=class', 'kind=military', 'platform=platform%3Aamazon-bedrock']) {
      const asked = await service.get(`/api/v1/workloads?${query}`);
      expect([query, asked.status === 400 || asked.text === plain.text]).toEqual([query, true]);
    }
  });

  it('shows contradictions side by side, with all sides and our reading', async () => {
    const page = await entityPage('org:openai');
    const owed = page.disagreements.find(({ number }) => number === 'X03')!;
    expect(owed.sides.map(({ says }) => says)).toHaveLength(3);
    expect(owed.reading).toContain('reversed within one document');
    const paid = page.commitments.filter(({ value }) => value['from'] === 'org:amazon');
    expect(paid.map(({ value }) => `${value['state'] as string} ${Number(value['amount']) / 1e9}`).sort()).toEqual([
      'announced 50',
      'committed 50',
      'conditional 35',
      'paid 15',
      'paid 50',
    ]);
    const strikes = await entityPage('topic:strikes-march-2026');
    const status = new Map(strikes.claims.map((claim) => [claim.itemId, claim.status]));
    expect(status.get('m26-aws-0303-uae-attack')).toBe('confirmed');
    expect(status.get('C096')).toBe('reported');
  });

  it('is as it was known: in March 2026 the Department of Defense had no workload in it', async () => {
    const now = await entityPage('org:us-dod');
    expect(now.claims.map(({ itemId }) => itemId)).toEqual(expect.arrayContaining(['C084', 'C085', 'C090']));
    expect((await service.get('/api/v1/entities/org%3Aus-dod?asOf=2026-03-31T00:00Z')).status).toBe(404);
    const april = await entityPage('org:openai', '?asOf=2026-04-02T00:00Z');
    expect(april.disagreements.map(({ reading, hindsight }) => [reading === null, hindsight])).toContainEqual([
      true,
      true,
    ]);
    expect(april.gaps.every(({ hindsight }) => hindsight)).toBe(true);
    const { coordinates } = await read('entities/org%3Aamazon?asOf=2026-05-01T00:00Z');
    expect(coordinates).toMatchObject({
      validAt: '2026-05-01T00:00:00.000Z',
      publicAt: '2026-05-01T00:00:00.000Z',
      basis: 'reconstruction',
    });
  });

  it('answers an unknown entity, and one that is no workload, with 404', async () => {
    for (const path of ['entities/org%3Anobody', 'workloads/org%3Aopenai', 'workloads/workload%3Anone'])
      expect((await service.get(`/api/v1/${path}`)).status).toBe(404);
  });
});

describe('the blast radius over HTTP', () => {
  it.each([UAE, BAHRAIN])('of %s finds no workload, and says what was searched', async (region) => {
    const answer = await radius(region);
    expect(answer.nodes).toEqual([expect.objectContaining({ id: region, kind: 'region', effect: 'subject' })]);
    expect(answer.edges).toEqual([]);
    expect(answer.hosting).toEqual([expect.objectContaining({ id: region, outcome: 'none-found' })]);
    expect(answer.hosting[0]!.text).toContain('searched');
    expect(answer.limits.join(' ')).toContain('nothing is inferred');
  });

  it('of an incident is that of its regions, impaired and not lost, with those named as affected', async () => {
    const { data } = await read<{ id: string; regionIds: string[] }[]>('incidents?region=aws%3Ame-central-1');
    const incident = data.find(({ regionIds }) => regionIds.length === 1)!;
    const answer = await radius(incident.id);
    expect(answer).toMatchObject({ incidentId: incident.id, severity: 'impaired', subjects: [{ id: UAE }] });
    expect(answer.affected.map(({ party }) => party)).toEqual(expect.arrayContaining(['Careem', 'Emirates NBD']));
    expect(answer.nodes.map(({ id }) => id)).toEqual([UAE]);
  });

  it('of an operator comes down to platforms, workloads and customers, every edge with its claims', async () => {
    const answer = await radius('aws');
    const effects = new Map(answer.nodes.map(({ id, effect }) => [id, effect]));
    expect(effects.get('platform:amazon-bedrock')).toBe('cannot-run');
    expect(effects.get('workload:claude-on-bedrock')).toBe('not-stated');
    expect(effects.get('workload:claude-training')).toBe('contested');
    expect(effects.get('model:claude')).toBe('authorised-only');
    const known = new Set(answer.claims.map(({ id }) => id));
    for (const { claimIds } of answer.edges) {
      expect(claimIds.length).toBeGreaterThan(0);
      expect(claimIds.filter((id) => !known.has(id))).toEqual([]);
    }
  });

  it('of a customer goes up to what it stands on, and to no region', async () => {
    const answer = await radius('org:us-dod', '&direction=up');
    expect(answer.nodes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['workload:maven-with-claude', 'org:aws', 'aws']),
    );
    expect(answer.nodes.filter(({ kind }) => kind === 'region')).toEqual([]);
    expect(answer.edges.find(({ kind }) => kind === 'authorised')).toMatchObject({
      from: 'aws-us-gov',
      to: 'model:claude',
    });
  });

  it.each([
    ['a zone', 'aws:mec1-az2', 400, 'subject.too_fine'],
    ['a site', 'facility:hamala-1', 404, 'not_found'],
    ['a country', 'country:BH', 404, 'not_found'],
  ])('of %s is refused', async (_, subject, status, code) => {
    const reply = await service.get<{ code: string }>(`/api/v1/blast-radius?subject=${encodeURIComponent(subject)}`);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('has no route from a zone, and the answers about zones speak of no workload', async () => {
    const { paths } = (await service.get<{ paths: Record<string, unknown> }>('/api/openapi.json')).body;
    expect(Object.keys(paths).filter((route) => /zones.*(workloads|entities|customers|blast)/.test(route))).toEqual([]);
    const zone = await service.get('/api/v1/zones/aws%3Amec1-az2');
    expect(zone.text).not.toMatch(/workload|org:|platform:/);
  });
});

describe('a capture of the FedRAMP marketplace', () => {
  it('adds authorisations to the platforms it names, and moves nothing into a region', async () => {
    const report = await service.ingest(FEEDS.get('fedramp')!, Buffer.from(JSON.stringify(MARKETPLACE)));
    expect(report).toMatchObject({ outcome: 'accepted', claimsNew: 1, quarantined: [] });
    const page = await entityPage('platform:aws-govcloud');
    expect(page.authorisations.map(({ value }) => [value['level'], value['grantedOn']])).toContainEqual([
      'High',
      '2016-06-21',
    ]);
    expect(page.hosting.outcome).toBe('none-found');
    for (const region of [UAE, BAHRAIN, 'aws:us-gov-west-1'])
      expect((await radius(region)).nodes.map(({ id }) => id)).toEqual([region]);
  });
});

describe('the stake side', () => {
  it('makes no incident and no exposure', async () => {
    const { data } = await read<{ id: string }[]>('incidents?limit=500');
    const page = await entityPage('topic:strikes-march-2026');
    expect(page.claims.length).toBeGreaterThan(7);
    for (const { id: claimId } of await incidentClaims(data.map(({ id }) => id))) {
      expect(page.claims.filter((claim) => claim.id === claimId && /^C/.test(claim.itemId))).toEqual([]);
    }
  });

  const incidentClaims = async (ids: string[]): Promise<{ id: string }[]> =>
    (await Promise.all(ids.map((id) => read<{ claims: { id: string }[] }>(`incidents/${id}`)))).flatMap(
      ({ data }) => data.claims,
    );
});
