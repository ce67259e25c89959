import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { DataSource, EntitySchema } from 'typeorm';

const BATCH = 1_000;

/** An act as an entity of its own: the columns of GED that Faultline reads, typed. */
interface Act {
  id: number;
  year: number;
  codeStatus: string;
  violence: number;
  dyad: string;
  sideA: string;
  sideB: string;
  headline: string;
  wherePrecision: number;
  whereDescription: string;
  latitude: number;
  longitude: number;
  country: string;
  countryId: number;
  clarity: number;
  datePrecision: number;
  dateStart: Date;
  dateEnd: Date;
  best: number;
  high: number;
  low: number;
}

const ACT = new EntitySchema<Act>({
  name: 'act',
  tableName: 'bench_act',
  columns: {
    id: { type: 'int', primary: true },
    year: { type: 'int' },
    codeStatus: { type: 'text' },
    violence: { type: 'int' },
    dyad: { type: 'text' },
    sideA: { type: 'text' },
    sideB: { type: 'text' },
    headline: { type: 'text' },
    wherePrecision: { type: 'int' },
    whereDescription: { type: 'text' },
    latitude: { type: 'double precision' },
    longitude: { type: 'double precision' },
    country: { type: 'text' },
    countryId: { type: 'int' },
    clarity: { type: 'int' },
    datePrecision: { type: 'int' },
    dateStart: { type: 'timestamptz' },
    dateEnd: { type: 'timestamptz' },
    best: { type: 'int' },
    high: { type: 'int' },
    low: { type: 'int' },
  },
  indices: [{ columns: ['dateStart'] }],
});

/** The plain way: csv-parse as a stream of objects, made entities of, saved by TypeORM a thousand at a time. */
export class Baseline {
  private constructor(private readonly source: DataSource) {}

  static async open(url: string): Promise<Baseline> {
    const source = new DataSource({ type: 'postgres', url, entities: [ACT] });
    await source.initialize();
    await source.synchronize();
    return new Baseline(source);
  }

  /** Returns how many rows were saved. */
  async save(file: string): Promise<number> {
    const acts = this.source.getRepository(ACT);
    const rows = createReadStream(file).pipe(parse({ columns: true }));
    let batch: Act[] = [];
    let count = 0;
    for await (const row of rows as AsyncIterable<Record<string, string>>) {
      batch.push(actOf(row));
      if (batch.length < BATCH) continue;
      count += batch.length;
      await acts.save(batch);
      batch = [];
    }
    await acts.save(batch);
    return count + batch.length;
  }

  async clear(): Promise<void> {
    await this.source.query('DROP TABLE IF EXISTS bench_act');
    await this.source.synchronize();
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}

function actOf(row: Record<string, string>): Act {
  return {
    id: Number(row.id),
    year: Number(row.year),
    codeStatus: row.code_status!,
    violence: Number(row.type_of_violence),
    dyad: row.dyad_name!,
    sideA: row.side_a!,
    sideB: row.side_b!,
    headline: row.source_headline!,
    wherePrecision: Number(row.where_prec),
    whereDescription: row.where_description!,
    latitude: Number(row.latitude),
    longitude: Number(row.longitude),
    country: row.country!,
    countryId: Number(row.country_id),
    clarity: Number(row.event_clarity),
    datePrecision: Number(row.date_prec),
    dateStart: new Date(`${row.date_start!.slice(0, 10)}T00:00:00Z`),
    dateEnd: new Date(`${row.date_end!.slice(0, 10)}T00:00:00Z`),
    best: Number(row.best),
    high: Number(row.high),
    low: Number(row.low),
  };
}
