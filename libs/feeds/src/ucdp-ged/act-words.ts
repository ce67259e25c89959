/** Means that reach a place from afar: missiles, drones, aircraft, artillery. Not a unit that is only named after them. */
const STANDOFF =
  /\b(?:missiles?|drones?|uavs?|unmanned aerial|air[- ]?(?:strikes?|raids?|attacks?|bombardments?|bombing)|airstrikes?|(?:shell(?:s|ed|ing|fire))|bombard(?:ed|s|ing|ment|ments)|rockets?(?![- ]propelled)|artillery|mortars?|howitzers?)\b(?! (?:regiment|brigade|battalion|battery|unit|division|troops|forces|corps))/iu;

const NEAR = String.raw`(?:near|nearby|close to|next to|outskirts of|towards?|outside|around|vicinity of|area of|(?:north|south|east|west)\w* of|km (?:from|of)|road to|access to)`;
/** A power plant, substation, airport, port, telecommunications site or refinery: what is comparable to a data center. */
const INFRASTRUCTURE = String.raw`(?:(?:thermal |nuclear |hydroelectric |electric(?:al)? )?power (?:plants?|stations?)|(?:electric(?:al)? |electricity |power )?substations?|power grid|electricity grid|airports?(?! road)|sea ?ports?|(?:container|oil|gas|port) terminals?|port (?:facility|facilities|infrastructure)|telecom(?:munications?)? (?:towers?|masts?|sites?|cent(?:er|re)s?|exchanges?|hubs?|infrastructure|facility|facilities)|(?:cell|mobile) ?(?:phone )?(?:towers?|masts?)|telephone exchanges?|(?:oil )?refiner(?:y|ies))`;
const DATA_CENTER = String.raw`(?:data ?cent(?:er|re)s?|server farms?|(?:submarine|undersea|subsea|internet) cables?)`;
/** A port as what is hit; the word alone is in the names of a hundred cities. */
const PORT =
  /\b(?:at|on|in|hits?|struck|strikes?|shells?|bombs?|attacks?) (?:the |a )?(?:\w+ )?port\b(?!-| (?:city|town|of|au|said|sudan))/u;

const MAX_READ = 8_000;

interface Named {
  readonly at: RegExp;
  readonly near: RegExp;
}
const named = (what: string): Named => ({
  at: new RegExp(String.raw`\b${what}\b`, 'iu'),
  near: new RegExp(
    String.raw`\b${NEAR} (?:[\p{L}\p{N}'’-]+ ){0,6}?${what}\b|\b${what} \((?:[^)]{0,40}, ?)?near\)`,
    'iu',
  ),
});
const DATA_CENTERS = named(DATA_CENTER);
const WORKS = named(INFRASTRUCTURE);

/** A thing counts as struck where it is named and nothing says that it was only close by. */
function isAt({ at, near }: Named, words: string): boolean {
  return at.test(words) && !near.test(words);
}

/**
 * What the words about an armed act say of how it was done and what it hit. `standoff` only where they name such a means.
 * Severity is that of the score: 3 for a data center or cable, 2 for comparable infrastructure, 1 for all else.
 */
export function actIn(text: string): { mode: 'standoff' | 'local'; severity: 1 | 2 | 3 } {
  const words = text.slice(0, MAX_READ);
  const mode = STANDOFF.test(words) ? 'standoff' : 'local';
  if (isAt(DATA_CENTERS, words)) return { mode, severity: 3 };
  return { mode, severity: isAt(WORKS, words) || PORT.test(words) ? 2 : 1 };
}
