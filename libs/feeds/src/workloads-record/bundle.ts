/** The parsed files of the stake side: `entities.json`, `workloads.json` and the `sources.json` it shares with the record. */
export interface WorkloadFiles {
  readonly entities: unknown;
  readonly workloads: unknown;
  readonly sources: unknown;
}

/** The one document the feed reads: all files as one JSON text in UTF-8, without white space. Faults in it are found by `parseWorkloads`. */
export function bundleWorkloads({ entities, workloads, sources }: WorkloadFiles): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ entities, workloads, sources }));
}
