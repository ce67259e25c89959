/** The parsed files of the reference data: `operators.json`, `partitions.json` and one file of regions per operator. */
export interface ReferenceFiles {
  readonly operators: unknown;
  readonly partitions: unknown;
  readonly regions: readonly unknown[];
}

/**
 * The one document the reference feed reads: all files as one JSON text in UTF-8, keys sorted and without white space,
 * so that its hash follows what the files say and not how they are laid out. Faults in it are found by
 * `parseReference`.
 */
export function bundleReference({ operators, partitions, regions }: ReferenceFiles): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ operators, partitions, regions }, withSortedKeys));
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
