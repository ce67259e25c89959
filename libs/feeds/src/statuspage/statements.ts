import type { ClaimDraft, ClaimValue, ConditionState, Instant } from '@faultline/evidence';
import { cutText, digestOf, noted } from '../document/index.js';
import { statedIn } from '../aws-health/nature-and-cause.js';
import { clausesOf } from '../aws-health/sentences.js';
import type { Incident, Update } from './incident.js';
import { draftOf, type Page } from './page.js';

/** All claims one incident of a page makes, of the page as a whole with the components it names as services. */
export function draftsOfIncident(page: Page, incident: Incident, retrievedAt: Instant): ClaimDraft[] {
  return [
    ...incident.updates.flatMap((update, index) => draftsOfUpdate(page, incident, update, index === 0)),
    ...draftsOfFields(page, incident, retrievedAt),
  ];
}

function draftsOfUpdate(page: Page, incident: Incident, update: Update, isFirst: boolean): ClaimDraft[] {
  const { at, earliest, latest } = update;
  const services = update.services ?? incident.services;
  const begin = incident.startedAt !== null && incident.startedAt < at ? incident.startedAt : at;
  const state = stateOf(update);
  const isTrouble = state !== null && state !== 'restored';
  const said = cutText(update.text);
  const since = { begin: isFirst && isTrouble ? begin : at, end: null };
  const common = {
    subject: page.sourceId,
    thread: itemIdOf(page, incident),
    locator: noted(update.pointer, said.notes),
    url: incident.url,
    publishedAt: { earliest, latest, basis: 'printed' as const },
  };
  const version = `${at}#${digestOf([update.id, said.text, state, services, since, latest])}`;
  const item = (part: string) => ({ id: itemIdOf(page, incident), version, part });
  const condition: ClaimDraft[] =
    state === null
      ? []
      : [
          draftOf(page, {
            ...common,
            item: item('condition'),
            occurredAt: since,
            claim: conditionOf(state, services, said.text),
          }),
        ];
  const stated = statedIn(clausesOf(update.text.text)).map(({ part, stance, claim }) =>
    draftOf(page, { ...common, item: item(part), occurredAt: { begin, end: null }, claim, stance }),
  );
  return [...condition, ...stated];
}

/**
 * What an incident says beside its updates: that it is over, at the time it gives; or how bad it is, where that is worse
 * than its newest update tells. The impact is the present one, so it is no statement of the updates before.
 */
function draftsOfFields(page: Page, incident: Incident, retrievedAt: Instant): ClaimDraft[] {
  const newest = incident.updates.at(-1)!;
  const { resolvedAt, updatedAt, services } = incident;
  const told = stateOf(newest);
  const impact = newest.status === 'investigating' || newest.status === 'identified' ? impactOf(incident) : null;
  const isOver = resolvedAt !== null;
  const state = isOver ? 'restored' : impact;
  if (state === null || (!isOver && told !== null && WORST.indexOf(told) <= WORST.indexOf(state))) return [];
  const earliest = isOver ? resolvedAt : newest.earliest;
  const said = cutText(incident.headline.text === '' ? newest.text : incident.headline);
  const kind = isOver ? 'end' : 'impact';
  return [
    draftOf(page, {
      item: {
        id: itemIdOf(page, incident),
        version: `${isOver ? resolvedAt : newest.at}#${kind}-${digestOf([state, services, said.text])}`,
        part: kind,
      },
      subject: page.sourceId,
      thread: itemIdOf(page, incident),
      locator: noted(incident.pointer, said.notes),
      url: incident.url,
      publishedAt: {
        earliest,
        latest: [earliest, newest.latest, updatedAt ?? retrievedAt].sort().at(-1)!,
        basis: 'inferred',
      },
      occurredAt: { begin: isOver ? resolvedAt : newest.at, end: null },
      claim: conditionOf(state, services, said.text),
    }),
  ];
}

/** Worst first. */
const WORST: readonly ConditionState[] = [
  'unavailable',
  'impaired',
  'degraded',
  'investigating',
  'recovering',
  'restored',
];

/**
 * The state of the page an update stands for: investigating → `investigating`, identified → `degraded`, and of both the
 * worse it sets a component to; monitoring → `recovering`; resolved → `restored`; a post mortem states none.
 */
function stateOf({ status, sets }: Update): ConditionState | null {
  switch (status) {
    case 'investigating':
    case 'identified': {
      const states = sets.map((set) =>
        set === 'major_outage' ? 'impaired' : set === 'operational' ? null : 'degraded',
      );
      if (states.includes('impaired')) return 'impaired';
      return status === 'identified' || states.includes('degraded') ? 'degraded' : 'investigating';
    }
    case 'monitoring':
      return 'recovering';
    case 'resolved':
      return 'restored';
    case 'postmortem':
      return null;
  }
}

/** A critical impact on the components it names is no word that the vendor is unavailable as a whole. */
function impactOf({ impact }: Incident): ConditionState | null {
  switch (impact) {
    case 'minor':
      return 'degraded';
    case 'major':
    case 'critical':
      return 'impaired';
    case 'none':
    case null:
      return null;
  }
}

function itemIdOf(page: Page, { id }: Incident): string {
  return `${page.id}/${id}`;
}

function conditionOf(state: ConditionState, services: readonly string[], text: string): ClaimValue {
  return { predicate: 'condition', value: { state, scope: 'subject', services: [...services], text } };
}
