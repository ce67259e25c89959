import { z } from 'zod';
import type { ClaimDraft, ConditionState, Instant } from '@faultline/evidence';
import { cleanText, isText, pointerOf, read, readWhen, readWith, ruled, type Reading } from '../document/index.js';
import { draftOf, type Page } from './page.js';

/** No page was there before: nothing on one can be older. */
export const EARLIEST: Instant = '2005-01-01T00:00:00.000Z';

/** A component is what the vendor says it is: out as a whole is `unavailable` of it alone. Null: maintenance. */
export const COMPONENT_STATES = {
  operational: 'operational',
  degraded_performance: 'degraded',
  partial_outage: 'impaired',
  major_outage: 'unavailable',
  under_maintenance: null,
} as const satisfies Readonly<Record<string, ConditionState | null>>;
type ComponentStatus = keyof typeof COMPONENT_STATES;

export const componentStatus = z
  .string()
  .toLowerCase()
  .pipe(z.enum(Object.keys(COMPONENT_STATES) as [ComponentStatus, ...ComponentStatus[]]));
export const identifier = z.string().regex(/^[\w-]{1,40}$/, 'an id of letters and digits');

const componentSchema = z.object({
  id: identifier,
  name: z.string().max(2000).refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates')),
  status: componentStatus,
  group: z.unknown().optional(),
  updated_at: z.unknown().optional(),
});

export interface Component {
  readonly pointer: string;
  readonly id: string;
  readonly name: string;
  /** In the page's word. */
  readonly status: string;
  readonly state: ConditionState;
  readonly changedAt: Instant;
}

/** Reads one component; the reason why it is passed over where it is a group of others, or under maintenance. */
export function readComponent(
  value: unknown,
  pointer: string,
  retrievedAt: Instant,
): Reading<Component | 'component group' | 'maintenance'> {
  const shape = readWith(componentSchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const { id, name, status, group, updated_at: updated } = shape.value;
  // A group is as its worst member is, which is there as well.
  if (group === true) return read('component group');
  const state = COMPONENT_STATES[status];
  if (state === null) return read('maintenance');
  const changed = readWhen(updated, pointerOf(pointer, 'updated_at'), {
    earliest: EARLIEST,
    retrievedAt,
    future: 'refused',
  });
  if (changed.outcome === 'refused') return changed;
  const called = cleanText(name).text.slice(0, 120).toWellFormed();
  return read({ pointer, id, name: called || id, status, state, changedAt: changed.value.latest });
}

/** How a component is, as its vendor sets it: a statement of the component alone, which no page's incident need name. */
export function draftOfComponent(page: Page, { pointer, id, name, status, state, changedAt }: Component): ClaimDraft {
  return draftOf(page, {
    item: { id: `${page.id}/component/${id}`, version: `${changedAt}#${state}`, part: 'condition' },
    subject: `${page.sourceId}:${id}`,
    thread: `${page.id}/component/${id}`,
    locator: pointer,
    url: null,
    publishedAt: { earliest: changedAt, latest: changedAt, basis: 'printed' },
    occurredAt: { begin: changedAt, end: null },
    claim: {
      predicate: 'condition',
      value: { state, scope: 'subject', services: [name], text: `${name}: ${status.replaceAll('_', ' ')}` },
    },
  });
}
