import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type { NoticeContent } from '../../model/content.js';
import { EmailReceiver, overTls } from './email.receiver.js';

const AT = '2026-03-01T12:51:00.000Z';
const CONTENT: NoticeContent = {
  id: 'notice-1',
  kind: 'initial',
  reason: 'first-told',
  issuedAt: AT,
  subscription: { id: 's', title: 'UAE' },
  subject: {
    regionId: 'aws:me-central-1',
    name: 'Middle East (UAE)',
    operatorId: 'aws',
    now: 'Under investigation by the operator',
  },
  changes: [],
  corrections: [],
  state: {
    coordinates: { validAt: AT, publicAt: AT, position: 251 },
    zones: [{ id: 'aws:mec1-az1', words: 'No statement', by: null }],
    incidents: [],
    reportedByOthers: [],
    notKnown: ['nobody has stated what caused it'],
    coincident: [],
    coverage: [],
    ownAssets: { outcome: 'none-known', text: 'No portfolio of yours is known here, so none of it could be checked.' },
  },
  link: '#/map?region=aws:me-central-1',
};
const TO = { kind: 'email' as const, address: 'ops@example.test', secret: null };

let server: SMTPServer;
let receiver: EmailReceiver;
let mails: { to: string[]; text: string }[] = [];
let refuse: number | null = null;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) =>
      refuse === null ? done() : done(Object.assign(new Error('no'), { responseCode: refuse })),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString().replaceAll('=\r\n', ''),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  receiver = new EmailReceiver(`smtp://127.0.0.1:${port}`, 'faultline@example.test', 'https://faultline.example/');
});
beforeEach(() => {
  mails = [];
  refuse = null;
});
afterAll(async () => {
  receiver?.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
const send = () => receiver.send('notice-1', { content: CONTENT, sentAt: AT, delayed: false }, TO);

describe('a notice by e-mail', () => {
  it('has the headline as its subject, the same text as the webhook, and the id of the notice', async () => {
    expect(await send()).toMatchObject({ outcome: 'accepted', reason: 'smtp.accepted' });
    expect(mails).toHaveLength(1);
    expect(mails[0]!.to).toEqual(['ops@example.test']);
    expect(mails[0]!.text).toMatch(/^Message-ID: <notice-1@faultline>\r$/m);
    expect(mails[0]!.text).toMatch(/^Subject: New: aws:me-central-1/m);
    expect(mails[0]!.text).toContain('nobody has stated what caused it');
    expect(mails[0]!.text).toContain('No portfolio of yours is known here');
  });

  it.each([
    [451, 'failed'],
    [550, 'gone'],
  ])('answers %d: %s', async (status, outcome) => {
    refuse = status;
    expect(await send()).toMatchObject({ outcome, reason: `smtp.${status}`, status });
    expect(mails).toEqual([]);
  });

  it('fails, to be tried again, where nobody listens', async () => {
    const nobody = new EmailReceiver('smtp://127.0.0.1:1', 'faultline@example.test', null);
    expect(await nobody.send('n', { content: CONTENT, sentAt: AT, delayed: false }, TO)).toMatchObject({
      outcome: 'failed',
    });
    nobody.close();
  });

  it('is given to no server beyond this machine without TLS, unless the operator says so', async () => {
    expect(['smtp://mail.example:587', 'smtp://user:word@10.0.0.1'].map(overTls)).toEqual([
      'smtp://mail.example:587?requireTLS=true',
      'smtp://user:word@10.0.0.1?requireTLS=true',
    ]);
    const kept = [
      'smtps://mail.example',
      'smtp://127.0.0.1:25',
      'smtp://localhost',
      'smtp://mail.example?requireTLS=false',
    ];
    expect(kept.map(overTls)).toEqual(kept);
    const { port } = server.server.address() as AddressInfo;
    const wanting = new EmailReceiver(`smtp://127.0.0.1:${port}?requireTLS=true`, 'faultline@example.test', null);
    const sent = await wanting.send('n', { content: CONTENT, sentAt: AT, delayed: false }, TO);
    expect(sent).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^smtp\./) });
    expect(mails).toEqual([]);
    wanting.close();
  });
});
