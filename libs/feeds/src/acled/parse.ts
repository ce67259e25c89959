import type { Instant } from '@faultline/evidence';
import {
  cutIn,
  endsLine,
  Gathering,
  isRecord,
  looksLikeJson,
  pointerOf,
  readCsv,
  readJsonBytes,
  refused,
  refusedWhole,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, ParseOutcome, Quarantine } from '../model/adapter.js';
import { readDeletion, readEvent, type AcledReading } from './event.js';
import { readRow, tableWith, type Keys } from './row.js';

interface Item {
  readonly cells: Readonly<Record<string, unknown>>;
  readonly pointer: string;
  readonly at: (key: string) => string;
}
interface Table {
  readonly kind: 'events' | 'deletions';
  readonly keys: Keys;
  readonly items: readonly (Item | Quarantine)[];
  /** Whether its end says that nothing was cut off. */
  readonly closed: boolean;
}

const WANTED = 'events of ACLED, or its list of deleted ones';

/** Reads a page of the API or an export as CSV: of events, or of those that ACLED has deleted. */
export function parseAcled({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const table = looksLikeJson(bytes) ? tableOfPage(bytes) : tableOfCsv(bytes);
  if (table.outcome === 'refused') return refusedWhole(table.fault);
  const { items, closed } = table.value;
  const gathered = new Gathering();
  for (const [index, item] of items.entries()) {
    const reading =
      'code' in item ? { outcome: 'refused' as const, fault: item } : readItem(item, table.value, retrievedAt);
    if (reading.outcome === 'refused') {
      if (!closed && index === items.length - 1) return refusedWhole(cutIn(reading.fault));
      gathered.setAside(reading.fault);
      continue;
    }
    const { value } = reading;
    gathered.saw(value.newest);
    if (value.kind === 'claim') gathered.take(value.draft);
    else gathered.passOver(value.reason);
  }
  return gathered.outcome(items.length);
}

function readItem({ cells, pointer, at }: Item, { kind, keys }: Table, retrievedAt: Instant): Reading<AcledReading> {
  const row = readRow(cells, keys, at);
  if (row.outcome === 'refused') return row;
  return kind === 'events'
    ? readEvent(row.value, pointer, at, retrievedAt)
    : readDeletion(row.value, pointer, at, retrievedAt);
}

function tableOfCsv(bytes: Uint8Array): Reading<Table> {
  const csv = readCsv(bytes);
  if (csv.outcome === 'refused') return csv;
  const { columns, rows } = csv.value;
  const table = tableWith(columns);
  if (!table) return refused('feed.wrong_type', 'line 1', shown(columns.slice(0, 8)), WANTED);
  const closed = endsLine(bytes);
  if (!closed && rows.length === 0)
    return refused('feed.malformed', 'line 1', 'a header line without an end', 'a whole document');
  const items = rows.map(({ line, cells }): Item => {
    return { cells, pointer: `line ${line}`, at: (key) => `line ${line}, ${key}` };
  });
  return { outcome: 'read', value: { ...table, items, closed } };
}

function tableOfPage(bytes: Uint8Array): Reading<Table> {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return json;
  const page = isRecord(json.value) ? json.value : {};
  const data = Object.hasOwn(page, 'data') ? page['data'] : undefined;
  // An answer that says itself that it failed may still hold an empty list.
  if (!Array.isArray(data) || page['success'] === false)
    return refused('feed.wrong_type', '', shown(json.value), WANTED);
  const records = data.filter(isRecord);
  const whole = records.find((record) => tableWith(Object.keys(record)) !== undefined);
  if (whole === undefined && records.length > 0) return refused('feed.wrong_type', '/data', shown(records[0]), WANTED);
  const table = tableWith(Object.keys(whole ?? {})) ?? { kind: 'events' as const, keys: new Map() };
  const items = data.map((cells: unknown, index): Item | Quarantine => {
    const pointer = pointerOf('/data', index);
    if (!isRecord(cells)) return refused('field.invalid', pointer, shown(cells), 'an event').fault;
    return { cells, pointer, at: (key) => pointerOf(pointer, key) };
  });
  return { outcome: 'read', value: { ...table, items, closed: true } };
}
