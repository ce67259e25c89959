import { describe, expect, it } from '@jest/globals';
import { GuardedClient, WEBHOOK_EGRESS } from '@faultline/platform';
import { makeSecret } from './receivers/webhook/signature.js';
import { checkedSubscription, SubscriptionRefused, type SubscriptionRequest } from './subscribe.js';

const client = new GuardedClient({ ...WEBHOOK_EGRESS, allow: ['127.0.0.1/32'] }, (hostname, _options, callback) =>
  hostname === 'nowhere.example.test'
    ? callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
    : callback(null, [{ address: hostname.startsWith('inside') ? '10.0.0.7' : '93.184.216.34', family: 4 }]),
);
const admission = {
  admit: (address: string) => client.admit(address),
  isRegion: (id: string) => id === 'aws:me-central-1',
};
const GOOD: SubscriptionRequest = {
  id: '00000000-0000-4000-8000-000000000001',
  title: 'UAE',
  regionIds: ['aws:me-central-1'],
  conditions: { quorum: true },
  receiver: { kind: 'webhook', address: 'https://hooks.example.test/a', secret: makeSecret('hmac') },
};
const to = (address: string, secret: string | null = makeSecret('hmac')): Partial<SubscriptionRequest> => ({
  receiver: { kind: 'webhook', address, secret },
});
const codeOf = (change: Partial<SubscriptionRequest>) =>
  checkedSubscription({ ...GOOD, ...change }, 'local', admission).then(
    () => 'taken',
    (error: unknown) => (error instanceof SubscriptionRefused ? `${error.status} ${error.code} ${error.field}` : error),
  );

describe('taking a subscription', () => {
  it('takes one that can be served', async () => {
    expect(await codeOf({})).toBe('taken');
    expect(await codeOf(to('http://127.0.0.1:9999/hook'))).toBe('taken');
    expect(await codeOf({ receiver: { kind: 'email', address: 'ops@example.test', secret: null } })).toBe('taken');
  });

  it.each<[string, Partial<SubscriptionRequest>, string]>([
    ['no region', { regionIds: [] }, '422 scope.size regionIds'],
    ['an unknown region', { regionIds: ['aws:nowhere-1'] }, '422 region.unknown regionIds'],
    ['no condition that opens an alert', { conditions: { cause: true } }, '422 conditions.invalid conditions'],
    [
      'a condition nobody knows',
      { conditions: { quorum: true, workload: 'military' } },
      '422 conditions.invalid conditions',
    ],
    ['a title of two lines', { title: 'a\nb' }, '422 title.invalid title'],
    ['a private address', to('https://10.0.0.1/'), '422 url.private address'],
    ['a name inside', to('https://inside.example.test/'), '422 url.private address'],
    ['a name of nobody', to('https://nowhere.example.test/'), '422 url.unresolved address'],
    ['plain http', to('http://hooks.example.test/'), '422 url.scheme address'],
    ['another scheme', to('file:///etc/passwd'), '422 url.scheme address'],
    ['a password in the address', to('https://a:b@hooks.example.test/'), '422 url.userinfo address'],
    ['no secret', to('https://hooks.example.test/', null), '422 secret.invalid secret'],
    ['a short secret', to('https://hooks.example.test/', 'whsec_c2hvcnQ='), '422 secret.invalid secret'],
    [
      'no e-mail address',
      { receiver: { kind: 'email', address: 'ops@', secret: null } },
      '422 address.invalid address',
    ],
    [
      'an e-mail address with a header in it',
      { receiver: { kind: 'email', address: 'a@example.test\r\nBcc: b@example.test', secret: null } },
      '422 address.invalid address',
    ],
  ])('refuses %s', async (_name, change, code) => {
    expect(await codeOf(change)).toBe(code);
  });
});
