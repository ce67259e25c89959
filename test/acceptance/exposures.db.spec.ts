import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue } from '@faultline/access';
import type { z } from 'zod';
import type { Exposure } from '../../apps/api/src/dto/exposures.js';
import type {
  GroupExposure,
  HistoryPoint,
  Movement,
  PortfolioExposure,
  Scenario,
  Sensitivity,
  ZoneExposure,
} from '../../apps/api/src/dto/subjects.js';
import type { ScoreRun, ScoreRunCheck } from '../../apps/api/src/dto/score-runs.js';
import { copyRows } from '../support/restore.js';
import { startService, type Service } from '../support/service.js';
import { testDb } from '../support/test-db.js';

const NOW = '2026-11-21T05:00:00.000Z';
const UAE = 'aws:me-central-1';
const BAHRAIN = 'aws:me-south-1';
/** The whole run asks 1,000: EXPOSURES=1000. */
const ASKED = Number(process.env['EXPOSURES'] ?? 40);
const FILE = [
  'name,region,zone id,standby,value per day,currency',
  'till,aws me-central-1,mec1-az1,eu-west-1,100000,USD',
  'ledger,aws me-central-1,mec1-az3,me-south-1,300000,USD',
  'archive,aws me-south-1,,,50000,USD',
  'shop,aws eu-west-1,,,200000,USD',
  'mail,azure uaenorth,,,,',
  'euros,aws eu-central-1,,,700,EUR',
].join('\n');

interface Answer<T> {
  readonly data: T;
  readonly coordinates: { readonly position: number; readonly publicAt: string; readonly tlp: string };
  readonly code?: string;
  readonly detail?: string;
}

let service: Service;
let key: string;
const SCOPE = { tenantId: 'local', actor: 'spec' };
const known = () => ({ authorization: `Bearer ${key}` });
const encoded = encodeURIComponent;

beforeAll(async () => {
  service = await startService(NOW);
  await service.ingestOwnData();
  key = await service.database.transaction('app', SCOPE, 'write', (tx) =>
    issue(tx, 'api-key', { role: 'analyst', label: 'an analyst' }, null),
  );
  const imported = await service.post('/api/v1/portfolio/imports', { fileName: 'a.csv', content: FILE }, known());
  if (imported.status !== 200) throw new Error(JSON.stringify(imported.body));
  await service.settleAll();
});
afterAll(async () => service?.stop());

async function read<T>(path: string, headers: Record<string, string> = known()): Promise<Answer<T>> {
  const reply = await service.get<Answer<T>>(`/api/v1/exposures/${path}`, headers);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}
const refusal = async (path: string, headers: Record<string, string> = known()) => {
  const { status, body } = await service.get<Answer<never>>(`/api/v1/exposures/${path}`, headers);
  return [status, body.code];
};
const region = (id: string, asOf = '2026-09-16T12:00Z') =>
  read<z.infer<typeof Exposure>>(`${encoded(id)}?asOf=${asOf}`);
const portfolio = (more = '') => read<z.infer<typeof PortfolioExposure>>(`portfolio?asOf=2026-08-01T12:00Z${more}`);
async function scenario(patches: unknown[], asOf = '2026-08-01T12:00Z') {
  return service.post<Answer<z.infer<typeof Scenario>>>(
    `/api/v1/exposures/portfolio/scenarios?asOf=${asOf}`,
    { name: 'a drill', patches },
    known(),
  );
}

