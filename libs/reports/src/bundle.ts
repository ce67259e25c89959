import type { KeyObject } from 'node:crypto';
import { sha256, sha256Hex } from '@faultline/ledger';
import type { Finding } from './model/finding.js';
import { reportHtml } from './model/html.js';
import type { Report } from './model/report-schema.js';
import { checkReport } from './model/verify.js';
import { isSignedBy, keyIdOf, parseSignature, signReport, type ReportSigner } from './signature.js';

/** The files of a bundle. report.json is the truth, report.sig who says so, report.html the same to read. */
export const BUNDLE_FILES = ['report.json', 'report.sig', 'report.html'] as const;
export type BundleFile = (typeof BUNDLE_FILES)[number];
export type Bundle = Readonly<Record<BundleFile, Uint8Array>>;

/** All files of the bundle of one report. `bytes` are those of report.json. */
export function bundleOf(report: Report, bytes: Uint8Array, signer: ReportSigner): Bundle {
  const encoder = new TextEncoder();
  return {
    'report.json': bytes,
    'report.sig': encoder.encode(signReport(bytes, signer)),
    'report.html': encoder.encode(reportHtml(report)),
  };
}

export type BundleCheck =
  | { readonly outcome: 'verified'; readonly keyId: string }
  /** All fits together; who signed it was not looked at, for want of a key from elsewhere. */
  | { readonly outcome: 'integrity-only' }
  | { readonly outcome: 'mismatch'; readonly finding: Finding };

/**
 * Verifies a bundle, with nothing but its files. `read` gives the bytes of a file, undefined where there is none;
 * report.html may be absent. Without `publicKey` nothing is said of the signer.
 */
export function verifyBundle(
  read: (file: BundleFile) => Uint8Array | undefined,
  publicKey: KeyObject | null,
): BundleCheck {
  const mismatch = (file: Finding['file'], got: string, wanted: string, at = ''): BundleCheck => ({
    outcome: 'mismatch',
    finding: { file, at, got, wanted },
  });
  const bytes = read('report.json');
  if (bytes === undefined) return mismatch('report.json', 'no such file', 'the report');
  const sig = read('report.sig');
  if (sig === undefined) return mismatch('report.sig', 'no such file', 'the signature of report.json');

  const check = checkReport(sha256, bytes);
  if (check.outcome === 'unsound') return { outcome: 'mismatch', finding: check.finding };

  const signature = parseSignature(Buffer.from(sig).toString('latin1'));
  if (signature === undefined) {
    return mismatch('report.sig', 'another form', 'three lines: signature in base64, key id, SHA-256 of report.json');
  }
  const isSigned = publicKey !== null && isSignedBy(publicKey, bytes, signature);
  const digest = sha256Hex(bytes);
  if (digest !== signature.sha256) {
    // A signature that fits says which of the two files was changed.
    return isSigned
      ? mismatch('report.sig', `SHA-256 ${signature.sha256}`, digest)
      : mismatch('report.json', `SHA-256 ${digest}`, `${signature.sha256}, by report.sig`);
  }
  if (publicKey !== null) {
    const keyId = keyIdOf(publicKey);
    if (signature.keyId !== keyId) {
      return isSigned
        ? mismatch('report.sig', `key ${signature.keyId}`, keyId)
        : mismatch('report.sig', `a signature by key ${signature.keyId}`, `one by the key given, ${keyId}`);
    }
    if (!isSigned) return mismatch('report.sig', 'a signature that is not of report.json by this key', 'one that is');
  }
  const html = read('report.html');
  if (html !== undefined) {
    const wanted = new TextEncoder().encode(reportHtml(check.report));
    const at = firstDifferentByte(html, wanted);
    if (at !== undefined)
      return mismatch('report.html', 'another text', 'what this build renders from report.json', `byte ${at}`);
  }
  return publicKey === null ? { outcome: 'integrity-only' } : { outcome: 'verified', keyId: signature.keyId };
}

function firstDifferentByte(a: Uint8Array, b: Uint8Array): number | undefined {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return at;
  return a.length === b.length ? undefined : shared;
}
