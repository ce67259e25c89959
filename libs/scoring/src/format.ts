import { compareIds } from './identity.js';
import type { ScoreResult } from './result.js';

const step = '  ';

/**
 * Writes a result as JSON text: keys in code-point order, indented by two spaces, with a closing newline. Equal
 * results have equal bytes, which the language's own writer does not promise where an id looks like a number.
 */
export function formatScoreResult(result: ScoreResult): string {
  return `${write(result, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = indent + step;
  const lines = Array.isArray(value)
    ? value.map((item) => write(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => compareIds(a, b))
        .map(([name, item]) => `${JSON.stringify(name)}: ${write(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return lines.length === 0 ? open + close : `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`;
}
