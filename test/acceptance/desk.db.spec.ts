import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue, type UserRole } from '@faultline/access';
import { FEEDS } from '@faultline/feeds';
import { quakeDocument } from '../support/quakes.js';
import { startService, type Service } from '../support/service.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
}
interface Found<T> {
  readonly data: T;
}

const NOW = '2026-11-21T05:00:00.000Z';
let service: Service;
const keys = new Map<UserRole, string>();

beforeAll(async () => {
  service = await startService(NOW);
  await service.ingestOwnData();
  for (const role of ['viewer', 'analyst'] as const) {
    const scope = { tenantId: 'local', actor: 'spec' };
    const key = await service.database.transaction('app', scope, 'write', (tx) =>
      issue(tx, 'api-key', { role, label: `a ${role}` }, null),
    );
    keys.set(role, key);
  }
});
afterAll(async () => service?.stop());

const as = (role: UserRole) => ({ authorization: `Bearer ${keys.get(role)}` });
async function send<T = Found<{ claimsNew: number }>>(url: string, body: unknown, role: UserRole = 'analyst') {
  const reply = await service.post<T>(url, body, as(role));
  await service.settleAll();
  return reply;
}

const strike = {
  subject: 'country:QA',
  place: { countries: ['QA'] },
  predicate: 'attack',
  value: { peril: 'drone-strike', mode: 'standoff', severity: 1, text: 'A drone was shot down near the port.' },
  source: { id: 'qna', name: 'Qatar News Agency', class: 'media', grade: 'B' },
  url: 'https://www.qna.example/1',
  occurredAt: { begin: '2026-11-20T10:00Z' },
  publishedAt: '2026-11-20T12:00Z',
};

