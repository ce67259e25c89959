import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { EntitySummary } from '../api/types.js';
import { entitiesByKind, KINDS } from '../state/entities.js';
import { count } from '../state/phrase.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { empty } from './parts.js';
import { readView } from './read-view.js';
import { subjectLink } from './subject-link.js';
import { subjectView } from './subject.js';

const FIND_KEY = 'find-entity';

const entityItem = (doing: Doing, entity: EntitySummary): TemplateResult => {
  const { id, name, aliases, claimCount, disagreementCount, gapCount } = entity;
  return html`<li class="entity-item">
    <p>
      ${subjectLink(doing, id, html`<strong>${name}</strong>`)}
      ${aliases.length === 0 ? nothing : html`<span class="quiet">${aliases.join(', ')}</span>`}
    </p>
    <p class="quiet">
      ${count(claimCount, 'claim')}${
        disagreementCount === 0 ? '' : ` · ${count(disagreementCount, 'disagreement')}`
      }${gapCount === 0 ? '' : ` · ${gapCount} unknown`}
    </p>
  </li>`;
};

const listView = (doing: Doing, entities: readonly EntitySummary[], text: string): TemplateResult => {
  if (entities.length === 0)
    return empty('No claim names any entity at these coordinates. That says nothing of whether there are any.');
  const groups = entitiesByKind(entities, text);
  return html`
    <p class="note">${count(entities.length, 'entity', 'entities')} that claims name, at the coordinates below.</p>
    ${groups.length === 0 ? empty('None of them has that in its name.') : nothing}
    ${groups.map(
      ([kind, some]) => html`
        <section aria-labelledby="kind-${kind}">
          <h3 id="kind-${kind}">${KINDS[kind]} <span class="count">${some.length}</span></h3>
          <ul class="entity-list">
            ${some.map((entity) => entityItem(doing, entity))}
          </ul>
        </section>
      `,
    )}
  `;
};

/** Laboratories, platforms, customers, deals, operators: all of them, or the page of one. */
export const entitiesPage = (doing: Doing, state: State): TemplateResult => {
  const { subject } = state.address;
  const text = state.desk.drafts[FIND_KEY] ?? '';
  return html`<div class="page" id="entities" tabindex="-1">
    ${
      subject !== null
        ? subjectView(doing, state, subject)
        : html`
            <h2 id="panel-heading" tabindex="-1">Entities</h2>
            <p class="note">
              Who depends on what: organisations, platforms, workloads, deals; what is said of them, by whom, and what
              nobody says.
            </p>
            <label class="field entity-find">
              <span class="visually-hidden">Find an entity</span>
              <input
                type="search"
                autocomplete="off"
                maxlength="200"
                placeholder="Find by name"
                .value=${text}
                @input=${(event: Event) =>
                  doing.send({ do: 'draft', key: FIND_KEY, text: (event.target as HTMLInputElement).value })}
              />
            </label>
            ${readView(doing, 'The entities', state.reads.entities, ({ data }) => listView(doing, data, text))}
          `
    }
  </div>`;
};
