import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Incident } from '../api/types.js';
import { lastOf } from '../state/read.js';
import { reviewsAmong, takenOut } from '../state/reviews.js';
import type { Doing } from './actions.js';
import { chip } from './parts.js';
import type { View } from './parts.js';
import { foldedForm, reviewView, writingView } from './writing.js';
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
    <p><strong>Told by ${feedIds.length} sources</strong>, which we joined:</p>
    <p class="item-chips">${feedIds.map((feedId) => chip(feedId, 'none'))}</p>
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

/** Claims that somebody took out of an incident: no longer in it, so who did that, and why, is said here. */
export const decisionsOn = (doing: Doing, { id, joinedIds }: Incident): View => {
  const { reads, desk } = doing.store.state();
  if (reads.deskClaims.phase === 'failed')
    return html`<p class="warning">What was decided of this incident could not be read: ${reads.deskClaims.reason}</p>`;
  const reviews = reviewsAmong(lastOf(reads.deskClaims)?.data ?? []);
  const taken = takenOut(reviews, [id, ...joinedIds]);
  if (taken.length === 0) return nothing;
  return html`<div class="told-by">
    ${taken.map(
      (review) => html`
        <p>Claim <code class="hash">${review.claimId}</code> was taken out of this incident.</p>
        ${reviewView(review)} ${writingView(desk.writings[`${PREFIX}:${id}:${review.claimId}`])}
        ${foldedForm(doing, 'Let it in again', {
          key: `readmit:${id}:${review.claimId}`,
          label: 'Why it belongs here after all (kept and shown)',
          deed: 'judge',
          choices: [rejection('readmit', review.incidentIds[0] ?? id, review.claimId, 'Let it in')],
        })}
      `,
    )}
  </div>`;
};
