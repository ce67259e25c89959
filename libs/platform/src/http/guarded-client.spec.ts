import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EgressRefused, FEED_EGRESS, GuardedClient, WEBHOOK_EGRESS, type Resolve } from './guarded-client.js';

// Everything here stays on the loopback interface: a guard that failed would reach this very server and be counted.
let server: http.Server;
let origin: string;
let port: number;
let connections = 0;
let respond: http.RequestListener = (_request, reply) => reply.end('ok');

beforeAll(async () => {
  server = http.createServer((request, reply) => respond(request, reply));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
beforeEach(() => {
  connections = 0;
  respond = (_request, reply) => reply.end('ok');
});
afterAll(() => new Promise((resolve) => server.close(() => resolve(undefined))));

const asked: string[] = [];
/** A resolver that records what it is asked and answers with loopback addresses only. */
const resolve: Resolve = (hostname, _options, callback) => {
  asked.push(hostname);
  const addresses = hostname.startsWith('mixed') ? ['203.0.113.9', '127.0.0.1'] : ['127.0.0.1'];
  callback(
    null,
    addresses.map((address) => ({ address, family: 4 })),
  );
};
const clientOf = (allow: string[] = [], limits: Partial<typeof FEED_EGRESS> = {}) =>
  new GuardedClient({ ...FEED_EGRESS, ...limits, allow }, resolve);
const reasonOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown as Error & { cause?: unknown },
  );
  const refused = error instanceof EgressRefused ? error : error?.cause;
  return refused instanceof EgressRefused ? refused.reason : `not refused: ${String(error)}`;
};

/** Forms of addresses that are not public: literals in every disguise, and names that resolve to one. */
const PRIVATE = [
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://[::1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://0.0.0.0:PORT/',
  'http://[::]:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1/',
  'http://192.168.1.1/',
  'http://172.16.0.1/',
  'http://100.64.0.1/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://localhost/',
  'http://mixed.example.test/',
  'http://anything.example.test/',
  'http://0x7f000001:PORT/',
  'http://017700000001:PORT/',
  'http://127.0.1:PORT/',
  'http://127.255.255.254:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[::ffff:0:7f00:1]:PORT/',
  'http://[fd00:ec2::254]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[2001:db8::1]/',
  'http://[100::1]/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://240.0.0.1/',
];

