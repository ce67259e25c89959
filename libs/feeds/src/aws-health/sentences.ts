/** One statement of a sentence: the sentence is parted where its thought turns. */
export interface Clause {
  readonly text: string;
  /** The whole sentence, which is what a claim quotes. */
  readonly sentence: string;
}

/** A line break, the bar AWS puts between two translations, a full-width stop. */
const HARD_END = /\n+|\s*[|｜]\s*|(?<=[。！？])/u;
const SENTENCE_END = /(?<=[.!?]["')\]]?)\s+(?=["'([]?[A-Z0-9])/u;
/** A full stop after these does not end a sentence. */
const ABBREVIATION = /(?:\b(?:a\.m|p\.m|e\.g|i\.e|approx|vs|st)|\b[A-Z])\.["')\]]?$/u;
const TURN = /\s*;\s*|\s+[–—]\s+|,?\s+(?=(?:while|whereas|but|however|although|though)\b)/iu;
const OF_A_ZONE = /\baz\d\b[^,;]{0,80}\b(?:is|are|remains?|continues?|was|were)\b/iu;
const AND = /,\s+(?=and\s)/iu;
const LETTER = /\p{L}/u;
const FOREIGN_LETTER = /(?!\p{Script=Latin})\p{L}/u;

/** The sentences of a text, in order. */
export function sentencesOf(text: string): string[] {
  return text.split(HARD_END).flatMap((line) => {
    const sentences: string[] = [];
    for (const piece of line.split(SENTENCE_END).map((part) => part.trim())) {
      const last = sentences.at(-1);
      if (last !== undefined && ABBREVIATION.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`;
      else if (piece !== '') sentences.push(piece);
    }
    return sentences;
  });
}

/** Whether a sentence is written in Latin letters only. The words of the lexicon are English: nothing else is read. */
export function isReadable(sentence: string): boolean {
  return LETTER.test(sentence) && !FOREIGN_LETTER.test(sentence);
}

/** The clauses of all sentences that can be read, in order. */
export function clausesOf(text: string): Clause[] {
  return sentencesOf(text)
    .filter(isReadable)
    .flatMap((sentence) =>
      sentence
        .split(TURN)
        .flatMap(partedByZones)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => ({ text: part, sentence })),
    );
}

/** Parts "mec1-az2 is …, and mec1-az1 is …", but not the list "mec1-az1, mec1-az2, and mec1-az3 are …". */
function partedByZones(clause: string): string[] {
  const parts: string[] = [];
  for (const piece of clause.split(AND)) {
    const last = parts.at(-1);
    const isOwn = last === undefined || (OF_A_ZONE.test(last) && OF_A_ZONE.test(piece));
    if (isOwn) parts.push(piece);
    else parts[parts.length - 1] = `${last}, ${piece}`;
  }
  return parts;
}
