import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { reportAddress } from '../api/client.js';
import type { Coordinates, CoverageCell, Exposure } from '../api/types.js';
import { count, instant, plain, precision } from '../state/phrase.js';
import { countryName, operatorName } from '../state/operators.js';
import type { Doing } from './actions.js';
import { claimRefs, claimView } from './claim.js';
import { address, basisWords, chip, fact } from './parts.js';
import { section } from './section.js';
import { subjectLink } from './subject-link.js';
import { yoursView } from './yours.js';

const HOSTING_TITLE = { 'none-found': 'none found', 'not-searched': 'not searched', found: 'claims found' } as const;

const coverageRow = (cell: CoverageCell): TemplateResult => html`
  <li class="cover">
    <p>
      <strong>${plain(cell.incidentClass)}</strong> ${chip(plain(cell.state), `cover-${cell.state}`)}
      ${cell.feedIds.length === 0 ? nothing : html`<span class="quiet">${cell.feedIds.join(', ')}</span>`}
    </p>
    <p class="quiet">${cell.text}${cell.to === null ? '' : ` Complete to ${instant(cell.to)}.`}</p>
  </li>
`;

/** Who was looking at this place, class by class. */
export const coverageView = (cells: readonly CoverageCell[]): TemplateResult =>
  html`<ul class="plain-list">
    ${cells.map(coverageRow)}
  </ul>`;

/** The same answer as a signed document that can be checked without us, pinned to the coordinates on screen. */
const reportView = (regionId: string, coordinates: Coordinates): TemplateResult =>
  coordinates.validAt === coordinates.publicAt
    ? html`<p>This page as a signed exposure report: every number with its claims, checked offline.</p>
        <p class="report-links">
          <a class="button" href=${reportAddress(regionId, 'bundle', coordinates)} download
            >Download the signed report</a
          >
          <a href=${reportAddress(regionId, 'page', coordinates)} target="_blank" rel="noopener">Read it</a>
        </p>`
    : html`<p class="empty">A report has one instant: set “held at” and “published by” to the same time.</p>`;

/** Third answer and everything the first two rest on. */
export const restView = (
  doing: Doing,
  exposure: Exposure,
  coordinates: Coordinates,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
): TemplateResult => {
  const { region, hosting, claims, notKnown, defaulted, leftOut, coverage } = exposure;
  const watched = coverage.filter(({ state }) => state === 'watched').length;
  return html`
    ${yoursView(doing, region.id)}
    <section class="answer" aria-labelledby="stands-title">
      <h3 id="stands-title">What stands on it</h3>
      <p>
        ${hosting.outcome === 'found' ? 'Somebody says that something runs here.' : 'No workload is known to run here; that is not “none”.'}
      </p>
      <p>${subjectLink(doing, region.id, 'Who depends on this region, with the evidence')}</p>
    </section>
    <section class="answer" aria-labelledby="report-title">
      <h3 id="report-title">For an auditor</h3>
      ${reportView(region.id, coordinates)}
    </section>
    <section class="answer" aria-labelledby="evidence-title">
      <h3 id="evidence-title">What this rests on</h3>
      ${section(doing, { id: 'claims', title: 'Claims', note: String(claims.length) }, () =>
        claims.length === 0
          ? html`<p class="empty">No claim speaks of this region at these coordinates.</p>`
          : claims.map((claim, index) => claimView(doing, claim, index + 1)),
      )}
      ${section(doing, { id: 'not-known', title: 'Not known', note: String(notKnown.length) }, () =>
        notKnown.length === 0
          ? html`<p class="empty">Nothing is listed.</p>`
          : html`<dl class="facts">${notKnown.map((item) => fact(plain(item.aspect), item.text))}</dl>`,
      )}
      ${section(doing, { id: 'defaulted', title: 'Defaulted in the model', note: String(defaulted.length) }, () =>
        defaulted.length === 0
          ? html`<p class="empty">No field of the model’s input was defaulted.</p>`
          : html`<dl class="facts">
              ${defaulted.map((item) => fact(plain(item.field), html`${item.value} <span class="quiet">${item.reason}</span>`))}
            </dl>`,
      )}
      ${section(doing, { id: 'left-out', title: 'Left out of the model', note: String(leftOut.length) }, () =>
        leftOut.length === 0
          ? html`<p class="empty">Nothing was left out.</p>`
          : html`<ul class="plain-list">
              ${leftOut.map(
                (item) =>
                  html`<li class="cover">
                    <p dir="auto">${item.text} ${claimRefs([item.id], numbers, showClaim)}</p>
                    <p class="quiet">${plain(item.reason)}</p>
                  </li>`,
              )}
            </ul>`,
      )}
      ${section(
        doing,
        { id: 'hosting', title: 'Hosting claims', note: HOSTING_TITLE[hosting.outcome] },
        () =>
          html`<p>${hosting.text} ${claimRefs(hosting.claimIds, numbers, showClaim)}</p>
            <p class="quiet">
              Authorised somewhere is not running here, and a reason an adversary gives is no hosting fact.
            </p>`,
      )}
      ${section(
        doing,
        { id: 'coverage', title: 'Coverage', note: `${watched} of ${coverage.length} classes watched` },
        () => coverageView(coverage),
      )}
      ${section(
        doing,
        { id: 'place', title: 'The place', note: precision(region.precisionKm) },
        () =>
          html`<dl class="facts">
            ${fact('Operator', html`${subjectLink(doing, region.operatorId, operatorName(region.operatorId))} <span class="quiet">${region.partitionId}</span>`)}
            ${fact('Metro', html`${region.metro}, ${countryName(region.country)}`)}
            ${fact('Position', html`a metro, not a site: ${precision(region.precisionKm)} <span class="quiet">${region.precisionMethod}</span>`)}
            ${fact('Listed as', html`${plain(region.listed)} <span class="quiet">as the operator’s own list had it when read; no word about its condition</span>`)}
            ${fact('From', html`${region.source}, read ${instant(region.retrievedAt)}`)}
            ${region.sourceUrl === null ? nothing : fact('Check it at', address(region.sourceUrl))}
          </dl>`,
      )}
      ${section(
        doing,
        { id: 'coordinates', title: 'Read at', note: coordinates.basis },
        () =>
          html`<dl class="facts">
            ${fact('Valid at', instant(coordinates.validAt))} ${fact('Public at', instant(coordinates.publicAt))}
            ${fact('Position', String(coordinates.position))} ${fact('Basis', basisWords(coordinates))}
            ${fact('Undated', count(coordinates.undated, 'reference fact'))} ${fact('Label', coordinates.tlp)}
          </dl>`,
      )}
    </section>
  `;
};
