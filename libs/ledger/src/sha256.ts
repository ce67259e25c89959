import { hash } from 'node:crypto';
import type { Sha256 } from '@faultline/merkle';

export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** Lower-case hex SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex');
}
