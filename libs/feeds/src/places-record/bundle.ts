/** The parsed `footing.json` as the one document the feed reads, without white space. Faults in it are found by `parsePlaces`. */
export function bundlePlaces(footing: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(footing));
}
