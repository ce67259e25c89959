import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { checkSecret, makeSecret, signedHeaders, verifyingKeyOf } from './signature.js';

const BODY = JSON.stringify({ type: 'faultline.notice.update', text: 'a “quoted” word — and é' });
const nowSeconds = () => Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000);

describe('webhook signature', () => {
  it('verifies with the public library, and not once a byte or the secret differs', () => {
    const secret = makeSecret('hmac');
    const headers = signedHeaders(secret, 'msg-1', nowSeconds(), BODY);
    expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(() => new Webhook(secret).verify(BODY.replace('word', 'ward'), headers)).toThrow();
    expect(() => new Webhook(makeSecret('hmac')).verify(BODY, headers)).toThrow();
    expect(() => new Webhook(secret).verify(BODY, { ...headers, 'webhook-id': 'msg-2' })).toThrow();
  });

  it('makes the signature of the published test vector', () => {
    // From the reference libraries of Standard Webhooks.
    const headers = signedHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1614265330,
      '{"test": 2432232314}',
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('signs with Ed25519 where asked to, verified by the public key alone', () => {
    const secret = makeSecret('ed25519');
    const headers = signedHeaders(secret, 'msg-1', 1_700_000_000, BODY);
    const [scheme, signature] = headers['webhook-signature']!.split(',');
    expect(scheme).toBe('v1a');
    const key = createPublicKey({
      key: Buffer.concat([
        Buffer.from('302a300506032b6570032100', 'hex'),
        Buffer.from(verifyingKeyOf(secret).slice('whpk_'.length), 'base64'),
      ]),
      format: 'der',
      type: 'spki',
    });
    const signed = (id: string) => Buffer.from(`${id}.1700000000.${BODY}`);
    expect(verify(null, signed('msg-1'), key, Buffer.from(signature!, 'base64'))).toBe(true);
    expect(verify(null, signed('msg-2'), key, Buffer.from(signature!, 'base64'))).toBe(false);
  });

  it.each([
    ['', /another form/],
    ['secret', /another form/],
    ['whsec_not base64!', /another form/],
    [`whsec_${Buffer.alloc(23, 1).toString('base64')}`, /23 bytes, wanted 24 to 64/],
    [`whsec_${Buffer.alloc(65, 1).toString('base64')}`, /65 bytes, wanted 24 to 64/],
    [`whsk_${Buffer.alloc(31, 1).toString('base64')}`, /31 bytes, wanted 32/],
  ])('refuses the secret %j', (secret, message) => {
    expect(() => checkSecret(secret)).toThrow(message);
  });
});
