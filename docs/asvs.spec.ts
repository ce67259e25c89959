import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '..');
const isThere = (file: string) => existsSync(path.join(ROOT, file));
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** ASVS 5.0.0: by section, the level of each of its requirements, the first being number 1. */
const LEVELS: Readonly<Record<string, string>> = {
  '1.1': '22',
  '1.2': '1111122223',
  '1.3': '112222222223',
  '1.4': '222',
  '1.5': '123',
  '2.1': '122',
  '2.2': '112',
  '2.3': '12223',
  '2.4': '23',
  '3.1': '3',
  '3.2': '113',
  '3.3': '12223',
  '3.4': '11222233',
  '3.5': '11122333',
  '3.6': '3',
  '3.7': '22333',
  '4.1': '12233',
  '4.2': '23333',
  '4.3': '22',
  '4.4': '1222',
  '5.1': '2',
  '5.2': '112333',
  '5.3': '113',
  '5.4': '222',
  '6.1': '122',
  '6.2': '111111112222',
  '6.3': '11223333',
  '6.4': '112233',
  '6.5': '22222333',
  '6.6': '2223',
  '6.7': '33',
  '6.8': '2222',
  '7.1': '222',
  '7.2': '1111',
  '7.3': '22',
  '7.4': '11222',
  '7.5': '223',
  '7.6': '22',
  '8.1': '1233',
  '8.2': '1123',
  '8.3': '133',
  '8.4': '23',
  '9.1': '111',
  '9.2': '1222',
  '10.1': '22',
  '10.2': '223',
  '10.3': '22223',
  '10.4': '1111122222233333',
  '10.5': '22222',
  '10.6': '22',
  '10.7': '222',
  '11.1': '2233',
  '11.2': '22233',
  '11.3': '11233',
  '11.4': '1222',
  '11.5': '23',
  '11.6': '23',
  '11.7': '33',
  '12.1': '12233',
  '12.2': '11',
  '12.3': '22223',
  '13.1': '2333',
  '13.2': '222223',
  '13.3': '2233',
  '13.4': '1222233',
  '14.1': '22',
  '14.2': '12223333',
  '14.3': '122',
  '15.1': '12233',
  '15.2': '12233',
  '15.3': '1222222',
  '15.4': '3333',
  '16.1': '2',
  '16.2': '22222',
  '16.3': '2222',
  '16.4': '222',
  '16.5': '2223',
  '17.1': '23',
  '17.2': '22223333',
  '17.3': '22',
};
/** Of the levels that are claimed. */
const WANTED = Object.entries(LEVELS).flatMap(([section, levels]) =>
  [...levels].map((level, index) => `${section}.${index + 1} L${level}`).filter((name) => !name.endsWith('L3')),
);

interface Row {
  readonly id: string;
  readonly level: number;
  readonly about: string;
  readonly verdict: string;
  readonly tests?: readonly { readonly spec: string; readonly test: string }[];
  readonly documents?: readonly { readonly document: string; readonly heading: string }[];
  readonly reason?: string;
  readonly missing?: string;
  readonly note?: string;
}
const { requirements } = JSON.parse(read('docs/asvs.json')) as { requirements: readonly Row[] };

const MOST_WORDS = 12;
const NAMED_BY = ['tests', 'documents', 'reason', 'missing'] as const;
const VERDICTS: Readonly<Record<string, (typeof NAMED_BY)[number]>> = {
  tested: 'tests',
  documented: 'documents',
  'not-applicable': 'reason',
  open: 'missing',
};

const specs = new Map<string, ReadonlySet<string>>();
/** The names of the tests of a spec as its source has them; those of groups, and of tests left out, are not among them. */
function testsOf(spec: string): ReadonlySet<string> {
  const held = specs.get(spec);
  if (held) return held;
  const calls = read(spec).matchAll(/([\w.]+|\))\(\s*(?:'((?:[^'\\\n]|\\.)*)'|`([^`]*)`),\s*(?:async )?(?:\(|\w+ =>)/g);
  const named = [...calls].filter(([, by]) => by === ')' || /^(it|test|where\w+)$/.test(by!));
  const names = new Set(named.map(([, , quoted, template]) => (quoted ?? template)!.replaceAll("\\'", "'")));
  specs.set(spec, names);
  return names;
}

