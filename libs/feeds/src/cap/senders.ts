import type { ClaimDraft } from '@faultline/evidence';
import { fitted } from '../document/index.js';

/** Who says it, and of which countries it speaks where that is certain. */
export interface Sender {
  readonly source: ClaimDraft['source'];
  readonly countries: readonly string[];
}

/** Authorities that warn of one country only, by the `sender` their alerts carry. */
const KNOWN: Readonly<Record<string, { id: string; name: string; country: string }>> = {
  'w-nws.webmaster@noaa.gov': { id: 'gov:us-nws', name: 'U.S. National Weather Service', country: 'US' },
  'cap@ec.gc.ca': { id: 'gov:ca-eccc', name: 'Environment and Climate Change Canada', country: 'CA' },
  'cap-pac@canada.ca': { id: 'gov:ca-eccc', name: 'Environment and Climate Change Canada', country: 'CA' },
  'webmaster@rfs.nsw.gov.au': { id: 'gov:au-nsw-rfs', name: 'NSW Rural Fire Service', country: 'AU' },
};

/**
 * The source of a claim from the `sender` of an alert. CAP is written by authorities; of one we do not know, we do not
 * know the country either, so it is graded B and confirms nothing by its own word.
 */
export function senderOf(sender: string): Sender {
  const key = sender.toLowerCase();
  if (Object.hasOwn(KNOWN, key)) {
    const { id, name, country } = KNOWN[key]!;
    return { source: { id, name, class: 'government', grade: 'A' }, countries: [country] };
  }
  return {
    source: { id: fitted(`cap:${sender}`, 120), name: fitted(sender, 200), class: 'government', grade: 'B' },
    countries: [],
  };
}
