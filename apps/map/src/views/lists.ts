import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ExposureSummary } from '../api/types.js';
import { age, count, percent, plain } from '../state/phrase.js';
import { isLoud, markOf } from '../state/mark.js';
import { incidentOrder, isFiltered, isQuietPeril, matchesIncident, matchesRegion, worstFirst } from '../state/order.js';
import { countryName, operatorName, ownName } from '../state/operators.js';
import { holdingIn, holdingWords } from '../state/yours.js';
import { momentOf } from '../state/state.js';
import type { State } from '../state/state.js';
import { selecting } from './actions.js';
import type { Doing } from './actions.js';
import { glyph } from './glyph.js';
import { incidentItem } from './incident-parts.js';
import { empty, failed, reading } from './parts.js';

/** What is said of the likelihood in one short line; the reason where there is none. */
export const aheadWords = ({ ahead }: ExposureSummary): string => {
  switch (ahead.outcome) {
    case 'no-forward-score':
      return 'no forward score';
    case 'failed':
      return 'score could not be computed';
    case 'scored':
    case 'prior-only':
    case 'frozen': {
      if (ahead.likelihoodBand === null) return 'no score';
      const month = ahead.probability30 === null ? '' : `, ${percent(ahead.probability30.pDamage)} in 30 days`;
      const kind = ahead.outcome === 'scored' ? '' : ahead.outcome === 'frozen' ? ', frozen' : ', prior only';
      return `${plain(ahead.likelihoodBand)} likelihood${month}${kind}`;
    }
  }
};

const regionItem = (doing: Doing, state: State, summary: ExposureSummary): TemplateResult => {
  const selection = { kind: 'region', id: summary.regionId } as const;
  const mark = markOf(summary);
  const { now } = summary;
  const holding = holdingIn(state, summary.regionId);
  const isCurrent = state.address.selection?.kind === 'region' && state.address.selection.id === summary.regionId;
  return html`<li>
    <a
      class="item"
      href=${doing.linkTo({ selection })}
      aria-current=${isCurrent ? 'true' : nothing}
      @click=${selecting(doing, selection)}
    >
      ${glyph(mark, 28)}
      <span class="item-main">
        <span class="item-title">
          <strong><bdi>${ownName(summary.regionId)}</bdi></strong>
          <span class="quiet"
            >${operatorName(summary.operatorId)} · ${summary.metro}, ${countryName(summary.country)}</span
          >
        </span>
        <span class=${isLoud(mark) ? 'item-state item-loud' : 'item-state'}
          >${now.label}${now.ageHours === null ? '' : `, ${age(now.ageHours)} old`}${mark.stale ? ', stale' : ''}</span
        >
        <span class="quiet">${aheadWords(summary)}</span>
        ${holding === null ? nothing : html`<span class="item-yours">Yours: ${holdingWords(holding)}</span>`}
      </span>
    </a>
  </li>`;
};

/** Arrow keys walk the list, so that two hundred regions are not two hundred presses of Tab. */
const walk = (event: KeyboardEvent): void => {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.item')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined || items[next] === undefined) return;
  event.preventDefault();
  items[next].focus();
};

const nothingMatches = (doing: Doing): TemplateResult => html`
  <div class="empty">
    <p>Nothing matches the search and the filters.</p>
    <button type="button" class="button" @click=${() => doing.send({ do: 'clear-filter' })}>Clear them</button>
  </div>
`;

/** Every region, worst first: the same data as the map, for the keyboard and the ear. */
export const regionList = (doing: Doing, state: State): TemplateResult => {
  const read = state.reads.exposures;
  if (read.phase === 'failed')
    return failed('The state of the regions', read.reason, () => doing.send({ do: 'again' }));
  const answer = read.phase === 'found' ? read.value : read.phase === 'loading' ? read.last : null;
  if (answer === null) return reading('all regions');
  if (answer.data.length === 0) {
    return empty(
      'The service answered with no region at all. Reference data is missing, which says nothing about the world.',
    );
  }
  const { filter } = state.address;
  const shown = answer.data.filter((summary) => matchesRegion(summary, filter)).sort(worstFirst);
  return html`
    <p class="list-head" id="regions-head">
      ${
        isFiltered(filter)
          ? `${shown.length} of ${count(answer.data.length, 'region')}`
          : count(answer.data.length, 'region')
      },
      worst first
    </p>
    ${
      shown.length === 0
        ? nothingMatches(doing)
        : html`<ul
            class=${read.phase === 'loading' ? 'list is-reading' : 'list'}
            aria-labelledby="regions-head"
            @keydown=${walk}
          >
            ${repeat(
              shown,
              ({ regionId }) => regionId,
              (summary) => regionItem(doing, state, summary),
            )}
          </ul>`
    }
  `;
};

/** Incidents that say something about somebody's infrastructure first; natural hazards folded away below. */
export const incidentList = (doing: Doing, state: State): TemplateResult => {
  const read = state.reads.incidents;
  if (read.phase === 'failed') return failed('The incidents', read.reason, () => doing.send({ do: 'again' }));
  const answer = read.phase === 'found' ? read.value : read.phase === 'loading' ? read.last : null;
  if (answer === null) return reading('all incidents');
  const year = new Date(momentOf(state)).getUTCFullYear();
  const { filter } = state.address;
  const shown = answer.data.filter((incident) => matchesIncident(incident, filter)).sort(incidentOrder);
  const main = shown.filter(({ peril }) => !isQuietPeril(peril));
  const natural = shown.filter(({ peril }) => isQuietPeril(peril));
  if (answer.data.length === 0) return empty('No incident is on record at these coordinates.');
  if (shown.length === 0) return nothingMatches(doing);
  const isReading = read.phase === 'loading';
  return html`
    <p class="list-head" id="incidents-head">
      ${isFiltered(filter) ? `${shown.length} of ` : ''}${count(answer.data.length, 'incident')}, latest word first
    </p>
    <ul class=${isReading ? 'list is-reading' : 'list'} aria-labelledby="incidents-head" @keydown=${walk}>
      ${repeat(
        main,
        ({ id }) => id,
        (incident) => html`<li>${incidentItem(doing, incident, year)}</li>`,
      )}
    </ul>
    ${
      natural.length === 0
        ? nothing
        : html`<details class="section" ?open=${main.length === 0}>
            <summary>
              <h3 class="section-title">Natural hazards</h3>
              <span class="section-note">${natural.length}</span>
            </summary>
            <ul class="list">
              ${repeat(
                natural,
                ({ id }) => id,
                (incident) => html`<li>${incidentItem(doing, incident, year)}</li>`,
              )}
            </ul>
          </details>`
    }
  `;
};
