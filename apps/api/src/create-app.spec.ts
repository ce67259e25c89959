import 'reflect-metadata';
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { QueryFailedError } from 'typeorm';
import { z } from 'zod';
import { processLog } from '@faultline/platform';
import { adapter, configure } from './create-app.js';
import { ACCESS_SETTINGS } from './http/access-settings.js';
import { ProblemException } from './http/problem.filter.js';

const SECRET = 'fls_local_0123456789';
const FORGED = '\n{"level":60,"msg":"forged"}\n';
const Wanted = z.object({ name: z.string(), count: z.number().optional() });

let begin: () => void;
const begun = new Promise<void>((resolve) => (begin = resolve));
let finish: () => void;
const finished = new Promise<void>((resolve) => (finish = resolve));

@Controller()
class Small {
  @Get('signin')
  signIn(): never {
    throw new ProblemException(401, 'signin.unknown', `no such link ${FORGED}`);
  }

  @Get('slow')
  async slow(): Promise<string> {
    begin();
    await finished;
    return 'said at last';
  }

  @Get('row')
  row(): never {
    const driver = Object.assign(new Error(`duplicate key ${FORGED}`), { detail: `Key (login)=(${SECRET})` });
    throw new QueryFailedError('INSERT INTO user_account VALUES ($1)', [SECRET], driver);
  }

  @Get('one')
  one(@Query({ schema: z.object({ asOf: z.string().optional() }) }) query: unknown) {
    return query;
  }

  @Post('api/v1/session')
  enter(@Body({ schema: Wanted }) { name }: z.infer<typeof Wanted>) {
    if (name === 'eve') throw new ProblemException(429, 'budget.sign-ins', `too often: ${SECRET}`);
  }

  @Post('take')
  take(@Body({ schema: Wanted }) body: unknown) {
    return body;
  }
}

@Module({
  controllers: [Small],
  providers: [{ provide: ACCESS_SETTINGS, useValue: { publicOrigin: null } }],
})
class SmallModule {}

let app: NestFastifyApplication;
afterEach(async () => app?.close());

