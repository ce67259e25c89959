import { hostileDocuments } from './check.js';
import type { Sample } from './sample.js';
import { SAMPLES } from './samples.js';

/** Every sample there is to make mutants of: those of the feeds, and those of the readers on their own. */
export async function allSamples(): Promise<readonly Sample[]> {
  // The plain feeds are test code of their library and nothing it exports; only a path that is put together finds them.
  const place = ['..', '..', 'libs', 'feeds', 'src', 'document', 'fixtures', 'plain-samples.js'].join('/');
  const { PLAIN_SAMPLES } = (await import(place)) as { PLAIN_SAMPLES: readonly Sample[] };
  return [...SAMPLES, ...PLAIN_SAMPLES];
}

/** What mutants of a sample are made of: its sound document, most often, and hostile ones that are text and not long. */
export function sourcesOf(sample: Sample): string[] {
  const longest = sample.sound.length * 4 + 4000;
  const hostile = hostileDocuments(sample).flatMap(({ bytes, isHuge }) => {
    const made = isHuge ? new Uint8Array() : bytes();
    const text = new TextDecoder().decode(made);
    return made.length === 0 || made.length > longest || text.includes('\ufffd') ? [] : [text];
  });
  return [...Array<string>(hostile.length).fill(sample.sound), ...hostile];
}