describe('the desk', () => {
  it('lets nobody write who is not known or may not', async () => {
    const anonymous = await service.post<Problem>('/api/v1/claims', { claims: [strike] });
    expect([anonymous.status, anonymous.body.code]).toEqual([401, 'session.unknown']);
    const viewer = await send<Problem>('/api/v1/claims', { claims: [strike] }, 'viewer');
    expect([viewer.status, viewer.body.code]).toEqual([403, 'role.missing']);
    const { body } = await service.get<Found<unknown[]>>('/api/v1/incidents?country=QA&peril=drone-strike');
    expect(body.data).toEqual([]);
  });

  it('enters an incident with its source, once, and shows it as what it is', async () => {
    const sent = await send('/api/v1/claims', { claims: [strike] });
    expect([sent.status, sent.body.data.claimsNew]).toEqual([201, 1]);
    const again = await send('/api/v1/claims', { claims: [strike] });
    expect(again.body.data.claimsNew).toBe(0);
    const { body } = await service.get<Found<{ title: string; status: string }[]>>(
      '/api/v1/incidents?country=QA&peril=drone-strike',
    );
    expect(body.data).toEqual([expect.objectContaining({ title: 'Drone strike, QA', status: 'reported' })]);
  });

  it.each([
    ['no source', { ...strike, source: undefined }, 'claim.source_required', '/claims/0/source'],
    ['no address', { ...strike, url: undefined }, 'claim.source_required', '/claims/0/url'],
    ['an address that is none', { ...strike, url: 'javascript:alert(1)' }, 'claim.source_required', '/claims/0/url'],
    ['a label misspelt', { ...strike, tlp: 'TLP: AMBER' }, 'tlp.invalid', '/claims/0/tlp'],
    ['a time without a zone', { ...strike, publishedAt: '2026-11-20T12:00' }, 'time.no_zone', '/claims/0/publishedAt'],
    ['a time to come', { ...strike, publishedAt: '2027-01-01T00:00Z' }, 'time.future', '/claims/0/publishedAt'],
    [
      'half a character',
      { ...strike, value: { ...strike.value, text: 'a\ud800b' } },
      'field.invalid_text',
      '/claims/0/value/text',
    ],
    ['where something stands', { ...strike, predicate: 'place.region' }, 'field.enum', '/claims/0/predicate'],
    [
      'a severity beyond the scale',
      { ...strike, value: { ...strike.value, severity: 9 } },
      'field.range',
      '/claims/0/value/severity',
    ],
  ])('refuses %s, with the code and the place', async (_, claim, code, pointer) => {
    const { status, body } = await send<Problem>('/api/v1/claims', { claims: [{ ...claim, subject: 'country:XX' }] });
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toContain(pointer);
  });

  it('carries a challenge with the claim it disputes, until it is judged', async () => {
    const { body } = await service.get<Found<{ id: string }[]>>('/api/v1/claims?subject=country:QA');
    const id = body.data[0]!.id;
    const challenge = `/api/v1/claims/${id}/challenges`;
    expect((await send(challenge, { text: 'The port says it was a balloon.' }, 'viewer')).status).toBe(201);
    type Shown = Found<{ challenges: { state: string; by: string; text: string }[] }>;
    const shown = async () => (await service.get<Shown>(`/api/v1/claims/${id}`)).body.data.challenges;
    expect(await shown()).toEqual([
      expect.objectContaining({ state: 'open', by: 'a viewer', text: 'The port says it was a balloon.' }),
    ]);
    expect((await send(challenge, { state: 'upheld', text: 'x y z' }, 'viewer')).status).toBe(403);
    service.clock.moveTo('2026-11-21T06:00:00.000Z');
    await send(challenge, { state: 'dismissed', text: 'The ministry confirmed the drone.' });
    expect((await shown()).map(({ state, by }) => [by, state])).toEqual([
      ['a viewer', 'dismissed'],
      ['a analyst', 'dismissed'],
    ]);
    const before = await service.get<Shown>(`/api/v1/claims/${id}?asOf=2026-11-21T05:30Z`);
    expect(before.body.data.challenges.map(({ state }) => state)).toEqual(['open']);
    const unknown = '00000000-0000-7000-8000-000000000000';
    expect((await send(`/api/v1/claims/${unknown}/challenges`, { text: 'nothing there' })).status).toBe(404);
  });

  it('splits what was joined, says so, and joins it again', async () => {
    const quakes = JSON.parse(new TextDecoder().decode(quakeDocument('joined', 1, 1))) as {
      features: { geometry: { coordinates: number[] }; properties: { time: number; mag: number } }[];
    };
    await service.ingest(FEEDS.get('usgs')!, quakeDocument('joined', 1, 1));
    const [{ geometry, properties }] = quakes.features as [(typeof quakes.features)[0]];
    const [lon, lat] = geometry.coordinates as [number, number];
    const at = new Date(properties.time).toISOString();
    await send('/api/v1/claims', {
      claims: [
        {
          ...strike,
          subject: 'desk:quake',
          thread: 'desk-quake',
          predicate: 'hazard',
          place: { position: { lonLat: [lon, lat], precisionKm: 10, method: 'as printed' } },
          value: {
            peril: 'earthquake',
            level: 'moderate',
            certainty: 'observed',
            magnitude: { value: properties.mag, unit: 'M' },
            area: null,
            text: 'An earthquake was felt.',
          },
          occurredAt: { begin: at },
          publishedAt: '2026-11-21',
        },
      ],
    });
    type Kin = Found<{ incidentIds: string[]; outcome: string; incidents: { id: string }[] }[]>;
    const kin = async () => (await service.get<Kin>('/api/v1/kinships')).body.data;
    service.clock.moveTo('2026-11-23T00:00:00.000Z');
    const [joined] = await kin();
    expect(joined).toMatchObject({ outcome: 'joined' });
    expect(joined!.incidents).toHaveLength(1);
    const [{ id }] = joined!.incidents as [{ id: string }];
    const other = joined!.incidentIds.find((one) => one !== id)!;
    expect((await service.get<Found<{ id: string }>>(`/api/v1/incidents/${other}`)).body.data.id).toBe(id);

    expect(
      (await send('/api/v1/reviews', { decision: 'split', incidentIds: joined!.incidentIds, text: 'Two shocks.' }))
        .status,
    ).toBe(201);
    expect(await kin()).toEqual([expect.objectContaining({ outcome: 'apart' })]);
    expect((await service.get<Found<{ id: string }>>(`/api/v1/incidents/${other}`)).body.data.id).toBe(other);
    type Revisions = Found<{ state: { lifecycle: string } }[]>;
    const revisions = await service.get<Revisions>(`/api/v1/incidents/${other}/revisions`);
    expect(revisions.body.data.at(-1)!.state.lifecycle).not.toBe('joined');

    const wrong = await send<Problem>('/api/v1/reviews', { decision: 'merge', incidentIds: [id], text: 'alone' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'review.shape']);
  });
});

describe('a tenant’s own tools', () => {
  it('send claims that stay the tenant’s, and judge nothing', async () => {
    const own = { ...strike, id: 'own-1', subject: 'country:KW', place: { countries: ['KW'] } };
    expect((await send('/api/v1/inbound', { claims: [own] })).status).toBe(201);
    const { body } = await service.get<Found<{ feedId: string; tlp: string }[]>>(
      '/api/v1/claims?subject=country:KW&predicate=attack',
    );
    expect(body.data).toEqual([expect.objectContaining({ feedId: 'inbound', tlp: 'TLP:AMBER' })]);
    const scope = { tenantId: 'public', actor: 'spec' };
    const seen = await service.database.transaction('app', scope, 'read', (tx) =>
      tx.query(`SELECT 1 FROM claim WHERE subject = 'country:KW' AND predicate = 'attack'`),
    );
    expect(seen).toEqual([]);
    const value = { claimId: '00000000-0000-7000-8000-000000000000', state: 'open', text: 'x' };
    const judged = await send<Problem>('/api/v1/inbound', { claims: [{ ...own, predicate: 'challenge', value }] });
    expect([judged.status, judged.body.code]).toEqual([422, 'field.enum']);
  });
});
