import type { ClaimDraft } from '@faultline/evidence';

/**
 * The English words this feed is read by: few, of what AWS has been seen to write, one clause at a time. What a rule
 * does not recognise is not read; the text stays beside the claim for people. A rule names what the clause states,
 * never what it suggests: "power issue" is the nature of a trouble and no cause, "objects" are not drones.
 */

type ValueOf<P extends ClaimDraft['predicate']> = Extract<ClaimDraft, { predicate: P }>['value'];
export type Nature = ValueOf<'nature'>['nature'];
export type Cause = ValueOf<'cause'>['cause'];
export type DamageKind = ValueOf<'damage'>['kinds'][number];
export type Stance = ClaimDraft['stance'];

/** Words that turn the clause they stand in around, or leave it open. */
const NEGATION = /\b(?:no|not|never|neither|nor|without|cannot|unrelated)\b|n't\b/i;
const NEGATED_EFFECT = /\b(?:no|not|never|neither|without|unaffected|unrelated|ruled out)\b|n't\b/i;
/** "may" in small letters only: "May" is a month. */
const HEDGE =
  /\b(?:[Mm]ight|[Cc]ould|[Pp]ossibl[ey]|[Pp]otential(?:ly)?|[Pp]resum\w+|[Aa]lleged(?:ly)?|[Uu]nconfirmed|[Rr]umou?r\w*|[Rr]eports? (?:of|that)|[Rr]eported(?:ly)?|[Ss]uspect\w*|[Ww]hether|[Ii]f|[Tt]hreats? of|[Rr]isks? of|[Ii]n case of|[Ii]n the event of)\b|\bmay\b/;

const TROUBLED_NOUN =
  '(?:issues?|problems?|events?|errors?|failures?|loss(?:es)?|outages?|disruptions?|interruptions?|impairments?)';
const KIND_LIST = (kind: string) =>
  new RegExp(
    `\\b${kind}(?:,? (?:and|or|/) (?:network )?(?:power|connectivity|cooling|networking))? ${TROUBLED_NOUN}\\b`,
    'i',
  );

/** What kind of trouble, said without saying what brought it about. */
const NATURES: readonly (readonly [Nature, RegExp])[] = [
  ['power', KIND_LIST('power')],
  [
    'power',
    /\b(?:loss of|lost|losing|interruption (?:of|to)) (?:utility )?power\b|\bdisrupted power\b|\bshut off (?:the )?power\b/i,
  ],
  ['connectivity', KIND_LIST('connectivity')],
  ['connectivity', /\b(?:loss of|lost) (?:network )?connectivity\b|\bpacket loss\b/i],
  ['cooling', KIND_LIST('cooling')],
  ['cooling', /\b(?:increase[sd]?|elevated|high(?:er)?|rising) (?:in )?(?:ambient )?temperatures?\b|\boverheat\w*/i],
];

/** What kinds of trouble a clause names and does not deny. */
export function naturesIn(clause: string): Nature[] {
  const found = NATURES.filter(([, words]) => {
    const match = words.exec(clause);
    return match !== null && !NEGATION.test(before(clause, match.index, 40));
  });
  return [...new Set(found.map(([nature]) => nature))];
}

