import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { ParseOutcome } from '../model/adapter.js';
import { ownAzureHealthFeed } from './index.js';

const NOW: Instant = '2026-11-21T00:00:00.000Z';
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const parse = (text: string): ParseOutcome =>
  ownAzureHealthFeed.parse({ bytes: new TextEncoder().encode(text), retrievedAt: NOW });
function accepted(value: unknown) {
  const outcome = parse(typeof value === 'string' ? value : JSON.stringify(value));
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
type Properties = Record<string, unknown>;
interface Log {
  readonly properties: Properties;
  readonly submissionTimestamp: string;
}
const ALERT = JSON.parse(fixture('alert-common')) as { data: { essentials: unknown; alertContext: Log } };
const LOG = ALERT.data.alertContext;
const changed = (properties: Properties, log: Properties = {}) => ({
  ...ALERT,
  data: { ...ALERT.data, alertContext: { ...LOG, ...log, properties: { ...LOG.properties, ...properties } } },
});
const conditions = (drafts: readonly ClaimDraft[]) =>
  drafts.flatMap(({ subject, value, predicate }) =>
    predicate === 'condition' ? [[subject, (value as { state: string }).state]] : [],
  );

describe('a Service Health alert', () => {
  it('is a condition of each region it names, with the services told there', () => {
    const { items, drafts, quarantined, newestContentAt } = accepted(ALERT);
    expect([items, quarantined, newestContentAt]).toEqual([1, [], '2026-03-02T05:25:00.000Z']);
    expect(drafts.map(({ subject, predicate }) => [subject, predicate])).toEqual([
      ['azure:uaecentral', 'condition'],
      ['azure:uaecentral', 'nature'],
      ['azure:uaenorth', 'condition'],
      ['azure:uaenorth', 'nature'],
    ]);
    expect(drafts[2]).toMatchObject({
      value: { state: 'degraded', services: ['Storage', 'Virtual Machines'] },
      thread: 'YK2B-PDG',
      occurredAt: { begin: '2026-03-02T04:30:00.000Z', end: null },
      publishedAt: { latest: '2026-03-02T05:25:00.000Z', basis: 'printed' },
    });
  });

  it('is the tenant’s: labelled so, without an address, and nothing of subscriptions', () => {
    const { drafts } = accepted(ALERT);
    for (const draft of drafts) expect(draft).toMatchObject({ tlp: 'TLP:AMBER', url: null, origin: 'azure' });
    expect(JSON.stringify(drafts)).not.toContain('00000000-0000');
    expect(ownAzureHealthFeed).toMatchObject({ tenantOnly: true, covers: [], url: null });
  });

  it('is over where its stage says so, since the impact was mitigated', () => {
    for (const stage of ['Resolved', 'Complete', 'RCA']) {
      const { drafts } = accepted(changed({ stage, impactMitigationTime: '2026-03-02T08:00:00Z' }));
      expect(conditions(drafts)).toEqual([
        ['azure:uaecentral', 'restored'],
        ['azure:uaenorth', 'restored'],
      ]);
      expect(drafts[0]!.occurredAt).toEqual({ begin: '2026-03-02T08:00:00.000Z', end: null });
    }
  });

  it('is read in the older schema too, and of Azure as a whole where it names no region', () => {
    const old = {
      schemaId: 'Microsoft.Insights/activityLogs',
      data: { status: 'Activated', context: { activityLog: LOG } },
    };
    expect(accepted(old).drafts).toHaveLength(4);
    const broken = changed({ impactedServices: 'not JSON', region: 'Global' });
    expect(conditions(accepted(broken).drafts)).toEqual([['azure', 'degraded']]);
    expect(conditions(accepted(changed({ impactedServices: '[{"a"' })).drafts)).toEqual([
      ['azure:uaenorth', 'degraded'],
    ]);
  });

  it.each([
    [{ incidentType: 'Maintenance' }, 'maintenance'],
    [{ incidentType: 'Security' }, 'notice-to-the-account'],
    [{ incidentType: 'ActionRequired' }, 'notice-to-the-account'],
    [{ IsSynthetic: 'True' }, 'trial'],
    [{ IsSynthetic: true }, 'trial'],
  ])('with %j is passed over as %s', (properties, reason) => {
    expect(accepted(changed(properties))).toMatchObject({ drafts: [], quarantined: [], passedOver: { [reason]: 1 } });
  });
});

describe('rows of Resource Graph', () => {
  it('say how each region is; one is over only where all its services are', () => {
    const { items, drafts, passedOver, quarantined } = accepted(fixture('resource-graph'));
    expect([items, passedOver, quarantined]).toEqual([3, { maintenance: 1, 'notice-to-the-account': 1 }, []]);
    expect(conditions(drafts)).toEqual([
      ['azure:uaecentral', 'restored'],
      ['azure:uaenorth', 'degraded'],
    ]);
    expect(drafts.every(({ thread }) => thread === 'YK2B-PDG')).toBe(true);
  });

  it('are read bare, or as the management API lists them', () => {
    const { data } = JSON.parse(fixture('resource-graph')) as { data: unknown[] };
    expect(accepted(data).items).toBe(3);
    expect(accepted({ value: data }).items).toBe(3);
    expect(accepted(data[0]).items).toBe(1);
    expect(accepted({ data: [] }).items).toBe(0);
  });
});

describe('what is set aside', () => {
  it.each([
    [{ trackingId: undefined }, {}, 'field.missing'],
    [{ trackingId: '<b>' }, {}, 'field.invalid'],
    [{ impactStartTime: 'once' }, {}, 'field.invalid'],
    [{}, { submissionTimestamp: '2099-01-01T00:00:00Z' }, 'time.future'],
    [{}, { submissionTimestamp: undefined, eventTimestamp: undefined }, 'time.missing'],
    [{ defaultLanguageContent: 7 }, {}, 'field.invalid'],
    [{ defaultLanguageContent: '\u0000' }, {}, 'field.invalid_text'],
    [{ defaultLanguageContent: 'x'.repeat(200_001) }, {}, 'field.too_long'],
  ])('an alert with %j %j: %s', (properties, log, code) => {
    const { drafts, quarantined } = accepted(changed(properties, log));
    expect([drafts, quarantined.map((fault) => fault.code)]).toEqual([[], [code]]);
  });

  it.each([
    [
      'a metric alert',
      JSON.stringify({ data: { essentials: { monitoringService: 'Platform' }, alertContext: { properties: {} } } }),
      'feed.wrong_type',
    ],
    ['rows of something else', '[{"type":"microsoft.compute/virtualmachines","properties":{}}]', 'feed.wrong_type'],
    ['no object', '7', 'feed.wrong_type'],
    ['nothing', '', 'feed.empty'],
    ['half', fixture('alert-common').slice(0, 900), 'feed.malformed'],
  ])('the whole document, where it is %s', (_, text, code) => {
    expect(parse(text)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('harms no other, whatever stands in a row, and every claim is one', () => {
    const { data } = JSON.parse(fixture('resource-graph')) as { data: { properties: Properties }[] };
    const row = data[0]!;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(row.properties)), fc.jsonValue(), (field, value) => {
        const odd = { ...row, properties: { ...row.properties, TrackingId: 'ODD0-ODD', [field]: value } };
        const { drafts, items } = accepted([odd, row]);
        expect(items).toBe(2);
        for (const draft of drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
        expect(drafts.some(({ subject }) => subject === 'azure:uaenorth')).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(LOG.properties)), fc.jsonValue(), (field, value) => {
        for (const draft of accepted(changed({ [field]: value })).drafts)
          expect(claimDraftSchema.safeParse(draft).success).toBe(true);
      }),
    );
  });
});
