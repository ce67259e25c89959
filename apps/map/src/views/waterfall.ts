import { html, nothing, svg } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Score } from '../api/types.js';
import { plain } from '../state/phrase.js';
import { extentOf, waterfallOf, wrapped } from '../state/waterfall.js';
import type { WaterfallRow } from '../state/waterfall.js';
import { claimRefs } from './claim.js';

const ROW = 28;
const NAME_WIDTH = 140;
const WIDTH = 400;
const FIGURE_WIDTH = 36;

const bar = (row: WaterfallRow, index: number, x: (value: number) => number, next: WaterfallRow | undefined) => {
  const left = Math.min(x(row.begin), x(row.end));
  const width = Math.max(1.5, Math.abs(x(row.end) - x(row.begin)));
  const y = index * ROW + 5;
  const lines = wrapped(row.label, 22);
  return svg`
    ${lines.map(
      (line, row) =>
        svg`<text class="wf-name" x=${NAME_WIDTH - 8} y=${y + 12 + (row - (lines.length - 1) / 2) * 12} text-anchor="end">${line}</text>`,
    )}
    <rect class="wf-bar wf-${row.kind}" x=${left} y=${y} width=${width} height=${ROW - 12} rx="2" />
    <text class="wf-figure" x=${WIDTH - 2} y=${y + 12} text-anchor="end">${row.shown}</text>
    ${next === undefined ? nothing : svg`<path class="wf-link" d="M${x(row.end)} ${y + ROW - 12}v12" />`}
  `;
};

const BANDS = [20, 40, 60, 80];

const drawing = (rows: readonly WaterfallRow[], name: string) => {
  const [low, high] = extentOf(rows);
  const room = WIDTH - NAME_WIDTH - FIGURE_WIDTH;
  const x = (value: number): number => NAME_WIDTH + ((value - low) / (high - low)) * room;
  const height = rows.length * ROW;
  return html`<svg class="waterfall" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${name}>
    ${BANDS.map((value) => svg`<path class="wf-grid" d="M${x(value)} 0V${height}" />`)}
    ${rows.map((row, index) => bar(row, index, x, rows[index + 1]))}
  </svg>`;
};

/** What moved a score, as a drawing and as a table with the claims behind each part. */
export const waterfallView = (
  score: Score,
  name: string,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
): TemplateResult => {
  const rows = waterfallOf(score);
  const said = rows.map((row) => `${row.label} ${row.shown}`).join(', ');
  return html`
    <figure class="figure">
      ${drawing(rows, `${name}: ${said}`)}
      <figcaption class="quiet">
        Points from a reference region to this one. 20 points are a factor of ten. Lines mark the bands at 20, 40, 60
        and 80.
      </figcaption>
    </figure>
    <div class="table-box" tabindex="0" role="region" aria-label="${name}: contributions as a table">
      <table>
        <caption class="visually-hidden">
          ${name}: contributions
        </caption>
        <thead>
          <tr>
            <th scope="col">Contribution</th>
            <th scope="col" class="num">Points</th>
            <th scope="col">Claims</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Reference region</th>
            <td class="num">${rows[0]?.shown}</td>
            <td></td>
          </tr>
          ${score.contributions.map(
            (item, index) => html`
              <tr>
                <th scope="row">${item.label}</th>
                <td class="num">${rows[index + 1]?.shown}</td>
                <td>${claimRefs(item.claimIds, numbers, showClaim)}</td>
              </tr>
              ${item.parts.map(
                (part) =>
                  html`<tr class="part">
                    <th scope="row" dir="auto">${part.label === part.id ? plain(part.label) : part.label}</th>
                    <td class="num">${part.points.toFixed(1).replace('-', '−')}</td>
                    <td>${claimRefs(part.claimIds, numbers, showClaim)}</td>
                  </tr>`,
              )}
            `,
          )}
          <tr class="total">
            <th scope="row">Score</th>
            <td class="num">${score.shownScore}</td>
            <td></td>
          </tr>
        </tbody>
      </table>
    </div>
  `;
};
