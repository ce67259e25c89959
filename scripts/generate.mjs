// Writes everything a machine can write: the OpenAPI file, the typed client made of it, who may call what, what each
// requirement of the verification standard rests on, the drawing of the libraries.
// With --check it writes to a temporary folder and fails when what is committed differs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import prettier from 'prettier';
import { asvsPage } from './asvs.mjs';
import { authorizationPage } from './authorization.mjs';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const check = process.argv.includes('--check');
const out = check ? fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-generated-')) : root;

const run = (...args) => {
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
  if (result.status !== 0) {
    process.stderr.write(`${args.join(' ')}\n${result.stdout}${result.stderr}`);
    process.exit(1);
  }
  return result.stdout;
};

const openapi = path.join(out, 'docs/openapi.json');
const client = path.join(out, 'apps/map/src/generated');
fs.mkdirSync(path.dirname(openapi), { recursive: true });
run('--import', '@swc-node/register/esm-register', 'scripts/openapi.mjs', openapi);
run(
  'node_modules/@hey-api/openapi-ts/bin/run.js',
  '-i',
  openapi,
  '-o',
  client,
  '-p',
  '@hey-api/typescript',
  '@hey-api/sdk',
  '@hey-api/client-fetch',
  '--silent',
);

const authorization = 'docs/authorization.md';
await writePage(authorization, authorizationPage(JSON.parse(fs.readFileSync(openapi, 'utf8'))));
const asvs = 'docs/asvs.md';
await writePage(asvs, asvsPage(JSON.parse(fs.readFileSync(path.join(root, 'docs/asvs.json'), 'utf8'))));

const begin = '<!-- generated: libraries -->';
const end = '<!-- end of generated -->';
const page = 'docs/architecture.md';
const drawing = run(
  'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  ...['apps', 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'mermaid'],
  ...['--include-only', '^(apps|libs)/[^/]+/src', '--exclude', '\\.(spec|bench)\\.ts$|^apps/map'],
  ...['--collapse', '^(apps|libs)/[^/]+'],
).trim();
const text = fs.readFileSync(page, 'utf8');
const [head, rest] = text.split(begin);
const tail = rest?.split(end)[1];
if (tail === undefined) throw new Error(`${page}: wanted the markers ${begin} and ${end}`);
fs.writeFileSync(path.join(out, page), `${head}${begin}\n\n\`\`\`mermaid\n${drawing}\n\`\`\`\n\n${end}${tail}`);

if (check) {
  const made = [
    'docs/openapi.json',
    authorization,
    asvs,
    page,
    ...list(client).map((file) => path.relative(out, file)),
  ];
  const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
  const stale = made.filter((file) => read(path.join(root, file)) !== read(path.join(out, file)));
  fs.rmSync(out, { recursive: true, force: true });
  if (stale.length > 0) {
    process.stderr.write(`stale: ${stale.join(', ')}: run \`npm run generate\` and commit\n`);
    process.exit(1);
  }
}

async function writePage(page, text) {
  const style = await prettier.resolveConfig(path.join(root, page));
  fs.writeFileSync(path.join(out, page), await prettier.format(text, { ...style, parser: 'markdown' }));
}

function list(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? list(file) : [file];
  });
}
