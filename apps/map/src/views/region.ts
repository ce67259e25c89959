import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { SingleAnswer } from '../api/client.js';
import type { Exposure, ExposureSummary } from '../api/types.js';
import { markOf } from '../state/mark.js';
import { countryName, operatorName, ownName } from '../state/operators.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { aheadView } from './ahead.js';
import { numbersOf } from './claim.js';
import { nowView } from './now.js';
import { footingView } from './footing.js';
import { failed, reading, shown } from './parts.js';
import { restView } from './region-rest.js';
import { showClaimIn } from './reveal.js';

/** The list's answer says little, but enough to draw the same marker beside the full answer. */
const summaryOf = ({ region, now, ahead, coverage, tlp }: Exposure): ExposureSummary => ({
  regionId: region.id,
  name: region.name,
  operatorId: region.operatorId,
  partitionId: region.partitionId,
  metro: region.metro,
  country: region.country,
  lonLat: region.lonLat,
  precisionKm: region.precisionKm,
  now,
  ahead,
  tlp,
  coverage: coverage.length > 0 && coverage.every(({ state }) => state === 'unmonitored') ? 'unmonitored' : 'watched',
});

const heading = (
  regionId: string,
  known: { name: string; metro: string; country: string; operatorId: string } | null,
) => html`
  <div class="panel-title">
    <h2 id="panel-heading" tabindex="-1"><bdi>${ownName(regionId)}</bdi></h2>
    ${
      known === null
        ? nothing
        : html`<p class="quiet">
            ${operatorName(known.operatorId)} · ${known.name} · ${known.metro}, ${countryName(known.country)}
          </p>`
    }
  </div>
`;

const answerView = (doing: Doing, { data, coordinates }: SingleAnswer<Exposure>): TemplateResult => {
  const numbers = numbersOf(data.claims);
  const showClaim = showClaimIn(doing);
  const year = new Date(coordinates.validAt).getUTCFullYear();
  return html`
    ${nowView(doing, data, markOf(summaryOf(data)), numbers, showClaim, year)}
    ${aheadView(doing, data.ahead, numbers, showClaim)} ${restView(doing, data, coordinates, numbers, showClaim)}
  `;
};

/** The page of one region: Now, Ahead, Yours, then what they rest on. */
export const regionPanel = (doing: Doing, state: State, regionId: string): TemplateResult => {
  const read = state.reads.exposure;
  const again = (): void => doing.send({ do: 'again' });
  const summary = lastOf(state.reads.exposures)?.data.find((item) => item.regionId === regionId) ?? null;
  const last = lastOf(read);
  const answer = last !== null && last.data.region.id === regionId ? last : null;
  const known = summary ?? answer?.data.region ?? null;
  return html`
    ${heading(regionId, known)}
    ${
      read.phase === 'failed'
        ? failed('This region', read.reason, again)
        : (read.phase === 'found' || (read.phase === 'loading' && state.rereading)) && answer !== null
          ? shown('This region', () => answerView(doing, answer), again)
          : answer === null
            ? reading('this region')
            : html`${reading('this region at the new time')}
                <div class="was" aria-hidden="true" inert>
                  ${shown('This region', () => answerView(doing, answer), again)}
                </div>`
    }
    ${footingView(doing, state, regionId)}
  `;
};
