import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Coincident, IncidentSummary } from '../api/types.js';
import { count, plain, precision, shortInstant } from '../state/phrase.js';
import { countryName, ownName } from '../state/operators.js';
import { selecting } from './actions.js';
import type { Doing } from './actions.js';
import { chip } from './parts.js';

export const incidentChips = (incident: IncidentSummary): TemplateResult => html`
  ${chip(plain(incident.peril), 'peril')} ${chip(plain(incident.lifecycle), `life-${incident.lifecycle}`)}
  ${chip(incident.status, `status-${incident.status}`)}
  ${incident.freshness === 'stale' ? chip('stale', 'fresh-stale') : nothing}
`;

/** Where an incident is, as far as it is known. */
export const whereWords = (incident: IncidentSummary): string => {
  const named = [...incident.regionIds.map(ownName), ...incident.countries.map(countryName)];
  const place = named.length === 0 ? '' : named.join(', ');
  if (incident.position === null) return place === '' ? 'place not known' : `${place} (no position stated)`;
  const near = precision(incident.position.precisionKm);
  return place === '' ? `position known ${near}` : `${place}, ${near}`;
};

export const lastWord = (incident: IncidentSummary, year: number): string =>
  incident.lastStatementAt === null
    ? 'no dated statement'
    : `last word ${shortInstant(incident.lastStatementAt, year)}`;

/** An incident in a list: a link to its own page. */
export const incidentItem = (doing: Doing, incident: IncidentSummary, year: number): TemplateResult => {
  const selection = { kind: 'incident', id: incident.id } as const;
  const isCurrent =
    doing.store.state().address.selection?.kind === 'incident' &&
    doing.store.state().address.selection?.id === incident.id;
  return html`<a
    class="item"
    href=${doing.linkTo({ selection })}
    aria-current=${isCurrent ? 'true' : nothing}
    @click=${selecting(doing, selection)}
  >
    <span class="item-main">
      <strong dir="auto">${incident.title}</strong>
      <span class="item-chips">${incidentChips(incident)}</span>
      <span class="quiet">
        ${whereWords(incident)} · ${lastWord(incident, year)} · ${count(incident.claimCount, 'claim')} of
        ${count(incident.originCount, 'origin')}
      </span>
    </span>
  </a>`;
};

/** Incidents of the same time and place that nobody has tied to this one. */
export const coincidentView = (doing: Doing, coincident: readonly Coincident[], year: number): TemplateResult => html`
  <p class="note">Shown because of place and time only. No link to this is asserted.</p>
  <ul class="plain-list">
    ${coincident.map(
      ({ incident, reason, link }) =>
        html`<li class="coincident">
          ${incidentItem(doing, incident, year)}
          <p class="coincident-why">${chip(link, 'none')} <span class="quiet">${plain(reason)}</span></p>
        </li>`,
    )}
  </ul>
`;
