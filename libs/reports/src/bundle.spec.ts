import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256Hex } from '@faultline/ledger';
import fc from 'fast-check';
import { exposureIn, leavesFor, STRIKE, worldOf } from '../../../test/support/reports.js';
import { BUNDLE_FILES, bundleOf, verifyBundle, type Bundle, type BundleCheck, type BundleFile } from './bundle.js';
import { reportOf } from './model/report.js';
import type { Report } from './model/report-schema.js';
import { parseSignature, readPublicKey, readSigner, signReport, type ReportSigner } from './signature.js';

const aSigner = (): ReportSigner =>
  readSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const publicKeyOf = ({ privateKey }: ReportSigner): KeyObject => createPublicKey(privateKey);

const signer = aSigner();
const key = publicKeyOf(signer);
const world = worldOf(STRIKE, '2026-03-07T00:00Z');
const report = reportOf(exposureIn(world), world, [], leavesFor(STRIKE));
const encode = (text: string) => new TextEncoder().encode(text);
const bundle = bundleOf(report, encode(canonicalJson(report)), signer);

function check(
  files: Partial<Record<BundleFile, Uint8Array | undefined>>,
  publicKey: KeyObject | null = key,
): BundleCheck {
  return verifyBundle((file) => files[file], publicKey);
}
const changed = (file: BundleFile, bytes: Uint8Array): Bundle => ({ ...bundle, [file]: bytes });
/** What a forger without the key can do: change the content, write it canonically and put the digest right. */
function forged(change: (copy: Report) => void): Bundle {
  const copy = structuredClone(report);
  change(copy);
  const bytes = encode(canonicalJson(copy));
  const sig = new TextDecoder()
    .decode(bundle['report.sig'])
    .replace(sha256Hex(bundle['report.json']), sha256Hex(bytes));
  return { ...bundle, 'report.json': bytes, 'report.sig': encode(sig) };
}
const findingOf = (result: BundleCheck) => (result.outcome === 'mismatch' ? result.finding : undefined);

