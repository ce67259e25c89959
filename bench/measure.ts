/** Processor time of this process in ms that some work takes. On a busy machine the clock on the wall says little. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The median time of each piece of work, which take turns; each has had `warmUps` turns before. */
export function alternately<Name extends string>(
  works: Readonly<Record<Name, () => number>>,
  turns: number,
  warmUps = 2,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let turn = -warmUps; turn < turns; turn++) {
    for (const name of names) {
      const ms = works[name]();
      if (turn >= 0) times.get(name)?.push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, quantile(times.get(name) ?? [], 0.5)])) as Record<Name, number>;
}

/** How many entries of two lists are not the same bits. */
export function differentBits(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  const left = new BigUint64Array(a.buffer, a.byteOffset, a.length);
  const right = new BigUint64Array(b.buffer, b.byteOffset, b.length);
  let different = 0;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) different++;
  return different;
}

export function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}

export function say(line: string): void {
  console.log(line);
}

/** A line of the report: a ratio with what was wanted of it. */
export function sayRatio(what: string, ratio: number, wanted?: number): void {
  const verdict = wanted === undefined ? '' : `, wanted ${wanted}: ${ratio >= wanted ? 'met' : 'MISSED'}`;
  say(`  ${what}: ${ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2)}${verdict}`);
}
