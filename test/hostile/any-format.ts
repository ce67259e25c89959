import {
  huge,
  document,
  joined,
  utf16,
  utf8,
  type Attack,
  type HostileDocument,
  type Sample,
  type Verdict,
} from './sample.js';

const LIMIT_BYTES = 50_000_000;
const ENCODING: Verdict = { refused: ['feed.encoding'] };
const TEXT: Verdict = { refused: ['field.invalid_text'] };

/** Whatever the format: other bytes than text, other text than the document, encodings, and none at all. */
export const anyFormat: Attack = (sample) => [...encodings(sample), ...otherBytes(sample), ...otherDocuments(sample)];

function encodings({ sound }: Sample): HostileDocument[] {
  const half = Math.floor(sound.length / 2);
  const broken = `\ufeff${sound.slice(0, half)}\ud800 ${sound.slice(half)}`;
  const marked = `\ufeff${sound}`;
  return [
    document('UTF-8 with a mark', () => marked, 'same'),
    document('UTF-16BE with a mark', () => utf16(marked, 'be'), 'same'),
    document('UTF-16LE with a mark', () => utf16(marked, 'le'), 'same'),
    document('UTF-16BE without a mark', () => utf16(sound, 'be'), 'same'),
    document('UTF-16LE without a mark', () => utf16(sound, 'le'), 'same'),
    document('half a unit of UTF-16BE', () => utf16(marked, 'be').slice(0, -1), ENCODING),
    document('half a unit of UTF-16LE', () => utf16(marked, 'le').slice(0, -1), ENCODING),
    document('UTF-16 of the other order than marked', () => joined(Uint8Array.of(0xff, 0xfe), utf16(sound, 'be')), {
      refused: ['feed.malformed', 'feed.wrong_type', 'field.invalid_text'],
    }),
    document('UTF-32LE', () => utf32(sound, 'le'), ENCODING),
    document('UTF-32BE', () => utf32(sound, 'be'), ENCODING),
    document('half a character in UTF-16BE', () => utf16(broken, 'be'), TEXT),
    document('half a character in UTF-16LE', () => utf16(broken, 'le'), TEXT),
    document('half a character in UTF-8', () => inserted(sound, 0xed, 0xa0, 0x80), ENCODING),
    document('overlong UTF-8', () => inserted(sound, 0xc0, 0xaf), ENCODING),
    document('an overlong NUL', () => inserted(sound, 0xc0, 0x80), ENCODING),
    document('a byte of ISO-8859-1', () => inserted(sound, 0xe9, 0x20), ENCODING),
    document('a character cut in its bytes', () => joined(utf8(sound), Uint8Array.of(0xf0, 0x9f, 0x94)), ENCODING),
    document('beyond Unicode', () => inserted(sound, 0xf4, 0x90, 0x80, 0x80), ENCODING),
    document('a NUL', () => inserted(sound, 0), TEXT),
    document('NUL for blanks at the end', () => joined(utf8(sound), new Uint8Array(4)), TEXT),
  ];
}

function otherBytes({ sound }: Sample): HostileDocument[] {
  const before = (...bytes: readonly number[]) => joined(Uint8Array.from(bytes), utf8(sound));
  return [
    document('still packed by gzip', () => before(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3), ENCODING),
    document('a zip archive', () => before(0x50, 0x4b, 3, 4, 20, 0, 8, 0, 8, 0), TEXT),
    document('a picture', () => before(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), ENCODING),
    document('zeros', () => new Uint8Array(4096), TEXT),
    document('all bytes there are', () => Uint8Array.from({ length: 256 }, (_, byte) => byte), ENCODING),
    huge(
      'a byte more than fifty million',
      () => new Uint8Array(LIMIT_BYTES + 1).fill(0x20),
      { refused: ['feed.too_large'] },
      0,
    ),
  ];
}

function otherDocuments({ format }: Sample): HostileDocument[] {
  const page: Verdict = { refused: ['feed.wrong_type'] };
  const nothing: Verdict = { refused: ['feed.empty'] };
  const isSyndication = format === 'syndication';
  const words: Verdict = isSyndication ? page : { refused: ['feed.malformed', 'feed.wrong_type'] };
  const answer: Verdict = format === 'csv' ? { refused: ['feed.malformed', 'feed.wrong_type'] } : page;
  return [
    document('nothing', () => '', nothing),
    document('blanks', () => ' \r\n\t\n', nothing),
    document('a mark and nothing', () => '\ufeff', nothing),
    document(
      'a page to sign in',
      () => '<!DOCTYPE html>\n<html><body><form action="/login"></form></body></html>',
      page,
    ),
    document('a page without a type', () => '<html lang="en"><title>502 Bad Gateway</title></html>', page),
    document('a page after blanks', () => '\n\n  <HTML><BODY>Just a moment...</BODY></HTML>', page),
    document('an XHTML page', () => '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C" "x"><html/>', page),
    document('a page behind a comment', () => '<!-- cached --><html><body>Sign in</body></html>', page),
    document('an error in words', () => 'Service Unavailable\n', words),
    document('an error in words without an end', () => 'Rate limit exceeded', words),
    document('an error in JSON', () => '{"message":"Forbidden"}\n', answer),
    document('an error in XML', () => '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>\n', page),
    document('a word', () => 'null\n', answer),
    document('a number', () => '3\n', answer),
    document('a text in quotes', () => '"ok"\n', answer),
  ];
}

/** The bytes in the middle of the document, between two characters of ASCII. */
function inserted(sound: string, ...bytes: readonly number[]): Uint8Array {
  const all = utf8(sound);
  let at = Math.floor(all.length / 2);
  while (all[at - 1]! >= 0x80 || all[at]! >= 0x80) at += 1;
  return joined(all.slice(0, at), Uint8Array.from(bytes), all.slice(at));
}

function utf32(text: string, order: 'be' | 'le'): Uint8Array {
  const points = [0xfeff, ...Array.from(text, (character) => character.codePointAt(0)!)];
  const view = new DataView(new ArrayBuffer(points.length * 4));
  points.forEach((point, index) => view.setUint32(index * 4, point, order === 'le'));
  return new Uint8Array(view.buffer);
}
