import type { ConditionState } from '@faultline/evidence';
import { isAdvice } from './lexicon.js';
import { zonesIn } from './place.js';
import type { Clause } from './sentences.js';

/** The words for how a zone, a region or the event as a whole is. The same caution as in the lexicon. */

const RESOLVED_MARK = /\[\s*(?:resolved|解決済み|已解决|已解決|해결(?:됨|완료)?)\s*\]/iu;
const CLOSED =
  /\b(?:the|this|all) (?:issues?|event|incident|problem)\b[^.;]{0,60}\b(?:has|have) (?:now )?(?:been )?(?:fully )?resolved(?= and\b|[.,;]|$)|\bthe (?:service|system) is (?:now )?operating normally\b/i;
const NOT_CLOSED = /\b(?:not|once|until|when|after|experiencing|investigating)\b/i;
const OPEN_STILL = /\b(?:still|remains?|remaining|continu\w+)\b/i;

const INVESTIGATES = /\binvestigat(?:e|ing)\b/i;
const ESTABLISHED =
  /\b(?:confirm\w*|identified|determined|isolated|experienc\w+|root cause|mitigat\w+|recover\w*|resolv\w+|working to (?:restore|address))\b/i;

const UNAFFECTED =
  /\b(?:(?:is|are|remains?|continues? to be|was|were) )?(?:unaffected|unimpacted|unimpaired|not (?:been )?(?:affected|impacted|impaired))(?: by (?:this|the)(?: \w+){0,2} (?:issues?|events?|outages?))?|\b(?:(?:is|are|remains?) |continu\w+ to )?(?:function|operat|work|runn?)(?:e|ing)? (?:normally|as (?:expected|normal))/i;
const NOT_BEFORE = /\b(?:not|never|no longer)\s+(?:\w+\s+){0,2}$|n't\s+(?:\w+\s+){0,2}$/i;
const OTHER_ZONES = /\b(?:the )?(?:other|remaining)(?: two)? (?:availability zones?|azs?|zones?)\b/i;
const TROUBLE =
  /\b(?:issues?|impact\w*|affect\w*|impair\w*|outages?|unavailab\w+|degrad\w+|errors?|failures?|failing|struck|damag\w+|fires?|disrupt\w+|lost|loss|offline|down|latenc\w+)\b/i;
const PART_ONLY = /\b(?:some|subset|small (?:number|percentage)|certain|portion|single (?:rack|host|cell|room))\b/i;
const IMPAIRED_ITSELF =
  /\b(?:az\d\)?|availability zones?|azs?|zones?|regions?)\)?\s+(?:(?:is|are|was|were|remains?|continues? to be|has been|have been) )(?:\w+ly )?impaired\b/i;
const BEFELL_ZONE =
  /\b(?:power (?:issues?|events?|outages?|loss|failures?)|loss of power|objects?|fire|strikes?)\b[^.;]{0,30}\b(?:affect|impact|disrupt|struck|hit)\w*(?: in)? (?:a single |one |one of our |another |the |our |a second )?(?:availability zones?|azs?|[a-z]{3,5}\d-az\d)\b|\b(?:availability zones?|azs?)\b[^.;]{0,40}\b(?:was|were|has been|have been|is|are) (?:\w+ly )?(?:struck|hit|(?:impacted|affected) by (?:\w+ ){0,3}(?:power|objects?|fire|strikes?|drones?|missiles?))/i;
const UNAVAILABLE_ITSELF =
  /\b(?:az\d\)?|availability zones?|azs?|zones?|regions?)\)?\s+(?:(?:is|are|was|were|remains?|has been|have been) )(?:currently |completely |entirely |fully )?(?:unavailable|offline|down|out of service)\b/i;
const CANNOT_SERVE =
  /\b(?:unable to|cannot|can ?not|not able to|no longer able to)\s+(?:currently )?(?:support|serve) customer (?:applications?|workloads?)\b/i;