describe('verifying a bundle', () => {
  it('accepts it with the key of its signer, and says nothing of the signer without one', () => {
    expect(check(bundle)).toEqual({ outcome: 'verified', keyId: signer.keyId });
    expect(check(bundle, null)).toEqual({ outcome: 'integrity-only' });
  });

  it('names the file in which any one byte was changed', () => {
    const place = fc
      .constantFrom(...BUNDLE_FILES)
      .chain((file) => fc.tuple(fc.constant(file), fc.nat(bundle[file].length - 1), fc.integer({ min: 1, max: 255 })));
    fc.assert(
      fc.property(place, fc.boolean(), ([file, at, flip], withKey) => {
        const bytes = Uint8Array.from(bundle[file]);
        bytes[at] = bytes[at]! ^ flip;
        const result = check(changed(file, bytes), withKey ? key : null);
        if (withKey || file !== 'report.sig') {
          expect(findingOf(result)?.file).toBe(file);
        } else {
          // Without a key nothing says whether the digest or what it is of was changed, nor who signed.
          expect([undefined, 'report.sig', 'report.json']).toContain(findingOf(result)?.file);
          expect(result.outcome).not.toBe('verified');
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([...BUNDLE_FILES])('finds %s cut off or added to, at any place', (file) => {
    for (const length of [0, 1, 40, Math.floor(bundle[file].length / 2), bundle[file].length - 1]) {
      expect(findingOf(check(changed(file, bundle[file].slice(0, length))))?.file).toBe(file);
    }
    expect(findingOf(check(changed(file, encode(`${new TextDecoder().decode(bundle[file])} `))))?.file).toBe(file);
  });

  it('names the byte at which JSON ends too early, is another than canonical, or is no UTF-8', () => {
    const text = canonicalJson(report);
    const half = encode(text).slice(0, 1000);
    expect(findingOf(check(changed('report.json', half)))).toMatchObject({ at: 'byte 1000', got: 'the end' });
    const spaced = encode(text.replace('"basis":', '"basis": '));
    expect(findingOf(check(changed('report.json', spaced)))?.at).toBe(`byte ${text.indexOf('"basis":') + 8}`);
    const broken = Uint8Array.from(bundle['report.json']);
    broken[700] = 0xff;
    expect(findingOf(check(changed('report.json', broken)))?.at).toBe('byte 700');
  });

  it.each<[string, (copy: Report) => void, string]>([
    ['a probability', ({ ahead }) => (ahead.probabilities[1]!.pDamage *= 2), '/ahead/probabilities/1/pDamage'],
    ['a score', ({ ahead }) => (ahead.likelihood!.score += 5), '/ahead/likelihood/score'],
    ['a contribution', ({ ahead }) => (ahead.likelihood!.contributions[0]!.points += 1), '/ahead/likelihood/score'],
    [
      'two contributions that still add up',
      ({ ahead }) => {
        ahead.likelihood!.contributions[0]!.points += 1;
        ahead.likelihood!.contributions[1]!.points -= 1;
      },
      '/ahead/likelihood/contributions/0/points',
    ],
    ['the input', ({ model }) => (model.input['theatres'] = []), '/ahead/inputHash'],
    ['the parameters', ({ model }) => (model.parameters['eta'] = 0.1), '/ahead/parameterHash'],
    ['a leaf hash', ({ claims }) => (claims[2]!.ledger.leafHash = '0'.repeat(64)), '/claims/2/ledger/leafHash'],
    ['a salt', ({ claims }) => (claims[2]!.ledger.salt = '0'.repeat(32)), '/claims/2/ledger/leafHash'],
    ['a claim', ({ claims }) => (claims[3]!.claim['url'] = 'https://x.example'), '/claims/3/ledger/record'],
    [
      'a claim and its record',
      ({ claims }) => {
        claims[3]!.claim['url'] = 'https://x.example';
        claims[3]!.ledger.record = canonicalJson(claims[3]!.claim);
      },
      '/claims/3/ledger/leafHash',
    ],
    ['a claim left out', ({ claims }) => void claims.splice(3, 1), '/now/claimId'],
    ['the age of the oldest input', ({ oldestInput }) => (oldestInput!.ageHours = 1), '/oldestInput/ageHours'],
    ['the basis', ({ basis }) => (basis.backfilled = 0), '/basis/backfilled'],
    ['the label', (copy) => (copy.tlp = 'TLP:RED'), '/tlp'],
    ['hindsight left out', ({ hindsight }) => void hindsight.pop(), '/hindsight/'],
    ['an earlier time', ({ coordinates }) => (coordinates.publicAt = '2026-03-01T00:00:00.000Z'), '/claims/'],
    ['a smaller ledger', ({ coordinates }) => (coordinates.position = 3), '/claims/3/ledger/position'],
    ['a field more', (copy) => Object.assign(copy.now, { comment: 'all is well' }), '/now'],
    ['what was searched', ({ hosting }) => (hosting.searches[0]!.searchedFor = 'nothing'), '/hosting/searches/0/'],
    ['the place', ({ subject }) => (subject.precisionKm = 10), '/subject/precisionKm'],
    ['another model', ({ ahead }) => (ahead.modelVersion = 'faultline-score/9'), '/hindsight/'],
    ['a grade the model was given', upgraded, '/model/input/incidents/0/reports/0/grade'],
  ])('finds %s changed in JSON written anew, at its pointer, without any key', (_what, change, at) => {
    const finding = findingOf(check(forged(change), null));
    expect(finding?.file).toBe('report.json');
    expect(finding?.at.startsWith(at) ? at : finding).toBe(at);
  });

  function upgraded({ model, ahead }: Report): void {
    const [incident] = model.input['incidents'] as { reports: { grade: string }[] }[];
    incident!.reports[0]!.grade = 'F';
    ahead.inputHash = sha256Hex(canonicalJson(model.input));
  }

  it('finds with a key what does not contradict itself: words changed by someone without it', () => {
    const result = forged(({ now }) => (now.label = 'No impairment stated'));
    expect(check({ ...result, 'report.html': undefined }, null).outcome).toBe('integrity-only');
    expect(findingOf(check(result))).toMatchObject({ file: 'report.sig', wanted: 'one that is' });
  });

  it('refuses a bundle signed anew by another, and tells the two keys', () => {
    const other = aSigner();
    const theirs = bundleOf(report, bundle['report.json'], other);
    expect(check(theirs, publicKeyOf(other)).outcome).toBe('verified');
    const finding = findingOf(check(theirs));
    expect(finding).toMatchObject({ file: 'report.sig' });
    expect(finding?.got).toContain(other.keyId);
    expect(finding?.wanted).toContain(signer.keyId);
    expect(check(theirs, null).outcome).toBe('integrity-only');
  });

  it.each(['report.json', 'report.sig'] as const)('misses %s', (file) => {
    expect(findingOf(check({ ...bundle, [file]: undefined }))).toMatchObject({ file, got: 'no such file' });
  });

  it('needs no report.html', () => {
    expect(check({ ...bundle, 'report.html': undefined }).outcome).toBe('verified');
  });

  it.each(['null', '[]', '{}', '"x"', '{"schema":"faultline-report/1"}', `${'['.repeat(50_000)}${']'.repeat(50_000)}`])(
    'takes %.30s for no report',
    (text) => {
      expect(findingOf(check(changed('report.json', encode(text))))?.file).toBe('report.json');
    },
  );
});

describe('a signature', () => {
  it('has one form', () => {
    const text = signReport(encode('x'), signer);
    expect(parseSignature(text)).toMatchObject({ keyId: signer.keyId, sha256: sha256Hex('x') });
    const [first = '', ...rest] = text.split('\n');
    // Bits of the last sign that base64 does not use.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const next = letters[letters.indexOf(first[85]!) + 1]!;
    expect(parseSignature([`${first.slice(0, 85)}${next}==`, ...rest].join('\n'))).toBeUndefined();
    expect(parseSignature(text.trimEnd())).toBeUndefined();
    expect(parseSignature(text.replaceAll('\n', '\r\n'))).toBeUndefined();
  });

  it('is read with a public Ed25519 key and no other', () => {
    const pem = key.export({ type: 'spki', format: 'pem' }) as string;
    expect(readPublicKey(pem).equals(key)).toBe(true);
    const own = signer.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(() => readPublicKey(own)).toThrow('got a private key');
    expect(() => readPublicKey('nonsense')).toThrow('got no key');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' });
    expect(() => readPublicKey(rsa as string)).toThrow('got a rsa key');
  });
});
