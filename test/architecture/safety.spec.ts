import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** What the product is made of: no specs, benches or generated files. */
const SOURCES = ['apps', 'libs', 'migrations', 'bin']
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.posix.join(folder, ...file.split(path.sep)),
    ),
  )
  .filter((file) => /\.(ts|mjs)$/.test(file) && !/\.(spec|bench)\.ts$|\/(generated|fixtures|golden)\//.test(file))
  .map((file) => ({ file, text: read(file) }));

const linesWith = (pattern: RegExp, sources: readonly { file: string; text: string }[] = SOURCES): string[] =>
  sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

const CODE_OF_TEXT = /\beval\(|\bnew Function\(|node:vm|set(?:Timeout|Interval)\(\s*['"`]/;
const SHELL = /\bexec(?:Sync)?\b[^F]*from 'node:child_process'|shell:\s*true/;
const MARKUP_OF_TEXT = /\b(?:inner|outer)HTML\b|insertAdjacentHTML|unsafe(?:HTML|SVG|Static)|document\.write/;
const BROWSER_STORAGE = /\b(?:localStorage|sessionStorage|indexedDB)\b|document\.cookie/;
const WINDOW_MESSAGES = /postMessage\(|addEventListener\(\s*'message'|WebSocket|RTCPeerConnection/;
const WEAK_CRYPTO = /['"](?:md5|sha1|sha-1|des|rc4|aes-\d+-ecb)['"]|createCipher|Math\.random/i;
const UNCHECKED_TLS = /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|minVersion/;

describe('the source of the product', () => {
  it('is read whole, and a fault planted in it is found', () => {
    expect(SOURCES.length).toBeGreaterThan(350);
    const planted = [
      [CODE_OF_TEXT, 'const x = eval(text);'],
      [SHELL, `import { exec } from 'node:child_process';`],
      [SHELL, 'spawn(name, { shell: true })'],
      [MARKUP_OF_TEXT, 'element.innerHTML = text;'],
      [BROWSER_STORAGE, `localStorage.setItem('key', key);`],
      [WINDOW_MESSAGES, `window.addEventListener('message', take);`],
      [WEAK_CRYPTO, `createHash('md5')`],
      [UNCHECKED_TLS, 'rejectUnauthorized: false'],
    ] as const;
    for (const [pattern, line] of planted)
      expect(linesWith(pattern, [{ file: 'planted', text: line }])).toHaveLength(1);
    expect(interpolations('tx.query(`SELECT ${name}`)')).toEqual(['name']);
  });

  it('runs no text as code', () => {
    expect(linesWith(CODE_OF_TEXT)).toEqual([]);
  });

  it('gives no text to a shell: programs are started with a list of arguments', () => {
    expect(linesWith(SHELL)).toEqual([]);
  });

  it('makes no markup of text in the map: text goes in as text', () => {
    expect(linesWith(MARKUP_OF_TEXT)).toEqual([]);
  });

  it('keeps nothing in the browser beside the session cookie, which scripts cannot read', () => {
    // Whether somebody was signed in here, as a yes or nothing.
    expect(linesWith(BROWSER_STORAGE)).toEqual([
      'apps/map/src/effects/signed-in.ts: return work(localStorage) ?? null;',
    ]);
    expect(linesWith(/setItem\(/)).toEqual([expect.stringContaining("storage.setItem(KEY, 'yes')")]);
  });

  it('opens no channel between windows, no web socket and no media channel', () => {
    expect(linesWith(WINDOW_MESSAGES)).toEqual([]);
  });

  it('hashes with SHA-256, takes chance from the system, and encrypts nothing by itself', () => {
    expect(linesWith(WEAK_CRYPTO)).toEqual([]);
    const hashes = linesWith(/create(?:Hash|Hmac)\(/).filter((line) => !/create(?:Hash|Hmac)\('sha256'/.test(line));
    expect(hashes).toEqual([]);
  });

  it('masks what is typed as a password, and hinders neither pasting nor what keeps passwords', () => {
    const inputs = SOURCES.filter(({ file }) => file.startsWith('apps/map/')).flatMap(({ text }) =>
      [...text.matchAll(/<input\b[^>]*>/g)].map(([input]) => input),
    );
    const passwords = inputs.filter((input) => /name="[^"]*password/i.test(input));
    expect(passwords.length).toBeGreaterThan(0);
    for (const input of passwords) {
      expect(input).toContain('type="password"');
      expect(input).toMatch(/autocomplete="(?:current|new)-password"/);
    }
    expect(linesWith(/@paste|onpaste|Listener\(\s*'paste'/)).toEqual([]);
  });

  it('turns no check of a TLS certificate off', () => {
    expect(linesWith(UNCHECKED_TLS)).toEqual([]);
  });
});

/** What is put into the text of statements, not beside it as a parameter. */
function interpolations(text: string): string[] {
  return [...text.matchAll(/\.query(?:<[^()]*?>)?\(\s*`([^`]*)`/g)].flatMap(([, statement]) =>
    [...statement!.matchAll(/\$\{([^}]*)\}/g)].map(([, expression]) => expression!),
  );
}

describe('statements', () => {
  it('have constants of ours put into them and nothing else; values go beside them', () => {
    // Names of roles and databases, which no statement takes as a parameter; each is ours or escaped by the driver.
    const ofSetUp = ['libs/platform/src/database/migrate.ts', 'libs/platform/src/embedded/start.ts'];
    const put = SOURCES.filter(({ file }) => !ofSetUp.includes(file) && !file.startsWith('migrations/')).flatMap(
      ({ file, text }) =>
        interpolations(text)
          .filter((expression) => !/^[A-Z][A-Z_]*$/.test(expression))
          .map((expression) => `${file}: ${expression}`),
    );
    // Conditions written out above the statement, without a value in them.
    expect(new Set(put)).toEqual(
      new Set(['libs/platform/src/work/work.store.ts: at', 'libs/platform/src/work/work.store.ts: due']),
    );
  });
});

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

describe('what is built and shipped', () => {
  const locked = Object.entries(
    (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages,
  ).filter(([name]) => name !== '');

  it('is made of packages of exact versions, each with the hash of its bytes, from no place but the registry', () => {
    expect(locked.length).toBeGreaterThan(500);
    expect(locked.filter(([, { version, integrity }]) => !version || !integrity?.startsWith('sha512-'))).toEqual([]);
    const elsewhere = locked.filter(
      ([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
    const asked = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    for (const kind of ['dependencies', 'optionalDependencies', 'devDependencies']) {
      const loose = Object.entries(asked[kind]!).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
      expect([kind, loose]).toEqual([kind, []]);
    }
  });

  it('leaves the history of the source, settings and specs out of the image, and the tools of development', () => {
    const left = read('.dockerignore').split('\n');
    expect(left).toEqual(expect.arrayContaining(['.git', '.env*', '.faultline', 'node_modules', '**/*.spec.ts']));
    const image = read('Dockerfile');
    const [, last] = [...image.matchAll(/^FROM /gm)].map(({ index }) => image.slice(index)).slice(-2);
    expect(image).toContain('npm ci --omit=dev');
    expect([...last!.matchAll(/^COPY (?:--from=\S+ )?(.*)$/gm)].map(([, what]) => what)).toEqual([
      '/app/node_modules ./node_modules',
      '/app/dist ./dist',
      'package.json LICENSE* ./',
      'bin ./bin',
      'data ./data',
    ]);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/NODE_ENV=production/);
  });

  it('runs with least rights, without a password of ours, reached on loopback alone', () => {
    const compose = read('docker-compose.yml');
    for (const line of ['read_only: true', 'cap_drop: [ALL]', 'security_opt: [no-new-privileges:true]'])
      expect(compose).toContain(line);
    expect([...compose.matchAll(/PASSWORD:([^}]*)\}/g)].map(([, rest]) => rest!.slice(0, 1))).not.toContain('-');
    expect([...compose.matchAll(/ports:\n\s+- (\S+)/g)].map(([, port]) => port)).toEqual(['127.0.0.1:4180:4180']);
  });
});
