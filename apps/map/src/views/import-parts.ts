import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { ImportReport } from '../api/portfolio.js';
import { ownName, operatorName } from '../state/operators.js';
import { count } from '../state/phrase.js';
import { LEFT_OUT } from '../state/portfolio.js';
import type { InletName } from '../state/portfolio.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Permission } from '../state/desk.js';
import type { Doing } from './actions.js';
import type { View } from './parts.js';
import { permissionNote } from './writing.js';

/** How a region is called on this page: its operator, its own name, what the operator calls it, where it is. */
export const regionWords = (state: State, regionId: string): TemplateResult => {
  const region = lastOf(state.reads.exposures)?.data.find((summary) => summary.regionId === regionId);
  return region === undefined
    ? html`<bdi>${regionId}</bdi>`
    : html`<bdi>${ownName(regionId)}</bdi>
        <span class="quiet">${operatorName(region.operatorId)}, ${region.name}, ${region.metro}</span>`;
};

type Review = ImportReport['reviews'][number];

/** Texts that may name several regions, for the reader to decide: nothing is taken for granted. */
export const reviewsView = (
  doing: Doing,
  state: State,
  name: InletName,
  reviews: readonly Review[],
): TemplateResult | typeof nothing => {
  const { regions } = state.portfolio.inlets[name];
  const decided = Object.entries(regions);
  if (reviews.length === 0 && decided.length === 0) return nothing;
  const decide = (written: string, regionId: string | null): void => {
    const { [written]: _before, ...others } = regions;
    const change = { regions: regionId === null ? others : { ...others, [written]: regionId } };
    doing.send({ do: 'inlet', inlet: name, change });
  };
  return html`<div class="reviews">
    <h4>Which of them do you mean?</h4>
    <ul class="plain-list">
      ${reviews.map(
        ({ written, candidates, cells }, index) =>
          html`<li class="field">
            <label class="field-name" for="${name}-review-${index}"
              ><span dir="auto">${written}</span>
              ${cells > 1 ? html`<span class="quiet">${count(cells, 'cell')}</span>` : nothing}</label
            >
            <select
              id="${name}-review-${index}"
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                if (value !== 'undecided') decide(written, value);
              }}
            >
              <option value="undecided" selected>Decide…</option>
              ${candidates.map(
                ({ regionId, score, reasons }) =>
                  html`<option value=${regionId}>${regionId}: ${reasons.join(', ')} (near ${score})</option>`,
              )}
              ${name === 'paste' ? html`<option value=${LEFT_OUT}>None of them: leave it out</option>` : nothing}
            </select>
          </li>`,
      )}
      ${decided.map(
        ([written, regionId]) =>
          html`<li class="decided">
            <p>
              <strong dir="auto">${written}</strong>
              ${regionId === LEFT_OUT ? 'is left out' : html`is ${regionWords(state, regionId)}`}
            </p>
            <button
              type="button"
              class="button"
              aria-label="Decide anew: ${written}"
              @click=${() => decide(written, null)}
            >
              Decide anew
            </button>
          </li>`,
      )}
    </ul>
  </div>`;
};

/** Why who reads cannot change the portfolio. */
export const mayNotNote = (permission: Permission): View =>
  permission.outcome === 'role'
    ? html`Your role (${permission.role}) reads the portfolio; analysts and admins change it.`
    : permissionNote(permission);
