import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FEEDS } from '@faultline/feeds';
import { leafHash } from '@faultline/merkle';
import { sha256 } from '@faultline/ledger';
import { ENVIRONMENT, readConfig } from '@faultline/platform';
import { runScore } from '../apps/cli/src/score.command.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const namesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1]!)),
];

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'data/README.md'],
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('docs', ...file.split(path.sep))),
].sort();

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const FENCED = /^```(\w*)\n([^]*?)^```$/gm;

const BLOCKS: readonly Block[] = PAGES.flatMap((page) =>
  [...read(page).matchAll(FENCED)].map(([, language, text]) => ({
    page,
    language: language!,
    text: text!,
  })),
);
const ofLanguage = (language: string): Block[] => BLOCKS.filter((block) => block.language === language);
const nameOf = ({ page, text }: Block): string => `${page}: ${text.slice(0, 50).split('\n')[0]}`;

/** The first code block after a marker of a page, and the text block that follows it, if any. */
function example(page: string, marker: string): { readonly code: string; readonly output: string } {
  const [, rest] = read(page).split(`<!-- example: ${marker} -->`);
  const [code, output] = [...(rest ?? '').matchAll(/^```\w+\n([^]*?)^```$/gm)].map((match) => match[1]!);
  if (code === undefined) throw new Error(`${page} has no example ${marker}`);
  return { code, output: output ?? '' };
}

/** What stands in code on a page: blocks, and spans in backticks. */
const codeOf = (page: string): string =>
  [
    ...BLOCKS.filter((block) => block.page === page).map(({ text }) => text),
    ...namesIn(read(page).replaceAll(FENCED, ''), /`([^`\n]+)`/g),
  ].join('\n');

/** As GitHub names a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('links', () => {
  const links = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => [page, match[1]!] as const)
      .filter(([, link]) => !/^[a-z]+:/.test(link)),
  );

  it('are there', () => {
    expect(links.length).toBeGreaterThan(60);
  });

  it.each(links)('%s: %s leads somewhere', (page, link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    expect([target, existsSync(path.join(ROOT, target))]).toEqual([target, true]);
    if (anchor === undefined) return;
    expect(namesIn(read(target), /^#+ (.*)$/gm).map(anchorOf)).toContain(anchor);
  });
});

describe('commands', () => {
  const [, table = ''] = /COMMANDS[^{]*\{([^}]*)\}/.exec(read('apps/cli/src/commands.ts')) ?? [];
  const commands = namesIn(table, /^\s*(\w+)[:,]/gm);

  it.each(PAGES)('%s names only commands that exist', (page) => {
    // With a colon after it, it is what a process says of itself.
    const named = namesIn(codeOf(page), /(?<![\w/-])faultline ([a-z]+)(?![\w:-])/g);
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  });

  it('are all in operations', () => {
    expect(commands.length).toBeGreaterThan(3);
    const named = namesIn(read('docs/operations.md'), /^\| `faultline (\w+)`/gm);
    expect(named.sort()).toEqual([...commands].sort());
  });

  it('of the npm scripts exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = PAGES.flatMap((page) => namesIn(codeOf(page), /\bnpm run ([\w-]+)/g));
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  const runs = PAGES.flatMap((page) =>
    namesIn(codeOf(page), /^npx faultline score (\S+\.json .*)$/gm).map((line) => [page, line] as const),
  );

  it('that score are in the README', () => {
    expect(runs.map(([page]) => page)).toContain('README.md');
  });

  it.each(runs)('%s: npx faultline score %s', (_page, line) => {
    const written = new Map<string, string>();
    const said: string[] = [];
    const code = runScore(line.split(' '), {
      readFile: read,
      writeFile: (file, text) => void written.set(file, text),
      stdout: (text) => said.push(text),
      stderr: (text) => said.push(text),
    });
    expect([code, said]).toEqual([0, []]);
    expect(JSON.parse(written.get('result.json')!)).toHaveProperty('regions');
  });
});

describe('settings', () => {
  const rows = [...read('docs/operations.md').matchAll(/^\| `(\w+)` +\| `?([^|`]+?)`? +\|/gm)]
    .map(([, name, value]) => [name!, value!] as const)
    .filter(([name]) => name.startsWith('FAULTLINE_') || name.startsWith('DATABASE_'));

  it('are all in operations, and no other is', () => {
    expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(ENVIRONMENT).sort());
  });

  it.each(rows)('%s is %s by default', (name, shown) => {
    const value = readConfig({})[name as keyof typeof ENVIRONMENT];
    const text =
      value === undefined
        ? name.startsWith('DATABASE_URL_')
          ? 'derived'
          : 'none'
        : Array.isArray(value)
          ? value.join(',') || 'empty'
          : typeof value === 'object'
            ? JSON.stringify(value)
            : String(value);
    expect(shown).toBe(text);
  });

  it.each(PAGES)('%s names only settings that exist', (page) => {
    const named = namesIn(read(page), /\b((?:FAULTLINE|DATABASE)_[A-Z_]*[A-Z])\b/g);
    expect(named.filter((name) => !Object.hasOwn(ENVIRONMENT, name))).toEqual([]);
  });
});

