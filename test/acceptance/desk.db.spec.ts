import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue, type UserRole } from '@faultline/access';
import { FEEDS } from '@faultline/feeds';
import { quakeDocument } from '../support/quakes.js';
import { ROOT, startService, type Service } from '../support/service.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly unknown[];
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
    type Kin = Found<{ incidentIds: string[]; outcome: string; incidents: { id: string; feedIds: string[] }[] }[]>;
    const kin = async () => (await service.get<Kin>('/api/v1/kinships')).body.data;
    service.clock.moveTo('2026-11-23T00:00:00.000Z');
    const [joined] = await kin();
    expect(joined).toMatchObject({ outcome: 'joined' });
    // Both sides, each as it is by itself, though they are shown as one elsewhere.
    expect(joined!.incidents.map(({ id }) => id)).toEqual(joined!.incidentIds);
    expect(joined!.incidents.map(({ feedIds }) => feedIds)).toEqual(expect.arrayContaining([['desk'], ['usgs']]));
    const shownAs = async (one: string) =>
      (await service.get<Found<{ id: string }>>(`/api/v1/incidents/${one}`)).body.data.id;
    const id = await shownAs(joined!.incidentIds[0]!);
    const other = joined!.incidentIds.find((one) => one !== id)!;
    expect(await shownAs(other)).toBe(id);

    // A claim of the other side is kept out of that side, and let in again.
    type Linked = Found<{ links: { claimId: string }[] }>;
    const linked = async () => (await service.get<Linked>(`/api/v1/incidents/${id}`)).body.data.links.length;
    const before = await linked();
    const { data: felt } = (await service.get<Found<{ id: string }[]>>('/api/v1/claims?subject=desk:quake')).body;
    const decide = (decision: string) =>
      send('/api/v1/reviews', { decision, incidentIds: [id], claimId: felt[0]!.id, text: 'Looked at again.' });
    expect((await decide('readmit')).status).toBe(201);
    expect(await linked()).toBe(before);

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
    const url = '/api/v1/claims?subject=country:KW&predicate=attack';
    const { body } = await service.get<Found<{ feedId: string; tlp: string }[]>>(url, as('viewer'));
    expect(body.data).toEqual([expect.objectContaining({ feedId: 'inbound', tlp: 'TLP:AMBER' })]);
    expect((await service.get<Found<unknown[]>>(url)).body.data).toEqual([]);
    const scope = { tenantId: 'public', actor: 'spec' };
    const seen = await service.database.transaction('app', scope, 'read', (tx) =>
      tx.query(`SELECT 1 FROM claim WHERE subject = 'country:KW' AND predicate = 'attack'`),
    );
    expect(seen).toEqual([]);
    const value = { claimId: '00000000-0000-7000-8000-000000000000', state: 'open', text: 'x' };
    const judged = await send<Problem>('/api/v1/inbound', { claims: [{ ...own, predicate: 'challenge', value }] });
    expect([judged.status, judged.body.code]).toEqual([422, 'field.enum']);
    expect(judged.body.errors).toEqual([
      { code: 'field.enum', pointer: '/claims/0/predicate', detail: expect.stringContaining('wanted') },
    ]);
  });

  it.each([
    ['aws-health', 'eventbridge-open', 'aws:mec1-az2'],
    ['azure-health', 'alert-common', 'azure:uaenorth'],
  ])('send %s as its provider gives it, for the tenant alone', async (format, name, subject) => {
    const file = path.join(ROOT, 'libs/feeds/src', `own-${format}`, 'fixtures', `${name}.json`);
    const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    type Taken = Found<{ claimsNew: number; claimsRepeated: number; passedOver: Record<string, number> }>;
    const first = await send<Taken>(`/api/v1/inbound/${format}`, document);
    expect([first.status, first.body.data.claimsRepeated]).toEqual([201, 0]);
    const again = await send<Taken>(`/api/v1/inbound/${format}`, document);
    expect(again.body.data).toMatchObject({ claimsNew: 0, claimsRepeated: first.body.data.claimsNew });
    const url = `/api/v1/claims?feed=own-${format}`;
    const { body } = await service.get<Found<{ feedId: string; tlp: string }[]>>(url, as('viewer'));
    expect(body.data).toHaveLength(first.body.data.claimsNew);
    expect((await service.get<Found<unknown[]>>(url)).body.data).toEqual([]);
    const seen = await service.database.transaction('app', { tenantId: 'public', actor: 'spec' }, 'read', (tx) =>
      tx.query(`SELECT 1 FROM claim WHERE feed_id = $1`, [`own-${format}`]),
    );
    expect(seen).toEqual([]);
    expect(JSON.stringify(body.data)).toContain(subject);
    const wrong = await send<Problem>(`/api/v1/inbound/${format}`, { claims: [] });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'feed.wrong_type']);
    await expect(service.ingest(FEEDS.get(`own-${format}`)!, new Uint8Array())).rejects.toThrow(/a tenant’s own/);
  });

  it('send nothing in a form that nobody knows, and hear what was understood and of no concern', async () => {
    expect((await send<Problem>('/api/v1/inbound/gcp-health', {})).status).toBe(404);
    const upcoming = {
      events: [
        { arn: 'arn:aws:health:eu-west-1::event/x', eventTypeCategory: 'scheduledChange', statusCode: 'upcoming' },
      ],
    };
    const taken = await send<Found<{ passedOver: Record<string, number> }>>('/api/v1/inbound/aws-health', upcoming);
    expect([taken.status, taken.body.data.passedOver]).toEqual([201, { 'planned-change': 1 }]);
  });
});
