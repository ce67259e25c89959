import type { ClaimDraft, Instant } from '@faultline/evidence';
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
import { daysOf, type Days } from './days.js';
import { readEvent } from './event.js';
import { cellIn, isHxlTags, keysOf, readRow } from './row.js';

type Keys = NonNullable<ReturnType<typeof keysOf>>;
/** A row as it stands in its document. */
interface Item {
  readonly cells: Readonly<Record<string, unknown>>;
  readonly pointer: string;
  readonly at: (key: string) => string;
}
interface Table {
  readonly keys: Keys;
  readonly items: readonly (Item | Quarantine)[];
  /** Whether its end says that nothing was cut off. */
  readonly closed: boolean;
}

/** Reads a document of GED: a CSV file of any version, with or without HXL tags, or a page of the API. */
export function parseGed({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const table = looksLikeJson(bytes) ? tableOfPage(bytes) : tableOfCsv(bytes);
  if (table.outcome === 'refused') return refusedWhole(table.fault);
  return readTable(table.value, retrievedAt);
}

function readTable({ keys, items, closed }: Table, retrievedAt: Instant): ParseOutcome {
  const gathered = new Gathering();
  const days = daysOf(retrievedAt);
  for (const [index, item] of items.entries()) {
    const reading = 'code' in item ? { outcome: 'refused' as const, fault: item } : readItem(item, keys, days);
    if (reading.outcome === 'refused') {
      if (!closed && index === items.length - 1) return refusedWhole(cutIn(reading.fault));
      gathered.setAside(reading.fault);
      continue;
    }
    gathered.take(reading.value);
    const lastDay = reading.value.publishedAt!.earliest;
    gathered.saw(lastDay);
  }
  return gathered.outcome(items.length);
}

function readItem({ cells, pointer, at }: Item, keys: Keys, days: Days): Reading<ClaimDraft> {
  const row = readRow(cells, keys, at);
  return row.outcome === 'refused' ? row : readEvent(row.value, pointer, at, days);
}

function tableOfCsv(bytes: Uint8Array): Reading<Table> {
  const closed = endsLine(bytes);
  const csv = readCsv(bytes);
  if (csv.outcome === 'refused') return csv;
  const keys = keysOf(csv.value.columns);
  const wanted = 'the columns of UCDP GED';
  if (!keys) return refused('feed.wrong_type', 'line 1', shown(csv.value.columns.slice(0, 8)), wanted);
  const rows = csv.value.rows.filter(({ cells }, index) => index > 0 || !isHxlTags(cells));
  if (!closed && rows.length === 0)
    return refused('feed.malformed', 'line 1', 'a header line without an end', 'a whole document');
  const items = rows.map(({ line, cells }): Item => ({ cells, pointer: `line ${line}`, at: cellIn.line(line) }));
  return { outcome: 'read', value: { keys, items, closed } };
}

function tableOfPage(bytes: Uint8Array): Reading<Table> {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return json;
  const wanted = 'a page of gedevents with its Result';
  const results = isRecord(json.value) && Object.hasOwn(json.value, 'Result') ? json.value['Result'] : undefined;
  if (!Array.isArray(results)) return refused('feed.wrong_type', '', shown(json.value), wanted);
  const records = results.filter(isRecord);
  // The first whole one: an event that lacks something must not take the others with it.
  const whole = records.find((record) => keysOf(Object.keys(record)) !== undefined);
  const keys: Keys | undefined = whole === undefined ? undefined : keysOf(Object.keys(whole));
  if (!keys && records.length > 0) return refused('feed.wrong_type', '/Result', shown(records[0]), wanted);
  const items = results.map((cells: unknown, index): Item | Quarantine => {
    const pointer = pointerOf('/Result', index);
    if (!isRecord(cells)) return refused('field.invalid', pointer, shown(cells), 'an event').fault;
    return { cells, pointer, at: cellIn.result(index) };
  });
  return { outcome: 'read', value: { keys: keys ?? new Map(), items, closed: true } };
}
