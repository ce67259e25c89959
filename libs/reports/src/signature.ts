import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256Hex } from '@faultline/ledger';
import { ConfigError } from '@faultline/platform';

/** A key that signs reports, with its id. */
export interface ReportSigner {
  /** Lower-case hex SHA-256 of the public key's SubjectPublicKeyInfo, DER. */
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** A report.sig, read. */
export interface ReportSignature {
  /** 64 bytes, Ed25519 (RFC 8032) over the bytes of report.json. */
  readonly signature: Uint8Array;
  readonly keyId: string;
  readonly sha256: string;
}

/** A file that is no key of the kind wanted: what was got, what was wanted. */
export class KeyError extends ConfigError {}

const FORM = /^([A-Za-z0-9+/]{86}==)\nkey ([0-9a-f]{64})\nsha256 ([0-9a-f]{64})\n$/;

/** The id of a public Ed25519 key. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Reads a private Ed25519 key, PEM. @throws KeyError */
export function readSigner(pem: string): ReportSigner {
  const privateKey = keyIn(() => createPrivateKey(pem), 'an Ed25519 private key in PEM');
  return { privateKey, keyId: keyIdOf(createPublicKey(privateKey)) };
}

/** Reads a public Ed25519 key, PEM. @throws KeyError, also for a private key: nobody needs that one to verify. */
export function readPublicKey(pem: string): KeyObject {
  const wanted = 'an Ed25519 public key in PEM';
  if (pem.includes('PRIVATE KEY')) throw new KeyError(`got a private key, wanted ${wanted}`);
  return keyIn(() => createPublicKey(pem), wanted);
}

function keyIn(read: () => KeyObject, wanted: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new KeyError(`got no key, wanted ${wanted}`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new KeyError(`got a ${key.asymmetricKeyType} key, wanted ${wanted}`);
  return key;
}

/** The text of report.sig for these bytes of report.json. Ed25519 is deterministic: the same key gives the same text. */
export function signReport(report: Uint8Array, { privateKey, keyId }: ReportSigner): string {
  const signature = sign(null, report, privateKey).toString('base64');
  return `${signature}\nkey ${keyId}\nsha256 ${sha256Hex(report)}\n`;
}

/** Reads a report.sig. Undefined for anything but its one form. */
export function parseSignature(text: string): ReportSignature | undefined {
  const [, base64, keyId, sha256] = FORM.exec(text) ?? [];
  if (base64 === undefined || keyId === undefined || sha256 === undefined) return undefined;
  const signature = Buffer.from(base64, 'base64');
  // Several texts decode to the same 64 bytes; one of them is how they are written.
  return signature.toString('base64') === base64 ? { signature, keyId, sha256 } : undefined;
}

/** Whether the signature is of these bytes by this key. */
export function isSignedBy(publicKey: KeyObject, report: Uint8Array, { signature }: ReportSignature): boolean {
  return verify(null, report, publicKey, signature);
}
