import type { ExposureSummary } from '../api/types.js';
import type { Band, NowState } from '../api/words.js';

/** Worst first: how the map, the list and the legend order and colour by Now. */
export const NOW_ORDER: readonly NowState[] = [
  'permanently-lost',
  'unavailable',
  'impaired',
  'degraded',
  'investigating',
  'recovering',
  'contested',
  'restored',
  'no-impairment-stated',
  'unmonitored',
];

export const BAND_ORDER: readonly Band[] = ['severe', 'high', 'moderate', 'low', 'minimal'];

export const NOW_WORDS: Readonly<Record<NowState, string>> = {
  'permanently-lost': 'Permanently lost',
  unavailable: 'Unavailable',
  impaired: 'Impaired',
  degraded: 'Degraded',
  investigating: 'Operator is investigating',
  recovering: 'Recovering',
  contested: 'Contested',
  restored: 'Restored, as stated',
  'no-impairment-stated': 'No impairment stated',
  unmonitored: 'Not monitored',
};

/** What a marker of the legend stands for: a state of Now that says something, or a band of Ahead where it does not. */
export type MarkKey = Exclude<NowState, 'no-impairment-stated' | 'unmonitored'> | 'calm' | 'unmonitored' | 'unread';

/** How one region is drawn. Colour, shape and glyph come from `key` and `band` alone. */
export interface Mark {
  readonly key: MarkKey;
  /** The band of the likelihood ahead; drawn where Now has nothing to say. */
  readonly band: Band | null;
  /** What the colour rests on is too old to be news: drawn faded, with a clock. */
  readonly stale: boolean;
}

const isQuiet = (state: NowState): state is 'no-impairment-stated' | 'unmonitored' =>
  state === 'no-impairment-stated' || state === 'unmonitored';

/** How a region is drawn. Nobody watching is never drawn as calm, whatever the state says. */
export const markOf = (summary: ExposureSummary): Mark => {
  const { now, ahead, coverage } = summary;
  const unwatched = now.state === 'unmonitored' || (isQuiet(now.state) && coverage === 'unmonitored');
  const oldWord =
    !unwatched &&
    (now.demoted || (now.statedAt !== null && (now.freshness === 'stale' || now.freshness === 'unknown')));
  const blindWatch = !unwatched && isQuiet(now.state) && (coverage === 'stale' || coverage === 'failing');
  return {
    key: unwatched ? 'unmonitored' : isQuiet(now.state) ? 'calm' : now.state,
    band: ahead.likelihoodBand,
    stale: oldWord || blindWatch || (isQuiet(now.state) && ahead.outcome === 'frozen'),
  };
};

/** A region whose state could not be read: its place is known from an earlier answer, nothing else is said. */
export const UNREAD: Mark = { key: 'unread', band: null, stale: false };

/** True where Now says something of its own, so the marker has that state's shape. */
export const isStated = (mark: Mark): boolean =>
  mark.key !== 'calm' && mark.key !== 'unmonitored' && mark.key !== 'unread';

/** True where the marker is large and always named. That something was over long ago is stated, but is no news. */
export const isLoud = (mark: Mark): boolean => isStated(mark) && !(mark.key === 'restored' && mark.stale);

export const MARK_ORDER: readonly MarkKey[] = [
  'permanently-lost',
  'unavailable',
  'impaired',
  'degraded',
  'investigating',
  'recovering',
  'contested',
  'restored',
  'calm',
  'unmonitored',
];

export const MARK_WORDS: Readonly<Record<MarkKey, string>> = {
  'permanently-lost': NOW_WORDS['permanently-lost'],
  unavailable: NOW_WORDS.unavailable,
  impaired: NOW_WORDS.impaired,
  degraded: NOW_WORDS.degraded,
  investigating: NOW_WORDS.investigating,
  recovering: NOW_WORDS.recovering,
  contested: NOW_WORDS.contested,
  restored: NOW_WORDS.restored,
  calm: NOW_WORDS['no-impairment-stated'],
  unmonitored: NOW_WORDS.unmonitored,
  unread: 'Could not be read',
};
