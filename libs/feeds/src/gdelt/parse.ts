import type { ClaimDraft, Instant } from '@faultline/evidence';
import { decodeText, refused, settleDrafts } from '../document/index.js';
import type { CapturedDocument, ParseOutcome, Quarantine } from '../model/adapter.js';
import { readEvent } from './event.js';
import { filesOfList } from './fetch.js';
import { readTable } from './table.js';
import { isZip, unzipOne } from './zip.js';

/** Reads the list of the newest files, which claims nothing, or a table of events, packed or not. */
export function parseGdelt({ bytes: given, retrievedAt }: CapturedDocument): ParseOutcome {
  const unpacked = isZip(given) ? unzipOne(given) : { outcome: 'read' as const, value: given };
  if (unpacked.outcome === 'refused') return { outcome: 'quarantined', reason: unpacked.fault };
  const bytes = unpacked.value;
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return { outcome: 'quarantined', reason: decoded.fault };
  const { text } = decoded;
  const begin = text.slice(0, 200).trimStart();
  const wanted = 'a table of GDELT events';
  if (begin === '') {
    const { fault } = refused('feed.empty', 'offset 0', 'an empty document', wanted);
    return { outcome: 'quarantined', reason: fault };
  }
  if (begin.startsWith('<')) {
    const { fault } = refused('feed.wrong_type', 'offset 0', 'markup', wanted);
    return { outcome: 'quarantined', reason: fault };
  }
  const files = filesOfList(text);
  if (files) {
    const passedOver = { 'file-list': files.length };
    return { outcome: 'accepted', items: files.length, drafts: [], quarantined: [], passedOver, newestContentAt: null };
  }
  const table = readTable(bytes, text);
  if (table.outcome === 'refused') return { outcome: 'quarantined', reason: table.fault };
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  const passedOver: Record<string, number> = {};
  let newestContentAt: Instant | null = null;
  for (const row of table.value) {
    const reading = readEvent(row, retrievedAt);
    if (reading.outcome === 'refused') {
      quarantined.push(reading.fault);
      continue;
    }
    const event = reading.value;
    if (newestContentAt === null || event.addedAt > newestContentAt) newestContentAt = event.addedAt;
    if (event.kind === 'lead') drafts.push(event.draft);
    else passedOver[event.reason] = (passedOver[event.reason] ?? 0) + 1;
  }
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: table.value.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    passedOver,
    newestContentAt,
  };
}
