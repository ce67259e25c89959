import type { Peril } from '@faultline/evidence';

/** What stands in a headline about infrastructure. Words of the trade alone: a "cloud" or a "network" is no site. */
const INFRASTRUCTURE =
  /\b(?:data ?cent(?:er|re)s?|server farms?|cloud regions?|availability zones?|internet exchanges?|landing stations?|(?:undersea|subsea|submarine|fib(?:er|re)(?:[- ]optic)?|internet|telecoms?|data|power|electricity) (?:cables?|lines?)|power (?:plants?|stations?|grids?|facilit(?:y|ies)|infrastructure)|electricity (?:grids?|stations?|infrastructure|facilit(?:y|ies))|substations?|energy (?:infrastructure|facilit(?:y|ies)|sites?)|critical infrastructure|nuclear (?:plants?|power plants?|power stations?|facilit(?:y|ies))|(?:oil|gas|fuel|lng) (?:refiner(?:y|ies)|terminals?|depots?|fields?|facilit(?:y|ies)|plants?|tanks?)|refiner(?:y|ies)|pipelines?|desalination plants?|water (?:plants?|treatment plants?|facilit(?:y|ies))|airports?|seaports?|ports?|telecoms? towers?|cell towers?)\b/i;

/** A weapon and what it did. `hit` and `strike` alone are said of lightning, of workers and of bargains. */
const DONE =
  '(?:strikes?|struck|attacks?|attacked|hits?|raids?|barrages?|bombard(?:s|ed|ment)?|damag(?:es|ed)|destroy(?:s|ed)|set(?:s)? (?:fire|ablaze))';
const DRONE = new RegExp(
  `\\b(?:drones?|uavs?|unmanned aerial vehicles?|shaheds?)\\b[^.;:!]{0,60}?\\b${DONE}\\b|\\b${DONE}\\b[^.;:!]{0,40}?\\b(?:by|with|in|from)\\b[^.;:!]{0,20}?\\b(?:drones?|uavs?)\\b`,
  'i',
);
const MISSILE = new RegExp(
  `\\b(?:(?:ballistic |cruise )?missiles?|rockets?)\\b[^.;:!]{0,60}?\\b${DONE}\\b|\\b${DONE}\\b[^.;:!]{0,40}?\\b(?:by|with|in|from)\\b[^.;:!]{0,20}?\\b(?:missiles?|rockets?)\\b`,
  'i',
);
const ARMED =
  /\b(?:air ?strikes?|air raids?|shell(?:ed|ing|s)|bombed|bombings?|artillery|gunmen (?:attack(?:ed)?|storm(?:ed)?)|militants? (?:attack(?:ed)?|storm(?:ed)?|bomb(?:ed)?)|armed attacks?|terror(?:ist)? attacks?|suicide (?:attacks?|bombers?))\b/i;
