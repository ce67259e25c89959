import { msOf, type Claim } from '@faultline/evidence';
import { anchorOf } from './correlate.js';
import type { Telling } from './incidents.js';
import { familyOf } from './peril-family.js';

const DAY_MS = 86_400_000;
const DAYS_AROUND = 4;

/**
 * The touched blocks with all those whose incidents are joined to theirs, or were before: what must be told anew when
 * claims of the touched blocks are new. Candidates are found by family and day; joined ones are followed on.
 */
export function blocksAround(
  blocks: ReadonlyMap<string, readonly Claim[]>,
  touched: ReadonlySet<string>,
  telling: Telling,
): Set<string> {
  const around = new Set([...touched].filter((block) => blocks.has(block)));
  // A decision can name any incident: all are looked at, which is rare.
  if (touched.has('review')) return new Set(blocks.keys());
  const days = dayIndexOf(blocks);
  let frontier = [...around];
  while (frontier.length > 0) {
    const candidates = candidatesOf(
      frontier.flatMap((block) => blocks.get(block)!),
      days,
    );
    for (const block of frontier) candidates.add(block);
    const { incidents } = telling.joined(candidates);
    const next = new Set<string>();
    for (const incident of incidents) {
      if (incident.joinedIds === undefined) continue;
      const members = new Set(incident.links.map(({ claim }) => days.blockOf(claim)));
      if (![...members].some((block) => around.has(block))) continue;
      for (const block of members) if (!around.has(block)) next.add(block);
    }
    for (const block of next) around.add(block);
    frontier = [...next];
  }
  return around;
}

interface DayIndex {
  readonly at: ReadonlyMap<string, ReadonlySet<string>>;
  readonly blockOf: (claim: Claim) => string;
}

function dayIndexOf(blocks: ReadonlyMap<string, readonly Claim[]>): DayIndex {
  const at = new Map<string, Set<string>>();
  const blockOfClaim = new Map<Claim, string>();
  for (const [block, claims] of blocks) {
    for (const claim of claims) {
      blockOfClaim.set(claim, block);
      for (const key of keysOf(claim, 0)) {
        const held = at.get(key);
        if (held) held.add(block);
        else at.set(key, new Set([block]));
      }
    }
  }
  return { at, blockOf: (claim) => blockOfClaim.get(claim)! };
}

/** Blocks with something of the same family in those days; each day is looked up once, however many claims are of it. */
function candidatesOf(claims: readonly Claim[], { at }: DayIndex): Set<string> {
  const keys = new Set(claims.flatMap((claim) => keysOf(claim, DAYS_AROUND)));
  return new Set([...keys].flatMap((key) => [...(at.get(key) ?? [])]));
}

function keysOf(claim: Claim, around: number): string[] {
  const family = familyOf(claim);
  const anchor = anchorOf(claim);
  if (claim.place.position === null || anchor === null || family === 'unknown' || family === 'threat') return [];
  const day = Math.floor(msOf(anchor) / DAY_MS);
  return Array.from({ length: 2 * around + 1 }, (_, index) => `${family} ${day - around + index}`);
}