const STRUCK = '(?:struck|hit|impacted|damaged|attacked)';
const STRIKE = '[ -](?:strikes?|attacks?|impacts?|hits?)';
const CAUSES: readonly (readonly [Cause, RegExp])[] = [
  ['drone-strike', new RegExp(`\\b(?:drones?|unmanned aerial (?:vehicles?|systems?)|uavs?)${STRIKE}\\b`, 'i')],
  [
    'drone-strike',
    new RegExp(`\\b${STRUCK}\\b[^.;]{0,40}\\bby (?:[\\w-]+ ){0,3}(?:drones?|unmanned aerial|uavs?)\\b`, 'i'),
  ],
  ['drone-strike', /\b(?:drones?|uavs?) (?:directly )?(?:struck|hit|crashed into)\b/i],
  ['missile-strike', new RegExp(`\\bmissiles?${STRIKE}\\b`, 'i')],
  ['missile-strike', new RegExp(`\\b${STRUCK}\\b[^.;]{0,40}\\bby (?:[\\w-]+ ){0,3}missiles?\\b`, 'i')],
  ['missile-strike', /\bmissiles? (?:directly )?(?:struck|hit)\b/i],
  [
    'struck-by-objects',
    /\b(?:objects?|debris|projectiles?|fragments?|shrapnel)(?: (?:that|which))?(?: (?:had|have|has))?(?: directly)? (?:struck|hit)\b(?! by)/i,
  ],
  [
    'struck-by-objects',
    /\b(?:struck|hit)\b[^.;]{0,40}\bby (?:[\w-]+ ){0,3}(?:objects?|debris|projectiles?|fragments?|shrapnel)\b/i,
  ],
  [
    'conflict-damage',
    /\b(?:as a result of|due to|because of|caused by)\b[^.;]{0,40}\b(?:conflict|hostilities|war|military (?:action|activity|operations?))\b/i,
  ],
  [
    'other',
    /\b(?:as a result of|due to|because of|caused by)\b[^.;]{0,30}\b(?:drone activity|lightning)\b|\bstruck by lightning\b/i,
  ],
];
/** That something befell us or ours: without it a clause only tells what goes on nearby. */
const EFFECT =
  /\b(?:as a result of|result(?:ed|ing) (?:from|in)|due to|because of|caus(?:ed?|ing)|struck|hit|our (?:\w+ ){0,2}(?:facilit\w+|data ?cent\w+|infrastructure|availability zones?))\b/i;
const HARM = /\b(?:damag|impact|impair|struck|destroy|disrupt|suffer)\w*/i;
const DENIAL =
  /(?:\b(?:not|never)|n't)\s+(?:been )?(?:caused by|due to|(?:a|the) result of|related to|because of)\s+(?:[\w-]+ ){0,3}$/i;

export interface StatedCause {
  readonly cause: Cause;
  readonly stance: Stance;
}

/**
 * What a clause says brought the trouble about. `denies` only where it says in so many words that it was not that; a
 * clause that hedges, passes on reports, or says that nothing came of it gives nothing.
 */
export function causesIn(clause: string): StatedCause[] {
  const found: StatedCause[] = [];
  for (const [cause, words] of CAUSES) {
    const match = words.exec(clause);
    if (match === null || found.some((stated) => stated.cause === cause) || HEDGE.test(clause)) continue;
    const lead = clause.slice(0, match.index);
    const denied = DENIAL.test(lead) || /(?:\bnot|\bnever|n't)\s*$/i.test(lead);
    if (denied) found.push({ cause, stance: 'denies' });
    else if (
      !NEGATED_EFFECT.test(clause) &&
      EFFECT.test(clause) &&
      (cause !== 'conflict-damage' || HARM.test(clause))
    ) {
      found.push({ cause, stance: 'asserts' });
    }
  }
  const named = found.some(({ cause }) => cause === 'drone-strike' || cause === 'missile-strike');
  // "As a result of drone strikes in the conflict" names the strikes; the conflict is then their setting.
  return named ? found.filter(({ cause }) => cause !== 'conflict-damage' && cause !== 'other') : found;
}

const FIRE_DAMAGE =
  /\bsparks and fire\b|\b(?:caus|creat|start|ignit)\w* (?:an? |the )?(?:\w+ and )?fires?\b|\bcaught fire\b|\bfires? (?:damaged?|broke out|in (?:the|our|one)|at (?:the|our|one))\b|\b(?:put out|extinguish\w*) the fires?\b/i;
const DAMAGES: readonly (readonly [DamageKind, RegExp])[] = [
  ['structural', /\bstructural(?:ly)? damaged?\b|\bdamage\w* (?:to )?the structure\b/i],
  [
    'power',
    /\bdisrupted (?:the )?power\b|\bpower (?:delivery|infrastructure|systems?|equipment) (?:was|were|has been|have been) (?:disrupted|damaged|destroyed)\b|\bdamage to (?:the |our )?(?:power|electrical)\b/i,
  ],
  ['water', /\bwater damage\b|\bdamaged by water\b/i],
  ['fire', FIRE_DAMAGE],
  [
    'network',
    /\bdamage to (?:the |our )?network\w*\b|\bnetwork\w* (?:equipment|devices?|infrastructure) (?:was|were) (?:damaged|destroyed)\b/i,
  ],
];

/** What was damaged, as a clause states it. */
export function damageIn(clause: string): DamageKind[] {
  if (HEDGE.test(clause)) return [];
  return DAMAGES.filter(([, words]) => {
    const match = words.exec(clause);
    return match !== null && !NEGATION.test(before(clause, match.index, 40));
  }).map(([kind]) => kind);
}

const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const FACILITIES_STRUCK = new RegExp(
  `\\b(${NUMBER_WORDS.slice(1).join('|')}|\\d{1,2})(?: of (?:our|the))?(?: \\w+){0,2} (?:facilit(?:y|ies)|data ?cent(?:er|re)s?)(?: \\([^)]{0,60}\\)| in [\\w .-]{1,30}?)? (?:was|were|has been|have been) (?:also )?(?:directly )?(?:struck|hit)\\b`,
  'i',
);

/** How many facilities a clause says were struck; null where it gives no number. */
export function facilitiesStruckIn(clause: string): number | null {
  const match = FACILITIES_STRUCK.exec(clause);
  if (match === null || HEDGE.test(clause) || NEGATION.test(before(clause, match.index, 40))) return null;
  const words = match[1]!.toLowerCase();
  return /^\d+$/.test(words) ? Number(words) : NUMBER_WORDS.indexOf(words);
}

const DURATION =
  /\b(?:at least |up to |about |around |approximately |another |more than |the next )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,3}(?: ?[-–] ?\d{1,3})?|several|a few|many|multiple|a couple of)(?: (?:more|additional|full))?(?: (?:to|or) (?:two|three|four|five|six|\d{1,3}))?[ -](?:minutes?|hours?|days?|weeks?|months?|years?)\b/i;