const FORCES =
  /\b(?:iran(?:ian)?|israel(?:i)?|russian?|ukrain(?:e|ian)|houthis?|hezbollah|american|saudi|emirati|pakistani?|indian?|turkish|syrian?|rebel|military|navy|air force)(?:'s)? (?:air |missile |drone )?(?:strikes?|attacks?|raids?)\b/i;
const US_FORCES = /\bUS (?:air |missile |drone )?(?:strikes?|attacks?|raids?) (?:on|in|at|against|hit|damage|destroy)/;
const SABOTAGE = /\b(?:sabotag(?:e|ed|es|ing)|arson attacks?|blown up|deliberately (?:cut|severed|damaged))\b/i;

/**
 * Words beside which a headline does not say that it happened, or not in this world, or not now: doubt and denial,
 * what was averted, exercises, fiction, sport and labour, history, weather, what is done with computers alone.
 */
const NOT_SAID: readonly RegExp[] = [
  /\b(?:could|may|might|would|should|if|unless|will|to (?:strike|attack|hit|target)|plans?|planned|planning|plots?|threat(?:s|en|ens|ened|ening)?|vows?|warn(?:s|ed|ing|ings)?|fears?|feared|risks?|alleged(?:ly)?|suspected|claims?|claimed|possible|possibly|potential|likely|feasible|prepar(?:e|es|ed|ing)|brace[sd]?|bracing|ready|simulat(?:e|es|ed|ion)|hypothetical)\b/i,
  /\b(?:den(?:y|ies|ied|ial|ying)|no|not|never|none|without|false(?:ly)?|fake|hoax|rumou?rs?|debunk(?:s|ed)?|refut(?:e|es|ed)|dismiss(?:es|ed)?|unconfirmed|unverified|untrue|fact[- ]?check|isn'?t|wasn'?t|didn'?t|hasn'?t|misinformation|disinformation|ai[- ]generated)\b/i,
  /\b(?:foil(?:s|ed)?|thwart(?:s|ed)?|avert(?:s|ed)?|prevent(?:s|ed)?|repel(?:s|led)?|intercept(?:s|ed|ion|ions)?|shot down|shoots? down|downed|fail(?:s|ed)?|miss(?:es|ed)|ceasefire|truce|how|why|what|lessons?)\b/i,
  /\b(?:drills?|exercises?|war ?games?|wargam(?:e|es|ing)|training|rehears(?:al|es|ed)|mock|tests?|tested|anniversary|years? (?:ago|on|after|later|since)|decades?|centur(?:y|ies)|history|historic(?:al)?|remember(?:s|ed|ing)?|commemorat(?:e|es|ed|ion)|world war|wwi{1,2}|1[89]\d\d)\b/i,
  /\b(?:films?|movies?|trailers?|cinema|netflix|hbo|documentar(?:y|ies)|thriller|dramas?|seasons?|episodes?|series|reviews?|novels?|books?|fiction(?:al)?|plays?|games?|gamers?|gaming|gameplay|video ?games?|call of duty|esports?|podcasts?|opinion|editorial|analysis|explain(?:s|ed|er)|quiz|recap|box office|actors?|directors?)\b/i,
  /\b(?:unions?|walk ?outs?|wages?|ballots?|picket|industrial action|workers? (?:go on )?strike|deal|deals|bargain|lawsuits?|court|judge|tax|bill|senators?|lawmakers?|council|match|cup|league|coach|goals?|strikers?|wins?|defeats?)\b/i,
  /\b(?:lightning|storms?|tornado(?:es)?|hurricanes?|typhoons?|cyclones?|wildfires?|earthquakes?|quakes?|floods?|heat ?waves?|cyber|cyber[- ]?attacks?|ransomware|malware|hack(?:s|ed|er|ers|ing)?|ddos|phishing|sharks?|heart attacks?|panic attacks?|cars?|trucks?|plane crash|birds?|hobby(?:ist)?)\b/i,
  /\?/,
];

/** States of the United States: what a drone hits there is an accident as a rule. Georgia is left to the country table. */
const UNITED_STATES =
  /\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington state|West Virginia|Wisconsin|Wyoming)\b/i;

/**
 * The peril a headline states, null where it states none. It states one only where words of an attack and of
 * infrastructure stand in it and nothing that takes them back; what it says remains a lead.
 */
export function perilOf(headline: string): Peril | null {
  if (!INFRASTRUCTURE.test(headline) || UNITED_STATES.test(headline)) return null;
  if (NOT_SAID.some((pattern) => pattern.test(headline))) return null;
  const [drone, missile] = [DRONE.test(headline), MISSILE.test(headline)];
  // Of both together the headline does not say which of them it was.
  if (drone && missile) return 'armed-attack';
  if (drone) return 'drone-strike';
  if (missile) return 'missile-strike';
  if (ARMED.test(headline) || FORCES.test(headline) || US_FORCES.test(headline)) return 'armed-attack';
  return SABOTAGE.test(headline) ? 'sabotage' : null;
}
