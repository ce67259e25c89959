import { describe, expect, it } from '@jest/globals';
import { claimDraftSchema } from '@faultline/evidence';
import fc from 'fast-check';
import { bundleWorkloads } from './bundle.js';
import { parseWorkloads } from './parse.js';

type Json = Record<string, unknown>;
const desk = {
  id: 'faultline-desk',
  name: 'Desk',
  class: 'analyst',
  home: null,
  licence: 'ours',
  classBasis: 'Our own search',
};
const paper = { ...desk, id: 'paper', name: 'Paper', class: 'media' };
const entity = (id: string): Json => ({
  id,
  name: id,
  aliases: [],
  operatorId: null,
  partitionId: null,
  text: 'An entity',
  retrieved: '2026-11-20',
});
const says = (change: Json = {}): Json => ({
  predicate: 'workload',
  subject: 'workload:ledger',
  value: { class: 'government', customerId: 'org:treasury', platformId: null },
  ...change,
});
const row = (change: Json = {}): Json => ({
  id: 'C001',
  document: 'one',
  line: 3,
  stance: 'asserts',
  tlp: 'TLP:CLEAR',
  occurred: null,
  text: 'The treasury runs its ledger.',
  says: [says()],
  ...change,
});
const page = {
  source: 'paper',
  published: '2026-03-07',
  basis: 'printed',
  grade: 'C',
  url: null,
  where: 'An article of the paper, page three',
  retrieved: '2026-11-20',
};
const gap = {
  id: 'G01',
  about: ['workload:ledger', 'aws:me-south-1'],
  topic: 'hosting',
  question: 'Where it runs',
  searchedIn: ['the article'],
  searchedOn: '2026-11-20',
  text: 'None found.',
};
const disagreement = {
  id: 'X01',
  about: ['workload:ledger'],
  point: 'Whether it runs',
  relation: 'contradiction',
  sides: [
    { itemIds: ['C001'], says: 'it does' },
    { itemIds: ['C002'], says: 'it does not' },
  ],
  reading: 'Open',
};
const files = (change: Json = {}) => ({
  entities: { title: 'Entities', notes: [], entities: ['workload:ledger', 'org:treasury'].map(entity) },
  workloads: {
    title: 'Workloads',
    notes: [],
    documents: { one: page },
    claims: [row()],
    disagreements: [disagreement],
    gaps: [gap],
    ...change,
  },
  sources: { title: 'Sources', sources: [desk, paper] },
});
const parse = (bytes: Uint8Array) => parseWorkloads({ bytes, retrievedAt: '2026-11-21T00:00:00.000Z' });
const read = (change: Json = {}) => {
  const outcome = parse(bundleWorkloads(files(change)));
  if (outcome.outcome !== 'accepted') throw new Error(outcome.reason.code);
  return outcome;
};
const faults = (change: Json) => read(change).quarantined.map(({ code, locator }) => `${code} ${locator}`);

describe('a row', () => {
  it('becomes one claim for each thing it says, of one item', () => {
    const { drafts, items, quarantined } = read({
      claims: [
        row({
          says: [says(), says({ predicate: 'remark', value: { topic: 'role', about: [], text: 'Its own words' } })],
        }),
      ],
    });
    expect(quarantined).toEqual([]);
    expect(items).toBe(5);
    const made = drafts.filter(({ item }) => item.id === 'C001');
    expect(made.map(({ item, value }) => [item.part, item.version, (value as { text: string }).text])).toEqual([
      ['1 workload', '2026-11-20', 'The treasury runs its ledger.'],
      ['2 remark', '2026-11-20', 'Its own words'],
    ]);
    expect(made[0]).toMatchObject({
      source: { id: 'paper', grade: 'C' },
      origin: 'paper',
      publishedAt: { latest: '2026-03-08T12:00:00.000Z', basis: 'printed' },
      locator: 'An article of the paper, page three; line 3',
      confidence: 0.5,
      captureClass: 'transcribed',
    });
  });

  it('keeps its label, its stance and its own grade', () => {
    const [draft] = read({ claims: [row({ tlp: 'TLP:AMBER', stance: 'denies', grade: 'F' })] }).drafts.filter(
      ({ item }) => item.id === 'C001',
    );
    expect(draft).toMatchObject({ tlp: 'TLP:AMBER', stance: 'denies', source: { grade: 'F' }, confidence: 0.05 });
  });

  it('places what it hosts in the cloud region it names, a government’s own among them', () => {
    const hosting = says({ predicate: 'hosting', value: { at: { kind: 'region', id: 'aws:me-south-1' } } });
    const draft = read({ claims: [row({ says: [hosting] })] }).drafts.find(({ item }) => item.id === 'C001');
    expect(draft).toMatchObject({ predicate: 'hosting', place: { regionIds: ['aws:me-south-1'], zoneIds: [] } });
  });

  const at = '/workloads/claims/0';
  it.each<[string, Json, string]>([
    ['an unknown document', row({ document: 'two' }), `field.invalid ${at}/document`],
    [
      'an unknown entity as its subject',
      row({ says: [says({ subject: 'workload:other' })] }),
      `field.invalid ${at}/says/0`,
    ],
    [
      'an unknown entity in its value',
      row({ says: [says({ value: { class: null, customerId: 'org:x', platformId: null } })] }),
      `field.invalid ${at}/says/0`,
    ],
    [
      'a predicate that tells of incidents',
      row({ says: [says({ predicate: 'attack' })] }),
      `field.enum ${at}/says/0/predicate`,
    ],
    [
      'a key the predicate does not have',
      row({ says: [says({ value: { class: null, customerId: null, platformId: null, zone: 'x' } })] }),
      `field.invalid ${at}/says/0/value/zone`,
    ],
    [
      'a class that is none',
      row({ says: [says({ value: { class: 'secret', customerId: null, platformId: null } })] }),
      `field.enum ${at}/says/0/value/class`,
    ],
    [
      'a zone it is said to run in',
      row({ says: [says({ predicate: 'hosting', value: { at: { kind: 'region', id: 'aws:mes1-az2' } } })] }),
      `field.invalid ${at}/says/0/value/at/id`,
    ],
    [
      'a place of another kind',
      row({ says: [says({ predicate: 'hosting', value: { at: { kind: 'zone', id: 'aws:mes1-az2' } } })] }),
      `field.invalid ${at}/says/0/value/at/kind`,
    ],
    [
      'something that occurred after it was told',
      row({ occurred: { begin: '2026-04-01T00:00:00Z', end: null } }),
      `time.out_of_range ${at}/occurred/begin`,
    ],
    ['half a character', row({ text: '\ud800' }), `field.invalid_text ${at}`],
    ['an id of another form', row({ id: 'c1' }), `field.invalid ${at}/id`],
  ])('is set aside with %s, and costs no other', (_, bad, fault) => {
    expect(faults({ claims: [bad] })).toEqual([fault]);
    expect(read({ claims: [bad, row({ id: 'C002' })] }).drafts.map(({ item }) => item.id)).toContain('C002');
  });

  it('is set aside whole where one of the things it says is wrong', () => {
    const outcome = read({ claims: [row({ says: [says(), says({ predicate: 'attack' })] })] });
    expect(outcome.drafts.filter(({ item }) => item.id === 'C001')).toEqual([]);
  });

  it('is set aside where its id was used', () => {
    expect(faults({ claims: [row(), row()] })).toEqual(['feed.id_conflict /workloads/claims/1/id']);
  });
});

