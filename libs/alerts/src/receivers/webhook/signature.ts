import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const HMAC_PREFIX = 'whsec_';
const ED25519_PREFIX = 'whsk_';
const ED25519_PUBLIC_PREFIX = 'whpk_';
const LEAST_BYTES = 24;
const MOST_BYTES = 64;
const SEED_BYTES = 32;
/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SPKI. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEAD_BYTES = 12;

/** A secret that cannot be used. */
export class SecretRefused extends Error {
  readonly reason = 'secret.invalid';
}

/**
 * Reads a signing secret: `whsec_` and base64 of 24 to 64 bytes for HMAC-SHA256 (`v1`), or `whsk_` and base64 of a
 * 32-byte Ed25519 seed (`v1a`), as in Standard Webhooks 1.0.0.
 * @throws SecretRefused
 */
function keyOf(secret: string): { scheme: 'v1' | 'v1a'; bytes: Buffer } {
  const scheme = secret.startsWith(HMAC_PREFIX) ? 'v1' : secret.startsWith(ED25519_PREFIX) ? 'v1a' : undefined;
  const text = secret.slice(secret.indexOf('_') + 1);
  const bytes = Buffer.from(text, 'base64');
  if (scheme === undefined || bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) {
    throw new SecretRefused(`got a secret of another form, wanted ${HMAC_PREFIX} or ${ED25519_PREFIX} and base64`);
  }
  const fits =
    scheme === 'v1' ? bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES : bytes.length === SEED_BYTES;
  if (!fits) {
    const wanted = scheme === 'v1' ? `${LEAST_BYTES} to ${MOST_BYTES}` : `${SEED_BYTES}`;
    throw new SecretRefused(`got a secret of ${bytes.length} bytes, wanted ${wanted}`);
  }
  return { scheme, bytes };
}

/** @throws SecretRefused */
export function checkSecret(secret: string): void {
  keyOf(secret);
}

/** A new secret of 32 random bytes. */
export function makeSecret(scheme: 'hmac' | 'ed25519'): string {
  if (scheme === 'hmac') return `${HMAC_PREFIX}${randomBytes(SEED_BYTES).toString('base64')}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  return `${ED25519_PREFIX}${der.subarray(PKCS8_HEAD.length).toString('base64')}`;
}

/** What the other side verifies with: the secret itself for HMAC, the public key `whpk_…` for Ed25519. */
export function verifyingKeyOf(secret: string): string {
  const { scheme, bytes } = keyOf(secret);
  if (scheme === 'v1') return secret;
  const spki = createPublicKey(privateKeyOf(bytes)).export({ format: 'der', type: 'spki' });
  return `${ED25519_PUBLIC_PREFIX}${spki.subarray(SPKI_HEAD_BYTES).toString('base64')}`;
}

/** The signature headers of one attempt: the id is the same on every one, the time is of this one. Seconds since the epoch. */
export function signedHeaders(
  secret: string,
  messageId: string,
  epochSeconds: number,
  body: string,
): Record<string, string> {
  const { scheme, bytes } = keyOf(secret);
  const signed = `${messageId}.${epochSeconds}.${body}`;
  const signature =
    scheme === 'v1'
      ? createHmac('sha256', bytes).update(signed).digest('base64')
      : sign(null, Buffer.from(signed), privateKeyOf(bytes)).toString('base64');
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(epochSeconds),
    'webhook-signature': `${scheme},${signature}`,
  };
}

function privateKeyOf(seed: Buffer) {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}
