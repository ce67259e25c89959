// Puts real documents of feeds through the normal path, on a database made for it and thrown away, and writes what
// became of each: docs/feeds/captures.md. Twice over; the second time must add nothing.
// With --check it writes nothing, and fails when what is committed differs.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import '@swc-node/register/esm-register';
import { format, resolveConfig } from 'prettier';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = path.join(ROOT, 'docs/feeds/captures.md');
process.env.TZ = 'UTC';
process.env.TS_NODE_PROJECT ??= path.join(ROOT, 'tsconfig.json');

const { FEEDS, ingestDocument } = await import('../libs/feeds/src/index.ts');
const { Database, migrate, PUBLIC_TENANT, roleUrls, startEmbeddedPostgres } =
  await import('../libs/platform/src/index.ts');

const SHOWN_EXAMPLES = 4;

/** When a document that does not say so was retrieved: after all of them, so that none is of the future. */
const RETRIEVED = '2026-11-21T00:00:00.000Z';

/** Which documents belong to which feed, by name; the first row that fits counts. */
const BELONGING = [
  { name: /^aws_status_(?<day>\d{4}-\d\d-\d\d)T(?<hour>\d\d)(?<minute>\d\d)Z\.json$/, feed: 'aws-health' },
  { name: /^gdacs_rss(_24h)?\.xml$/, feed: 'gdacs', retrievedAt: '2019-12-30T02:00:00.000Z' },
  { name: /^gdacs_eventlist\.json$/, feed: 'gdacs', retrievedAt: '2026-07-08T12:00:00.000Z' },
  {
    name: /^nws_alerts_.*\.json$/,
    feed: 'cap',
    note: 'whoever published the capture put tokens in place of times (`date:now -1 hour`); no time is made up for them',
  },
  { name: /\.cap$|\.atom$|^ny_index\.rss$/, feed: 'cap' },
  {
    name: /^ucdp_.*\.csv$/,
    feed: 'ucdp-ged',
    note: 'rows whose estimates of deaths contradict each other as published; they are not put right here',
  },
  {
    name: /^gdelt_.*\.csv$/,
    feed: 'gdelt',
    note: 'describes the columns of the table and holds no events: refused, as it must be',
  },
  { name: /^cameo_codes\.json$/, not: 'the code table behind GDELT, no document of a feed' },
  { name: /^eonet_/, not: 'EONET is no feed of this build: its floods, storms and fires come through `gdacs`' },
  { name: /^reliefweb_/, not: 'ReliefWeb is no feed of this build: it writes of disasters days later, by hand' },
];

function belongingOf(name) {
  for (const { name: pattern, ...row } of BELONGING) {
    const match = pattern.exec(name);
    if (!match) continue;
    const { day, hour, minute } = match.groups ?? {};
    const printed = day && `${day}T${hour}:${minute}:59.000Z`;
    return { retrievedAt: printed ?? RETRIEVED, ...row };
  }
  // A file that bears the name of a feed is a document of it.
  const feed = [...FEEDS.keys()].find((id) => new RegExp(`^${id.replaceAll('-', '[-_]')}([-_.]|$)`).test(name));
  return feed ? { feed, retrievedAt: RETRIEVED } : { not: 'no feed of this build reads such a document' };
}

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const directories = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (directories.length === 0 || options.some((option) => option !== '--check')) {
  process.stderr.write('usage: node scripts/feed-captures.mjs DIRECTORY… [--check]\n');
  process.exit(2);
}

const documents = directories.flatMap(filesOf).map(readDocument);
documents.sort(
  (a, b) => order(a.feed ?? '~', b.feed ?? '~') || order(a.retrievedAt, b.retrievedAt) || order(a.name, b.name),
);
const belonging = documents.filter(({ feed }) => feed !== undefined);
const results = await throughThePath(belonging);
const text = await format(pageOf(results, documents), { ...(await resolveConfig(PAGE)), filepath: PAGE });
if (!process.argv.includes('--check')) fs.writeFileSync(PAGE, text);
else if (!fs.existsSync(PAGE) || fs.readFileSync(PAGE, 'utf8') !== text) {
  process.stderr.write(`stale: docs/feeds/captures.md: run \`node scripts/feed-captures.mjs DIRECTORY…\` and commit\n`);
  process.exitCode = 1;
}

function filesOf(directory) {
  return fs.readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name);
    return entry.isDirectory() ? filesOf(file) : entry.isFile() ? [file] : [];
  });
}

function readDocument(file) {
  const stored = fs.readFileSync(file);
  const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
  const name = path.basename(file).replace(/\.gz$/, '');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { name: path.basename(file), bytes, hash, ...belongingOf(name) };
}

