import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** The columns of UCDP GED 25.1, in their order. */
export const GED_COLUMNS = [
  ...['id', 'relid', 'year', 'active_year', 'code_status', 'type_of_violence', 'conflict_dset_id', 'conflict_new_id'],
  ...['conflict_name', 'dyad_dset_id', 'dyad_new_id', 'dyad_name', 'side_a_dset_id', 'side_a_new_id', 'side_a'],
  ...['side_b_dset_id', 'side_b_new_id', 'side_b', 'number_of_sources', 'source_article', 'source_office'],
  ...['source_date', 'source_headline', 'source_original', 'where_prec', 'where_coordinates', 'where_description'],
  ...['adm_1', 'adm_2', 'latitude', 'longitude', 'geom_wkt', 'priogrid_gid', 'country', 'country_id', 'region'],
  ...['event_clarity', 'date_prec', 'date_start', 'date_end', 'deaths_a', 'deaths_b', 'deaths_civilians'],
  ...['deaths_unknown', 'best', 'high', 'low', 'gwnoa', 'gwnob'],
] as const;

const COUNTRIES = [
  ['Ukraine', 369, 'Europe'],
  ['Yemen (North Yemen)', 678, 'Middle East'],
  ['Syria', 652, 'Middle East'],
  ['Mali', 432, 'Africa'],
  ['Somalia', 520, 'Africa'],
  ['Afghanistan', 700, 'Asia'],
] as const;
const HEADLINES = [
  'Police disperse protest, activists say one shot dead',
  'Two activists shot dead during protests: prosecutors',
  'Shelling of village kills three, officials say "no warning"',
  'Militants ambush convoy near town, several dead',
  'Drone strike on substation leaves district without power',
  'Air raid kills civilians; rebels, government trade blame',
  'Bomb blast at market,\nsecond line of the headline',
];
const FIRST_DAY_MS = Date.UTC(1989, 0, 1);
const DAY_MS = 86_400_000;
const DAYS = 35 * 365;

/** A generator of numbers in [0, 1) (mulberry32): the same seed, the same numbers. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One row of GED as CSV with its line end, in the shape and length of real ones: about 600 bytes, quotations in a third. */
export function gedRow(id: number, random: () => number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const [country, countryId, region] = pick(COUNTRIES);
  const begin = FIRST_DAY_MS + Math.floor(random() * DAYS) * DAY_MS;
  const precision = random() < 0.7 ? 1 : 2;
  const day = (ms: number) => `${new Date(ms).toISOString().slice(0, 10)} 00:00:00.000`;
  const year = new Date(begin).getUTCFullYear();
  const latitude = (random() * 120 - 60).toFixed(6);
  const longitude = (random() * 340 - 170).toFixed(6);
  const sources = 1 + Math.floor(random() * 3);
  const headline = Array.from({ length: sources }, () => pick(HEADLINES)).join(';');
  const group = 1 + Math.floor(random() * 900);
  const best = Math.floor(random() * 20);
  const date = day(begin).slice(0, 10);
  const cells: readonly (string | number)[] = [
    ...[id, `ACT-${year}-1-${group}-${id}`, year, 1, 'Clear', 1 + Math.floor(random() * 3), group, group],
    ...[`${country}: Government`, group, group, `Government of ${country} - Group ${group}`, group, group],
    ...[`Government of ${country}`, group, group, `Group ${group}`, sources, `"Agency,${date},${headline}"`],
    ...[Array(sources).fill('Agency').join(';'), Array(sources).fill(date).join(';'), headline, 'Ministry of Defence'],
    ...[1 + Math.floor(random() * 5), `Town ${group}`, `Town ${group} (district ${group % 40}, north of the river)`],
    ...[`Province ${group % 40}`, `District ${group % 200}`, latitude, longitude, `POINT (${longitude} ${latitude})`],
    ...[100_000 + group, country, countryId, region, random() < 0.8 ? 1 : 2, precision, day(begin)],
    ...[day(begin + (precision - 1) * 3 * DAY_MS), 0, best, 0, 0, best, best + 2, Math.max(0, best - 1), countryId, ''],
  ];
  return `${cells.map(asCell).join(',')}\n`;
}

function asCell(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes a file of `count` rows with a header line. The same seed, the same bytes. */
export async function writeGedFile(file: string, count: number, seed: number): Promise<void> {
  const random = seeded(seed);
  const out = createWriteStream(file);
  out.write(`${GED_COLUMNS.join(',')}\n`);
  let held = '';
  for (let id = 1; id <= count; id++) {
    held += gedRow(id, random);
    if (held.length < 1_000_000 && id < count) continue;
    if (!out.write(held)) await once(out, 'drain');
    held = '';
  }
  out.end();
  await once(out, 'finish');
}
