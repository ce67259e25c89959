import { html, nothing, svg } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Ahead, Probability, Score } from '../api/types.js';
import { instant, odds, percent, percentWithInterval, plain } from '../state/phrase.js';
import type { Doing } from './actions.js';
import { fact } from './parts.js';
import { section } from './section.js';
import { waterfallView } from './waterfall.js';

/** Always said wherever the likelihood is shown. */
export const ONSET_LIMIT = 'This score reacts to events and stated threats; it does not predict wars.';

const OUTCOME_TITLE = {
  scored: null,
  'prior-only': 'Prior only',
  frozen: 'Frozen: no data, not calm',
  'no-forward-score': 'No forward score',
  failed: 'The score could not be computed',
} as const;

const BANDS = ['minimal', 'low', 'moderate', 'high', 'severe'] as const;

const scaleBand = (band: string, index: number) => svg`
  <rect class="scale-band band-${band}" x=${index * 80} y="13" width="79" height="8" rx="1" />
  <text class="scale-name" x=${index * 80 + 39.5} y="33" text-anchor="middle">${band}</text>
`;

const scaleInterval = (low: number, high: number) =>
  svg`<path class="scale-interval" d="M${low} 2V10M${low} 6H${high}M${high} 2V10" />`;

/** Where a score stands on [0, 100], with its interval and the names of the bands. */
const scoreScale = ({ score, interval, band }: Score): TemplateResult => html`
  <svg
    class="scale"
    viewBox="0 0 400 36"
    role="img"
    aria-label="Score ${Math.round(score)} on a scale from 0 to 100, band ${band}"
  >
    ${BANDS.map(scaleBand)} ${interval === null ? nothing : scaleInterval(interval.p05 * 4, interval.p95 * 4)}
    <circle class="scale-needle" cx=${score * 4} cy="6" r="5" />
  </svg>
`;

const probabilityRow = (row: Probability): TemplateResult => html`
  <tr>
    <th scope="row">${row.horizonDays} days</th>
    <td>
      ${odds(row.pDamage)}
      <span class="figure-words">${percentWithInterval(row.pDamage, row.p05, row.p95)}</span>
    </td>
    <td>${odds(row.pOutage)} <span class="figure-words">${percent(row.pOutage)}</span></td>
  </tr>
`;

const likelihoodView = (
  score: Score,
  ahead: Ahead,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
): TemplateResult => html`
  <p class="score-line">
    <strong class="score-words">${plain(score.band)} likelihood</strong>
    <span
      >L ${score.shownScore} of
      100${
        score.interval === null
          ? ', with its uncertainty in the probabilities below'
          : ` (90 %: ${Math.round(score.interval.p05)}–${Math.round(score.interval.p95)})`
      }</span
    >
  </p>
  ${scoreScale(score)}
  <p class="limit">${ONSET_LIMIT}</p>
  ${
    ahead.probabilities.length === 0
      ? nothing
      : html`<div class="table-box" tabindex="0" role="region" aria-label="Probability of damage and outage">
          <table class="probabilities">
            <caption>
              Probability within the coming days, with the interval that holds nine in ten
            </caption>
            <thead>
              <tr>
                <th scope="col">Within</th>
                <th scope="col">Damage here</th>
                <th scope="col">Outage</th>
              </tr>
            </thead>
            <tbody>
              ${ahead.probabilities.map(probabilityRow)}
            </tbody>
          </table>
        </div>`
  }
  <h4>What moves it</h4>
  ${waterfallView(score, 'Likelihood', numbers, showClaim)}
`;

/** Second answer: how likely damage is, with its interval, and what moves that. */
export const aheadView = (
  doing: Doing,
  ahead: Ahead,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
): TemplateResult => {
  const title = OUTCOME_TITLE[ahead.outcome];
  return html`
    <section class="answer" aria-labelledby="ahead-title">
      <h3 id="ahead-title">Ahead</h3>
      ${
        title === null
          ? nothing
          : html`<div class="outcome outcome-${ahead.outcome}">
              <p><strong>${title}.</strong> ${ahead.reason}</p>
              ${ahead.frozenSince === null ? nothing : html`<p>Frozen since ${instant(ahead.frozenSince)}.</p>`}
            </div>`
      }
      ${title === null && ahead.reason !== '' ? html`<p class="note">${ahead.reason}</p>` : nothing}
      ${
        ahead.likelihood === null
          ? html`<p class="empty">No likelihood is given here.</p>
              <p class="limit">${ONSET_LIMIT}</p>`
          : likelihoodView(ahead.likelihood, ahead, numbers, showClaim)
      }
      ${
        ahead.exposureAtReferenceSize === null
          ? nothing
          : section(
              doing,
              {
                id: 'reference-size',
                title: 'Exposure at reference size',
                note: `E ${ahead.exposureAtReferenceSize.shownScore}, ${ahead.exposureAtReferenceSize.band}`,
              },
              () => html`
                <p class="note">
                  At reference size: the true capacity is not public, so this is what a region of the reference size
                  would stand to lose here. It is never used to colour or rank.
                </p>
                ${
                  ahead.exposureAtReferenceSize === null
                    ? nothing
                    : waterfallView(ahead.exposureAtReferenceSize, 'Exposure at reference size', numbers, showClaim)
                }
              `,
            )
      }
      ${section(
        doing,
        { id: 'model', title: 'Model and limits', note: ahead.modelVersion },
        () => html`
          <ul class="limits">
            ${ahead.limits.map((limit) => html`<li>${limit}</li>`)}
          </ul>
          <dl class="facts">
            ${fact('Model', html`<code>${ahead.modelVersion}</code>`)}
            ${fact('Parameters', html`<code class="hash">${ahead.parameterHash}</code>`)}
            ${fact('Input', html`<code class="hash">${ahead.inputHash}</code>`)}
          </dl>
        `,
      )}
    </section>
  `;
};