function order(a = '', b = '') {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every document on a database of its own making, then every document again. */
async function throughThePath(given) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-captures-'));
  fs.chmodSync(dir, 0o711);
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startEmbeddedPostgres({ dir, database: 'faultline', settings });
  const database = new Database(roleUrls(server.url), 2);
  try {
    await migrate(server.url);
    const first = [];
    for (const document of given) first.push({ ...document, report: await ingest(database, document) });
    for (const { name, report, ...document } of first) {
      const again = await ingest(database, document);
      const same = again.items === report.items && again.quarantined.length === report.quarantined.length;
      if (again.claimsNew === 0 && again.claimsRepeated === claimsOf(report) && same) continue;
      throw new Error(`${name}: the second time brought ${again.claimsNew} new claims, wanted the same and none new`);
    }
    return first;
  } finally {
    await database.close();
    await server.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function ingest(database, { feed, bytes, retrievedAt }) {
  const scope = { tenantId: PUBLIC_TENANT, actor: 'captures' };
  return ingestDocument(database, scope, FEEDS.get(feed), {
    bytes,
    retrievedAt,
    startedAt: RETRIEVED,
    finishedAt: RETRIEVED,
    trigger: 'ingest',
    validators: { etag: null, lastModified: null },
  });
}

function claimsOf({ claimsNew, claimsRepeated }) {
  return claimsNew + claimsRepeated;
}

function sum(reports, countOf) {
  return reports.reduce((total, report) => total + countOf(report), 0);
}

/** How many of each, as `6 field.range, 1 time.future`. */
function tally(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => order(a, b));
}

function pageOf(fed, all) {
  const reports = fed.map(({ report }) => report);
  const number = (value) => value.toLocaleString('en');
  const rows = fed.map(({ name, feed, bytes, hash, report }) => {
    const passedOver = Object.entries(report.passedOver).map(([reason, count]) => `${number(count)} ${reason}`);
    const codes = report.reason
      ? [`whole: \`${report.reason.code}\``]
      : tally(report.quarantined.map(({ code }) => code)).map(([code, count]) => `${number(count)} \`${code}\``);
    const cells = [
      ...[`\`${name}\``, `[${feed}](${feed}.md)`, number(bytes.length), number(report.items)],
      ...[number(claimsOf(report)), number(report.claimsNew), passedOver.join(', ') || '0', codes.join(', ') || '0'],
      `\`${hash}\``,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const totals = [
    ...[`${fed.length} documents`, '', number(sum(fed, ({ bytes }) => bytes.length))],
    ...[number(sum(reports, ({ items }) => items)), number(sum(reports, claimsOf))],
    number(sum(reports, ({ claimsNew }) => claimsNew)),
    number(sum(reports, ({ passedOver }) => Object.values(passedOver).reduce((a, b) => a + b, 0))),
    `${number(sum(reports, (report) => (report.reason ? 0 : report.quarantined.length)))}, and ${sum(reports, (report) => (report.reason ? 1 : 0))} documents whole`,
    '',
  ];
  const why = fed.flatMap(({ name, report, note }) => {
    if (report.quarantined.length === 0) return [];
    const reasons = alike(report.quarantined);
    return [`- \`${name}\`${note ? `: ${note}` : ''}`, ...reasons];
  });
  const strangers = all
    .filter(({ feed }) => feed === undefined)
    .map(({ name, bytes, hash, not }) => `| \`${name}\` | ${number(bytes.length)} | ${not} | \`${hash}\` |`);
  return [
    '# Real documents',
    '',
    'Captures kept beside the project, each taken through the one way a document goes (`ingestDocument`), on an empty',
    'database, in the order of the table. They belong to those who published them and are no part of the project; a file',
    'is known by its name and the first 16 hexadecimal digits of its SHA-256, unpacked, which is its capture hash. Each was',
    'taken a second time, and none added anything. This page is written by',
    '',
    '```sh',
    'node scripts/feed-captures.mjs DIRECTORY…',
    '```',
    '',
    '“Claims” are those a document makes, “new” those no document above it had made. Bytes are as unpacked.',
    '',
    '| document | feed | bytes | items | claims | new | passed over | quarantined | SHA-256 |',
    '| --- | --- | --: | --: | --: | --: | --- | --- | --- |',
    ...rows,
    `| ${totals.map((cell) => (cell === '' ? '' : `**${cell}**`)).join(' | ')} |`,
    '',
    '## Why they were quarantined',
    '',
    ...(why.length > 0 ? why : ['Nothing was.']),
    '',
    '## Documents of no feed',
    '',
    ...(strangers.length > 0
      ? ['| document | bytes | why | SHA-256 |', '| --- | --: | --- | --- |', ...strangers]
      : ['None.']),
    '',
  ].join('\n');
}

/** Reasons that differ only in where they stand and what was got, told together with what some of them got. */
function alike(quarantined) {
  const groups = new Map();
  for (const { code, locator, got, wanted } of quarantined) {
    const reason = `\`${code}\` at \`${locator.replaceAll(/\d+/g, 'N')}\`: wanted ${wanted}`;
    const shown = got.length > 60 ? `${got.slice(0, 60)}…` : got;
    groups.set(reason, [...(groups.get(reason) ?? []), `\`${shown.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``]);
  }
  return [...groups]
    .sort(([a], [b]) => order(a, b))
    .map(([reason, got]) => {
      const different = [...new Set(got)].sort();
      const examples = different.slice(0, SHOWN_EXAMPLES).join(', ');
      const such = different.length > SHOWN_EXAMPLES ? ' and the like' : '';
      return `  - ${got.length} × ${reason}; got ${examples}${such}`;
    });
}
