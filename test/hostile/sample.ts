import type { CapturedDocument, ParseOutcome, QuarantineCode } from '@faultline/feeds';

/** What a document is written in. Syndication is XML whose root is RSS, RDF or Atom. */
export type Format = 'json' | 'xml' | 'syndication' | 'csv';

/** What can be wrong with one item of a document, whatever the feed. Each names the code it gives. */
export const FAULTS = {
  'no id': 'field.missing',
  'one id and version, two contents': 'feed.id_conflict',
  'no time': 'time.missing',
  'a time without a zone': 'time.no_zone',
  'a time to come': 'time.future',
  'a time of 1970': 'time.out_of_range',
  'a time of the year 275760': 'time.out_of_range',
  'a time in words': 'field.invalid',
  'no position': 'field.missing',
  'latitude 91': 'geo.out_of_range',
  'longitude 181': 'geo.out_of_range',
  'position 0, 0': 'geo.null_island',
  'a position in words': 'field.invalid',
  'a polygon of two points': 'geo.invalid_polygon',
  'a polygon of a million points': 'geo.too_complex',
  'a word that is none of the list': 'field.enum',
  'a number below its range': 'field.range',
  'a number above its range': 'field.range',
  'a number in words': 'field.invalid',
  'a text with NUL': 'field.invalid_text',
  'a text with half a character': 'field.invalid_text',
  'a text of ten million characters': 'field.too_long',
  'an item that is none': 'field.invalid',
  'an object that cannot become text': 'field.invalid',
  'an update without references': 'cap.references_missing',
} as const satisfies Readonly<Record<string, QuarantineCode>>;

/** What an item may hold without being refused, and what nobody must ever see of it. */
export const HARMLESS = [
  'markup in a text',
  'hidden characters in a text',
  'five thousand emoji in a text',
  'line ends in a text',
  'a formula in a text',
  'a link to a script',
  'a link with a password',
  'keys of every object',
] as const;

export type Fault = keyof typeof FAULTS;
export type Harmless = (typeof HARMLESS)[number];

/** A document whose item, or one item among sound ones, is odd; with the code where it is not the usual one. */
export type Odd = (() => string) | { readonly text: () => string; readonly code: QuarantineCode };

/** One feed as the hostile documents need it. */
export interface Sample {
  readonly id: string;
  /** Which of its documents, where there are several samples of one feed. */
  readonly name?: string;
  readonly format: Format;
  readonly parse: (document: CapturedDocument) => ParseOutcome;
  /** A sound document, as the source writes it. */
  readonly sound: string;
  readonly retrievedAt: string;
  /** Of CSV. */
  readonly delimiter?: string;
  /** Our own words, written by us and kept as they are: nothing is taken out of its texts. */
  readonly isOurs?: boolean;
  /** The codes by which a feed refuses a key it does not know; others ignore what they do not know. */
  readonly strict?: readonly QuarantineCode[];
  /** Documents with one odd item. What a feed has no field for is left out. */
  readonly odd?: Readonly<Partial<Record<Fault, Odd>>>;
  readonly harmless?: Readonly<Partial<Record<Harmless, () => string>>>;
  /** By name of a document, where this feed answers it in another way than its format does, and why is plain. */
  readonly otherwise?: Readonly<Record<string, Verdict>>;
}

/** What a sample says of a feed; the parser is the registered one. */
export type SampleOf = Omit<Sample, 'parse'>;

/** What must become of a document. */
export type Verdict =
  /** Refused whole, with one of these codes. */
  | { readonly refused: readonly QuarantineCode[] }
  /** One item is set aside with this code; the document is accepted. */
  | { readonly aside: QuarantineCode }
  /** Accepted with what the sound document says. */
  | 'same'
  /** Accepted, with nothing in it that could do harm. */
  | 'harmless';

export interface HostileDocument {
  readonly name: string;
  /** Made when it is asked for: some are of fifty megabytes. */
  readonly bytes: () => Uint8Array;
  readonly verdict: Verdict;
  /** Of a megabyte or many: what is made of a document, like mutants, is made of others. */
  readonly isHuge?: true;
  /** How far into the document its reader may have gone when it refused it: offset in characters, or line. */
  readonly within?: number;
}

/** What a format, or every format, is attacked with. */
export type Attack = (sample: Sample) => readonly HostileDocument[];

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function utf16(text: string, order: 'be' | 'le'): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(order === 'le' ? bytes : bytes.swap16());
}

/** All of it, however long, as one. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function document(
  name: string,
  content: () => string | Uint8Array,
  verdict: Verdict,
  within?: number,
): HostileDocument {
  const bytes = () => {
    const made = content();
    return typeof made === 'string' ? utf8(made) : made;
  };
  return { name, bytes, verdict, ...(within === undefined ? {} : { within }) };
}

export function huge(...of: Parameters<typeof document>): HostileDocument {
  return { ...document(...of), isHuge: true };
}
