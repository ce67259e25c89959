import { zipSync, type Zippable } from 'fflate';
import { BUNDLE_FILES, type Bundle } from './bundle.js';

/** The files of a bundle as one zip archive. The same bundle gives the same bytes, in every time zone. */
export function archiveOf(bundle: Bundle): Uint8Array {
  // Zip keeps local time: the local first day of 1980 is written alike everywhere.
  const mtime = new Date(1980, 0, 1);
  const files: Zippable = Object.fromEntries(BUNDLE_FILES.map((file) => [file, [bundle[file], { mtime, level: 6 }]]));
  return zipSync(files);
}
