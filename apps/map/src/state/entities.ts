import type { BlastRadiusEdge, BlastRadiusNode, EntitySummary } from '../api/types.js';
import { plain } from './phrase.js';

/** The kinds of entity, with what they are called in the plural, in the order of the page. */
export const KINDS: Readonly<Record<string, string>> = {
  org: 'Organisations: operators, laboratories, customers',
  platform: 'Platforms',
  workload: 'Workloads',
  model: 'Models',
  silicon: 'Chips',
  topic: 'Deals, events and other topics',
  person: 'People',
  page: 'Documents of the record',
};

const KIND_NAMES: Readonly<Record<string, string>> = {
  org: 'organisation',
  silicon: 'chip',
  page: 'document',
  region: 'cloud region',
};

export const kindName = (kind: string): string => KIND_NAMES[kind] ?? kind;

/** Whether an id is that of an entity, by its kind; otherwise it is a place or an incident. */
export const isEntity = (id: string): boolean => Object.hasOwn(KINDS, id.slice(0, id.indexOf(':')));

export const isIncidentId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

/** The entities by kind, those with a text in their name, alias or id; in the order of their names. */
export const entitiesByKind = (
  entities: readonly EntitySummary[],
  text: string,
): readonly (readonly [kind: string, entities: readonly EntitySummary[]])[] => {
  const words = text.toLowerCase().split(/\s+/);
  const found = entities.filter(({ id, name, aliases }) => {
    const said = [id, name, ...aliases].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
  return Object.keys(KINDS).flatMap((kind) => {
    const some = found
      .filter((entity) => entity.kind === kind)
      .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
    return some.length === 0 ? [] : [[kind, some] as const];
  });
};

type Effect = NonNullable<BlastRadiusNode['effect']>;

/** What the loss of the subject means for what stands on it, the gravest first. */
export const EFFECTS: Readonly<Record<Exclude<Effect, 'subject'>, { readonly title: string; readonly note: string }>> =
  {
    'cannot-run': {
      title: 'Cannot run without it',
      note: 'Fewer alternatives remain than it is stated to need, or it is a part of what is lost.',
    },
    contested: { title: 'Contested', note: 'What is said of its redundancy does not fit together.' },
    'not-stated': {
      title: 'Not stated',
      note: 'It uses it; whether it stops without, nobody credible says. It may run elsewhere too.',
    },
    'keeps-running': { title: 'Keeps running', note: 'Enough alternatives remain, as stated.' },
    'authorised-only': {
      title: 'Authorised only',
      note: 'It may run there. That it does, nobody says.',
    },
    'denied-only': { title: 'Denied', note: 'Who may deny it did.' },
  };

/** What was reached, by what the loss means for it; the subjects themselves left out. */
export const nodesByEffect = (
  nodes: readonly BlastRadiusNode[],
): readonly (readonly [effect: keyof typeof EFFECTS, nodes: readonly BlastRadiusNode[]])[] =>
  (Object.keys(EFFECTS) as (keyof typeof EFFECTS)[]).flatMap((effect) => {
    const some = nodes.filter((node) => node.effect === effect);
    return some.length === 0 ? [] : [[effect, some] as const];
  });

const EDGE_WORDS: Readonly<Record<BlastRadiusEdge['kind'], string>> = {
  hosted: 'is said to run at',
  platform: 'is on the platform',
  needs: 'needs',
  serves: 'is served by',
  is: 'is, or is a part of,',
  authorised: 'is authorised for',
};

const ROLE_WORDS: Readonly<Record<string, string>> = {
  'runs-on': 'runs on',
  'trained-on': 'is trained on',
  'bought-through': 'is bought through',
  'part-of': 'is part of',
  'supplied-by': 'is supplied by',
  integrates: 'integrates',
};

export const roleWords = (role: string): string => ROLE_WORDS[role] ?? plain(role).toLowerCase();

/** How `to` stands on `from`, in words between the two: `is trained on`. */
export const edgeWords = ({ kind, role }: Pick<BlastRadiusEdge, 'kind' | 'role'>): string =>
  role === null ? EDGE_WORDS[kind] : roleWords(role);

const AMOUNTS: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
];

const BOUNDS: Readonly<Record<string, string>> = {
  'at-least': 'at least ',
  'up-to': 'up to ',
  about: 'about ',
};

/** `up to USD 35 billion`; what is not stated is said to be so. */
export const amountWords = (amount: unknown, unit: unknown, bound: unknown): string => {
  if (typeof amount !== 'number') return 'amount not stated';
  const [size, word] = AMOUNTS.find(([least]) => amount >= least) ?? [1, ''];
  const figure = String(Number((amount / size).toFixed(2)));
  const said = word === '' ? figure : `${figure} ${word}`;
  const isMoney = typeof unit === 'string' && /^[A-Z]{3}$/.test(unit);
  return `${BOUNDS[String(bound)] ?? ''}${isMoney ? `${unit} ${said}` : `${said} ${String(unit)}`}`;
};
