import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { isFiltered } from '../state/order.js';
import { operatorName } from '../state/operators.js';
import { MARK_WORDS } from '../state/mark.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';

const operatorsIn = (state: State): readonly string[] => {
  const seen = new Set(lastOf(state.reads.exposures)?.data.map(({ operatorId }) => operatorId) ?? []);
  for (const operator of state.address.filter.operators) seen.add(operator);
  return [...seen].sort();
};

/** Search and filters; they narrow the list and the map alike. */
export const searchView = (doing: Doing, state: State): TemplateResult => {
  const { filter } = state.address;
  return html`
    <form class="search" role="search" @submit=${(event: Event) => event.preventDefault()}>
      <label class="visually-hidden" for="search">Search regions and incidents</label>
      <input
        id="search"
        type="search"
        autocomplete="off"
        placeholder="Search region, metro, country, operator"
        .value=${filter.text}
        @input=${(event: Event) => doing.send({ do: 'search', text: (event.target as HTMLInputElement).value })}
      />
      <div class="filters" role="group" aria-label="Operators">
        ${operatorsIn(state).map(
          (operatorId) =>
            html`<button
              type="button"
              class="filter"
              aria-pressed=${filter.operators.includes(operatorId) ? 'true' : 'false'}
              @click=${() => doing.send({ do: 'toggle-operator', operatorId })}
            >
              ${operatorName(operatorId)}
            </button>`,
        )}
        ${filter.marks.map(
          (mark) =>
            html`<button
              type="button"
              class="filter"
              aria-pressed="true"
              aria-label="Only ${MARK_WORDS[mark]}: remove"
              @click=${() => doing.send({ do: 'toggle-mark', mark })}
            >
              ${MARK_WORDS[mark]} <span aria-hidden="true">×</span>
            </button>`,
        )}
        ${
          isFiltered(filter)
            ? html`<button type="button" class="filter filter-clear" @click=${() => doing.send({ do: 'clear-filter' })}>
                Clear
              </button>`
            : nothing
        }
      </div>
    </form>
  `;
};
