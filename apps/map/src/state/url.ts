import type { Asked } from '../api/client.js';
import { MARK_ORDER } from './mark.js';
import type { MarkKey } from './mark.js';
import type { Address, MapView, Page, Selection, Tab } from './state.js';
import { PAGES, START_ADDRESS } from './state.js';
import { parseInstant, toInstant } from './time.js';

const MAX_TEXT = 200;

/** Seconds and milliseconds are left out of a link where they are zero. */
const shortened = (instant: string): string => instant.replace(':00.000Z', 'Z').replace('.000Z', 'Z');

const parameters = (address: Address): [string, string][] => {
  const { asked, selection, view, tab, filter, section } = address;
  const out: [string, string][] = [];
  if (asked.validAt !== null && asked.validAt === asked.publicAt) out.push(['asOf', shortened(asked.validAt)]);
  else {
    if (asked.validAt !== null) out.push(['validAt', shortened(asked.validAt)]);
    if (asked.publicAt !== null) out.push(['publicAt', shortened(asked.publicAt)]);
  }
  if (asked.position !== null) out.push(['position', String(asked.position)]);
  if (selection !== null) out.push([selection.kind, selection.id]);
  if (section !== null) out.push(['section', section]);
  if (tab !== 'regions') out.push(['tab', tab]);
  if (filter.text !== '') out.push(['q', filter.text]);
  for (const operator of filter.operators) out.push(['operator', operator]);
  for (const mark of filter.marks) out.push(['state', mark]);
  if (view !== null) out.push(['at', `${view.lat.toFixed(2)},${view.lon.toFixed(2)},${view.zoom.toFixed(1)}`]);
  return out;
};

/** A workload is an entity, and has a path by its own name. */
const pathOf = ({ page, subject }: Address): string => {
  if (page !== 'entities' || subject === null) return page;
  return `${subject.startsWith('workload:') ? 'workloads' : page}/${encodeURIComponent(subject).replaceAll('%3A', ':')}`;
};

/** The part of a link after `#`: `#/map?asOf=2026-03-01T18:00Z&region=aws:me-central-1`. */
export const toHash = (address: Address): string => {
  // Colons and commas are legal there, and a link that can be read is a link that can be checked.
  const readable = (text: string): string =>
    encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
  const query = parameters(address)
    .map(([name, value]) => `${name}=${readable(value)}`)
    .join('&');
  return `#/${pathOf(address)}${query === '' ? '' : `?${query}`}`;
};

/** What a link asks for, and what of it could not be followed, in words for the reader. */
export interface FromHash {
  readonly address: Address;
  readonly refused: readonly string[];
}

const readInstant = (name: string, text: string | null, refused: string[]): string | null => {
  if (text === null) return null;
  const ms = parseInstant(text);
  if (ms !== null) return toInstant(ms);
  refused.push(`${name}=${text.slice(0, 40)} is no instant with a time of day and a zone (like 2026-03-01T18:00Z)`);
  return null;
};

const readAsked = (query: URLSearchParams, refused: string[]): Asked => {
  const asOf = readInstant('asOf', query.get('asOf'), refused);
  const validAt = readInstant('validAt', query.get('validAt'), refused) ?? asOf;
  const publicAt = readInstant('publicAt', query.get('publicAt'), refused) ?? asOf;
  const text = query.get('position');
  if (text !== null && !/^\d{1,15}$/.test(text)) refused.push(`position=${text.slice(0, 40)} is no ledger position`);
  return { validAt, publicAt, position: text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null };
};

const readView = (text: string | null): MapView | null => {
  const numbers = text?.split(',').map(Number) ?? [];
  const [lat, lon, zoom] = numbers;
  if (numbers.length !== 3 || lat === undefined || lon === undefined || zoom === undefined) return null;
  if (!(Math.abs(lat) <= 85 && Math.abs(lon) <= 360 && zoom >= 0 && zoom <= 20)) return null;
  return { lat, lon, zoom };
};

const readSelection = (query: URLSearchParams): Selection | null => {
  for (const kind of ['region', 'incident'] as const) {
    const id = query.get(kind);
    if (id !== null && id !== '' && id.length <= MAX_TEXT) return { kind, id };
  }
  return null;
};

const isMark = (text: string): text is MarkKey => (MARK_ORDER as readonly string[]).includes(text);

const readTab = (text: string | null): Tab => (text === 'incidents' || text === 'legend' ? text : 'regions');

const isPage = (text: string): text is Page => (PAGES as readonly string[]).includes(text);

const readPath = (path: string, refused: string[]): Pick<Address, 'page' | 'subject'> => {
  const [name = '', ...rest] = path.split('/');
  const page = name === 'workloads' ? 'entities' : isPage(name) ? name : 'map';
  const written = rest.join('/');
  if (page !== 'entities' || written === '') return { page, subject: null };
  try {
    const subject = decodeURIComponent(written);
    if (subject.length <= MAX_TEXT) return { page, subject };
  } catch {
    // Said below: what cannot be read names nothing.
  }
  refused.push(`${written.slice(0, 40)} is no id of an entity`);
  return { page, subject: null };
};

/** Reads a link. What cannot be followed is named in `refused`: a wrong time must not silently become now. */
export const fromHash = (hash: string): FromHash => {
  const [path = '', ...rest] = hash.replace(/^#\/?/, '').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const refused: string[] = [];
  const section = query.get('section');
  const address: Address = {
    ...START_ADDRESS,
    ...readPath(path, refused),
    asked: readAsked(query, refused),
    selection: readSelection(query),
    view: readView(query.get('at')),
    tab: readTab(query.get('tab')),
    filter: {
      text: (query.get('q') ?? '').slice(0, MAX_TEXT),
      operators: query.getAll('operator').slice(0, 20),
      marks: query.getAll('state').filter(isMark),
    },
    section: section !== null && /^[a-z-]{1,40}$/.test(section) ? section : null,
  };
  return { address, refused };
};
