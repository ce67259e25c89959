/** Where the events of this feed are: a cloud region, or the operator as a whole. Ids are as everywhere: `aws:me-central-1`. */

export const OPERATOR_ID = 'aws';

const REGION =
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-(?:gov|iso[a-z]?|de))?-(?:north|south)?(?:north|south|east|west|central)-\d{1,2}$/;
const REGION_IN_TEXT =
  /\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov)?-(?:north|south)?(?:north|south|east|west|central)-\d\b(?!-?[a-z\d])/giu;
const SERVICE_SUFFIX =
  /-((?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-(?:gov|iso[a-z]?|de))?-(?:north|south)?(?:north|south|east|west|central)-\d{1,2})$/;
const ARN = /^arn:aws[a-z-]*:health:(?:([a-z0-9-]*):)?:event\/[\w./:-]{1,300}$/;
const ZONE = /\b(usg|us|eu|ap|sa|ca|me|af|il|mx|cn)(ne|nw|se|sw|n|s|e|w|c)(\d)(?:-[a-z]{3}\d)?-az\d\b/giu;

const DIRECTIONS: Readonly<Record<string, string>> = {
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  c: 'central',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
};

/** Services that name their region in another way than by its code. US Standard was the first name of us-east-1. */
const REGION_OF_SERVICE: Readonly<Record<string, string>> = { 's3-us-standard': 'us-east-1' };

/**
 * Places as AWS prints them beside its region codes, each standing for one region only; names two regions share, or
 * that are countries with more than one, are left out.
 */
const REGION_OF_NAME: Readonly<Record<string, string>> = {
  uae: 'me-central-1',
  'united arab emirates': 'me-central-1',
  bahrain: 'me-south-1',
  'tel aviv': 'il-central-1',
  'n. virginia': 'us-east-1',
  'northern virginia': 'us-east-1',
  ohio: 'us-east-2',
  'n. california': 'us-west-1',
  'northern california': 'us-west-1',
  oregon: 'us-west-2',
  'são paulo': 'sa-east-1',
  'sao paulo': 'sa-east-1',
  'cape town': 'af-south-1',
  frankfurt: 'eu-central-1',
  zurich: 'eu-central-2',
  ireland: 'eu-west-1',
  london: 'eu-west-2',
  paris: 'eu-west-3',
  stockholm: 'eu-north-1',
  milan: 'eu-south-1',
  spain: 'eu-south-2',
  'hong kong': 'ap-east-1',
  taipei: 'ap-east-2',
  mumbai: 'ap-south-1',
  hyderabad: 'ap-south-2',
  tokyo: 'ap-northeast-1',
  seoul: 'ap-northeast-2',
  osaka: 'ap-northeast-3',
  singapore: 'ap-southeast-1',
  sydney: 'ap-southeast-2',
  jakarta: 'ap-southeast-3',
  melbourne: 'ap-southeast-4',
};
const NAMES = Object.keys(REGION_OF_NAME)
  .map((name) => name.replaceAll('.', '\\.'))
  .join('|');
const OPENS_IN = new RegExp(
  `^\\W*(?:and |while )?(?:both )?in (?:the )?((?:${NAMES})(?:(?:,|,? and| or) (?:in )?(?:the )?(?:${NAMES}))*)\\b`,
  'iu',
);
const NAME = new RegExp(NAMES, 'giu');

/** Region code of an event ARN; null where it names none or `global`; undefined where it is no ARN of a health event. */
export function regionOfArn(arn: string): string | null | undefined {
  const match = ARN.exec(arn);
  if (!match) return undefined;
  const region = match[1] ?? '';
  if (region === '' || region === 'global') return null;
  return REGION.test(region) ? region : undefined;
}

/** Splits `ec2-us-gov-west-1` into its service and region code; the region is null for a service without one. */
export function placeOfService(service: string): { service: string; region: string | null } {
  const known = REGION_OF_SERVICE[service];
  if (known !== undefined) return { service: 's3', region: known };
  const region = SERVICE_SUFFIX.exec(service)?.[1];
  return region === undefined ? { service, region: null } : { service: service.slice(0, -region.length - 1), region };
}

/** A zone id that stands in a text, with the region its prefix abbreviates: `mec1-az2` is of `me-central-1`. */
export interface NamedZone {
  readonly zoneId: string;
  readonly regionId: string;
  /** Where it stands in the text. */
  readonly at: number;
}

/** The zone ids in `text`, in order, as written or in capitals. Zone letters (`us-east-1a`) differ per account and name nothing. */
export function zonesIn(text: string): NamedZone[] {
  return [...text.matchAll(ZONE)].map((match) => {
    const area = match[1]!.toLowerCase() === 'usg' ? 'us-gov' : match[1]!.toLowerCase();
    return {
      zoneId: `aws:${match[0].toLowerCase()}`,
      regionId: `aws:${area}-${DIRECTIONS[match[2]!.toLowerCase()]!}-${match[3]!}`,
      at: match.index,
    };
  });
}

/**
 * The regions a clause says it is about: those whose codes it holds, or whose places it opens with
 * ("in Bahrain, …"). Empty where it names none. A place named further on may be a cable's end or a customer's town.
 */
export function regionsNamedIn(clause: string): string[] {
  const codes = [...clause.matchAll(REGION_IN_TEXT)].map(([code]) => `aws:${code.toLowerCase()}`);
  if (codes.length > 0) return [...new Set(codes)];
  const opening = OPENS_IN.exec(clause)?.[1] ?? '';
  return [...new Set([...opening.matchAll(NAME)].map(([name]) => `aws:${REGION_OF_NAME[name.toLowerCase()]!}`))];
}