describe('guarded client', () => {
  it.each(PRIVATE)('opens no socket for %s', async (form) => {
    const client = clientOf();
    expect(await reasonOf(client.get(form.replace('PORT', String(port))))).toBe('url.private');
    expect(connections).toBe(0);
    await client.close();
  });

  it.each([
    ['file:///etc/passwd', 'url.scheme'],
    ['gopher://example.test/', 'url.scheme'],
    ['http://user:pass@example.test/', 'url.userinfo'],
    ['http://example.test:22/', 'url.port'],
    ['not an address', 'url.invalid'],
    ['', 'url.invalid'],
  ])('refuses %s as %s and asks no resolver', async (form, reason) => {
    asked.length = 0;
    const client = clientOf();
    expect(await reasonOf(client.get(form))).toBe(reason);
    expect([connections, asked]).toEqual([0, []]);
    await client.close();
  });

  it('reaches what the operator has allowed, and unpacks it', async () => {
    respond = (request, reply) => {
      reply.setHeader('etag', '"1"');
      reply.setHeader('content-encoding', 'gzip');
      reply.end(gzipSync(`hello ${request.headers['if-none-match']}`));
    };
    const client = clientOf(['127.0.0.1/32']);
    const answer = await client.get(origin, { 'if-none-match': '"0"' });
    expect([answer.status, answer.headers['etag'], Buffer.from(answer.body).toString()]).toEqual([
      200,
      '"1"',
      'hello "0"',
    ]);
    await client.close();
  });

  it('checks every hop of a redirect anew', async () => {
    respond = (_request, reply) => reply.writeHead(302, { location: `http://127.0.0.2:${port}/` }).end();
    const client = clientOf(['127.0.0.1/32']);
    expect(await reasonOf(client.get(origin))).toBe('url.private');
    expect(connections).toBe(1);
    await client.close();
  });

  it('gives up on a circle of redirects', async () => {
    respond = (_request, reply) => reply.writeHead(302, { location: origin }).end();
    const client = clientOf(['127.0.0.1/32']);
    expect(await reasonOf(client.get(origin))).toBe('redirect.too_many');
    await client.close();
  });

  it('cuts off a body that never ends, and one that unpacks to far more than it is', async () => {
    const client = clientOf(['127.0.0.1/32'], { maxBytes: 100_000 });
    respond = (_request, reply) => {
      const timer = setInterval(() => reply.write(Buffer.alloc(50_000)), 1);
      reply.on('close', () => clearInterval(timer));
    };
    expect(await reasonOf(client.get(origin))).toBe('answer.too_large');
    respond = (_request, reply) => {
      reply.setHeader('content-encoding', 'gzip');
      reply.end(gzipSync(Buffer.alloc(50_000_000)));
    };
    expect(await reasonOf(client.get(origin))).toBe('answer.too_large');
    await client.close();
  });

  it('refuses more than 40 forms', () => {
    expect(new Set(PRIVATE).size).toBeGreaterThanOrEqual(40);
  });

  const webhooks = (allow: string[] = [], timeoutMs = 2_000) =>
    new GuardedClient({ ...WEBHOOK_EGRESS, allow, timeoutMs }, resolve);
  const overTls = (form: string) => form.replace('PORT', String(port)).replace('http:', 'https:');

  it.each(PRIVATE)('posts nothing to %s, and admits it to nobody’s subscription', async (form) => {
    const client = webhooks();
    expect(await reasonOf(client.post(overTls(form), '{}', {}))).toBe('url.private');
    expect(await reasonOf(client.admit(overTls(form)))).toBe('url.private');
    expect(connections).toBe(0);
    await client.close();
  });

  it.each([
    ['http://8.8.8.8/', 'url.scheme'],
    ['http://anything.example.test/', 'url.scheme'],
    ['ftp://example.test/', 'url.scheme'],
    ['https://user@example.test/', 'url.userinfo'],
    ['https://example.test:8443/', 'url.port'],
    ['https://', 'url.invalid'],
  ])('posts nothing to %s: %s', async (form, reason) => {
    asked.length = 0;
    const client = webhooks();
    expect(await reasonOf(client.post(form, '{}', {}))).toBe(reason);
    expect(await reasonOf(client.admit(form))).toBe(reason);
    expect([connections, asked]).toEqual([0, []]);
    await client.close();
  });

  it('posts once where the operator has allowed it, and takes a redirect for an answer', async () => {
    const bodies: string[] = [];
    respond = (request, reply) => {
      request.on('data', (chunk: Buffer) => bodies.push(`${request.method} ${chunk.toString()}`));
      request.on('end', () => reply.writeHead(307, { location: `${origin}/elsewhere` }).end());
    };
    const client = webhooks(['127.0.0.1/32']);
    expect(await client.post(origin, '{"a":1}', {})).toMatchObject({ status: 307 });
    expect(bodies).toEqual(['POST {"a":1}']);
    await client.close();
  });

  it('takes the status of an answer whose text never ends or is too long, and reads no more of it than 64 kB', async () => {
    const client = webhooks(['127.0.0.1/32'], 300);
    respond = (_request, reply) => {
      const timer = setInterval(() => reply.write(Buffer.alloc(50_000)), 1);
      reply.on('close', () => clearInterval(timer));
    };
    const flood = await client.post(origin, '{}', {});
    expect([flood.status, flood.body.length]).toEqual([200, 65_536]);
    respond = (_request, reply) => void reply.write('a');
    expect(await client.post(origin, '{}', {})).toMatchObject({ status: 200 });
    await client.close();
  });

  it('gives up on a place that takes the request and says nothing', async () => {
    respond = () => undefined;
    const client = webhooks(['127.0.0.1/32'], 200);
    await expect(client.post(origin, '{}', {})).rejects.toThrow();
    await client.close();
  });

  it('posts to no host beside those the operator lists, where there is a list', async () => {
    const hosts = ['hooks.example.test', '.example.org', '127.0.0.1'];
    const client = new GuardedClient({ ...WEBHOOK_EGRESS, allow: ['127.0.0.1/32'], hosts }, resolve);
    const others = ['hooks.example.test.evil.test', 'evil-hooks.example.test', 'example.org', 'notexample.org'];
    for (const host of others) {
      expect([host, await reasonOf(client.post(`https://${host}/`, '{}', {}))]).toEqual([host, 'url.not_listed']);
      expect([host, await reasonOf(client.admit(`https://${host}/`))]).toEqual([host, 'url.not_listed']);
    }
    expect(await reasonOf(client.post('http://127.0.0.2/', '{}', {}))).toBe('url.private');
    expect(connections).toBe(0);
    expect(await client.post(origin, '{}', {})).toMatchObject({ status: 200 });
    for (const host of ['HOOKS.example.test', 'a.b.example.org'])
      await expect(client.admit(`https://${host}/`)).resolves.toBeUndefined();
    await client.close();
  });
});
