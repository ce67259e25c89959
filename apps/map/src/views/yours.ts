import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { findingsFirst } from '../state/findings.js';
import { ownName } from '../state/operators.js';
import { count } from '../state/phrase.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import { assetsIn, holdingIn, holdingWords, ownOf, standbysIn } from '../state/yours.js';
import type { Doing } from './actions.js';
import { valueWords } from './assets.js';
import { chip, failed } from './parts.js';
import { permissionNote } from './writing.js';

const portfolioLink = (doing: Doing, text: string): TemplateResult =>
  html`<a
    class="inline-link"
    href=${doing.linkTo({ page: 'portfolio', subject: null })}
    @click=${(event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      doing.send({ do: 'page', page: 'portfolio' });
    }}
    >${text}</a
  >`;

const standbyView = (state: State, regionId: string) => {
  const standbys = standbysIn(state, regionId);
  return standbys === 0
    ? nothing
    : html`<p>${count(standbys, 'asset')} of yours elsewhere ${standbys === 1 ? 'has' : 'have'} it as standby.</p>`;
};

const assetsView = (state: State, regionId: string): TemplateResult | typeof nothing => {
  const { assets, portfolio } = state.reads;
  if (assets.phase === 'failed')
    return html`<p class="warning">Which assets could not be read: <span dir="auto">${assets.reason}</span></p>`;
  const page = lastOf(assets);
  const here = assetsIn(page?.data ?? [], regionId);
  if (here.length === 0) return nothing;
  const ids = new Set(here.map(({ id }) => id));
  const findings = findingsFirst(lastOf(portfolio)?.data.findings ?? []).filter(({ assetId }) => ids.has(assetId));
  return html`<ul class="zones">
      ${here.map(
        ({ id, name, zoneId, zoneLetter, onlyCopy, valuePerDay, currency }) => html`
          <li class="zone">
            <p class="zone-head">
              <strong dir="auto">${name}</strong>
              ${zoneId === null ? nothing : chip(ownName(zoneId), 'zone')}
              ${zoneId === null && zoneLetter !== null ? chip(`zone ${zoneLetter}, id unknown`, 'none') : nothing}
              ${onlyCopy === true ? chip('only copy', 'status-disputed') : nothing}
              ${valuePerDay === null ? nothing : html`<span class="quiet">${valueWords(valuePerDay, currency)} a day</span>`}
            </p>
            <ul class="limits">
              ${findings.filter(({ assetId }) => assetId === id).map(({ text }) => html`<li dir="auto">${text}</li>`)}
            </ul>
          </li>
        `,
      )}
    </ul>
    ${page?.isCut === true ? html`<p class="note">Shown are the first ${here.length}.</p>` : nothing}`;
};

const answerView = (doing: Doing, state: State, regionId: string): TemplateResult => {
  const own = ownOf(state);
  switch (own.outcome) {
    case 'not-asked':
      return html`<p class="note">Not asked yet: it is read only for who is signed in.</p>
        <button type="button" class="button" @click=${() => doing.send({ do: 'need-session', anew: true })}>
          Show what is yours here
        </button>`;
    case 'signed-out':
      return html`<p class="note">${permissionNote(own)} What is yours here is then shown.</p>`;
    case 'reading':
      return html`<p class="quiet"><span class="spinner" aria-hidden="true"></span>Reading your portfolio…</p>`;
    case 'failed':
      return failed('What is yours here', own.reason, () => doing.send({ do: 'need-session', anew: true }));
    case 'no-portfolio':
      return html`<p class="empty">You have entered no portfolio, so nothing is known of what is yours here.</p>
        <p>${portfolioLink(doing, 'Enter your regions and zones')}</p>`;
    case 'known': {
      const holding = holdingIn(state, regionId);
      return holding === null
        ? html`<p class="empty">No asset of your portfolio stands here.</p>
            ${standbyView(state, regionId)}`
        : html`<p><strong>${holdingWords(holding)}</strong></p>
            ${standbyView(state, regionId)} ${assetsView(state, regionId)}
            <p>${portfolioLink(doing, 'Your portfolio')}</p>`;
    }
  }
};

/** The third answer of a region: what of the reader's own stands there, and what is known to be amiss with it. */
export const yoursView = (doing: Doing, regionId: string): TemplateResult => html`
  <section class="answer" aria-labelledby="yours-title">
    <h3 id="yours-title">Yours</h3>
    ${answerView(doing, doing.store.state(), regionId)}
  </section>
`;
