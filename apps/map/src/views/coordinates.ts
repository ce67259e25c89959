import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { shortInstant, whole } from '../state/phrase.js';
import type { State } from '../state/state.js';
import { momentOf } from '../state/state.js';
import { basisWords } from './parts.js';

/** Where the answer on screen stands: always in view, and never the question's coordinates in its place. */
export const coordinatesView = (state: State): TemplateResult => {
  const { exposures } = state.reads;
  if (exposures.phase === 'failed') {
    return html`<p class="coordinates coordinates-failed"><strong>Not read.</strong> No answer for the time asked.</p>`;
  }
  if (exposures.phase !== 'found') {
    return html`<p class="coordinates coordinates-reading">
      <span class="spinner" aria-hidden="true"></span>Reading…
    </p>`;
  }
  const { coordinates } = exposures.value;
  const { validAt, publicAt, position, basis, backfilled, claims } = coordinates;
  const year = new Date(state.nowMs).getUTCFullYear();
  return html`
    <p class="coordinates" title=${basisWords(coordinates)}>
      <span class="coordinate"><span class="coordinate-name">valid</span> ${shortInstant(validAt, year)}</span>
      <span class="coordinate"><span class="coordinate-name">public</span> ${shortInstant(publicAt, year)}</span>
      <span class="coordinate"><span class="coordinate-name">position</span> ${whole(position)}</span>
      <span class="coordinate coordinate-${basis}"
        >${basis}${
          basis === 'reconstruction'
            ? html` <span class="coordinate-more">${whole(backfilled)} of ${whole(claims)} backfilled</span>`
            : nothing
        }</span
      >
    </p>
  `;
};

/** What is read out when an answer arrives. */
export const announcement = (state: State): string => {
  const { exposures } = state.reads;
  if (exposures.phase === 'failed') return 'The state of the regions could not be read.';
  if (exposures.phase !== 'found') return '';
  const { data, coordinates } = exposures.value;
  const troubled = data.filter(({ now }) => now.state !== 'no-impairment-stated' && now.state !== 'unmonitored').length;
  const year = new Date(momentOf(state)).getUTCFullYear() - 1;
  return `Read at ${shortInstant(coordinates.validAt, year)}: ${troubled} of ${data.length} regions with a stated condition.`;
};