const ZONE_NOUN = /\b(?:availability zones?|azs?|zones?)\b/i;

/** Whether a summary carries the mark AWS puts on what is over. */
export function isMarkedResolved(summary: string): boolean {
  return RESOLVED_MARK.test(summary);
}

/** Whether the words say that it is over, and nothing after them says that something goes on. */
export function isClosedInWords(clauses: readonly Clause[]): boolean {
  const at = clauses.findLastIndex(({ text }) => CLOSED.test(text) && !NOT_CLOSED.test(text));
  return at >= 0 && !clauses.slice(at).some(({ text }) => OPEN_STILL.test(text));
}

/** Whether the words only say that a trouble is being looked into. */
export function onlyInvestigates(clauses: readonly Clause[]): boolean {
  return clauses.some(({ text }) => INVESTIGATES.test(text)) && !clauses.some(({ text }) => ESTABLISHED.test(text));
}

/** What the words say of the region as a whole, beyond any status: `unavailable`, or nothing. */
export function regionInWords(clauses: readonly Clause[]): 'unavailable' | null {
  const says = clauses
    .filter(({ text }) => !ZONE_NOUN.test(text) && zonesIn(text).length === 0)
    .some(({ text }) => (/\bregions?\b/i.test(text) && UNAVAILABLE_ITSELF.test(text)) || CANNOT_SERVE.test(text));
  return says ? 'unavailable' : null;
}

/** Whether the words say that the zones not spoken of work. */
export function saysOtherZonesWork(clauses: readonly Clause[]): string | null {
  const clause = clauses.find(({ text }) => {
    const other = OTHER_ZONES.exec(text);
    const fine = UNAFFECTED.exec(text);
    return (
      other !== null &&
      fine !== null &&
      other.index < fine.index &&
      !NOT_BEFORE.test(text.slice(0, fine.index)) &&
      !TROUBLE.test(text.slice(other.index, fine.index))
    );
  });
  return clause?.sentence ?? null;
}

/** What is said of a zone by name. `troubled`: in trouble, how badly the status must tell. */
export type ZoneWords = Extract<ConditionState, 'operational' | 'impaired' | 'unavailable'> | 'troubled';

export interface SpokenZone {
  readonly zoneId: string;
  readonly regionId: string;
  readonly words: ZoneWords;
}

const WORST: readonly ZoneWords[] = ['unavailable', 'impaired', 'troubled', 'operational'];

/** The zones a text speaks of by name, with the worst it says of each. Zones it only recommends or mentions are none. */
export function zonesSpokenOf(clauses: readonly Clause[]): SpokenZone[] {
  const spoken = new Map<string, SpokenZone>();
  for (const { text } of clauses) {
    const words = isAdvice(text) ? null : zoneWordsIn(text);
    if (words === null) continue;
    for (const { zoneId, regionId } of zonesIn(text)) {
      const held = spoken.get(zoneId);
      if (held === undefined || WORST.indexOf(words) < WORST.indexOf(held.words))
        spoken.set(zoneId, { zoneId, regionId, words });
    }
  }
  return [...spoken.values()].sort((a, b) => (a.zoneId < b.zoneId ? -1 : 1));
}

function zoneWordsIn(text: string): ZoneWords | null {
  const [first] = zonesIn(text);
  if (first === undefined) return null;
  const fine = UNAFFECTED.exec(text);
  if (fine !== null) {
    if (NOT_BEFORE.test(text.slice(0, fine.index))) return 'troubled';
    if (!TROUBLE.test(text.replace(fine[0], ''))) return first.at < fine.index ? 'operational' : null;
  }
  if (UNAVAILABLE_ITSELF.test(text) || CANNOT_SERVE.test(text)) return 'unavailable';
  if (!TROUBLE.test(text)) return null;
  if (IMPAIRED_ITSELF.test(text)) return 'impaired';
  return BEFELL_ZONE.test(text) && !PART_ONLY.test(text) ? 'impaired' : 'troubled';
}
