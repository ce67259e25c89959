import { formatScoreResult, parseScoreDocument, score, ScoreInputError } from '@faultline/scoring';

/** The world a command acts on. `readFile` and `writeFile` throw where they cannot; `-` is read as standard input. */
export interface ScoreIo {
  readFile(path: string): string;
  writeFile(path: string, text: string): void;
  stdout(text: string): void;
  stderr(text: string): void;
}

const usage = 'faultline score IN.json [-o OUT.json], where IN.json may be - for standard input';

/**
 * `faultline score IN.json [-o OUT.json]`: a scoring document in, its result out, without a database.
 *
 * @returns 0 with the result on standard output or in OUT.json; 2 with one line on standard error and no file written
 */
export function runScore(args: readonly string[], io: ScoreIo): number {
  const answer = scoreFile(args, io);
  if (answer.kind === 'refused') {
    io.stderr(`faultline score: ${onOneLine(answer.reason)}\n`);
    return 2;
  }
  if (answer.outPath === undefined) io.stdout(answer.text);
  return 0;
}

type Answer =
  | { readonly kind: 'scored'; readonly text: string; readonly outPath: string | undefined }
  | { readonly kind: 'refused'; readonly reason: string };

function refused(reason: string): Answer {
  return { kind: 'refused', reason };
}

function scoreFile(args: readonly string[], io: ScoreIo): Answer {
  const paths = readArguments(args);
  if (typeof paths === 'string') return refused(`got ${paths}, wanted ${usage}`);
  const { inPath, outPath } = paths;

  const document = attempt(() => io.readFile(inPath));
  if ('failure' in document) return refused(`cannot read ${inPath}: ${document.failure}`);
  let text: string;
  try {
    text = formatScoreResult(score(parseScoreDocument(document.value)));
  } catch (error) {
    if (error instanceof ScoreInputError) return refused(error.message);
    throw error;
  }
  if (outPath !== undefined) {
    const written = attempt(() => {
      io.writeFile(outPath, text);
    });
    if ('failure' in written) return refused(`cannot write ${outPath}: ${written.failure}`);
  }
  return { kind: 'scored', text, outPath };
}

/** The two paths, or in words what was wrong with the arguments. */
function readArguments(
  args: readonly string[],
): { readonly inPath: string; readonly outPath: string | undefined } | string {
  let inPath: string | undefined;
  let outPath: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (argument === '-o') {
      if (outPath !== undefined) return 'two output files';
      outPath = args[++at];
      if (outPath === undefined || outPath === '') return '-o without a file';
    } else if (argument.startsWith('-') && argument !== '-') {
      return `the option ${argument}`;
    } else if (inPath !== undefined) {
      return `a second input ${argument}`;
    } else {
      inPath = argument;
    }
  }
  if (inPath === undefined || inPath === '') return 'no input file';
  return { inPath, outPath };
}

function attempt<T>(run: () => T): { readonly value: T } | { readonly failure: string } {
  try {
    return { value: run() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Paths and messages come from outside; a line break or an escape in them must not forge a second line. */
function onOneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
