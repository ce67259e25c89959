import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { PlacedPortfolioRevision, Portfolio } from '../api/types.js';
import { permissionFor } from '../state/desk.js';
import { findingsFirst } from '../state/findings.js';
import type { Finding } from '../state/findings.js';
import { count, instant, plain, whole } from '../state/phrase.js';
import { ASSET_KEY } from '../state/asset-form.js';
import { INLETS } from '../state/portfolio.js';
import { lastOf } from '../state/read.js';
import { isRecorded } from '../state/writing.js';
import { NOW_AND_HEAD } from '../state/state.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { assetForm } from './asset-form.js';
import { assetsView } from './assets.js';
import { importView } from './import-file.js';
import { mayNotNote } from './import-parts.js';
import { moment } from './parts.js';
import type { View } from './parts.js';
import { pasteView } from './import-paste.js';
import { readView } from './read-view.js';
import { permissionNote, writingView } from './writing.js';

const SHOWN_FINDINGS = 6;

const findingRow = ({ assetId, code, text }: Finding): TemplateResult =>
  html`<li class="finding finding-${code.split('.')[0]}">
    <p><strong dir="auto">${assetId}</strong>: <span dir="auto">${text}</span>.</p>
  </li>`;

/** What is amiss by the entries' own word, the gravest first. */
const findingsView = ({ findings, findingCount, revision }: Portfolio): TemplateResult => {
  const ordered = findingsFirst(findings);
  const first = ordered.slice(0, SHOWN_FINDINGS);
  const more = ordered.slice(SHOWN_FINDINGS);
  return html`<section aria-labelledby="findings-title" class="findings">
    <h3 id="findings-title">What stands out <span class="count">${whole(findingCount)}</span></h3>
    ${
      findingCount === 0
        ? html`<p class="empty">
            Nothing stands out in what was entered.
            ${revision?.assetCount === 0 ? '' : 'Where standby, backups, keys or copies were not entered, nothing can be said of them.'}
          </p>`
        : html`<ul class="plain-list">
              ${first.map(findingRow)}
            </ul>
            ${
              more.length === 0
                ? nothing
                : html`<details class="fold">
                    <summary>${count(more.length, 'more finding')}</summary>
                    <ul class="plain-list">
                      ${more.map(findingRow)}
                    </ul>
                    ${
                      findingCount > findings.length
                        ? html`<p class="note">
                            Shown are the first ${whole(findings.length)} of ${whole(findingCount)}.
                          </p>`
                        : nothing
                    }
                  </details>`
            }`
    }
  </section>`;
};

/** Where one can take the portfolio out, at the position on screen. */
const exportLinks = (position: number): TemplateResult =>
  html`<p class="report-links">
    <a class="button" href="/api/v1/portfolio/assets.csv?position=${position}" download>Export as CSV</a>
    <a href="/api/v1/portfolio/register.csv?position=${position}" download>Register of information (B_02.02)</a>
  </p>`;

const howWords = ({ fileKind, fileName }: PlacedPortfolioRevision): View =>
  fileKind === 'edit' ? html`${plain(fileName)}` : html`Imported from <bdi>${fileName}</bdi>`;

const revisionsView = (doing: Doing, state: State): TemplateResult => html`
  <details class="section">
    <summary>
      <h3 class="section-title">Revisions</h3>
      <span class="section-note">none is ever changed</span>
    </summary>
    <div class="section-body">
      ${readView(
        doing,
        'The revisions',
        state.reads.revisions,
        ({ data, isCut }) => html`
          <ul class="plain-list revisions">
            ${data.map(
              (revision) =>
                html`<li>
                  <p>
                    <strong>Revision ${revision.revision}</strong>, ${count(revision.assetCount, 'asset')}.
                    ${howWords(revision)} by <bdi>${revision.importedBy}</bdi>, ${moment(revision.recordedAt)}.
                    ${revision.leftOutCount === 0 ? nothing : `${count(revision.leftOutCount, 'row')} left out.`}
                  </p>
                  <button
                    type="button"
                    class="button"
                    @click=${() =>
                      doing.send({ do: 'ask', asked: { ...state.address.asked, position: revision.position + 1 } })}
                  >
                    Show it as of position ${whole(revision.position + 1)}
                  </button>
                </li>`,
            )}
          </ul>
          ${isCut ? html`<p class="note">Shown are the last ${data.length}.</p>` : nothing}
        `,
      )}
    </div>
  </details>
`;

