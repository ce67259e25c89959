import type { Asset } from './asset.js';
import { meaningOf } from './columns.js';
import { writeCsv } from './csv.js';
import type { FindingGround } from './finding-ground.js';
import { NO_CELL, type Cell, type Table } from './table.js';

/**
 * The columns of template B_02.02 of the register of information, Implementing Regulation (EU) 2024/2956: contractual
 * arrangements, specific information. Files call them `c0010` or `B_02.02.0010`.
 */
export const REGISTER_COLUMNS = Array.from(
  { length: 18 },
  (_, index) => `c${String((index + 1) * 10).padStart(4, '0')}`,
);

/** Those by which the register tells its rows apart. */
const KEY = ['c0010', 'c0020', 'c0030', 'c0050', 'c0060', 'c0130', 'c0150', 'c0160'];
const DATA_AT_REST = 'c0150';
const TAG = /^dora\.(c\d{4})=(.*)$/s;
/** A tag ends at these, so inside it they are written as URLs write them. */
const ENDS_TAG = /[%;|,\s]/gu;

function registerColumnOf(header: string): string | undefined {
  const digits = /^(?:c|b_02\.02\.)(\d{4})$/i.exec(header.trim())?.[1];
  return digits !== undefined && REGISTER_COLUMNS.includes(`c${digits}`) ? `c${digits}` : undefined;
}

/**
 * A register as rows of a portfolio; any other table is left as it is. What the register says is kept in tags
 * (`dora.c0060=S18`). It knows countries and no regions: the country of data at rest stands where the region is wanted,
 * which leaves a region in doubt, for somebody to decide, unless a column of the file names it.
 */
export function fromRegister(table: Table): Table {
  const codes = table.columns.map(registerColumnOf);
  if (!['c0010', 'c0030', 'c0050'].every((code) => codes.includes(code))) return table;
  const kept = table.columns.flatMap((header, index) => (codes[index] === undefined ? [{ header, index }] : []));
  const has = (field: string) => kept.some(({ header }) => meaningOf(header)?.field === field);
  const tagsAt = kept.findIndex(({ header }) => meaningOf(header)?.field === 'tags');
  const made = ['asset_id', 'name', 'region'].filter((field) => !has(field));
  const columns = [...kept.map(({ header }) => header), ...made, ...(tagsAt < 0 ? ['tags'] : [])];
  const rows = table.rows.map((row) => {
    const said = new Map<string, string>();
    codes.forEach((code, index) => {
      const text = row.cells[index]?.text.trim() ?? '';
      if (code !== undefined && text !== '') said.set(code, text);
    });
    const texts: Readonly<Record<string, string>> = {
      asset_id: KEY.map((code) => said.get(code) ?? '')
        .join('/')
        .replace(/\/+$/, ''),
      name: [said.get('c0050') ?? '', said.get('c0010') ?? ''].filter((text) => text !== '').join(', contract '),
      region: countryOf(said.get(DATA_AT_REST) ?? ''),
    };
    const tags = [...said].map(([code, text]) => `dora.${code}=${text.replace(ENDS_TAG, encodeURIComponent)}`);
    const cells: Cell[] = kept.map(({ index }) => row.cells[index] ?? NO_CELL);
    const own = tagsAt < 0 ? '' : cells[tagsAt]!.text;
    const tagCell: Cell = { text: [own, ...tags].filter((text) => text !== '').join('; '), kind: 'text' };
    if (tagsAt >= 0) cells[tagsAt] = tagCell;
    cells.push(...made.map((field): Cell => ({ text: texts[field]!, kind: 'text' })));
    if (tagsAt < 0) cells.push(tagCell);
    return { ...row, cells };
  });
  const note = 'read as template B_02.02 of the register of information: it has countries and no regions';
  return { ...table, columns, rows, notes: [...table.notes, note] };
}

/** `eba_GA:DE` and `DE` are one country. */
function countryOf(text: string): string {
  return text.slice(text.lastIndexOf(':') + 1).trim();
}

/** What the register said of an asset, by column; empty where the asset does not come from one. */
export function registerCellsOf(asset: Pick<Asset, 'tags'>): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const tag of asset.tags) {
    const [, code, text] = TAG.exec(tag) ?? [];
    if (code !== undefined && text !== undefined && REGISTER_COLUMNS.includes(code)) cells.set(code, decoded(text));
  }
  return cells;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The country the register has for an asset's data at rest, where that is not the country of its region. */
export function otherCountryOf(asset: Asset, country: string): string | undefined {
  const said = countryOf(registerCellsOf(asset).get(DATA_AT_REST) ?? '');
  return /^[A-Z]{2}$/.test(said) && said !== country ? said : undefined;
}

/**
 * The assets that come from a register, as template B_02.02 in CSV. What the register said goes out as it came in; the
 * country of data at rest is filled from the region where the register left it open, and nothing else is.
 */
export function registerCsv(assets: Iterable<Asset>, ground: FindingGround): string {
  const rows = [...assets].flatMap((asset) => {
    const cells = registerCellsOf(asset);
    if (!cells.has('c0010')) return [];
    const country = asset.regionId === null ? undefined : ground.region(asset.regionId)?.country;
    return [REGISTER_COLUMNS.map((code) => cells.get(code) ?? (code === DATA_AT_REST ? country : undefined) ?? null)];
  });
  return writeCsv(REGISTER_COLUMNS, rows);
}