const headingsOf = (document: string) => [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
const isSentence = (text: string | undefined) => text !== undefined && /^[A-Z].{10,}\.$/.test(text);

/** What is wrong with a row; nothing where it holds. */
function faultsOf(row: Row): string[] {
  const field = VERDICTS[row.verdict];
  if (!field) return [`${row.id}: no such verdict: ${row.verdict}`];
  const faults: string[] = [];
  const fault = (words: string) => faults.push(`${row.id}: ${words}`);
  const words = row.about.split(' ').length;
  if (row.about === '' || words > MOST_WORDS) fault(`got ${words} words of what it is about`);
  for (const other of NAMED_BY) {
    if ((row[other] !== undefined) !== (other === field)) fault(`${row.verdict} goes by ${field}, not ${other}`);
  }
  if (row.tests?.length === 0 || row.documents?.length === 0) fault('names nothing');
  for (const { spec, test } of row.tests ?? []) {
    if (!/\.spec\.ts$/.test(spec) || !isThere(spec)) fault(`there is no ${spec}`);
    else if (!testsOf(spec).has(test)) fault(`${spec} has no test ${JSON.stringify(test)}`);
  }
  for (const { document, heading } of row.documents ?? []) {
    if (!/^docs\/.*\.md$/.test(document) || !isThere(document)) fault(`there is no ${document}`);
    else if (!headingsOf(document).includes(heading)) fault(`${document} has no heading ${JSON.stringify(heading)}`);
  }
  for (const text of [row.reason, row.missing, row.note].filter((each) => each !== undefined))
    if (!isSentence(text)) fault(`got ${JSON.stringify(text)}, wanted a sentence`);
  return faults;
}

describe('the requirements of ASVS 5.0.0', () => {
  it('of levels 1 and 2 are each there once, in order, with their level', () => {
    expect([WANTED.length, WANTED.filter((name) => name.endsWith('L1')).length]).toEqual([253, 70]);
    expect(requirements.map(({ id, level }) => `${id} L${level}`)).toEqual(WANTED);
  });

  it('name tests, pages and headings that exist, or give a reason', () => {
    expect(requirements.flatMap(faultsOf)).toEqual([]);
  });

  it('are all on the page, which says how many are open', () => {
    const page = read('docs/asvs.md');
    const shown = [...page.matchAll(/^\| (\d+\.\d+\.\d+) /gm)].map(([, id]) => id);
    expect(shown).toEqual(requirements.map(({ id }) => id));
    for (const level of [1, 2]) {
      const counts = Object.keys(VERDICTS).map(
        (verdict) => requirements.filter((row) => row.level === level && row.verdict === verdict).length,
      );
      expect(page).toMatch(new RegExp(`^\\| ${level} +\\| ${counts.join(' +\\| ')} +\\|$`, 'm'));
    }
  });
});

describe('the check', () => {
  const sound: Row = {
    id: '0.0.0',
    level: 1,
    about: 'Planted',
    verdict: 'tested',
    tests: [{ spec: 'docs/asvs.spec.ts', test: 'finds nothing wrong with a row that holds' }],
  };

  it('finds nothing wrong with a row that holds', () => {
    expect(faultsOf(sound)).toEqual([]);
    const document = { document: 'docs/security.md', heading: 'Limits' };
    expect(faultsOf({ id: '0.0.0', level: 2, about: 'x', verdict: 'documented', documents: [document] })).toEqual([]);
  });

  const bare = { id: '0.0.0', level: 1, about: 'Planted' };
  it.each<[string, Row, RegExp]>([
    ['no spec', { ...sound, tests: [{ spec: 'docs/none.spec.ts', test: 'x' }] }, /there is no docs\/none/],
    ['no test', { ...sound, tests: [{ spec: 'docs/asvs.spec.ts', test: 'never' }] }, /has no test "never"/],
    ['a group for a test', { ...sound, tests: [{ spec: 'docs/asvs.spec.ts', test: 'the check' }] }, /has no test/],
    ['no test at all', { ...sound, tests: [] }, /names nothing/],
    [
      'no heading',
      { ...bare, verdict: 'documented', documents: [{ document: 'docs/security.md', heading: 'Nothing' }] },
      /has no heading "Nothing"/,
    ],
    [
      'no page',
      { ...bare, verdict: 'documented', documents: [{ document: 'docs/none.md', heading: 'x' }] },
      /there is no docs\/none.md/,
    ],
    ['no reason', { ...bare, verdict: 'not-applicable' }, /goes by reason/],
    ['a reason of a word', { ...bare, verdict: 'not-applicable', reason: 'No.' }, /wanted a sentence/],
    ['nothing that is missing', { ...bare, verdict: 'open', missing: '' }, /wanted a sentence/],
    ['no verdict', { ...bare, verdict: 'fine' }, /no such verdict/],
    ['two', { ...sound, missing: 'Something is missing.' }, /goes by tests, not missing/],
    ['too many words', { ...sound, about: 'so many words '.repeat(5).trim() }, /got 15 words/],
  ])('finds a row with %s', (_what, row, fault) => {
    expect(faultsOf(row).join('\n')).toMatch(fault);
  });
});
