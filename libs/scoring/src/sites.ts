import { PointIndex } from '@faultline/geo';

/** Sites in columns: entry i of each list is the site with index i. */
export interface SiteColumns {
  readonly lonDegrees: ArrayLike<number>;
  readonly latDegrees: ArrayLike<number>;
  /** How far off each position may be, 1 σ in km; left out where all are exact. */
  readonly precisionKm?: ArrayLike<number>;
  /** The code of each site's theatre, in 0…65535; left out where standoff attacks are not to reach a whole theatre. */
  readonly theatre?: ArrayLike<number>;
}

const mostTheatres = 2 ** 16;

/** Sites made ready for hazard and accumulation, by position in their index. */
export class Sites {
  readonly index: PointIndex;
  /** Squared precision by position, or undefined where all positions are exact. */
  readonly precisionKm2: Float64Array | undefined;
  readonly greatestPrecisionKm2: number;
  /** Code of the theatre by position, or undefined where there is none. */
  readonly theatre: Uint16Array | undefined;
  readonly theatreCount: number;

  /** @throws RangeError for lists of different lengths, a place that is none, a negative precision, a code out of range */
  constructor(columns: SiteColumns) {
    this.index = new PointIndex(columns.lonDegrees, columns.latDegrees);
    const { count, indexAt } = this.index;
    let greatest = 0;
    let precision: Float64Array | undefined;
    if (columns.precisionKm !== undefined) {
      refuseLength('precisionKm', columns.precisionKm.length, count);
      precision = new Float64Array(count);
      for (let position = 0; position < count; position++) {
        const km = columns.precisionKm[indexAt[position] ?? 0] ?? NaN;
        if (!(km >= 0 && km < Infinity)) throw new RangeError(`Sites: got precision ${km} km, wanted 0 or more`);
        precision[position] = km ** 2;
        greatest = Math.max(greatest, km ** 2);
      }
    }
    this.precisionKm2 = greatest > 0 ? precision : undefined;
    this.greatestPrecisionKm2 = greatest;

    let theatres = 0;
    if (columns.theatre !== undefined) {
      refuseLength('theatre', columns.theatre.length, count);
      this.theatre = new Uint16Array(count);
      for (let position = 0; position < count; position++) {
        const code = columns.theatre[indexAt[position] ?? 0] ?? NaN;
        if (!(Number.isInteger(code) && code >= 0 && code < mostTheatres)) {
          throw new RangeError(`Sites: got theatre ${code}, wanted a whole number below ${mostTheatres}`);
        }
        this.theatre[position] = code;
        theatres = Math.max(theatres, code + 1);
      }
    }
    this.theatreCount = theatres;
  }

  get count(): number {
    return this.index.count;
  }

  /** The position of a site. @throws RangeError for an index that no site has */
  positionOf(site: number): number {
    const position = this.index.positionOf[site];
    if (position === undefined) throw new RangeError(`Sites: got site ${site}, wanted one of ${this.count}`);
    return position;
  }
}

function refuseLength(name: string, got: number, wanted: number): void {
  if (got !== wanted) throw new RangeError(`Sites: got ${got} entries in ${name}, wanted ${wanted}`);
}
