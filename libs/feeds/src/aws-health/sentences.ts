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
const VERB = '\\b(?:is|are|remains?|continues?|was|were)\\b';
/** A turn of thought, or ", and mec1-az1 is …" after something was already said of another zone. */
const TURN = new RegExp(
  `\\s*;\\s*|\\s+[–—]\\s+|,?\\s+(?=(?:while|whereas|but|however|although|though)\\b)|(?<=\\baz\\d\\b[^,;]*${VERB}[^;]*),\\s+(?=and\\s+[^,;]*\\baz\\d\\b[^,;]*${VERB})`,
  'iu',
);
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
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => ({ text: part, sentence })),
    );
}