describe('gaps and disagreements', () => {
  it('are our own, undated, and say when they were written', () => {
    const made = read().drafts.filter(({ item }) => /^[GX]/.test(item.id));
    expect(
      made.map(({ subject, source, publishedAt, retrievedAt }) => [subject, source.id, publishedAt, retrievedAt]),
    ).toEqual(Array(2).fill(['workload:ledger', 'faultline-desk', null, '2026-11-20T00:00:00.000Z']));
  });

  it.each([
    [
      'a gap about a zone',
      { gaps: [{ ...gap, about: ['workload:ledger', 'aws:mes1-az2'] }] },
      'field.invalid /workloads/gaps/0/value/about/1',
    ],
    [
      'a gap about no entity',
      { gaps: [{ ...gap, about: ['aws:me-south-1'] }] },
      'field.invalid /workloads/gaps/0/about',
    ],
    ['a gap about an unknown entity', { gaps: [{ ...gap, about: ['org:x'] }] }, 'field.invalid /workloads/gaps/0'],
    [
      'a search on no day',
      { gaps: [{ ...gap, searchedOn: '2026-02-30' }] },
      'time.out_of_range /workloads/gaps/0/searchedOn',
    ],
    [
      'one side',
      { disagreements: [{ ...disagreement, sides: disagreement.sides.slice(1) }] },
      'field.range /workloads/disagreements/0/sides',
    ],
  ])('are set aside with %s', (_, change, fault) => {
    expect(faults(change)).toEqual([fault]);
  });
});

describe('a document', () => {
  it.each([
    ['nothing', '', 'feed.empty'],
    ['an HTML page', '<!doctype html><title>Sign in</title>', 'feed.wrong_type'],
    ['another JSON', '{"claims":[]}', 'feed.wrong_type'],
  ])('that is %s is refused whole', (_, text, code) => {
    expect(parse(new TextEncoder().encode(text))).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('that is cut is never accepted', () => {
    const bytes = bundleWorkloads(files());
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(parse(bytes.slice(0, length)).outcome).toBe('quarantined');
      }),
    );
  });

  it('with any value in place of another gives valid drafts or none', () => {
    const odd = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        [],
        {},
        '',
        '\u0000',
        '__proto__',
        1e308,
        -1,
        true,
        'aws:mes1-az2',
        'x'.repeat(100_000),
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.nat(), odd, (choice, value) => {
        const changed: unknown = JSON.parse(JSON.stringify(files()));
        const slots: [Record<string, unknown>, string][] = [];
        const walk = (node: unknown): void => {
          if (typeof node !== 'object' || node === null) return;
          for (const key of Object.keys(node)) {
            slots.push([node as Record<string, unknown>, key]);
            walk((node as Record<string, unknown>)[key]);
          }
        };
        walk(changed);
        const [holder, key] = slots[choice % slots.length]!;
        holder[key] = value;
        const outcome = parse(new TextEncoder().encode(JSON.stringify(changed)));
        const drafts = outcome.outcome === 'accepted' ? outcome.drafts : [];
        expect(drafts.filter((draft) => !claimDraftSchema.safeParse(draft).success)).toEqual([]);
        expect(drafts.flatMap(({ place }) => place.zoneIds)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same claims each time, in whatever order its rows come', () => {
    const two = [row(), row({ id: 'C002', text: 'Another' })];
    const forwards = read({ claims: two }).drafts;
    const backwards = read({ claims: [...two].reverse() }).drafts;
    expect(new Set(backwards.map((d) => JSON.stringify(d)))).toEqual(new Set(forwards.map((d) => JSON.stringify(d))));
  });
});
