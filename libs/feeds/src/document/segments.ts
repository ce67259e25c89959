import type { TableForm } from '../model/adapter.js';
import { MAX_RECORD_CHARACTERS } from './csv.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
const AT_MOST = { rows: 5_000, bytes: 8_000_000 };

/** A piece of a long table that is a document of its own: the header line, where there is one, and whole rows. */
export interface Segment {
  readonly bytes: Uint8Array;
  /** Lines of the whole table its rows begin and end on, counted from 1. */
  readonly lines: readonly [number, number];
  /** A record did not end within the length a record may have: nothing behind it can be told apart. */
  readonly outcome: 'whole' | 'endless-record';
}

/**
 * Cuts a table into segments of at most 5,000 rows or a little over 8 MB, at the ends of records. Where it is cut
 * depends on its bytes alone, not on how they arrive, so the same table always gives the same segments; a short one
 * gives itself. Rows are not judged here: a stray quote makes a record that whoever reads the segment refuses.
 */
export class SegmentCutter {
  private header: Buffer | undefined;
  private readonly held: Buffer[] = [];
  private heldBytes = 0;
  /** Bytes since the last end of a record. */
  private openBytes = 0;
  private inQuotes = false;
  private rows = 0;
  private line = 1;
  private firstLine = 1;
  private lastLine = 0;
  private given = 0;
  private ended = false;

  constructor(
    private readonly form: TableForm,
    private readonly most = AT_MOST,
  ) {}

  /** Takes the next bytes, and gives the segments they complete. */
  push(chunk: Buffer): Segment[] {
    const segments: Segment[] = [];
    let begin = 0;
    let at = 0;
    let until = chunk.length;
    let quote = this.form.quoted ? chunk.indexOf(QUOTE) : -1;
    while (!this.ended) {
      const end = chunk.indexOf(LF, at);
      const stop = end === -1 ? chunk.length : end;
      for (; quote !== -1 && quote < stop; quote = chunk.indexOf(QUOTE, quote + 1)) this.inQuotes = !this.inQuotes;
      this.openBytes += (end === -1 ? stop : stop + 1) - at;
      if (end === -1) break;
      at = end + 1;
      this.line++;
      if (this.inQuotes) {
        if (this.openBytes <= MAX_RECORD_CHARACTERS) continue;
        until = at;
        break;
      }
      this.openBytes = 0;
      this.lastLine = this.line - 1;
      if (this.form.header && this.header === undefined) {
        this.header = Buffer.concat([...this.held.splice(0), chunk.subarray(0, at)]);
        this.heldBytes = 0;
        begin = at;
        this.firstLine = this.line;
        continue;
      }
      this.rows++;
      if (this.rows < this.most.rows && this.heldBytes + at - begin < this.most.bytes) continue;
      this.hold(chunk.subarray(begin, at));
      begin = at;
      segments.push(this.cut('whole'));
    }
    if (!this.ended) this.hold(chunk.subarray(begin, until));
    if (!this.ended && this.openBytes > MAX_RECORD_CHARACTERS) segments.push(...this.cutEndless());
    return segments;
  }

  /** Gives what is left once all bytes have been taken: at least one segment in all, were the table empty. */
  end(): Segment[] {
    if (this.ended || (this.heldBytes === 0 && this.given > 0)) return [];
    this.lastLine = this.openBytes > 0 ? this.line : this.lastLine;
    return [this.cut('whole')];
  }

  private hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.held.push(bytes);
    this.heldBytes += bytes.length;
  }

  private cut(outcome: Segment['outcome']): Segment {
    const bytes = Buffer.concat(this.header === undefined ? this.held : [this.header, ...this.held]);
    const segment = { bytes, lines: [this.firstLine, Math.max(this.firstLine, this.lastLine)] as const, outcome };
    this.held.length = 0;
    this.heldBytes = 0;
    this.rows = 0;
    this.firstLine = this.line;
    this.given++;
    return segment;
  }

  /** The whole rows, and then the record that does not end, as a document that no reader will take. */
  private cutEndless(): Segment[] {
    const all = Buffer.concat(this.held);
    const open = all.subarray(all.length - this.openBytes);
    const segments: Segment[] = [];
    if (this.rows > 0) {
      this.held.splice(0, this.held.length, all.subarray(0, all.length - this.openBytes));
      segments.push(this.cut('whole'));
      this.firstLine = this.lastLine + 1;
    }
    this.held.splice(0, this.held.length, open);
    this.lastLine = this.line;
    segments.push(this.cut('endless-record'));
    this.ended = true;
    return segments;
  }
}

/** Whether a table beginning with these bytes can be cut: text in which the byte of a line end is the end of a line. */
export function isCuttable(start: Uint8Array): boolean {
  const begin = start.subarray(0, 65_536);
  if (begin.includes(0) || (begin[0] === 0xff && begin[1] === 0xfe) || (begin[0] === 0xfe && begin[1] === 0xff))
    return false;
  return begin.includes(LF) || !begin.includes(CR);
}