describe('the corners of a score, as the service tells them', () => {
  it('a region nobody watches: the prior of any place, and said to be no observation', async () => {
    const { ahead, coverage } = (await region('aws:eu-west-1')).data;
    expect(ahead).toMatchObject({ outcome: 'prior-only', frozenSince: null });
    expect(ahead.reason).toBe(
      'Nobody watches armed conflict here: this is the model’s prior for any place, not an observation of this one.',
    );
    expect(ahead.notes).toContain('Nothing was observed: the long-run rate is the prior of any place.');
    expect(coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict')!.state).toBe('unmonitored');
    expect(ahead.likelihood!.contributions.find(({ factor }) => factor === 'baseline')!.points).toBeCloseTo(0, 9);
  });

  it('a dead feed: frozen where it stopped, and not calmer for the time since', async () => {
    const [then, now] = await Promise.all([region(BAHRAIN, '2026-09-21T23:59Z'), region(BAHRAIN, '2026-11-20T12:00Z')]);
    expect(now.data.ahead).toMatchObject({
      outcome: 'frozen',
      reason: 'Frozen since 2026-09-21: no data, not calm.',
      frozenSince: '2026-09-21T23:59:00.000Z',
    });
    expect(now.data.ahead.notes).toContain('The watch has stopped, so time does too: the score is frozen, not calm.');
    // Only the claims of what it is believed to host fade; the strikes do not.
    const recent = ({ data }: typeof now) =>
      data.ahead.likelihood!.contributions.find(({ factor }) => factor === 'recent')!;
    expect(recent(now).parts).toEqual(recent(then).parts);
    expect(now.data.ahead.likelihood!.score).toBeGreaterThan(then.data.ahead.likelihood!.score - 2);
  });

  it('no value: nothing was entered to lose, which is not that nothing can happen', async () => {
    const own = (await portfolio()).data.regions.find(({ regionId }) => regionId === 'azure:uaenorth')!;
    expect(own).toMatchObject({ valuePerDayUsd: 0, exposureScore: 0, exposureBand: 'minimal' });
    expect(own.likelihoodScore).toBeGreaterThan(0);
    expect(own.notes).toContain(
      'No value at risk is known here: E is 0 because nothing was entered to lose, not because nothing can happen. L stands.',
    );
  });

  it('one zone: whatever damages it takes the region out', async () => {
    const one = (await region('oci:af-casablanca-1')).data;
    expect(one.ahead.notes).toContain('There is one zone: whatever damages it takes the region out.');
  });

  it('all zones in one fate group: any hit is an outage, at the same likelihood', async () => {
    const zoneIds = ['aws:mec1-az1', 'aws:mec1-az3'];
    const fate = [{ patch: 'shared-dependency', name: 'one grid substation', zoneIds }];
    const { body } = await scenario(fate, '2026-09-16T12:00Z');
    const uae = body.data.regions.find(({ regionId }) => regionId === UAE)!;
    expect(uae.pOutageGivenEvent.scenario).toBeCloseTo(1, 12);
    expect(uae.likelihood.change).toBe(0);
    expect(uae.exposure.change).toBeGreaterThanOrEqual(0);
    expect(uae.notes).toContain(
      'All 2 zones hang on one grid substation: whatever damages one takes the region out, and zones are no redundancy here.',
    );
  });
});

describe('exposures of every kind of subject', () => {
  it('an operator and a country: their regions by id, bounds for at least one campaign, coverage and hashes', async () => {
    const aws = (await read<z.infer<typeof GroupExposure>>('operators/aws?asOf=2026-08-01T12:00Z')).data;
    expect(aws.regions.length).toBeGreaterThan(30);
    expect(aws.regions.map(({ regionId }) => regionId)).toEqual(aws.regions.map(({ regionId }) => regionId).sort());
    expect(aws).toMatchObject({ outcome: 'partly-known', coveredTo: null });
    expect(aws.sentences.join(' ')).toMatch(/Nobody watches armed conflict around \d+ of \d+ regions/);
    const bahrain = (await read<z.infer<typeof GroupExposure>>('countries/BH?asOf=2026-08-01T12:00Z')).data;
    const alone = (await region(BAHRAIN, '2026-08-01T12:00Z')).data.ahead.probabilities;
    expect(bahrain).toMatchObject({
      outcome: 'scored',
      coverage: { 'record-only': 1 },
      coveredTo: '2026-08-01T12:00:00.000Z',
    });
    for (const [index, { atLeast, atMost }] of bahrain.horizons.entries()) {
      expect([atLeast, atMost]).toEqual([alone[index]!.pDamage, alone[index]!.pDamage]);
    }
    for (const { atLeast, atMost, expectedCampaigns } of aws.horizons) {
      expect(atLeast).toBeLessThanOrEqual(atMost);
      expect(atMost).toBeLessThanOrEqual(Math.min(1, expectedCampaigns));
    }
    expect(aws.identity.inputHash).toMatch(/^[0-9a-f]{64}$/);
    const nowhere = (await read<z.infer<typeof GroupExposure>>('countries/AQ')).data;
    expect(nowhere).toMatchObject({ outcome: 'no-region', horizons: [], regions: [] });
    expect(await refusal('operators/nobody')).toEqual([404, 'not_found']);
    expect(await refusal('countries/bh')).toEqual([400, 'id.format']);
  });

  it('a workload whose place nobody says is not scored, and says what was looked for', async () => {
    const told = (await read<z.infer<typeof GroupExposure>>('workloads/workload%3Aclaude-on-bedrock')).data;
    expect(told).toMatchObject({ outcome: 'no-region', regions: [], horizons: [] });
    expect(told.sentences[0]).toMatch(/Nobody credible says in which cloud region it runs.*searched/);
  });

  it('a zone: of the own portfolio alone', async () => {
    const own = (await read<z.infer<typeof ZoneExposure>>('zones/aws%3Amec1-az1?asOf=2026-08-01T12:00Z')).data;
    const whole = (await region(UAE, '2026-08-01T12:00Z')).data.ahead.probabilities;
    expect(own.probabilities.map(({ horizonDays }) => horizonDays)).toEqual([30, 90, 365]);
    for (const [index, { pHit }] of own.probabilities.entries()) {
      expect(pHit).toBeGreaterThan(0);
      expect(pHit).toBeLessThan(whole[index]!.pDamage);
    }
    expect(own.hitGivenCampaign).toBeGreaterThan(0.25);
    expect(await refusal('zones/aws%3Amec1-az2')).toEqual([403, 'zone.not_own']);
    expect(await refusal('zones/aws%3Amec1-az1', {})).toEqual([401, 'session.unknown']);
  });

  it('a portfolio: own values, what is lost already, one curve over all, and pairs that cannot be told apart', async () => {
    const { data } = await portfolio();
    expect(data).toMatchObject({ outcome: 'partly-known', revision: 1, simulation: { years: 10_000, seed: 0 } });
    const uae = data.regions.find(({ regionId }) => regionId === UAE)!;
    // A standby in another country counts; one in Bahrain does too, one in the same country would not.
    expect(uae).toMatchObject({ assets: 2, valuePerDayUsd: 400_000, failoverShare: 1 });
    expect(data.ealUsd).toBeCloseTo(
      data.regions.reduce((sum, { ealUsd }) => sum + ealUsd, 0),
      3,
    );
    expect(data.notCounted.map(({ reason }) => reason).sort()).toEqual(['no-value', 'other-currency']);
    const curve = data.simulation!.exceedance;
    expect(curve.map(({ chanceAYear }) => chanceAYear)).toEqual([
      0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.004, 0.002, 0.001,
    ]);
    for (const { aepUsd, oepUsd, tvarUsd } of curve) {
      expect(oepUsd).toBeLessThanOrEqual(aepUsd);
      expect(aepUsd).toBeLessThanOrEqual(tvarUsd + 1e-6);
    }
    const pair = data.ranking.find(({ a, b }) => a === 'aws:eu-west-1' && b === BAHRAIN)!;
    expect(pair).toMatchObject({ verdict: 'b-above-a', text: `${BAHRAIN} above aws:eu-west-1: > 99 %` });
    for (const { pAGreater, verdict } of data.ranking)
      expect(verdict === 'not-distinguishable').toBe(pAGreater > 0.1 && pAGreater < 0.9);
    expect((await portfolio('&years=0')).data.simulation).toBeNull();
    expect((await portfolio('&years=2000&seed=42')).data).toEqual((await portfolio('&years=2000&seed=42')).data);
    expect(await refusal('portfolio', {})).toEqual([401, 'session.unknown']);
    // What is of the tenant alone is labelled so.
    expect((await portfolio('&years=0')).coordinates.tlp).toBe('TLP:AMBER');
    const before = await read<z.infer<typeof PortfolioExposure>>('portfolio?position=1');
    expect(before.data).toMatchObject({ outcome: 'no-portfolio', revision: null });
  });
});

describe('how a number came to be what it is', () => {
  it('the series over past instants is what each instant says by itself', async () => {
    const path = `${encoded(BAHRAIN)}/history?from=2026-02-27T12:00Z&to=2026-04-05T12:00Z&points=4`;
    const { data } = await read<z.infer<typeof HistoryPoint>[]>(path);
    expect(data.map(({ asOf }) => asOf.slice(0, 10))).toEqual(['2026-02-27', '2026-03-11', '2026-03-24', '2026-04-05']);
    for (const point of data) {
      const { ahead, now } = (await region(BAHRAIN, point.asOf)).data;
      expect(point).toMatchObject({
        outcome: ahead.outcome,
        now: now.state,
        likelihoodScore: ahead.likelihood!.score,
        inputHash: ahead.inputHash,
      });
    }
    const country = await read<z.infer<typeof HistoryPoint>[]>(
      'countries/BH/history?from=2026-02-27T12:00Z&to=2026-04-05T12:00Z&points=2',
    );
    expect(country.data[1]!.expectedCampaigns30).toBeGreaterThan(country.data[0]!.expectedCampaigns30! * 1_000);
    const mine = await read<z.infer<typeof HistoryPoint>[]>(
      'portfolio/history?from=2026-02-27T12:00Z&to=2026-04-05T12:00Z&points=2',
    );
    expect(mine.data[1]!.ealUsd).toBeGreaterThan(mine.data[0]!.ealUsd!);
    const far = 'operators/aws/history?from=2026-02-27T12:00Z&to=2026-04-05T12:00Z&points=60';
    expect(await refusal(far)).toEqual([400, 'history.range']);
  });

  it('a movement is split into new facts, time passing and model change, to the last bit', async () => {
    const move = (more: string) => read<z.infer<typeof Movement>>(`${encoded(BAHRAIN)}/movement?${more}`);
    const strike = (await move('fromAsOf=2026-02-27T12:00Z&asOf=2026-03-03T12:00Z')).data;
    const { from, to, timePassing, newFacts, modelChange } = strike.likelihood!;
    expect(to - from).toBe(timePassing + newFacts + modelChange);
    expect(newFacts).toBeGreaterThan(30);
    expect(modelChange).toBe(0);
    expect(strike.incidents!.added.length).toBeGreaterThan(0);
    const quiet = (await move('fromAsOf=2026-05-10T12:00Z&asOf=2026-07-20T12:00Z')).data;
    expect(quiet.likelihood!.timePassing).toBeLessThan(-5);
    expect(Math.abs(quiet.likelihood!.newFacts)).toBeLessThan(0.5);
    // What we had recorded, at one instant: before the record was read, nothing was known of March.
    const recorded = (await move('asOf=2026-03-13T12:00Z&fromPosition=400')).data;
    expect(recorded.from.position).toBe(400);
    expect(await refusal(`${encoded(BAHRAIN)}/movement?asOf=2026-03-01T12:00Z&fromAsOf=2026-04-01T12:00Z`)).toEqual([
      400,
      'movement.order',
    ]);
  });

  it('a score that was recorded is made again from the same input, at every later ledger size', async () => {
    const body = { regionId: BAHRAIN, asOf: '2026-03-31T12:00Z' };
    const send = () => service.post<Answer<z.infer<typeof ScoreRun>>>('/api/v1/score-runs', body, known());
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    const { ahead } = (await region(BAHRAIN, '2026-03-31T12:00Z')).data;
    const { inputHash, parameterHash, modelVersion } = ahead;
    expect(first.body.data).toMatchObject({
      regionId: BAHRAIN,
      inputHash,
      parameterHash,
      modelVersion,
      requestedBy: 'an analyst',
    });
    expect(second.body.data.runId).toBe(first.body.data.runId);
    await service.settleAll();
    const path = `/api/v1/score-runs/${first.body.data.runId}/check`;
    const again = await service.get<z.infer<typeof ScoreRunCheck>>(path, known());
    expect(again.body.data).toMatchObject({ same: true, differs: [], run: { position: first.body.data.position } });
    const listed = await service.get<Answer<unknown[]>>(`/api/v1/score-runs?region=${encoded(BAHRAIN)}`, known());
    expect(listed.body.data).toHaveLength(1);
    expect((await service.get(path)).status).toBe(401);
    const record = await service.database.transaction('app', SCOPE, 'read', (tx) =>
      tx.query<{ position: string }>(
        `SELECT e.position::text FROM ledger_record r JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id WHERE r.kind = 'score-run'`,
      ),
    );
    expect(record).toHaveLength(1);
  });

  it('tells which parameter moves it most', async () => {
    const { rows } = (await read<z.infer<typeof Sensitivity>>(`${encoded(BAHRAIN)}/sensitivity?asOf=2026-04-05T12:00Z`))
      .data;
    expect(rows).toHaveLength(25);
    expect(rows[0]!.exposure.swing).toBeGreaterThan(5);
    expect(rows.every(({ basis, reason }) => basis !== 'convention' && reason !== '')).toBe(true);
  });
});

describe('scenarios', () => {
  it('run on the own portfolio alone, with the loss of what is assumed', async () => {
    const { status, body } = await scenario([
      { patch: 'zones-out', zoneIds: ['aws:mec1-az1', 'aws:mec1-az3'], days: 60 },
      { patch: 'regions-lost', regionIds: [BAHRAIN, 'gcp:me-central1', 'oci:me-dubai-1'], days: 90 },
    ]);
    expect(status).toBe(200);
    const { data } = body;
    expect(data).toMatchObject({ marked: 'scenario', name: 'a drill', othersLost: 2 });
    expect(data.sentences[0]).toMatch(/^Invented/);
    const bahrain = data.conditional.find(({ regionId }) => regionId === BAHRAIN)!;
    // 50,000 a day for 180 days.
    expect(bahrain).toMatchObject({ propertyUsd: 0, interruptionUsd: 9_000_000, totalUsd: 9_000_000 });
    const text = JSON.stringify(data);
    expect(text).not.toContain('gcp:me-central1');
    expect(text).not.toContain('oci:me-dubai-1');
  });

  it('cover a lost watch, quiet, a withdrawn report, moved value and a dependency that is out', async () => {
    const one = async (patch: unknown, id = BAHRAIN) => {
      const { status, body } = await scenario([patch], '2026-04-05T12:00Z');
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body.data.regions.find(({ regionId }) => regionId === id)!;
    };
    const out = await one({
      patch: 'dependency-out',
      name: 'a sea cable',
      days: 30,
      dependents: [{ regionId: BAHRAIN, lossShare: 0.5 }],
    });
    expect(out.ongoingUsd.change).toBeCloseTo(0.5 * 30 * 50_000, 6);
    expect(out.likelihood.change).toBe(0);
    const quiet = await one({ patch: 'quiet', days: 180 });
    expect(quiet.likelihood.change).toBeLessThan(-20);
    const lost = await one({ patch: 'watch-lost', country: 'BH', since: '2026-03-20T00:00Z' });
    expect(lost.notes).toContain('The watch has stopped, so time does too: the score is frozen, not calm.');
    const moved = await one({ patch: 'value-moved', from: BAHRAIN, to: 'aws:eu-west-1', share: 1 });
    expect(moved.ealUsd.scenario).toBe(0);
    expect(moved.likelihood.change).toBe(0);
    const report = (await region(BAHRAIN, '2026-04-05T12:00Z')).data.claims.find(
      ({ predicate, source }) => predicate === 'attack' && source.id === 'financial-times',
    )!;
    const without = await one({ patch: 'report-withdrawn', claimId: report.id });
    expect(without.likelihood.change).toBeLessThan(0);
  });

  it('name no zone and no dependency of anybody else, and no attack', async () => {
    const code = async (patch: unknown) => {
      const { status, body } = await scenario([patch]);
      return [status, body.code];
    };
    expect(await code({ patch: 'zones-out', zoneIds: ['aws:mec1-az2'], days: 9 })).toEqual([403, 'scenario.not_own']);
    expect(await code({ patch: 'zones-out', zoneIds: ['aws:mes1-az1'], days: 9 })).toEqual([403, 'scenario.not_own']);
    const others = [{ regionId: 'gcp:me-central1', lossShare: 1 }];
    expect(await code({ patch: 'dependency-out', name: 'x', days: 9, dependents: others })).toEqual([
      403,
      'scenario.not_own',
    ]);
    expect(await code({ patch: 'regions-lost', regionIds: ['aws:atlantis-1'], days: 9 })).toEqual([
      400,
      'scenario.unknown',
    ]);
    expect(await code({ patch: 'strike', regionIds: [BAHRAIN] })).toEqual([400, 'query.invalid']);
    const url = '/api/v1/exposures/portfolio/scenarios';
    expect((await service.post(url, { name: 'x', patches: [{ patch: 'quiet', days: 1 }] })).status).toBe(401);
  });
});

describe('exposures at random past positions', () => {
  it(`asked twice with a restore between, ${ASKED} of them are identical bytes`, async () => {
    const head = (await region(UAE)).coordinates.position;
    const random = randomOf('positions');
    const regions = [UAE, BAHRAIN, 'aws:eu-west-1', 'azure:uaenorth', 'gcp:me-central1', 'oci:me-dubai-1'];
    const asked = Array.from({ length: ASKED }, () => {
      const at = new Date(
        Date.UTC(2026, 1, 20) + Math.floor(random() * 270) * 86_400_000 + Math.floor(random() * 86_400) * 1_000,
      );
      const position = 260 + Math.floor(random() * (head - 260));
      return `${encoded(regions[Math.floor(random() * regions.length)]!)}?asOf=${at.toISOString()}&position=${position}`;
    });
    const answers = async (from: Service) => {
      const texts: string[] = [];
      for (const question of asked) {
        const { status, text } = await from.get(`/api/v1/exposures/${question}`);
        texts.push(`${status} ${text}`);
      }
      return texts;
    };
    const first = await answers(service);
    const database = await testDb();
    await copyRows(service.databaseUrl, database.url);
    const restored = await startService(NOW, { database });
    try {
      const second = await answers(restored);
      expect(second.filter((text, index) => text !== first[index])).toEqual([]);
    } finally {
      await restored.stop();
      await database.drop();
    }
    const found = first.filter((text) => text.startsWith('200 '));
    expect(found.length).toBeGreaterThan(ASKED / 2);
    if (process.env['EXPOSURES'])
      process.stderr.write(`${found.length} of ${ASKED} found, ${new Set(first).size} different\n`);
  }, 600_000);
});

/** Numbers from 0 to 1 that are the same in every run. */
function randomOf(name: string): () => number {
  let count = 0;
  return () => createHash('sha256').update(`${name} ${count++}`).digest().readUInt32BE() / 2 ** 32;
}
