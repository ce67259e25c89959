import type { Portfolio } from '../api/types.js';

export type Finding = Portfolio['findings'][number];

/** The gravest first: what is lost with the region, what does not help then, what may not be used, what is not known. */
const ORDER: readonly string[] = [
  'copy.only',
  'standby.same-region',
  'standby.same-theatre',
  'backups.none',
  'backups.same-region',
  'backups.same-theatre',
  'standby.none',
  'keys.same-region',
  'identity.same-region',
  'dns.same-region',
  'residency.primary-outside',
  'residency.standby-outside',
  'residency.backups-outside',
  'register.country-differs',
  'zone.letter-without-id',
];

const rankOf = ({ code }: Finding): number => {
  const rank = ORDER.indexOf(code);
  // A kind of finding that this page does not know yet is not hidden below all others.
  return rank === -1 ? 0 : rank;
};

/** In the order of their gravity, those of one gravity as they came. */
export const findingsFirst = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => rankOf(a) - rankOf(b));
