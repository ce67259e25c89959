import type { Session } from '../api/desk.js';
import type { IncidentSummary, Kinship } from '../api/types.js';
import { plain } from './phrase.js';
import type { Read } from './read.js';

const OUTCOME_ORDER: readonly Kinship['outcome'][] = ['review', 'joined', 'apart'];

/** The key of a pair, the same whichever of the two comes first. */
export const pairKey = ({ incidentIds }: Pick<Kinship, 'incidentIds'>): string =>
  `pair:${[...incidentIds].sort().join('+')}`;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What somebody has to look at first, then what is joined, then what is kept apart; the least sure of each first. */
export const queueOrder = (a: Kinship, b: Kinship): number =>
  OUTCOME_ORDER.indexOf(a.outcome) - OUTCOME_ORDER.indexOf(b.outcome) ||
  a.score - b.score ||
  compareText(pairKey(a), pairKey(b));

/** The queue in its order, grouped by outcome; a group without pairs is left out. */
export const queueOf = (
  kinships: readonly Kinship[],
): readonly { readonly outcome: Kinship['outcome']; readonly pairs: readonly Kinship[] }[] => {
  const ordered = [...kinships].sort(queueOrder);
  return OUTCOME_ORDER.map((outcome) => ({
    outcome,
    pairs: ordered.filter((pair) => pair.outcome === outcome),
  })).filter(({ pairs }) => pairs.length > 0);
};

const REASONS: Readonly<Record<string, string>> = {
  'same-peril': 'the same peril',
  'same-peril-family': 'perils of one family',
  'same-minute': 'begin within a minute of each other',
  'same-hours': 'begin within twelve hours of each other',
  'overlapping-days': 'their days overlap',
  'same-place': 'the same place, as exactly as both are known',
  'near-place': 'near each other',
  'names-its-message': 'one refers to a message of the other',
  'same-magnitude': 'magnitudes within 0.3 of each other',
  'merged-by-review': 'somebody here decided that they are one',
  'split-by-review': 'somebody here decided that they are two',
  'first-claim': 'the first claim: the incident begins with it',
  'same-thread': 'the source itself ties it to the others',
  'same-block': 'the same place or operator',
  'same-zone': 'the same zone',
  'same-time': 'within six hours of the others',
  'near-in-time': 'within days of the others',
  'continues-open-incident': 'nobody had said it was over',
  'other-peril-family': 'another kind of peril, which counts against it',
  'told-by-another-source': 'told by another source, and joined as a whole',
};

/** Why we linked, in words; the machine's own word where we have none for it. */
export const reasonWords = (reason: string): string => REASONS[reason] ?? plain(reason).toLowerCase();

/** Whether a pair stands as it does because somebody decided so. */
export const isDecided = ({ reasons }: Pick<Kinship, 'reasons'>): boolean =>
  reasons.some((reason) => reason === 'merged-by-review' || reason === 'split-by-review');

/** `score 0.65 of 1`; nothing where a decision stands in the place of a score. */
export const scoreWords = (pair: Kinship): string | null =>
  isDecided(pair) ? null : `score ${pair.score.toFixed(2)} of 1`;

/** How much there was to compare: an empty queue says nothing where nothing could be compared. */
export const comparedWords = (incidents: readonly IncidentSummary[]): string => {
  const comparable = incidents.filter(({ position, onset }) => position !== null && onset !== null).length;
  return `${comparable} of ${incidents.length} incidents at these coordinates have the position and the begin that comparing needs`;
};

export type Deed = 'judge' | 'dispute';

/** Whether who reads may do something, and why not. */
export type Permission =
  | { readonly outcome: 'allowed'; readonly label: string }
  | { readonly outcome: 'signed-out' }
  | { readonly outcome: 'role'; readonly role: string }
  | { readonly outcome: 'unread'; readonly reason: string | null };

const JUDGES: readonly string[] = ['analyst', 'admin'];

/** Anybody known may dispute; only analysts and admins decide. While it is not known who reads, nothing is allowed. */
export const permissionFor = (session: Read<Session>, deed: Deed): Permission => {
  switch (session.phase) {
    case 'idle':
    case 'loading':
      return session.phase === 'loading' && session.last !== null
        ? permissionFor({ phase: 'found', asked: session.asked, value: session.last }, deed)
        : { outcome: 'unread', reason: null };
    case 'failed':
      return { outcome: 'unread', reason: session.reason };
    case 'found': {
      const { value } = session;
      if (value.outcome === 'signed-out') return { outcome: 'signed-out' };
      return deed === 'dispute' || JUDGES.includes(value.role)
        ? { outcome: 'allowed', label: value.label }
        : { outcome: 'role', role: value.role };
    }
  }
};
