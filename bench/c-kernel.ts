import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PlacedIncident } from '../libs/scoring/src/hazard-incident.js';
import { EXPONENTIALS } from '../libs/scoring/src/site-kernel.js';
import type { HazardRules, Sites } from '@faultline/scoring';
import { quantile } from './measure.js';

const source = path.join(import.meta.dirname, 'site-hazard.c');

/** The same kernel, compiled by the C compiler of this machine. */
export interface CKernel {
  readonly flags: string;
  /** Median processor time of three rounds, ms, and the sums by position. */
  run(): { readonly ms: number; readonly sums: Float64Array };
}

/** Compiles the C kernel for these sites and incidents, or returns undefined where there is no compiler. */
export function cKernel(
  flags: readonly string[],
  sites: Sites,
  placed: readonly PlacedIncident[],
  rules: HazardRules,
): CKernel | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'site-hazard-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const [program, input, output] = ['program', 'input', 'output'].map((name) => path.join(folder, name));
  if (program === undefined || input === undefined || output === undefined) return undefined;
  try {
    execFileSync('cc', [...flags, '-ffp-contract=off', '-o', program, source, '-lm'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const { x, y, z, offsets } = sites.index;
  const columns = placed.flatMap(({ incident: { place }, radiusKm, centre, chordLimit, amount, lengthKm2 }) => {
    if (place.kind !== 'point') throw new Error('the C kernel knows points only');
    const peak = amount * (rules.d0Km ** 2 / lengthKm2);
    return [place.lonDegrees, place.latDegrees, radiusKm, ...centre, chordLimit, peak, 1 / Math.sqrt(lengthKm2)];
  });
  const sizes = BigInt64Array.of(BigInt(sites.count), BigInt(placed.length), BigInt(EXPONENTIALS.length));
  const padded = Int32Array.from([...offsets, 0]);
  const parts = [sizes, x, y, z, padded, Float64Array.from(columns), EXPONENTIALS];
  fs.writeFileSync(
    input,
    Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
  );
  return {
    flags: flags.join(' '),
    run: () => {
      const seconds = execFileSync(program, [input, output, '3'], { encoding: 'utf8' }).trim().split('\n').map(Number);
      const bytes = fs.readFileSync(output);
      const sums = new Float64Array(bytes.byteLength / 8);
      Buffer.from(sums.buffer).set(bytes);
      return { ms: 1000 * quantile(seconds, 0.5), sums };
    },
  };
}
