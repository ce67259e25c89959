import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runService, type RunningService } from '../support/running-service.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const whereProcesses = process.platform === 'linux' ? it : it.skip;

/** Processes whose parent is `pid`, with their command lines. */
function childrenOf(pid: number): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return parent === pid ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    });
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await holds()) return;
    await sleep(100);
  }
  throw new Error('it did not come about within 30 s');
}

const answers = (service: RunningService) =>
  fetch(`${service.address}/readyz`).then(
    (reply) => reply.ok,
    () => false,
  );

describe('faultline up', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await runService();
  });
  afterAll(async () => {
    await service?.stop();
  });

  it('serves the map, the API and its description', async () => {
    const [map, regions, openapi, missing] = await Promise.all(
      ['/', '/api/v1/regions?limit=500', '/api/openapi.json', '/nothing'].map((url) => fetch(service.address + url)),
    );
    expect([map!.status, regions!.status, openapi!.status, missing!.status]).toEqual([200, 200, 200, 404]);
    expect(map!.headers.get('content-security-policy')).toBe(
      "default-src 'none';object-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
    );
    const { data } = (await regions!.json()) as { data: unknown[] };
    expect(data.length).toBeGreaterThan(180);
    const files = [...(await map!.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const { headers } = await fetch(service.address + file);
      expect([file, headers.get('x-content-type-options'), headers.get('content-type')]).toEqual([
        file,
        'nosniff',
        expect.stringMatching(/^(text\/(css|javascript)|application\/javascript); charset=utf-8$|^image\/svg\+xml/),
      ]);
    }
    // No listing of a folder, and nothing of beside it.
    for (const hidden of ['/assets', '/assets/', '/.git/HEAD', '/..%2f..%2fpackage.json', '/%2e%2e/.sources'])
      expect([hidden, (await fetch(service.address + hidden)).status]).toEqual([hidden, 404]);
  });

  it('refuses a second one on the same directory in one line', () => {
    const args = [
      'bin/faultline.mjs',
      'up',
      '--port',
      '0',
      '--data',
      service.dataDir,
      '--database',
      service.databaseUrl,
    ];
    const second = spawnSync(process.execPath, args, {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', FAULTLINE_POLL: 'off' },
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`another \`faultline up\` (process ${service.pid}) is alive on ${service.dataDir}`);
  });

  it('signs in once with the printed link, and lets the admin key of the data directory in', async () => {
    const { hash, search } = new URL(service.signInLink);
    expect(search).toBe('');
    const token = hash.slice(1);
    const enter = () =>
      fetch(`${service.address}/signin`, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' });
    // Looking at the link spends nothing.
    expect((await fetch(service.signInLink)).status).toBe(200);
    const first = await enter();
    expect(first.status).toBe(303);
    const cookie = first.headers.get('set-cookie')!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await enter()).status).toBe(401);
    const me = await fetch(`${service.address}/api/v1/me`, { headers: { cookie: cookie.split(';')[0]! } });
    expect(await me.json()).toMatchObject({ data: { role: 'admin' } });
    const file = path.join(service.dataDir, 'admin-api-key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const authorization = `Bearer ${readFileSync(file, 'utf8').trim()}`;
    expect((await fetch(`${service.address}/api/v1/me`, { headers: { authorization } })).status).toBe(200);
    expect(
      (await fetch(`${service.address}/api/v1/me`, { headers: { authorization: `${authorization}x` } })).status,
    ).toBe(401);
  });

  whereProcesses('starts a killed worker and a killed API again', async () => {
    for (const name of ['worker', 'api']) {
      const before = childrenOf(service.pid).find(({ command }) => command.includes(`apps/${name}/`))!;
      process.kill(before.pid, 'SIGKILL');
      await until(() =>
        childrenOf(service.pid).some(({ pid, command }) => pid !== before.pid && command.includes(`apps/${name}/`)),
      );
    }
    await until(() => answers(service));
  });

  whereProcesses('ends on ctrl-C with exit 0 and leaves no process behind', async () => {
    const other = await runService();
    const children = childrenOf(other.pid).map(({ pid }) => pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    expect(await other.stop('SIGINT')).toEqual({ code: 0, signal: null });
    expect(children.filter(isAlive)).toEqual([]);
  });

  whereProcesses('killed with -9 takes its processes with it', async () => {
    const other = await runService();
    const children = childrenOf(other.pid).map(({ pid }) => pid);
    await other.stop('SIGKILL');
    await until(() => children.every((pid) => !isAlive(pid)));
  });
});

describe('faultline up, told something wrong', () => {
  it.each([
    [['--port', 'x'], {}, 2, /got --port "x", wanted a port number/],
    [['--nosuch'], {}, 2, /Unknown option '--nosuch'/],
    [[], { FAULTLINE_PROT: '1' }, 78, /FAULTLINE_PROT: no such setting/],
    [[], { FAULTLINE_PORT: 'x' }, 78, /FAULTLINE_PORT: got "x"/],
    [[], { FAULTLINE_FEED_URLS: '{' }, 78, /FAULTLINE_FEED_URLS/],
  ])('%j %j: exit %d and one line', (args, environment, code, message) => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/faultline.mjs', 'up', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
    });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(code);
  });
});
