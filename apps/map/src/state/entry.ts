import type { Order } from '../api/desk.js';
import type { Fault } from '../api/faults.js';

/** The fields of the form for a claim by hand. All are text as typed; `where` is a country or a region. */
export const FIELDS = [
  'kind',
  'where',
  'peril',
  'mode',
  'severity',
  'operators',
  'text',
  'occurred',
  'published',
  'source',
  'class',
  'grade',
  'url',
] as const;
export type Field = (typeof FIELDS)[number];
export type Entry = Readonly<Record<Field, string>>;
export type Kind = 'attack' | 'declared-threat';

/** The form's name among the drafts and the writings of the desk. */
export const ENTRY_KEY = 'entry';
export const draftKey = (field: Field): string => `${ENTRY_KEY}:${field}`;

/** What people and parties do on purpose, with the words for it. */
export const HOSTILE: readonly (readonly [string, string])[] = [
  ['drone-strike', 'Drone strike'],
  ['missile-strike', 'Missile strike'],
  ['armed-attack', 'Armed attack'],
  ['sabotage', 'Sabotage'],
  ['cable-cut', 'Cable cut'],
  ['seizure', 'Seizure'],
  ['unrest', 'Unrest'],
];
export const MODES: readonly (readonly [string, string])[] = [
  ['standoff', 'From afar: missile, drone, air, naval'],
  ['local', 'On the spot'],
];
export const CLASSES: readonly (readonly [string, string])[] = [
  ['media', 'Media'],
  ['government', 'Government'],
  ['provider', 'Operator or vendor'],
  ['research', 'Research'],
  ['sensor', 'Sensor'],
  ['adversary', 'Adversary'],
];
/** The Admiralty scale of how reliable a source is. */
export const GRADES: readonly (readonly [string, string])[] = [
  ['A', 'A: completely reliable'],
  ['B', 'B: usually reliable'],
  ['C', 'C: fairly reliable'],
  ['D', 'D: not usually reliable'],
  ['E', 'E: unreliable'],
  ['F', 'F: cannot be judged'],
];
/** What the figures of severity mean, from 0 to 3. */
export const SEVERITY = [
  'a threat or an interception',
  'kinetic, nearby',
  'damage to comparable infrastructure',
  'damage to a data center or cable',
] as const;

export const entryOf = (drafts: Readonly<Record<string, string>>): Entry => {
  const typed = Object.fromEntries(FIELDS.map((field) => [field, drafts[draftKey(field)] ?? ''])) as Record<
    Field,
    string
  >;
  return { ...typed, kind: typed.kind === 'declared-threat' ? 'declared-threat' : 'attack' };
};

/** What is known of a region: enough to say in which country it is. */
export interface KnownRegion {
  readonly regionId: string;
  readonly country: string;
}

/** An id for a source made of its name, so that one source is one whoever enters it: `Gulf Paper` gives `gulf-paper`. */
export const sourceIdOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 100)
    .replaceAll(/^-+|-+$/g, '');

const list = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];

const fault = (field: Field, got: string, wanted: string): Fault => ({
  code: 'field.missing',
  pointer: POINTERS[field],
  got,
  wanted,
  detail: `got ${got}, wanted ${wanted}`,
});

const POINTERS: Readonly<Record<Field, string>> = {
  kind: '/claims/0/predicate',
  where: '/claims/0/subject',
  peril: '/claims/0/value/peril',
  mode: '/claims/0/value/mode',
  severity: '/claims/0/value/severity',
  operators: '/claims/0/value/operators',
  text: '/claims/0/value/text',
  occurred: '/claims/0/occurredAt',
  published: '/claims/0/publishedAt',
  source: '/claims/0/source',
  class: '/claims/0/source/class',
  grade: '/claims/0/source/grade',
  url: '/claims/0/url',
};

/** The field a fault is about: that of the longest pointer that holds the fault's; null where it is about none. */
export const fieldOf = ({ pointer }: Pick<Fault, 'pointer'>): Field | null => {
  if (pointer === null) return null;
  if (pointer.startsWith('/claims/0/place') || pointer.startsWith('/claims/0/value/countries')) return 'where';
  const holding = FIELDS.filter((field) => pointer === POINTERS[field] || pointer.startsWith(`${POINTERS[field]}/`));
  return holding.sort((a, b) => POINTERS[b].length - POINTERS[a].length)[0] ?? null;
};

interface Where {
  readonly subject: string;
  readonly countries: readonly string[];
  readonly regionIds: readonly string[];
}

const whereOf = (text: string, regions: readonly KnownRegion[]): Where | null => {
  const given = text.trim();
  const region = regions.find(({ regionId }) => regionId === given.toLowerCase());
  if (region !== undefined) {
    return { subject: region.regionId, countries: [region.country], regionIds: [region.regionId] };
  }
  if (!/^[a-z]{2}$/i.test(given)) return null;
  const code = given.toUpperCase();
  return { subject: `country:${code}`, countries: [code], regionIds: [] };
};

/** What a form says: the claim to be sent, or what has to be said first. The service judges everything else. */
export type Said =
  | { readonly outcome: 'claim'; readonly claim: Extract<Order, { what: 'claim' }>['claim'] }
  | { readonly outcome: 'unsaid'; readonly faults: readonly Fault[] };

export const claimOf = (entry: Entry, regions: readonly KnownRegion[]): Said => {
  const where = whereOf(entry.where, regions);
  const sourceId = sourceIdOf(entry.source);
  const faults = [
    ...(where === null
      ? [
          fault(
            'where',
            JSON.stringify(entry.where),
            'a country as two letters (QA) or a region we know (aws:me-central-1)',
          ),
        ]
      : []),
    ...(sourceId === '' ? [fault('source', JSON.stringify(entry.source), 'the name of who says so')] : []),
    ...(entry.kind === 'attack' && entry.severity === '' ? [fault('severity', 'nothing', 'one of 0 to 3')] : []),
  ];
  if (where === null || faults.length > 0) return { outcome: 'unsaid', faults };
  const occurred = entry.occurred.trim();
  const value =
    entry.kind === 'attack'
      ? { peril: entry.peril, mode: entry.mode, severity: Number(entry.severity), text: entry.text.trim() }
      : {
          operators: list(entry.operators.toLowerCase()),
          countries: where.countries,
          text: entry.text.trim(),
        };
  return {
    outcome: 'claim',
    claim: {
      subject: where.subject,
      place: { countries: where.countries, regionIds: where.regionIds },
      predicate: entry.kind,
      value,
      source: { id: sourceId, name: entry.source.trim(), class: entry.class, grade: entry.grade },
      url: entry.url.trim(),
      publishedAt: entry.published.trim(),
      ...(occurred === '' ? {} : { occurredAt: { begin: occurred } }),
    },
  };
};
