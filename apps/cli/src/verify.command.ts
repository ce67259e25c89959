import { findingLine, KeyError, readPublicKey, verifyBundle, type BundleCheck, type Finding } from '@faultline/reports';

/** The world the command acts on. `readFile` gives undefined where there is no such file. */
export interface VerifyIo {
  readFile(path: string): Uint8Array | undefined;
  stdout(text: string): void;
  stderr(text: string): void;
}

export const INTEGRITY_ONLY = 'INTEGRITY ONLY, SIGNER NOT AUTHENTICATED';
const wanted = 'faultline verify DIR [--key FILE] [--checkpoint FILE]';

/**
 * `faultline verify DIR [--key FILE] [--checkpoint FILE]`: a report bundle, offline and without a database.
 *
 * @returns 0 verified; 1 with the first thing that does not match; 2 where all fits together and the signer was not
 *   authenticated, for want of a key from elsewhere, where a checkpoint was asked for, and on a command line that cannot
 *   be understood
 */
export function runVerify(args: readonly string[], io: VerifyIo): number {
  const given = readArguments(args);
  if (typeof given === 'string') {
    io.stderr(`faultline verify: got ${given}, wanted ${wanted}\n`);
    return 2;
  }
  const check = checkOf(given, io);
  if (check.outcome === 'mismatch') {
    io.stdout(`${findingLine(check.finding)}\n`);
    return 1;
  }
  const isAuthentic = check.outcome === 'verified';
  if (given.checkpoint !== undefined) {
    if (!isAuthentic) io.stdout(`${INTEGRITY_ONLY}\n`);
    io.stderr(
      'faultline verify: --checkpoint cannot be checked: this release signs no checkpoints and gives no inclusion proofs\n',
    );
    return 2;
  }
  io.stdout(isAuthentic ? `verified: signed by key ${check.keyId}\n` : `${INTEGRITY_ONLY}\n`);
  return isAuthentic ? 0 : 2;
}

interface Given {
  readonly dir: string;
  readonly key: string | undefined;
  readonly checkpoint: string | undefined;
}

function checkOf({ dir, key }: Given, io: VerifyIo): BundleCheck {
  const unusable = (got: string): BundleCheck => {
    const finding: Finding = { file: 'key', at: '', got, wanted: 'an Ed25519 public key in PEM' };
    return { outcome: 'mismatch', finding };
  };
  const pem = key === undefined ? undefined : io.readFile(key);
  if (key !== undefined && pem === undefined) return unusable('no such file');
  try {
    const publicKey = pem === undefined ? null : readPublicKey(Buffer.from(pem).toString('utf8'));
    return verifyBundle((file) => io.readFile(`${dir.replace(/\/+$/, '')}/${file}`), publicKey);
  } catch (error) {
    if (error instanceof KeyError) return unusable(error.message.replace(/^got |, wanted .*$/g, ''));
    throw error;
  }
}

/** The arguments, or in words what was wrong with them. */
function readArguments(args: readonly string[]): Given | string {
  let dir: string | undefined;
  const files: { key?: string; checkpoint?: string } = {};
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    const [, name, joined] = /^--(key|checkpoint)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === 'key' || name === 'checkpoint') {
      if (files[name] !== undefined) return `--${name} twice`;
      const file = joined ?? args[++at] ?? '';
      if (file === '') return `--${name} without a file`;
      files[name] = file;
    } else if (argument.startsWith('-')) {
      return `the option ${JSON.stringify(argument)}`;
    } else if (dir !== undefined) {
      return `a second directory ${JSON.stringify(argument)}`;
    } else {
      dir = argument;
    }
  }
  if (dir === undefined || dir === '') return 'no directory';
  return { dir, key: files.key, checkpoint: files.checkpoint };
}
