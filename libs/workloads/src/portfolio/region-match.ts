import type { CloudRegion } from '@faultline/places';

/** What the matching needs to know of a cloud region. */
export type KnownRegion = Pick<CloudRegion, 'id' | 'name' | 'operatorId' | 'metro' | 'country' | 'zoneIds' | 'listed'>;

/** A region a text may mean, how sure that is from 0 to 1, and why. A score is no probability. */
export interface RegionCandidate {
  readonly regionId: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

/**
 * `matched`: the text names one region and no other comes near. `doubtful`: somebody has to say which. `unknown`: no
 * region of ours has anything to do with it.
 */
export type RegionMatch =
  | {
      readonly outcome: 'matched';
      readonly regionId: string;
      /** Where a zone was written, by the account's letter or by its id. */
      readonly zoneLetter: string | null;
      readonly zoneId: string | null;
      readonly score: number;
      readonly reasons: readonly string[];
    }
  | { readonly outcome: 'doubtful'; readonly candidates: readonly RegionCandidate[] }
  | { readonly outcome: 'unknown' };

/** From this score on, and with {@link CLEAR_MARGIN} to the next, a text is taken at its word. */
const SURE = 0.9;
const CLEAR_MARGIN = 0.2;
const DIMMED = 0.85;
const SHOWN_CANDIDATES = 5;

const OPERATOR_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:amazon web services|amazon|aws)\b/g, 'aws'],
  [/\b(?:microsoft azure|ms azure|microsoft|azure)\b/g, 'azure'],
  [/\b(?:google cloud platform|google cloud|google|gcp)\b/g, 'gcp'],
  [/\b(?:oracle cloud infrastructure|oracle cloud|oracle|oci)\b/g, 'oci'],
];

/** Words that say what kind of thing is named, not which. */
const KIND_WORDS = /\b(?:cloud region|region|location)\b/g;

/** As portals group regions: "(Middle East) UAE North". */
const PORTAL_GROUP = /^\s*\((?:us|canada|south america|europe|africa|middle east|asia pacific)\)\s+/;

/** The operator a text names, by name or abbreviation; undefined where it names none, or two. */
export function operatorOf(text: string): string | undefined {
  const found = OPERATOR_NAMES.filter(([name]) => plain(text).match(name) !== null);
  return found.length === 1 ? found[0]![1] : undefined;
}

interface Entry {
  readonly region: KnownRegion;
  readonly code: string;
  readonly compact: string;
  readonly name: string;
  /** Parts by which people call it: the name without what is in brackets, that alone, the metro, the country. */
  readonly parts: ReadonlyMap<string, string>;
  readonly words: ReadonlySet<string>;
}

/** Regions made ready for matching; build it once for a file. */
export class RegionIndex {
  private readonly entries: readonly Entry[];
  private readonly byId = new Map<string, KnownRegion>();
  private readonly zoneRegions = new Map<string, { region: KnownRegion; zoneId: string }[]>();
  private readonly held = new Map<string, RegionMatch>();

  constructor(regions: Iterable<KnownRegion>) {
    const list = [...regions];
    const countries = new Intl.DisplayNames(['en'], { type: 'region' });
    this.entries = list.map((region) => entryOf(region, countries.of(region.country) ?? region.country));
    for (const region of list) {
      this.byId.set(region.id, region);
      for (const zoneId of region.zoneIds) {
        for (const key of [zoneId, codeOf(zoneId)])
          this.zoneRegions.set(key, [...(this.zoneRegions.get(key) ?? []), { region, zoneId }]);
      }
    }
  }

  region(id: string): KnownRegion | undefined {
    return this.byId.get(id);
  }

  /** The zone of that id, `mec1-az2` or `aws:mec1-az2`, and its region; undefined where none or several are known. */
  zone(text: string): { region: KnownRegion; zoneId: string } | undefined {
    const found = this.zoneRegions.get(text.trim().toLowerCase());
    return found?.length === 1 ? found[0] : undefined;
  }

  /** Which region `written` names. `provider`: what stands beside it in another column, if anything. */
  match(written: string, provider?: string): RegionMatch {
    const key = JSON.stringify([written, provider ?? null]);
    const held = this.held.get(key);
    if (held) return held;
    const made = this.matched(written, provider);
    this.held.set(key, made);
    return made;
  }

  private matched(written: string, provider: string | undefined): RegionMatch {
    const text = written.normalize('NFKC').trim().toLowerCase();
    const inText = operatorOf(text);
    const beside = provider === undefined ? undefined : operatorOf(provider);
    const zone = this.zone(text);
    if (zone && (beside === undefined || beside === zone.region.operatorId))
      return taken(zone.region.id, 1, ['the id of one of its zones'], null, zone.zoneId);
    const found = this.entries.flatMap((entry) => scored(entry, text));
    if (found.length === 0) return { outcome: 'unknown' };
    // Codes differ by a hyphen: us-east-1 is one operator's, us-east1 another's. One spelt exactly dims the others.
    const exact = found.some(({ score }) => score === 1);
    const judged = found
      .map((hit) => (exact && hit.score < 1 ? { ...hit, score: hit.score * DIMMED } : hit))
      .map((hit) => judgedBy(hit, inText, beside))
      .sort((a, b) => b.score - a.score || (a.regionId < b.regionId ? -1 : 1));
    const [best, next] = judged;
    if (best!.score >= SURE && best!.score - (next?.score ?? 0) >= CLEAR_MARGIN - 1e-9)
      return taken(best!.regionId, best!.score, best!.reasons, best!.zoneLetter, null);
    const candidates = judged
      .slice(0, SHOWN_CANDIDATES)
      .map(({ regionId, score, reasons }) => ({ regionId, score, reasons }));
    return { outcome: 'doubtful', candidates };
  }
}

