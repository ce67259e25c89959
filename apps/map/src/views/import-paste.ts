import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { ImportReport } from '../api/portfolio.js';
import { permissionFor } from '../state/desk.js';
import { count } from '../state/phrase.js';
import { ownName } from '../state/operators.js';
import { bodyOf } from '../state/portfolio.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { mayNotNote, regionWords, reviewsView } from './import-parts.js';
import { chip } from './parts.js';
import { writingView } from './writing.js';

const SHOWN = 50;

const recognisedView = (state: State, { read }: ImportReport): TemplateResult | typeof nothing =>
  read.length === 0
    ? nothing
    : html`<div>
        <h4>Recognised <span class="count">${read.length}</span></h4>
        <ul class="plain-list recognised">
          ${read.slice(0, SHOWN).map(
            ({ name, regionId, zoneId, zoneLetter }) =>
              html`<li>
                <strong dir="auto">${name}</strong> <span aria-label="is">→</span>
                ${regionId === null ? nothing : regionWords(state, regionId)}
                ${zoneId === null ? nothing : chip(`zone ${ownName(zoneId)}`, 'zone')}
                ${zoneLetter === null ? nothing : chip(`zone ${zoneLetter} of your account, id unknown`, 'none')}
              </li>`,
          )}
        </ul>
        ${read.length > SHOWN ? html`<p class="note">and ${read.length - SHOWN} more</p>` : nothing}
      </div>`;

const unknownView = ({ faults }: ImportReport): TemplateResult | typeof nothing => {
  const unknown = faults.filter(({ code }) => code !== 'region.doubtful');
  return unknown.length === 0
    ? nothing
    : html`<div>
        <h4>Not recognised <span class="count">${unknown.length}</span></h4>
        <ul class="plain-list">
          ${unknown
            .slice(0, SHOWN)
            .map(
              ({ value, wanted, code }) =>
                html`<li><strong dir="auto">${value}</strong>: wanted ${wanted} <code>${code}</code></li>`,
            )}
        </ul>
        <p class="note">These stay out. Mend them above, or enter them later.</p>
      </div>`;
};

/** The first screen of somebody new: regions and zones as text, what they are taken for, and one button. */
export const pasteView = (doing: Doing, state: State): TemplateResult => {
  const inlet = state.portfolio.inlets.paste;
  const permission = permissionFor(state.reads.session, 'judge');
  const isAllowed = permission.outcome === 'allowed';
  const { report } = inlet;
  const found = inlet.content.trim() === '' ? null : lastOf(report);
  const body = bodyOf('paste', inlet);
  const isReady = report.phase === 'found' && report.value.assets > 0 && body !== null;
  const out = found === null ? 0 : found.rows - found.assets;
  const writing = state.desk.writings['paste'];
  const submit = (event: Event): void => {
    event.preventDefault();
    if (isReady && isAllowed && body !== null) doing.write('paste', { what: 'import', body });
  };
  return html`<section aria-labelledby="paste-title" class="first">
    <h3 id="paste-title">Which regions and zones do you run in?</h3>
    <p class="note">
      Paste their ids or names, one a line. You can add value, standby and copies later. Nobody but your tenant reads
      it.
    </p>
    <form class="entry" @submit=${submit}>
      <fieldset ?disabled=${!isAllowed}>
        <div class="field">
          <label class="field-name" for="paste-ids">Regions and zones</label>
          <textarea
            id="paste-ids"
            rows="6"
            maxlength="20000"
            spellcheck="false"
            placeholder="me-central-1&#10;mec1-az2&#10;UAE North&#10;aws eu-west-1"
            .value=${inlet.content}
            @input=${(event: Event) =>
              doing.send({
                do: 'inlet',
                inlet: 'paste',
                change: { content: (event.target as HTMLTextAreaElement).value },
              })}
          ></textarea>
        </div>
        <div role="status" aria-live="polite" class="report">
          ${
            report.phase === 'failed'
              ? html`<div class="failure">
                  <p>What you typed could not be looked up: <span dir="auto">${report.reason}</span></p>
                </div>`
              : nothing
          }
          ${found === null ? nothing : html`${recognisedView(state, found)} ${unknownView(found)}`}
        </div>
        ${reviewsView(doing, state, 'paste', found?.reviews ?? [])}
        <div class="choices">
          <button class="button button-main" ?disabled=${!isReady}>
            ${isReady ? `Start with ${count(report.value.assets, 'place')}` : 'Start'}
          </button>
          ${isReady && out > 0 ? html`<span class="note">${count(out, 'line')} left out</span>` : nothing}
        </div>
      </fieldset>
      ${isAllowed ? nothing : html`<p class="note">${mayNotNote(permission)}</p>`} ${writingView(writing)}
    </form>
  </section>`;
};
