import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Incident } from '../api/types.js';
import type { Doing } from './actions.js';
import { chip } from './parts.js';
import type { View } from './parts.js';
import { foldedForm, reasonForm, writingView } from './writing.js';
import type { Choice } from './writing.js';

const openingDesk =
  (doing: Doing) =>
  (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    doing.send({ do: 'page', page: 'desk' });
  };

const deskLink = (doing: Doing, text: string): TemplateResult =>
  html`<a class="inline-link" href=${doing.linkTo({ page: 'desk' })} @click=${openingDesk(doing)}>${text}</a>`;

/** That several sources tell of an incident, each with a name of its own for it, and we took them for one. */
export const toldBy = (doing: Doing, { joinedIds, claims }: Incident): View => {
  if (joinedIds.length === 0) return nothing;
  const feedIds = [...new Set(claims.map(({ feedId }) => feedId))].sort();
  return html`<div class="told-by">
    <p>
      <strong>Told by ${feedIds.length} sources</strong>, joined by us: ${feedIds.map((feedId) => chip(feedId, 'none'))}
    </p>
    ${deskLink(doing, 'Why, and keep them apart')}
  </div>`;
};

const PREFIX = 'reject';

const rejection = (decision: 'reject' | 'readmit', incidentId: string, claimId: string, text: string): Choice => ({
  text,
  order: (reason) => ({ what: 'review', body: { decision, incidentIds: [incidentId], claimId, text: reason } }),
});

/**
 * Takes a claim out of an incident. Not the first one, which the incident is named after; and what another source tells
 * came in as a whole, so it goes out as a whole.
 */
export const takeOutForm = (doing: Doing, incident: Incident, claimId: string): View => {
  const reasons = incident.links.find((link) => link.claimId === claimId)?.reasons ?? [];
  if (reasons.includes('told-by-another-source'))
    return html`<p class="note">
      Another source’s incident, joined as a whole. ${deskLink(doing, 'Keep the two apart on the desk')}
    </p>`;
  if (reasons.includes('first-claim')) return nothing;
  return foldedForm(doing, 'Take it out of this incident', {
    key: `${PREFIX}:${incident.id}:${claimId}`,
    label: 'Why it does not belong here (kept and shown)',
    deed: 'judge',
    choices: [rejection('reject', incident.id, claimId, 'Take it out')],
  });
};

/** Claims taken out of an incident from this page: they are no longer in it, so what became of that is said here. */
export const decisionsOn = (doing: Doing, incidentId: string): View => {
  const { writings } = doing.store.state().desk;
  const prefix = `${PREFIX}:${incidentId}:`;
  const taken = Object.entries(writings).filter(([key, { phase }]) => key.startsWith(prefix) && phase === 'placed');
  if (taken.length === 0) return nothing;
  return html`${taken.map(([key, writing]) => {
    const claimId = key.slice(prefix.length);
    return html`<div class="told-by">
      <p>Claim <code class="hash">${claimId}</code> was taken out of this incident.</p>
      ${writingView(writing)}
      ${reasonForm(doing, {
        key: `readmit:${incidentId}:${claimId}`,
        label: 'Why it belongs here after all (kept and shown)',
        deed: 'judge',
        choices: [rejection('readmit', incidentId, claimId, 'Let it in again')],
      })}
    </div>`;
  })}`;
};
