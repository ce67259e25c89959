import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KeyError, readSigner, type ReportSigner } from './signature.js';

export const PRIVATE_KEY_FILE = 'report-signing-key.pem';
export const PUBLIC_KEY_FILE = 'report-signing-key.pub.pem';

/**
 * The key of this data directory, made once; of two processes that make one at once, both get the same. The public key is
 * written beside it, for handing out.
 * @throws KeyError where the file holds no Ed25519 key.
 */
export function keepSigningKey(dataDir: string): ReportSigner {
  const file = path.join(dataDir, PRIVATE_KEY_FILE);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const own = `${file}.${process.pid}`;
    writeFileSync(own, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    chmodSync(own, 0o600);
    try {
      // Linked into place whole, and never over a key that is there.
      linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(own, { force: true });
    }
  }
  const signer = signerIn(file);
  const publicFile = path.join(dataDir, PUBLIC_KEY_FILE);
  const pem = createPublicKey(signer.privateKey).export({ type: 'spki', format: 'pem' });
  if (!existsSync(publicFile) || readFileSync(publicFile, 'utf8') !== pem) {
    const own = `${publicFile}.${process.pid}`;
    writeFileSync(own, pem, { mode: 0o644 });
    renameSync(own, publicFile);
  }
  return signer;
}

/** The key of this data directory; undefined where none was made. @throws KeyError where the file holds no Ed25519 key. */
export function findSigningKey(dataDir: string): ReportSigner | undefined {
  const file = path.join(dataDir, PRIVATE_KEY_FILE);
  return existsSync(file) ? signerIn(file) : undefined;
}

function signerIn(file: string): ReportSigner {
  try {
    return readSigner(readFileSync(file, 'utf8'));
  } catch (error) {
    const what =
      error instanceof KeyError ? error.message : `cannot read it (${(error as NodeJS.ErrnoException).code})`;
    throw new KeyError(`${file}: ${what}: put the key back from a backup, or remove the file and a new one is made`);
  }
}
