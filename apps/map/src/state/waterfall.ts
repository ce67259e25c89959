import type { Score } from '../api/types.js';
import { signed } from './phrase.js';

/** One row of the waterfall: where the bar begins and ends on the score's own scale. */
export interface WaterfallRow {
  readonly label: string;
  readonly kind: 'total' | 'up' | 'down' | 'none';
  readonly begin: number;
  readonly end: number;
  readonly shown: string;
  readonly factor: string | null;
}

/** The score as a walk from the reference region through each contribution. Figures are the service's own roundings. */
export const waterfallOf = (score: Score): readonly WaterfallRow[] => {
  const rows: WaterfallRow[] = [
    {
      label: 'Reference region',
      kind: 'total',
      begin: 0,
      end: score.reference,
      shown: String(score.shownReference),
      factor: null,
    },
  ];
  let at = score.reference;
  for (const { label, factor, points, shownPoints } of score.contributions) {
    rows.push({
      label,
      kind: points > 0 ? 'up' : points < 0 ? 'down' : 'none',
      begin: at,
      end: at + points,
      shown: signed(shownPoints),
      factor,
    });
    at += points;
  }
  rows.push({
    label: 'Score',
    kind: 'total',
    begin: 0,
    end: score.score,
    shown: String(score.shownScore),
    factor: null,
  });
  return rows;
};

/** A label in at most two lines of about `width` characters; what is longer is cut in the drawing, never in the table. */
export const wrapped = (label: string, width: number): readonly string[] => {
  if (label.length <= width) return [label];
  const words = label.split(' ');
  let first = '';
  while (words[0] !== undefined && (first === '' || `${first} ${words[0]}`.length <= width)) {
    first = `${first} ${words.shift()}`.trim();
  }
  const rest = words.join(' ');
  if (rest === '') return [first];
  return [first, rest.length <= width ? rest : `${rest.slice(0, width - 1)}…`];
};

/** The least and the greatest value the rows reach, at least [0, 100]: what the drawing must hold. */
export const extentOf = (rows: readonly WaterfallRow[]): readonly [number, number] => [
  Math.min(0, ...rows.flatMap((row) => [row.begin, row.end])),
  Math.max(100, ...rows.flatMap((row) => [row.begin, row.end])),
];
