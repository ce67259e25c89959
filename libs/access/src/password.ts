import { Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), OPTIONS);

let nobody: Promise<string> | undefined;

/** Whether this is the password. Takes as long where there is no account or it has none, so that time tells nothing. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('of nobody at all');
  const matches = await verify(passwordHash ?? (await nobody), password.normalize('NFKC'));
  return matches && passwordHash != null;
}

const PRODUCT_WORDS = ['faultline'];
const SHORTEST_WORD = 4;

/**
 * The word of its surroundings that a password holds and must not: the product, the login, its part before the @, or the
 * organisation. Undefined where it holds none. Words of up to three letters are in many a phrase and count for nothing.
 */
export function contextWordIn(
  password: string,
  { login, tenantId }: { login: string; tenantId: string },
): string | undefined {
  const folded = password.normalize('NFKC').toLowerCase();
  return [...PRODUCT_WORDS, login, login.split('@')[0]!, tenantId]
    .map((word) => word.trim().normalize('NFKC').toLowerCase())
    .find((word) => word.length >= SHORTEST_WORD && folded.includes(word));
}