/** The set-up of the service around a controller of nothing; and what it writes to its log. */
async function start(trustedProxies: readonly string[] = []) {
  const written: string[] = [];
  const log = processLog('api', 'info', { write: (text) => void written.push(text) });
  const module = await Test.createTestingModule({ imports: [SmallModule] }).compile();
  app = await configure(
    module.createNestApplication<NestFastifyApplication>(adapter(log, trustedProxies), { logger: false }),
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const lines = () => written.flatMap((text) => text.trimEnd().split('\n'));
  return {
    lines,
    entries: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('the log', () => {
  it('has each request that is refused, with instant, place and reason, and no secret of it', async () => {
    const { lines, entries } = await start();
    const headers = { authorization: `Bearer ${SECRET}`, cookie: `faultline_session=${SECRET}` };
    await app.inject({ method: 'GET', url: `/signin?token=${SECRET}`, headers });
    const refused = entries().find(({ msg }) => msg === 'refused')!;
    expect(refused).toMatchObject({
      level: 40,
      status: 401,
      code: 'signin.unknown',
      method: 'GET',
      path: '/signin',
      from: '127.0.0.1',
      role: 'api',
      pid: process.pid,
      reqId: expect.any(String),
    });
    expect(refused['time']).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    const asked = entries().find(({ req }) => req !== undefined)!;
    expect(asked).toMatchObject({
      reqId: refused['reqId'],
      req: { method: 'GET', path: '/signin', from: '127.0.0.1' },
    });
    expect(lines().filter((line) => line.includes(SECRET))).toEqual([]);
  });

  it('has a line of JSON for each entry, whatever a request or an error says', async () => {
    const { entries } = await start();
    await app.inject({ method: 'GET', url: `/nothing${encodeURIComponent(FORGED)}?${encodeURIComponent(FORGED)}` });
    await app.inject({ method: 'GET', url: '/row', headers: { 'user-agent': 'a\tb', 'x-request-id': 'forged' } });
    await app.inject({ method: 'GET', url: '/signin' });
    expect(entries().length).toBeGreaterThanOrEqual(8);
    expect(entries().filter(({ msg, reqId }) => msg === 'forged' || reqId === 'forged')).toEqual([]);
  });

  it('has each way of signing in, with what came of it', async () => {
    const { entries } = await start();
    const headers = { 'content-type': 'application/json' };
    const payload = { name: 'ann', password: SECRET };
    expect((await app.inject({ method: 'POST', url: '/api/v1/session', headers, payload })).statusCode).toBe(201);
    const [asked, answered] = entries();
    expect(asked).toMatchObject({ level: 30, req: { method: 'POST', path: '/api/v1/session', from: '127.0.0.1' } });
    expect(answered).toMatchObject({ level: 30, reqId: asked!['reqId'], res: { statusCode: 201 } });
    expect(JSON.stringify(entries())).not.toContain(SECRET);
  });

  it('has what was sent wrong or too often, each by its code', async () => {
    const { lines, entries } = await start();
    const send = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
    await send('/take', { name: [SECRET] });
    await send('/take', { name: SECRET.repeat(20_000) });
    await send('/api/v1/session', { name: 'eve' });
    const refused = entries().filter(({ msg }) => msg === 'refused');
    expect(refused.map(({ level, code, path }) => [level, code, path])).toEqual([
      [30, 'query.invalid', '/take'],
      [30, 'http.413', '/take'],
      [40, 'budget.sign-ins', '/api/v1/session'],
    ]);
    expect(lines().filter((line) => line.includes(SECRET))).toEqual([]);
  });

  it('says of a failure what failed and where, and not the values; the answer says neither', async () => {
    const { lines, entries } = await start();
    const reply = await app.inject({ method: 'GET', url: '/row' });
    expect([reply.statusCode, reply.headers['content-type'], reply.json()]).toEqual([
      500,
      'application/problem+json; charset=utf-8',
      {
        type: 'about:blank',
        instance: '/row',
        status: 500,
        code: 'internal',
        title: 'Something failed here',
        detail: 'The failure has been logged; the request may be tried again.',
      },
    ]);
    const { err } = entries().find(({ level }) => level === 50) as { err: Record<string, unknown> };
    expect(err).toMatchObject({ type: 'QueryFailedError', message: expect.stringContaining('duplicate key') });
    expect(String(err['stack'])).toContain('create-app.spec');
    expect(lines().filter((line) => line.includes(SECRET))).toEqual([]);
  });
});

describe('where a request comes from', () => {
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  const seen = async (trusted: readonly string[]) => {
    const { entries } = await start(trusted);
    await app.inject({ method: 'GET', url: '/signin', headers });
    return entries().find(({ msg }) => msg === 'refused')!['from'];
  };

  it('is what a proxy says that the operator trusts', async () => {
    expect(await seen(['127.0.0.0/8'])).toBe('203.0.113.9');
  });

  it.each([[[]], [['10.0.0.0/8']]])('is not what anybody else says (trusted: %j)', async (trusted) => {
    expect(await seen(trusted)).toBe('127.0.0.1');
  });
});

describe('the end of the service', () => {
  it('answers what was asked, and waits for no connection that asks nothing', async () => {
    await start();
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as net.AddressInfo;
    const silent = net.connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    await begun;
    const closed = app.close();
    finish();
    expect([(await answer).status, await (await answer).json()]).toEqual([200, 'said at last']);
    await closed;
    silent.destroy();
  }, 20_000);
});

describe('what is sent', () => {
  it('reaches a handler only as its schema says: no field more, no parameter twice, no type made to fit', async () => {
    await start();
    const take = (payload: object) => app.inject({ method: 'POST', url: '/take', payload });
    expect((await take({ name: 'a', role: 'admin', tenantId: 'other' })).json()).toEqual({ name: 'a' });
    for (const wrong of [{ name: ['a'] }, { name: 1 }, { name: 'a', count: '1' }, { name: 'a', count: true }, []])
      expect((await take(wrong)).statusCode).toBe(400);
    expect((await app.inject('/one?asOf=a')).json()).toEqual({ asOf: 'a' });
    const twice = await app.inject('/one?asOf=a&asOf=b');
    expect([twice.statusCode, twice.json()]).toMatchObject([400, { code: 'query.invalid' }]);
  });

  it('cannot reach a prototype', async () => {
    await start();
    for (const payload of ['{"name":"a","__proto__":{"x":1}}', '{"name":"a","constructor":{"prototype":{"x":1}}}']) {
      const headers = { 'content-type': 'application/json' };
      const reply = await app.inject({ method: 'POST', url: '/take', headers, payload });
      expect([payload, reply.statusCode]).toEqual([payload, 400]);
    }
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('is refused where it is too large, of another type, or slow', async () => {
    await start();
    const send = (payload: string, type: string) =>
      app.inject({ method: 'POST', url: '/take', headers: { 'content-type': type }, payload });
    expect((await send(JSON.stringify({ name: 'x'.repeat(300_000) }), 'application/json')).statusCode).toBe(413);
    expect((await send('<name>a</name>', 'application/xml')).statusCode).toBe(415);
    expect(app.getHttpServer().requestTimeout).toBe(30_000);
  });

  it('is one message: a second one hidden behind two lengths is not read', async () => {
    const { entries } = await start();
    await app.listen(0, '127.0.0.1');
    const { port } = new URL(await app.getUrl());
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n';
    for (const lengths of [
      `Content-Length: ${5 + hidden.length}\r\nTransfer-Encoding: chunked`,
      'Content-Length: 0\r\nContent-Length: 5',
      'Transfer-Encoding: chunked, identity',
    ]) {
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = net.connect(Number(port), '127.0.0.1', () =>
          socket.write(`POST /take HTTP/1.1\r\nHost: a\r\n${lengths}\r\n\r\n0\r\n\r\n${hidden}`),
        );
        let text = '';
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('close', () => resolve(text));
        socket.on('error', reject);
      });
      expect([lengths, answer.split('\r\n')[0]]).toEqual([lengths, 'HTTP/1.1 400 Bad Request']);
    }
    expect(entries().filter(({ req }) => (req as { path?: string } | undefined)?.path === '/hidden')).toEqual([]);
  });

  it('by TRACE is not sent back', async () => {
    await start();
    const reply = await app.inject({ method: 'TRACE' as 'GET', url: '/one', headers: { 'x-mark': SECRET } });
    expect(reply.statusCode).toBe(404);
    expect(reply.payload).not.toContain(SECRET);
  });
});
