import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { PROVIDER_PATH } from '../api/account.js';
import type { Session } from '../api/desk.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import type { View } from './parts.js';
import { readView } from './read-view.js';

const ROLES: Readonly<Record<string, string>> = {
  viewer: 'reads, and may dispute claims',
  analyst: 'reads, enters and decides',
  auditor: 'reads, and sees who read what',
  admin: 'may do everything here, and lets others in',
};

const enteringNote = ({ entering }: State): TemplateResult => html`
  <div role="alert">
    ${
      entering.phase === 'refused'
        ? html`<p class="failure"><strong>Not done.</strong> <span dir="auto">${entering.text}</span></p>`
        : nothing
    }
  </div>
`;

const knownView = (
  doing: Doing,
  state: State,
  session: Extract<Session, { outcome: 'signed-in' }>,
): TemplateResult => html`
  <dl class="who">
    <div>
      <dt>Signed in as</dt>
      <dd><bdi>${session.label}</bdi></dd>
    </div>
    <div>
      <dt>Role</dt>
      <dd>${session.role}${ROLES[session.role] === undefined ? nothing : html`: ${ROLES[session.role]}`}</dd>
    </div>
    <div>
      <dt>Organisation</dt>
      <dd><bdi>${session.tenantId}</bdi></dd>
    </div>
  </dl>
  <button
    type="button"
    class="button"
    ?disabled=${state.entering.phase === 'sending'}
    @click=${() => void doing.account.signOut()}
  >
    Sign out
  </button>
  ${enteringNote(state)}
`;

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

const passwordForm = (doing: Doing, state: State): TemplateResult => {
  const isSending = state.entering.phase === 'sending';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    void doing.account.signIn({
      login: textOf(form, 'login').trim(),
      password: textOf(form, 'password'),
      tenant: textOf(form, 'tenant').trim(),
    });
  };
  return html`<form class="sign-in-form" @submit=${submit}>
    <label class="field">
      <span class="field-name">Login or e-mail address</span>
      <input name="login" autocomplete="username" required maxlength="254" autocapitalize="none" spellcheck="false" />
    </label>
    <label class="field">
      <span class="field-name">Password</span>
      <input name="password" type="password" autocomplete="current-password" required maxlength="200" />
    </label>
    <label class="field">
      <span class="field-name">Organisation <span class="quiet">(empty where there is only one)</span></span>
      <input
        name="tenant"
        autocomplete="organization"
        pattern="[a-z0-9][a-z0-9\\-]{0,62}"
        title="Lower-case letters, digits and -"
        maxlength="63"
        autocapitalize="none"
        spellcheck="false"
      />
    </label>
    <button class="button button-main" ?disabled=${isSending}>${isSending ? 'Signing in…' : 'Sign in'}</button>
    ${enteringNote(state)}
  </form>`;
};

const providerView = (state: State): View => {
  const { ways } = state.reads;
  const provider = lastOf(ways)?.provider ?? null;
  if (ways.phase === 'failed') return html`<p class="note">How else one signs in here could not be read.</p>`;
  return provider === null
    ? nothing
    : html`<p class="sign-in-provider">
        <a class="button button-main" href=${PROVIDER_PATH}>Sign in with <bdi>${provider}</bdi></a>
      </p>`;
};

const unknownView = (doing: Doing, state: State): TemplateResult => html`
  <p class="note">
    ${
      lastOf(state.reads.ways)?.anonymousReads === false
        ? 'This installation shows nothing to who is not signed in.'
        : 'What is public can be read without signing in. Your portfolio, what your own tools reported, and deciding anything need an account.'
    }
  </p>
  ${providerView(state)} ${lastOf(state.reads.ways)?.passwords === false ? nothing : passwordForm(doing, state)}
  <p class="note">
    On the machine itself, <code>faultline signin</code> prints a link that signs in once, and
    <code>faultline users add</code> makes an account.
  </p>
`;

/** Who reads, and signing in and out. */
export const accountPage = (doing: Doing, state: State): TemplateResult => html`
  <div class="page" id="sign-in" tabindex="-1">
    <div class="sign-in-box">
      <h2 id="panel-heading" tabindex="-1">Account</h2>
      ${readView(doing, 'Who is signed in', state.reads.session, (session) =>
        session.outcome === 'signed-in' ? knownView(doing, state, session) : unknownView(doing, state),
      )}
    </div>
  </div>
`;

/** The way to the account page in the head of every page. */
export const accountLink = (doing: Doing, state: State): TemplateResult => {
  const session = lastOf(state.reads.session);
  const name = session?.outcome === 'signed-in' ? `Account: ${session.label}` : 'Account';
  return html`<a
    class="button account-link"
    href=${doing.linkTo({ page: 'sign-in' })}
    aria-label=${name}
    title=${name}
    aria-current=${state.address.page === 'sign-in' ? 'page' : nothing}
    @click=${(event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      doing.send({ do: 'page', page: 'sign-in' });
    }}
  >
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <circle cx="10" cy="6.5" r="3.5" />
      <path d="M3.5 17.5c.6-4 3-6 6.5-6s5.9 2 6.5 6z" />
    </svg>
  </a>`;
};