const FORWARD =
  /\b(?:expect\w*|anticipat\w*|estimat\w*|will (?:likely )?(?:take|require|last)|(?:could|may|might|likely to|going to) (?:take|last)|take at least|taking at least|prolonged)\b|\b(?:minutes|hours|days|weeks|months) away\b/i;
const NOT_OF_RECOVERY = /\b(?:updates?|information|details|posts?|retry|retries|retrying)\b/i;

/** The words a clause gives for how long it will yet take; null where it gives none, or speaks of the past. */
export function durationIn(clause: string): string | null {
  const match = DURATION.exec(clause);
  if (match === null || !FORWARD.test(clause) || NOT_OF_RECOVERY.test(clause)) return null;
  const lead = before(clause, match.index, 60);
  if (
    NEGATION.test(lead) ||
    /\b(?:last|past|previous) $/i.test(lead) ||
    /^ (?:ago|earlier)\b/i.test(clause.slice(match.index + match[0].length))
  ) {
    return null;
  }
  return match[0];
}

const ADVICE_CUE =
  /\b(?:recommend\w*|advis(?:e|es|ing)|encourag\w*|urg(?:e|es|ing)|suggest\w*|consider(?:ing)?|should|customers (?:can|may)|please)\b/i;
const ADVICE_TARGET =
  /\b(?:other|another|alternat(?:e|ive)|different|unaffected|unimpacted|remaining) (?:aws )?(?:regions?|availability zones?|azs?|zones?)\b|\bremote backups?\b|\bdisaster recovery plans?\b|\bback(?:ing)? ?up (?:\w+ ){0,3}data\b|\bfail(?:ing)? (?:over|away|out)\b|\bmigrat\w+ (?:\w+ ){0,3}(?:workloads?|resources?|applications?|data)\b/i;

/** Whether a clause tells customers to go elsewhere or to recover from elsewhere. */
export function isAdvice(clause: string): boolean {
  const cue = ADVICE_CUE.exec(clause);
  return cue !== null && ADVICE_TARGET.test(clause) && !/\b(?:not|never)\s+$|n't\s+$/i.test(clause.slice(0, cue.index));
}

function before(clause: string, index: number, length: number): string {
  return clause.slice(Math.max(0, index - length), index);
}
