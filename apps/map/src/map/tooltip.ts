import { html, nothing, render } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { age, count, instant, plain, precision, shortInstant } from '../state/phrase.js';
import { countryName, operatorName, ownName } from '../state/operators.js';
import { holdingWords } from '../state/yours.js';
import { whereWords } from '../views/incident-parts.js';
import { aheadWords } from '../views/lists.js';
import type { CountryItem, IncidentItem, Item, RegionItem } from './items.js';

const regionTip = ({ summary, mark, holding }: RegionItem): TemplateResult => {
  const { now } = summary;
  const head = html`<p class="tip-head">
    <strong><bdi>${ownName(summary.regionId)}</bdi></strong> ${operatorName(summary.operatorId)}, ${summary.metro},
    ${countryName(summary.country)}
  </p>`;
  if (mark.key === 'unread') {
    return html`${head}
      <p><strong>Could not be read.</strong> Nothing is said about this region.</p>`;
  }
  return html`
    ${head}
    <p>
      <strong>${now.label}</strong>${now.since === null ? '' : `, since ${instant(now.since)}`}${
        mark.stale ? ' (stale)' : ''
      }
    </p>
    ${
      now.statedBy === null
        ? nothing
        : html`<p class="quiet">
            says ${now.statedBy.name} (grade
            ${now.statedBy.grade})${now.ageHours === null ? '' : `, ${age(now.ageHours)} ago`}
          </p>`
    }
    <p>Ahead: ${aheadWords(summary)}</p>
    ${holding === null ? nothing : html`<p><strong>Yours:</strong> ${holdingWords(holding)}</p>`}
    <p class="quiet">Position: a metro, ${precision(summary.precisionKm)}, not a site</p>
  `;
};

const incidentTip = ({ incident }: IncidentItem): TemplateResult => html`
  <p class="tip-head"><strong>${incident.title}</strong></p>
  <p>
    ${plain(incident.peril)}, ${plain(incident.lifecycle).toLowerCase()},
    ${incident.status}${incident.freshness === 'stale' ? ' (stale)' : ''}
  </p>
  <p class="quiet">
    ${whereWords(incident)}${incident.onset === null ? '' : `; since ${shortInstant(incident.onset, 0)}`}
  </p>
`;

const countryTip = ({ name, incidents }: CountryItem): TemplateResult => html`
  <p class="tip-head"><strong>${name}</strong>: ${count(incidents.length, 'incident')} without a position</p>
  ${incidents.slice(0, 4).map(({ title }) => html`<p>${title}</p>`)}
  ${incidents.length > 4 ? html`<p class="quiet">and ${incidents.length - 4} more</p>` : nothing}
`;

const tipOf = (item: Item): TemplateResult => {
  switch (item.kind) {
    case 'region':
      return regionTip(item);
    case 'incident':
    case 'quake':
      return incidentTip(item);
    case 'country':
      return countryTip(item);
  }
};

/** The words beside the pointer, as an element: text never becomes markup. */
export const tipElement = (item: Item): HTMLElement => {
  const element = document.createElement('div');
  element.className = 'tip';
  render(tipOf(item), element);
  return element;
};
