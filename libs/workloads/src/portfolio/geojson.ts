import { readAs, refusedAs, type FileReading } from './fault.js';
import { tooLarge } from './csv.js';
import { LARGEST_FILE_BYTES, MOST_COLUMNS, MOST_ROWS, NO_CELL, type Cell, type Table, type TableRow } from './table.js';

const LON = 'longitude';
const LAT = 'latitude';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a GeoJSON FeatureCollection (RFC 7946): each feature is a row, its number is its line, its properties are the
 * columns, its Point gives `longitude` and `latitude`. A feature without geometry has no site of its own; one with
 * another geometry is broken. A list of texts is a cell with semicolons between them.
 */
export function readGeoJsonTable(bytes: Uint8Array): FileReading<Table> {
  if (bytes.length > LARGEST_FILE_BYTES) return tooLarge(bytes);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return refusedAs(
      'file.malformed',
      'the file',
      (error as Error).message.slice(0, 120),
      'GeoJSON in UTF-8',
      'export it again',
    );
  }
  const features = isFields(json) && json['type'] === 'FeatureCollection' ? json['features'] : undefined;
  if (!Array.isArray(features))
    return refusedAs('file.wrong_type', 'the file', 'JSON of another kind', 'a FeatureCollection', 'export it again');
  if (features.length === 0)
    return refusedAs('file.empty', 'the file', 'no feature', 'at least one feature', 'export it again');
  if (features.length > MOST_ROWS)
    return refusedAs(
      'file.too_many_rows',
      'the file',
      `${features.length} features`,
      `at most ${MOST_ROWS}`,
      'aggregate it',
    );
  const columns = new Map<string, number>([
    [LON, 0],
    [LAT, 1],
  ]);
  const rows = features.map((feature: unknown, index) => rowOf(feature, index + 1, columns));
  if (columns.size > MOST_COLUMNS)
    return refusedAs(
      'file.malformed',
      'the file',
      `${columns.size} different properties`,
      `at most ${MOST_COLUMNS}`,
      'drop what is not needed',
    );
  const width = columns.size;
  return readAs({
    kind: 'geojson',
    columns: [...columns.keys()],
    rows: rows.map((row) => ({ ...row, cells: Array.from({ length: width }, (_, at) => row.cells[at] ?? NO_CELL) })),
    notes: [],
  });
}

function rowOf(feature: unknown, line: number, columns: Map<string, number>): TableRow {
  const cells: Cell[] = [];
  if (!isFields(feature) || feature['type'] !== 'Feature')
    return { line, cells, broken: { got: 'something that is no Feature', wanted: 'a Feature' } };
  const properties = feature['properties'];
  if (isFields(properties)) {
    for (const [name, value] of Object.entries(properties)) {
      // The position of a feature is its geometry.
      if (name === LON || name === LAT) continue;
      if (!columns.has(name) && columns.size <= MOST_COLUMNS) columns.set(name, columns.size);
      const at = columns.get(name);
      if (at !== undefined) cells[at] = cellOf(value);
    }
  }
  const geometry = feature['geometry'] ?? null;
  if (geometry === null) return { line, cells };
  const point = isFields(geometry) && geometry['type'] === 'Point' ? geometry['coordinates'] : undefined;
  if (!Array.isArray(point) || !point.slice(0, 2).every((number) => typeof number === 'number') || point.length < 2) {
    const kind = isFields(geometry) && typeof geometry['type'] === 'string' ? geometry['type'].slice(0, 40) : 'unknown';
    return { line, cells, broken: { got: `a geometry of type ${kind}`, wanted: 'a Point with two numbers, or null' } };
  }
  cells[0] = cellOf(point[0]);
  cells[1] = cellOf(point[1]);
  return { line, cells };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number') return { text: String(value), kind: 'number' };
  if (typeof value === 'boolean') return { text: String(value), kind: 'boolean' };
  if (typeof value === 'string') return { text: value, kind: 'text' };
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return { text: value.join('; '), kind: 'text' };
  return value === null || value === undefined ? NO_CELL : { text: JSON.stringify(value), kind: 'text' };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
