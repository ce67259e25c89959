import { unzipSync } from 'fflate';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { readAs, refusedAs, type FileReading } from './fault.js';
import { tooLarge } from './csv.js';
import { LARGEST_FILE_BYTES } from './table.js';

/** Of the parts that are read, unpacked. */
export const MAX_UNPACKED_BYTES = 250_000_000;
const MAX_PARTS = 5_000;
const MAX_DEPTH = 32;
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
/** The container of encrypted workbooks, and of the workbooks of before 2007. */
const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0];

/** The parts of a workbook that are read, unpacked, and what of it was passed over. */
export interface XlsxPackage {
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly notes: readonly string[];
}

const READ = /^(?:\[Content_Types\]\.xml|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/sharedStrings\.xml)$/i;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
const MACRO = /(?:^|\/)vbaProject[^/]*\.bin$|^xl\/(?:macrosheets|dialogsheets)\//i;
const LINK = /^xl\/externalLinks\//i;

/**
 * Opens the archive of a workbook. Only the parts that are read are unpacked, and no further than they together may
 * be, whatever the archive says of their size; one with macros is refused; links to other files are passed over.
 */
export function openXlsx(bytes: Uint8Array): FileReading<XlsxPackage> {
  if (bytes.length > LARGEST_FILE_BYTES) return tooLarge(bytes);
  if (bytes.length === 0)
    return refusedAs('file.empty', 'the file', 'an empty file', 'an XLSX workbook', 'save it again');
  if (OLE_MAGIC.every((byte, index) => bytes[index] === byte))
    return refusedAs(
      'file.encrypted',
      'the file',
      'a workbook with a password, or of the format before 2007',
      'an XLSX workbook without password',
      'save it as XLSX without a password, or as CSV',
    );
  if (!ZIP_MAGIC.every((byte, index) => bytes[index] === byte))
    return refusedAs('file.wrong_type', 'the file', 'no ZIP archive', 'an XLSX workbook', 'save it as XLSX or CSV');
  let total = 0;
  let count = 0;
  let macro: string | undefined;
  let links = 0;
  let over = false;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++count > MAX_PARTS) over = true;
        if (MACRO.test(name)) macro ??= name;
        if (LINK.test(name)) links += 1;
        if (over || macro !== undefined || (!READ.test(name) && !SHEET.test(name))) return false;
        total += originalSize;
        if (total > MAX_UNPACKED_BYTES) over = true;
        return !over;
      },
    });
  } catch (error) {
    return refusedAs(
      'file.malformed',
      'the file',
      (error as Error).message.slice(0, 120),
      'a whole XLSX workbook',
      'save it again, or as CSV',
    );
  }
  if (macro !== undefined || hasMacroType(unpacked))
    return refusedAs(
      'file.macro',
      macro ?? '[Content_Types].xml',
      'a workbook with macros',
      'one without',
      'save it as XLSX without macros, or as CSV',
    );
  if (over)
    return refusedAs(
      'file.too_large_unpacked',
      'the file',
      `more than ${MAX_UNPACKED_BYTES} bytes unpacked, or ${MAX_PARTS} parts`,
      'less than that',
      'keep the one sheet that is imported',
    );
  const notes =
    links === 0 ? [] : [`links to other files (${links} parts) were passed over: what they bring is not read`];
  return readAs({ parts: new Map(Object.entries(unpacked)), notes });
}

function hasMacroType(parts: Readonly<Record<string, Uint8Array>>): boolean {
  const types = parts['[Content_Types].xml'];
  return types !== undefined && /macroEnabled/i.test(new TextDecoder().decode(types));
}

/** What a part says, told element by element. Names are local: prefixes mean nothing. */
export interface Listener {
  open(name: string, attribute: (name: string) => string | undefined): void;
  text(characters: string): void;
  close(name: string): void;
}

/** Thrown inside the parser's callbacks; never leaves {@link listenTo}. */
class Refusal extends Error {}

/**
 * Reads an XML part strictly, without keeping it. Refused are: another encoding than UTF-8, what is not well-formed or
 * is cut, a document type declaration and with it every entity of one's own, and more than 32 levels.
 */
export function listenTo(bytes: Uint8Array, part: string, listener: Listener): FileReading<null> {
  const broken = (got: string) =>
    refusedAs('file.malformed', part, got, 'well-formed XML of a workbook', 'save it again, or as CSV');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return broken('bytes that are not UTF-8');
  }
  const parser = new SaxesParser({ xmlns: true, position: false });
  let depth = 0;
  const stop = (why: string): never => {
    throw new Refusal(why);
  };
  parser.on('doctype', () => stop('a document type declaration'));
  parser.on('error', (error) => stop(error.message.slice(0, 120)));
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (++depth > MAX_DEPTH) stop(`more than ${MAX_DEPTH} levels`);
    listener.open(tag.local, (name) => (Object.hasOwn(tag.attributes, name) ? tag.attributes[name]!.value : undefined));
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    listener.close(tag.local);
  });
  parser.on('text', (characters) => listener.text(characters));
  parser.on('cdata', (characters) => listener.text(characters));
  try {
    parser.write(text).close();
  } catch (error) {
    return broken((error as Error).message);
  }
  return readAs(null);
}