/** What is entered becomes a new revision on the last one; a pinned position never shows it. */
const pastNote = (doing: Doing, state: State): View =>
  state.address.asked.position === null
    ? nothing
    : html`<div class="warning">
        <p>You read the portfolio as of position ${whole(state.address.asked.position)}. To change it, go to now.</p>
        <button type="button" class="button" @click=${() => doing.send({ do: 'ask', asked: NOW_AND_HEAD })}>
          Go to now
        </button>
      </div>`;

const heldView = (doing: Doing, state: State, portfolio: Portfolio, position: number): TemplateResult => {
  const { revision } = portfolio;
  const editing = state.portfolio.editing;
  return html`
    ${
      revision === null
        ? nothing
        : html`<p class="note">
            Revision ${revision.revision}: ${count(revision.assetCount, 'asset')} in
            ${count(portfolio.holdings.filter(({ assetCount }) => assetCount > 0).length, 'cloud region')}${
              portfolio.outsideRegions === 0 ? '' : ` and ${count(portfolio.outsideRegions, 'own site')} in none`
            };
            by <bdi>${revision.importedBy}</bdi>, ${instant(revision.recordedAt)}. Only your tenant reads it.
          </p>`
    }
    ${
      editing === null
        ? html`${findingsView(portfolio)} ${writingView(state.desk.writings[ASSET_KEY])}
          ${INLETS.map((name) =>
            isRecorded(state.desk.writings[name]) ? writingView(state.desk.writings[name]) : nothing,
          )}`
        : nothing
    }
    ${editing === null ? nothing : assetForm(doing, state, editing)} ${assetsView(doing, state, portfolio)}
    ${exportLinks(position)} ${importView(doing, state, revision?.assetCount ?? 0)} ${revisionsView(doing, state)}
  `;
};

const firstScreen = (doing: Doing, state: State): TemplateResult => html`
  ${pasteView(doing, state)} ${importView(doing, state, 0)}
`;

/** What the reader runs: the first screen asks for regions and zones, later ones say what stands out. */
export const portfolioPage = (doing: Doing, state: State): TemplateResult => {
  const permission = permissionFor(state.reads.session, 'judge');
  const { session, portfolio } = state.reads;
  const isIn = lastOf(session)?.outcome === 'signed-in';
  return html`
    <div class="page" id="portfolio" tabindex="-1">
      <h2 id="panel-heading" tabindex="-1">Portfolio</h2>
      ${
        isIn
          ? html`${permission.outcome === 'role' ? html`<p class="note">${mayNotNote(permission)}</p>` : nothing}
            ${pastNote(doing, state)}
            ${readView(doing, 'Your portfolio', portfolio, ({ data, coordinates }) =>
              data.revision === null && state.address.asked.position === null
                ? firstScreen(doing, state)
                : data.revision === null
                  ? html`<p class="empty">No portfolio was recorded at this position.</p>`
                  : heldView(doing, state, data, coordinates.position),
            )}`
          : html`<p class="note">
                What you run yourself: regions, zones, own sites. The map then shows what of it stands where, and this
                page what people miss: a standby in the same theatre, an only copy. Nobody but your tenant reads it.
              </p>
              <p class=${permission.outcome === 'unread' ? 'note' : 'warning'}>${permissionNote(permission)}</p>`
      }
    </div>
  `;
};
