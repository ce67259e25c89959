import { decodeText, Gathering, refused, refusedWhole } from '../document/index.js';
import type { CapturedDocument, ParseOutcome } from '../model/adapter.js';
import { readEvent } from './event.js';
import { filesOfList } from './fetch.js';
import { readTable } from './table.js';
import { isZip, unzipOne } from './zip.js';

/** Reads the list of the newest files, which claims nothing, or a table of events, packed or not. */
export function parseGdelt({ bytes: given, retrievedAt }: CapturedDocument): ParseOutcome {
  const unpacked = isZip(given) ? unzipOne(given) : { outcome: 'read' as const, value: given };
  if (unpacked.outcome === 'refused') return refusedWhole(unpacked.fault);
  const bytes = unpacked.value;
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return refusedWhole(decoded.fault);
  const { text } = decoded;
  const begin = text.slice(0, 200).trimStart();
  const wanted = 'a table of GDELT events';
  if (begin === '') {
    return refusedWhole(refused('feed.empty', 'offset 0', 'an empty document', wanted).fault);
  }
  if (begin.startsWith('<')) {
    return refusedWhole(refused('feed.wrong_type', 'offset 0', 'markup', wanted).fault);
  }
  const files = filesOfList(text);
  if (files) {
    const passedOver = { 'file-list': files.length };
    return { outcome: 'accepted', items: files.length, drafts: [], quarantined: [], passedOver, newestContentAt: null };
  }
  const table = readTable(bytes, text);
  if (table.outcome === 'refused') return refusedWhole(table.fault);
  const gathered = new Gathering();
  for (const row of table.value) {
    const reading = readEvent(row, retrievedAt);
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    const event = reading.value;
    gathered.saw(event.addedAt);
    if (event.kind === 'lead') gathered.take(event.draft);
    else gathered.passOver(event.reason);
  }
  return gathered.outcome(table.value.length);
}