interface Hit {
  readonly region: KnownRegion;
  readonly score: number;
  readonly reason: string;
  readonly zoneLetter: string | null;
}

function scored(entry: Entry, text: string): Hit[] {
  const { region } = entry;
  const hit = (score: number, reason: string, zoneLetter: string | null = null): Hit[] => [
    { region, score, reason, zoneLetter },
  ];
  if (text === region.id) return hit(1, 'its id');
  const bare = stripped(text);
  if (bare === entry.code) return hit(1, 'its code');
  const letter = bare.startsWith(entry.code) ? /^-?([a-f])$/.exec(bare.slice(entry.code.length))?.[1] : undefined;
  // Only AWS writes a letter right behind the code of a region that ends in a digit.
  if (letter !== undefined && region.operatorId === 'aws' && bare === `${entry.code}${letter}`)
    return hit(1, 'its code with the letter of a zone', letter);
  const words = wordsOf(bare);
  const said = words.join(' ');
  if (said === '') return [];
  if (said === entry.name) return hit(0.95, 'its name');
  if (words.join('') === entry.compact) return hit(0.9, 'its code, written another way');
  const tokens = bare.split(/[\s()/,;]+/).filter((token) => token !== '');
  if (tokens.includes(entry.code)) {
    const rest = tokens.filter((token) => token !== entry.code).flatMap(wordsOf);
    return rest.every((word) => entry.words.has(word))
      ? hit(0.97, 'its code, and nothing that says otherwise')
      : hit(0.7, `its code, and also ${JSON.stringify(rest.join(' ').slice(0, 60))}`);
  }
  const part = entry.parts.get(said);
  if (part !== undefined) return hit(0.8, part);
  const isWord = words.some((word) => /\p{L}{2}/u.test(word));
  return isWord && words.every((word) => entry.words.has(word)) ? hit(0.5, 'all words of it are among its own') : [];
}

/** What the operator named in the text or beside it adds and takes. */
function judgedBy({ region, score, reason, zoneLetter }: Hit, inText: string | undefined, beside: string | undefined) {
  const reasons = [reason];
  let total = score;
  const others = [inText, beside].filter((operator) => operator !== undefined);
  if (others.some((operator) => operator !== region.operatorId)) {
    total = Math.min(total, 1) * 0.5;
    reasons.push(`another operator is named: ${others.find((operator) => operator !== region.operatorId)}`);
  } else if (others.length > 0) {
    total = Math.min(1, total + 0.05);
    reasons.push('its operator is named');
  }
  if (region.listed !== 'available') reasons.push(`listed as ${region.listed}`);
  return { regionId: region.id, score: Math.round(total * 100) / 100, reasons, zoneLetter };
}

function taken(
  regionId: string,
  score: number,
  reasons: readonly string[],
  zoneLetter: string | null,
  zoneId: string | null,
): RegionMatch {
  return { outcome: 'matched', regionId, zoneLetter, zoneId, score, reasons };
}

function entryOf(region: KnownRegion, country: string): Entry {
  const code = codeOf(region.id);
  const name = stripped(plain(region.name));
  const inBrackets = /\(([^)]*)\)/.exec(name)?.[1];
  const parts = new Map<string, string>();
  const say = (text: string | undefined, reason: string) => {
    const key = text === undefined ? '' : wordsOf(text).join(' ');
    if (key !== '' && !parts.has(key)) parts.set(key, reason);
  };
  say(inBrackets, 'what stands in brackets in its name');
  say(name.replace(/\([^)]*\)/, ' '), 'its name without the brackets');
  for (const metro of region.metro.split(/\s[–-]\s|[(),]/)) say(plain(metro), 'its metro');
  say(plain(country), 'its country');
  say(region.country.toLowerCase(), 'its country');
  const words = new Set([
    ...wordsOf(code),
    ...wordsOf(name),
    ...wordsOf(plain(region.metro)),
    ...wordsOf(plain(country)),
    region.country.toLowerCase(),
  ]);
  return { region, code, compact: wordsOf(code).join(''), name: wordsOf(name).join(' '), parts, words };
}

function codeOf(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Lower case without accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Without the names of operators and the words that only say what kind of thing it is. */
function stripped(text: string): string {
  let bare = plain(text).replace(PORTAL_GROUP, '');
  for (const [name] of OPERATOR_NAMES) bare = bare.replace(name, ' ');
  return bare
    .replace(KIND_WORDS, ' ')
    .replace(/^[\s:/,;-]+|[\s:/,;-]+$/g, '')
    .replaceAll(/\s+/g, ' ');
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
