import { decodeText } from '../document/index.js';
import type { CapturedDocument, FeedRequest } from '../model/adapter.js';

/** The list of the newest files. The bucket behind data.gdeltproject.org, by the name that has a certificate. */
export const LAST_UPDATE = 'https://storage.googleapis.com/data.gdeltproject.org/gdeltv2/lastupdate.txt';
const FILES = 'https://storage.googleapis.com/data.gdeltproject.org/gdeltv2/';
/** Size, MD5 and address, one file a line. */
const LINE =
  /^\d{1,12} [0-9a-f]{32} https?:\/\/[a-z0-9.-]{1,100}\/(?:[a-z0-9._-]{1,100}\/){0,4}([A-Za-z0-9._-]{1,100}\.zip)$/;
const EXPORT = /^\d{14}(?:\.translation)?\.export\.CSV\.zip$/;
const MAX_LIST_CHARACTERS = 10_000;

/** The names of the files a list names; undefined where the text is no such list. */
export function filesOfList(text: string): readonly string[] | undefined {
  if (text.length > MAX_LIST_CHARACTERS) return undefined;
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const files = lines.flatMap((line) => {
    const match = LINE.exec(line.trim());
    return match ? [match[1]!] : [];
  });
  return files.length > 0 && files.length === lines.length ? files : undefined;
}

/**
 * The table of events that a list names. Only the name of the file is taken from the list: it is asked for where the
 * lists of GDELT lie, so that a list from elsewhere sends nobody anywhere.
 */
export function exportsIn({ bytes }: CapturedDocument): readonly FeedRequest[] {
  if (bytes.length > MAX_LIST_CHARACTERS) return [];
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return [];
  const names = (filesOfList(decoded.text) ?? []).filter((name) => EXPORT.test(name));
  return [...new Set(names)].map((name) => ({ channel: name, url: FILES + name }));
}
