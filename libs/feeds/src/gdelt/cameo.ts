/**
 * The codes of violence of CAMEO 1.1b3, roots 18 (assault), 19 (fight) and 20 (mass violence), in our words. Whether one is
 * an armed attack follows from its definition: a kidnapping, a blockade and an expulsion are violence, and no attack.
 */
const ACTS: Readonly<Record<string, readonly [words: string, armed: boolean]>> = {
  '18': ['Assault', false],
  '180': ['Unconventional violence', false],
  '181': ['Abduction, hijacking or hostage-taking', false],
  '182': ['Physical assault', false],
  '1821': ['Sexual assault', false],
  '1822': ['Torture', false],
  '1823': ['Killing by physical assault', false],
  '183': ['Bombing, not by a military', true],
  '1831': ['Suicide bombing', true],
  '1832': ['Car bombing', true],
  '1833': ['Roadside bombing', true],
  '1834': ['Bombing of a place', true],
  '184': ['Use as human shield', false],
  '185': ['Attempt to assassinate', false],
  '186': ['Assassination', false],
  '19': ['Fight', true],
  '190': ['Conventional military force', true],
  '191': ['Blockade', false],
  '192': ['Occupation of territory', false],
  '193': ['Fight with small arms', true],
  '194': ['Fight with artillery and tanks', true],
  '195': ['Aerial weapons', true],
  '1951': ['Precision-guided aerial weapons', true],
  '1952': ['Remotely piloted aerial weapons', true],
  '196': ['Violation of a ceasefire', false],
  '20': ['Mass violence', true],
  '200': ['Unconventional mass violence', true],
  '201': ['Mass expulsion', false],
  '202': ['Mass killing', true],
  '203': ['Ethnic cleansing', true],
  '204': ['Weapons of mass destruction', true],
  '2041': ['Chemical, biological or radiological weapons', true],
  '2042': ['Nuclear detonation', true],
};

const VIOLENT: ReadonlySet<string> = new Set(['18', '19', '20']);

/** Whether a CAMEO root code is one of violence. */
export function isViolent(rootCode: string): boolean {
  return VIOLENT.has(rootCode);
}

/** What a code of violence says; of one that is not in the list, what its root says. */
export function actOf(code: string, rootCode: string): { words: string; armed: boolean } {
  const [words, armed] = (Object.hasOwn(ACTS, code) ? ACTS[code] : ACTS[rootCode])!;
  return { words, armed };
}
