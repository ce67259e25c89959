import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Order } from '../api/desk.js';
import type { Fault } from '../api/faults.js';
import { permissionFor } from '../state/desk.js';
import type { Deed, Permission } from '../state/desk.js';
import { whole } from '../state/phrase.js';
import type { Review } from '../state/reviews.js';
import type { Writing } from '../state/writing.js';
import type { Doing } from './actions.js';
import { moment, quoted } from './parts.js';
import type { View } from './parts.js';

/** Why something cannot be done by who reads; nothing where it can. */
export const permissionNote = (permission: Permission): View => {
  switch (permission.outcome) {
    case 'allowed':
      return nothing;
    case 'signed-out':
      return html`<a class="inline-link" href="#/sign-in">Sign in</a> first.`;
    case 'role':
      return html`Your role (${permission.role}) may dispute claims; analysts and admins decide.`;
    case 'unread':
      return permission.reason === null
        ? html`Reading who is signed in…`
        : html`Who is signed in could not be read: <span dir="auto">${permission.reason}</span>`;
  }
};

/** A fault in words: its code, and what was got and wanted where the service says so. */
export const faultWords = ({ code, got, wanted, detail }: Fault): TemplateResult =>
  html`<code>${code}</code>
    ${got === null || wanted === null ? html`<span dir="auto">${detail}</span>` : html`got <span dir="auto">${got}</span>, wanted ${wanted}`}`;

/** How far what a form sent has come. The element stays, so that what changes in it is read out. */
export const writingView = (writing: Writing | undefined, faults?: readonly Fault[]): TemplateResult => {
  const words = (): View => {
    switch (writing?.phase) {
      case undefined:
        return nothing;
      case 'sending':
        return html`<p class="quiet"><span class="spinner" aria-hidden="true"></span>Sending…</p>`;
      case 'recorded':
        return html`<p class="written written-waiting">
          <strong>Recorded, not yet placed.</strong>
          ${
            writing.overdue
              ? 'It is kept, but still has no position in the ledger: no answer knows it until it has.'
              : 'Answers know it once it has its position in the ledger, in a second or two.'
          }
        </p>`;
      case 'placed':
        return html`<p class="written">
          <strong>Recorded</strong> at ledger position ${whole(writing.position)}.
          ${writing.receipt.isNew ? nothing : 'The very same was entered before: nothing was added.'}
        </p>`;
      case 'refused': {
        const said = faults ?? writing.faults;
        return html`<div class="failure">
          <p><strong>Not recorded.</strong></p>
          ${said.map((fault) => html`<p>${faultWords(fault)}</p>`)}
        </div>`;
      }
    }
  };
  return html`<div role="status" aria-live="polite">${words()}</div>`;
};

/** One thing that can be decided with the same reason. */
export interface Choice {
  readonly text: string;
  readonly order: (reason: string) => Order;
}

export interface ReasonOptions {
  /** The form's name among the drafts and the writings of the desk. */
  readonly key: string;
  readonly label: string;
  readonly deed: Deed;
  readonly choices: readonly Choice[];
}

const LEAST = 3;
const MOST = 2000;

/** A form with a reason, and what can be done with it; disabled, and saying why, for who may not. */
export const reasonForm = (doing: Doing, { key, label, deed, choices }: ReasonOptions): TemplateResult => {
  const { desk, reads } = doing.store.state();
  const permission = permissionFor(reads.session, deed);
  const writing = desk.writings[key];
  const text = desk.drafts[key] ?? '';
  const isAllowed = permission.outcome === 'allowed';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const at = event.submitter instanceof HTMLButtonElement ? Number(event.submitter.value) : 0;
    const reason = text.trim();
    const choice = choices[at];
    if (choice === undefined || !isAllowed) return;
    // The browser counts blanks as words; a reason of blanks is none.
    if (reason.length < LEAST) {
      const fault = {
        code: 'text.short',
        pointer: '/text',
        got: 'no reason',
        wanted: 'why, in a few words',
        detail: '',
      };
      return doing.send({ do: 'write-refused', key, faults: [fault] });
    }
    doing.write(key, choice.order(reason));
  };
  return html`<form class="reason" @submit=${submit}>
    <fieldset ?disabled=${!isAllowed}>
      <label class="field">
        <span class="field-name">${label}</span>
        <textarea
          rows="2"
          required
          minlength=${LEAST}
          maxlength=${MOST}
          .value=${text}
          @input=${(event: Event) => doing.send({ do: 'draft', key, text: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </label>
      <div class="choices">
        ${choices.map(
          (choice, index) =>
            html`<button class=${index === 0 ? 'button button-main' : 'button'} value=${index}>${choice.text}</button>`,
        )}
      </div>
    </fieldset>
    ${isAllowed ? nothing : html`<p class="note">${permissionNote(permission)}</p>`} ${writingView(writing)}
  </form>`;
};

/** Who decided something, when, and why. */
export const reviewView = ({ text, by, at }: Review): TemplateResult =>
  html`<p><bdi>${by}</bdi>${at === null ? nothing : html`, ${moment(at)}`}: ${quoted(text)}</p>`;

/** A form that is folded away until somebody reaches for it; only then is it asked who is signed in. */
export const foldedForm = (doing: Doing, title: string, options: ReasonOptions): TemplateResult => html`
  <details
    class="fold"
    @toggle=${(event: Event) => {
      if ((event.currentTarget as HTMLDetailsElement).open) doing.send({ do: 'need-session', anew: false });
    }}
  >
    <summary>${title}</summary>
    ${reasonForm(doing, options)}
  </details>
`;
