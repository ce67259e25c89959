import { html, nothing, svg } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { BAND_ORDER, MARK_ORDER, MARK_WORDS, UNREAD } from '../state/mark.js';
import type { MarkKey } from '../state/mark.js';
import { countMarks } from '../state/order.js';
import { plain } from '../state/phrase.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { brackets, burst, countryBadge, glyph } from './glyph.js';

const sample = (key: MarkKey) =>
  glyph({ key, band: key === 'unmonitored' || key === 'calm' ? 'low' : null, stale: false }, 24);

const sign = (body: TemplateResult<2>) =>
  html`<svg viewBox="-15 -15 30 30" width="20" height="20" aria-hidden="true" focusable="false">${body}</svg>`;

const stateRow = (doing: Doing, key: MarkKey, total: number | null, isPressed: boolean): TemplateResult => html`
  <li>
    <button
      type="button"
      class="legend-row"
      aria-pressed=${isPressed ? 'true' : 'false'}
      @click=${() => doing.send({ do: 'toggle-mark', mark: key })}
    >
      ${sample(key)} <span class="legend-name">${MARK_WORDS[key]}</span>
      <span class="legend-count">${total ?? '?'}</span>
    </button>
  </li>
`;

/** What the markers mean, with how many regions carry each; a press shows only those. */
export const legendView = (doing: Doing, state: State): TemplateResult => {
  const { exposures } = state.reads;
  const counts = exposures.phase === 'found' ? countMarks(exposures.value.data) : null;
  const { marks } = state.address.filter;
  return html`
    <div class="legend">
      <h2 class="legend-title">Now <span class="quiet">shape and sign</span></h2>
      <ul class="legend-list">
        ${MARK_ORDER.map((key) => stateRow(doing, key, counts === null ? null : (counts.get(key) ?? 0), marks.includes(key)))}
        ${
          exposures.phase === 'failed'
            ? html`<li class="legend-row">
                ${glyph(UNREAD, 24)} <span class="legend-name">Could not be read: nothing is said</span>
              </li>`
            : nothing
        }
      </ul>
      <h2 class="legend-title">Ahead <span class="quiet">how full, where Now is quiet</span></h2>
      <ul class="legend-bands">
        ${BAND_ORDER.toReversed().map(
          (band) => html`<li>${glyph({ key: 'calm', band, stale: false }, 24)}<span>${plain(band)}</span></li>`,
        )}
        <li>${glyph({ key: 'calm', band: null, stale: false }, 24)}<span>No score</span></li>
        <li>${glyph({ key: 'calm', band: 'minimal', stale: true }, 24)}<span>Stale</span></li>
      </ul>
      <h2 class="legend-title">Incidents <span class="quiet">dashed: how far off it may be</span></h2>
      <ul class="legend-bands legend-incidents">
        <li>${sign(burst(''))}<span>Incident</span></li>
        <li>${sign(burst('burst-threat'))}<span>Threat</span></li>
        <li>${sign(countryBadge('n'))}<span>Country only</span></li>
        <li>${sign(svg`<circle class="quake" r="5" />`)}<span>Natural hazard</span></li>
        <li>${sign(svg`<g transform="scale(.85)">${brackets}</g>`)}<span>Yours is here</span></li>
      </ul>
      <p class="quiet legend-note">
        Dashed ring: nobody we read would tell. Positions are metros, not sites; neighbours are moved apart.
      </p>
    </div>
  `;
};