describe('tables', () => {
  const tables = readdirSync(path.join(ROOT, 'migrations')).flatMap((file) =>
    namesIn(read(`migrations/${file}`), /CREATE TABLE (\w+)/g),
  );

  it('are all in architecture, in the table of who may write what', () => {
    const [, section = ''] = read('docs/architecture.md').split('## Who may write what');
    expect(tables.length).toBeGreaterThan(8);
    expect(namesIn(section.split('\n## ')[0]!, /^\| `(\w+)`/gm).sort()).toEqual([...tables].sort());
  });
});

describe('feeds', () => {
  it('have a page each, and a row in the index', () => {
    const index = namesIn(read('docs/feeds/README.md'), /^\| \[([\w-]+)\]/gm);
    expect(index.sort()).toEqual([...FEEDS.keys()].sort());
    expect(PAGES).toEqual(expect.arrayContaining([...FEEDS.keys()].map((id) => `docs/feeds/${id}.md`)));
  });

  it('explain every quarantine code somewhere', () => {
    const [, union = ''] = /type QuarantineCode =([^;]*);/.exec(read('libs/feeds/src/model/adapter.ts')) ?? [];
    const codes = namesIn(union, /'([a-z_.]+)'/g);
    const explained = PAGES.filter((page) => page.startsWith('docs/feeds/'))
      .map(read)
      .join('\n');
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !explained.includes(`\`${code}\``))).toEqual([]);
  });
});

describe('decisions', () => {
  it('are all in their index', () => {
    const files = PAGES.filter((page) => /^docs\/decisions\/\d/.test(page)).map((page) => path.basename(page));
    expect(namesIn(read('docs/decisions/README.md'), /\]\((\d[^)]*)\)/g)).toEqual(files);
  });

  it.each(PAGES.filter((page) => /^docs\/decisions\/\d/.test(page)))('%s says all four things', (page) => {
    const parts = ['**Context.**', '**Decision.**', '**Consequences.**', '**What would change it.**'];
    expect(parts.filter((part) => !read(page).includes(part))).toEqual([]);
  });
});

describe('code blocks', () => {
  it.each(ofLanguage('json').map((block) => [nameOf(block), block.text]))('%s parses', (_name, text) => {
    expect(JSON.parse(text)).toBeDefined();
  });

  it('the claim row of CONTRIBUTING is one the record takes', () => {
    const row: unknown = JSON.parse(example('CONTRIBUTING.md', 'claim row').code);
    const { sources } = JSON.parse(read('data/sources.json')) as { sources: { id: string }[] };
    const document = {
      claims: { title: 'Example', notes: [], claims: [row], leftOut: [] },
      sources: { title: 'Sources', sources: sources.filter(({ id }) => id === 'aws') },
    };
    const bytes = new TextEncoder().encode(JSON.stringify(document));
    const outcome = FEEDS.get('record')!.parse({ bytes, retrievedAt: '2026-11-21T00:00:00.000Z' });
    expect(outcome).toMatchObject({ outcome: 'accepted', items: 1, quarantined: [] });
    expect(outcome).toHaveProperty('drafts.length', 1);
  });

  it('the leaf of the audit page has the hash that is printed', () => {
    const { code, output } = example('docs/audit.md', 'leaf');
    const [record] = namesIn(code, /^record='(.*)'$/gm);
    const [salt] = namesIn(code, /^salt=(\w+)$/gm);
    const hash = leafHash(sha256, Buffer.from(record!), Buffer.from(salt!, 'hex'));
    expect(output).toBe(`${Buffer.from(hash).toString('hex')}  -\n`);
  });

  const whereTheTools = ['sha256sum', 'xxd'].every((tool) =>
    (process.env['PATH'] ?? '').split(path.delimiter).some((dir) => existsSync(path.join(dir, tool))),
  )
    ? it
    : it.skip;

  whereTheTools('and gives it when the block is run', () => {
    const { code, output } = example('docs/audit.md', 'leaf');
    expect(execFileSync('sh', ['-c', code], { encoding: 'utf8' })).toBe(output);
  });
});
