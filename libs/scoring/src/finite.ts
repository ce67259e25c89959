import { quote, ScoreInputError } from './score-input-error.js';

/**
 * Refuses numbers JSON has no form for. The document is at fault: its numbers are too large or too small to multiply.
 *
 * @throws ScoreInputError E5, naming the first such number under `path`
 */
export function refuseInfinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const wanted = 'values and parameters whose products and logarithms are finite in double precision';
    throw new ScoreInputError('E5', 'document', `values that make ${path} ${String(value)}`, wanted);
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      refuseInfinite(item, `${path}[${String(index)}]`);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      refuseInfinite(item, `${path}${/^\w+$/.test(name) ? `.${name}` : `[${quote(name)}]`}`);
    }
  }
}
