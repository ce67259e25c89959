import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { Aspect, Incident } from '../../apps/api/src/dto/incidents.js';
import type { Exposure } from '../../apps/api/src/dto/exposures.js';
import { startService, type Service } from '../support/service.js';

type IncidentView = z.infer<typeof Incident>;
type ExposureView = z.infer<typeof Exposure>;
type AspectName = z.infer<typeof Aspect>['aspect'];
interface Answer {
  data: ExposureView;
  coordinates: { basis: string; claims: number; backfilled: number; validAt: string; publicAt: string };
}

const UAE = 'aws:me-central-1';
const BAHRAIN = 'aws:me-south-1';

let service: Service;
beforeAll(async () => {
  service = await startService('2026-11-21T05:00:00.000Z');
  await service.ingestOwnData();
});
afterAll(async () => {
  await service?.stop();
});

async function exposure(regionId: string, asOf: string): Promise<Answer> {
  const reply = await service.get<Answer>(`/api/v1/exposures/${encodeURIComponent(regionId)}?asOf=${asOf}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}
const zoneOf = ({ data }: Answer, id: string) => {
  const zone = data.now.zones.find((candidate) => candidate.id === id);
  if (!zone) throw new Error(`no zone ${id}`);
  return zone;
};
const only = (incidents: readonly IncidentView[]): IncidentView => {
  expect(incidents).toHaveLength(1);
  return incidents[0]!;
};
const aspect = (incident: IncidentView, name: AspectName) =>
  incident.aspects.find((candidate) => candidate.aspect === name)!;
const keys = (incident: IncidentView, name: AspectName) => [
  ...new Set(aspect(incident, name).statements.map(({ key }) => key)),
];
/** Whether a claim linked to the incident says drone: in what it states, or in its words. */
const sayDrone = (incident: IncidentView) =>
  incident.claims.filter((claim) => /drone/i.test(JSON.stringify([claim.value, claim.text])));

describe('March 2026, hour by hour', () => {
  it('13:00Z on 1 March: AWS investigates; cause, zone and duration not stated; no statement on any zone', async () => {
    const answer = await exposure(UAE, '2026-03-01T13:00Z');
    const { data } = answer;
    expect(data.now.state).toBe('investigating');
    expect(data.now.statedBy).toMatchObject({ id: 'aws', class: 'provider' });
    expect(data.now.zones.map(({ state }) => state)).toEqual(['no-statement', 'no-statement', 'no-statement']);
    expect(data.now.quorum).toBe('not-known');
    const incident = only(data.now.incidents);
    expect(keys(incident, 'nature').sort()).toEqual(['connectivity', 'power']);
    for (const name of ['cause', 'zones', 'duration', 'means', 'attribution', 'motive'] as const) {
      expect([name, aspect(incident, name).outcome]).toEqual([name, 'not-stated']);
    }
    expect(answer.coordinates).toMatchObject({
      basis: 'reconstruction',
      validAt: '2026-03-01T13:00:00.000Z',
      publicAt: '2026-03-01T13:00:00.000Z',
    });
    expect(answer.coordinates.backfilled).toBe(answer.coordinates.claims);
  });

  it('15:00Z on 1 March: one zone impaired by a localized power issue; the attacks of those days stand beside it, unlinked', async () => {
    const answer = await exposure(UAE, '2026-03-01T15:00Z');
    expect(zoneOf(answer, 'aws:mec1-az2')).toMatchObject({ state: 'impaired', source: { id: 'aws' } });
    expect(zoneOf(answer, 'aws:mec1-az1').state).toBe('no-statement');
    expect(zoneOf(answer, 'aws:mec1-az3').state).toBe('no-statement');
    const incident = only(answer.data.now.incidents);
    expect(aspect(incident, 'nature').statements.some(({ text }) => /localized power issue/i.test(text))).toBe(true);
    expect(aspect(incident, 'cause').outcome).toBe('not-stated');
    expect(sayDrone(incident)).toEqual([]);
    const coincident = answer.data.now.coincident.find(({ incident: other }) => other.countries.includes('AE'));
    expect(coincident).toMatchObject({ link: 'no link asserted', reason: 'same-country-same-time' });
    expect(coincident!.incident.id).not.toBe(incident.id);
    expect(coincident!.incident.onset?.slice(0, 10)).toBe('2026-02-28');
    const linked = new Set(incident.links.map(({ claimId }) => claimId));
    const theirs = await service.get<{ data: IncidentView }>(
      `/api/v1/incidents/${coincident!.incident.id}?asOf=2026-03-01T15:00Z`,
    );
    expect(theirs.body.data.claims.filter(({ id }) => linked.has(id))).toEqual([]);
  });

  it('18:00Z on 1 March: objects struck it, sparks and fire; what the objects were is not stated; other zones reported working', async () => {
    const answer = await exposure(UAE, '2026-03-01T18:00Z');
    const incident = only(answer.data.now.incidents);
    expect(keys(incident, 'cause')).toEqual(['struck-by-objects']);
    expect(aspect(incident, 'cause').statedByOperator).toBe(true);
    expect(aspect(incident, 'means').outcome).toBe('not-stated');
    expect(aspect(incident, 'damage').statements.some(({ key }) => key.includes('fire'))).toBe(true);
    expect(sayDrone(incident)).toEqual([]);
    expect(zoneOf(answer, 'aws:mec1-az2').state).toBe('impaired');
    expect(zoneOf(answer, 'aws:mec1-az1')).toMatchObject({ state: 'no-impairment-stated', source: { id: 'aws' } });
    expect(zoneOf(answer, 'aws:mec1-az3').state).toBe('no-impairment-stated');
    expect(answer.data.now.quorum).toBe('held');
  });

  it('01:00Z on 3 March: drone strikes, confirmed by the operator; quorum lost; attribution, motive and duration not stated by it', async () => {
    const asOf = '2026-03-03T01:00Z';
    const uae = await exposure(UAE, asOf);
    expect(zoneOf(uae, 'aws:mec1-az2').state).toBe('impaired');
    expect(zoneOf(uae, 'aws:mec1-az3').state).toBe('impaired');
    expect(uae.data.now.quorum).toBe('lost');
    const incident = only(uae.data.now.incidents);
    expect(incident).toMatchObject({ peril: 'drone-strike', status: 'confirmed' });
    const drone = aspect(incident, 'cause').statements.find(({ key }) => key === 'drone-strike')!;
    expect(drone).toMatchObject({ status: 'confirmed', source: { id: 'aws' } });
    const struck = incident.claims.filter(
      (claim) => claim.predicate === 'damage' && claim.value['facilitiesStruck'] === 2,
    );
    expect(struck).not.toEqual([]);
    // Two facilities directly struck, and no word on which zones they are.
    expect(struck.flatMap((claim) => claim.place.zoneIds)).toEqual([]);
    for (const name of ['attribution', 'motive', 'duration'] as const)
      expect(aspect(incident, name).statedByOperator).toBe(false);
    const bahrain = await exposure(BAHRAIN, asOf);
    expect(zoneOf(bahrain, 'aws:mes1-az2').state).toBe('impaired');
    expect(only(bahrain.data.now.incidents)).toMatchObject({ peril: 'drone-strike', regionIds: [BAHRAIN] });
    expect(bahrain.data.now.quorum).toBe('not-known');
  });

  it('12:00Z on 7 March: a military motive is an adversary’s claim; hosting claims: none found, with what was searched', async () => {
    for (const region of [UAE, BAHRAIN]) {
      const { data } = await exposure(region, '2026-03-07T12:00Z');
      const motives = data.now.incidents.flatMap((incident) => aspect(incident, 'motive').statements);
      expect(motives.length).toBeGreaterThan(0);
      for (const motive of motives)
        expect(motive).toMatchObject({ status: 'reported', source: { class: 'adversary' } });
      expect(data.hosting.outcome).toBe('none-found');
      expect(data.hosting.text).toMatch(/search/i);
    }
  });

  it('12:00Z on 13 March: a declared threat of one origin, that moves attractiveness and confirms nothing', async () => {
    const before = await exposure(UAE, '2026-03-10T12:00Z');
    const after = await exposure(UAE, '2026-03-13T12:00Z');
    const threats = after.data.claims.filter(
      (claim) => claim.predicate === 'declared-threat' && claim.stance === 'asserts',
    );
    expect(new Set(threats.map(({ origin }) => origin))).toEqual(new Set(['tasnim']));
    expect(
      threats.map(({ status }) => status).filter((status) => status === 'confirmed' || status === 'corroborated'),
    ).toEqual([]);
    const attractiveness = (answer: Answer) =>
      answer.data.ahead.likelihood!.contributions.find(({ factor }) => factor === 'attractiveness')!;
    expect(attractiveness(after).claimIds).toEqual(expect.arrayContaining(threats.slice(0, 1).map(({ id }) => id)));
    expect(attractiveness(after).claimIds.length).toBeGreaterThan(attractiveness(before).claimIds.length);
    expect(after.data.now.state).toBe(before.data.now.state);
  });

  it('12:00Z on 25 March: the second Bahrain disruption, with “no verified evidence” beside the operator’s word', async () => {
    const { data } = await exposure(BAHRAIN, '2026-03-25T12:00Z');
    const second = data.now.incidents.find(({ onset }) => onset?.startsWith('2026-03-23'))!;
    const act = aspect(second, 'act');
    const denial = act.statements.find(({ stance }) => stance === 'denies')!;
    expect(denial.text).toMatch(/no verified evidence/i);
    expect(denial.source.class).toBe('media');
    const word = second.claims.find((claim) => claim.predicate === 'condition' && claim.source.id === 'aws')!;
    expect(word.text).toMatch(/disrupt/i);
    expect(data.now.state).toBe('impaired');
  });

  it('12:00Z on 1 May: neither region can serve, for several months; “restored within hours” is shown as contradicted', async () => {
    for (const region of [UAE, BAHRAIN]) {
      const { data } = await exposure(region, '2026-05-01T12:00Z');
      expect(data.now).toMatchObject({ state: 'unavailable', quorum: 'lost', statedBy: { id: 'aws' } });
      const durations = data.now.incidents.flatMap((incident) => aspect(incident, 'duration').statements);
      expect(durations.some(({ key, source }) => key === 'several months' && source.id === 'aws')).toBe(true);
      expect(
        data.defaulted.some(({ field, reason }) => field.includes('out_until') && reason.includes('assumed')),
      ).toBe(true);
      expect(data.claims.some((claim) => claim.source.id === 'aws' && /billing/i.test(claim.text))).toBe(true);
    }
    const uae = await exposure(UAE, '2026-05-01T12:00Z');
    const contradicted = uae.data.now.against.find(({ text }) => /within hours/i.test(text))!;
    expect(contradicted.source).toMatchObject({ class: 'media', grade: 'D' });
  });

  it('12:00Z on 16 September: what is already lost stands apart from what may yet be hit', async () => {
    const uae = await exposure(UAE, '2026-09-16T12:00Z');
    expect(zoneOf(uae, 'aws:mec1-az2')).toMatchObject({ alreadyLost: true });
    expect(uae.data.now.zonesLost).toBe(1);
    expect(uae.data.leftOut).toContainEqual(
      expect.objectContaining({ id: 'aws:mec1-az2', reason: 'zone-permanently-lost' }),
    );
    expect(uae.data.defaulted.find(({ field }) => field === 'zones[].share')?.value).toBe('1/2 each');
    const bahrain = await exposure(BAHRAIN, '2026-09-16T12:00Z');
    const losses = bahrain.data.claims.filter((claim) => claim.predicate === 'data-loss');
    expect(losses.length).toBeGreaterThan(0);
    const origins = new Set(
      [...losses, ...uae.data.claims.filter((claim) => claim.predicate === 'data-loss')].map(
        ({ locator, url }) => url ?? locator,
      ),
    );
    expect(origins.size).toBeGreaterThan(0);
  });

  it('the Bahrain region from 27 February to 1 August: what it would have said, and that it would not have warned', async () => {
    const days = ['02-27', '03-03', '03-13', '03-31', '04-05', '07-20', '07-23', '08-01'];
    const month: Record<string, number> = {};
    const answers: Record<string, Answer> = {};
    for (const day of days) {
      const answer = await exposure(BAHRAIN, `2026-${day}T12:00Z`);
      answers[day] = answer;
      month[day] = answer.data.ahead.probabilities.find(({ horizonDays }) => horizonDays === 30)!.pDamage;
    }
    const p30 = (day: string) => month[day]!;
    expect(p30('02-27')).toBeLessThan(p30('03-03'));
    expect(p30('03-03')).toBeLessThan(p30('03-13'));
    expect(p30('03-13')).toBeLessThan(p30('03-31'));
    expect(p30('08-01')).toBeLessThan(p30('03-31'));
    // Quiet months bring it down; the strike claimed for 21 July brings it up again, and from there it falls too.
    expect(p30('07-20')).toBeLessThan(p30('04-05') / 10);
    expect(p30('07-23')).toBeGreaterThan(p30('07-20'));
    expect(p30('08-01')).toBeLessThan(p30('07-23'));
    // Nobody had anything to say on the eve: the model’s prior, not a warning.
    expect(answers['02-27']!.data.ahead.outcome).toBe('prior-only');
    expect(p30('02-27')).toBeLessThan(1e-4);
    expect(answers['08-01']!.data.ahead).toMatchObject({ outcome: 'scored', frozenSince: null });
    const second = answers['03-31']!.data.now.incidents.find(({ onset }) => onset?.startsWith('2026-03-23'))!;
    expect(answers['03-31']!.data.defaulted).toContainEqual(
      expect.objectContaining({ field: `incidents[${second.id}].severity`, value: '3' }),
    );
  });

  it('lets nothing leak from the future: every claim shown was public by then', async () => {
    for (const asOf of ['2026-03-01T13:00Z', '2026-03-03T01:00Z', '2026-03-25T12:00Z']) {
      for (const region of [UAE, BAHRAIN]) {
        const { data, coordinates } = await exposure(region, asOf);
        expect(
          data.claims.filter((claim) => claim.publishedAt !== null && claim.publishedAt.latest > coordinates.publicAt),
        ).toEqual([]);
      }
    }
  });
});
