import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { IncidentSummary, Kinship } from '../api/types.js';
import { comparedWords, isDecided, pairKey, permissionFor, queueOf, reasonWords, scoreWords } from '../state/desk.js';
import { count, instant, plain } from '../state/phrase.js';
import { lastOf } from '../state/read.js';
import { reviewOfPair, reviewsAmong } from '../state/reviews.js';
import type { Review } from '../state/reviews.js';
import { momentOf, NOW_AND_HEAD } from '../state/state.js';
import type { State } from '../state/state.js';
import { toInstant } from '../state/time.js';
import { selecting } from './actions.js';
import type { Doing } from './actions.js';
import { entryForm } from './entry.js';
import { whereWords } from './incident-parts.js';
import { chip } from './parts.js';
import type { View } from './parts.js';
import { readView } from './read-view.js';
import { permissionNote, reasonForm, reviewView } from './writing.js';
import type { Choice } from './writing.js';

const GROUPS: Readonly<Record<Kinship['outcome'], { readonly title: string; readonly note: string }>> = {
  review: {
    title: 'To look at',
    note: 'Too much alike for chance, too little to be joined. Shown as two until somebody decides.',
  },
  joined: { title: 'Joined', note: 'Shown as one incident. The least sure come first; a link can be wrong.' },
  apart: { title: 'Kept apart', note: 'Somebody here decided that they are two.' },
};

type Side = Kinship['incidents'][number];

const sideView = (doing: Doing, side: Side, summary: IncidentSummary | undefined): TemplateResult => {
  const selection = { kind: 'incident', id: side.id } as const;
  return html`<div class="pair-side">
    <h4 class="incident-title">
      <a dir="auto" href=${doing.linkTo({ page: 'map', selection })} @click=${selecting(doing, selection)}
        >${side.title}</a
      >
    </h4>
    <p>
      ${
        summary === undefined
          ? 'When: not among the incidents read'
          : summary.onset === null
            ? 'Begin not stated'
            : html`<time datetime=${summary.onset}>${instant(summary.onset)}</time>`
      }
    </p>
    <p class="quiet">
      ${summary === undefined ? '' : `${whereWords(summary)} · ${count(summary.claimCount, 'claim')} · `}${plain(side.lifecycle).toLowerCase()}
    </p>
    <p class="item-chips">${side.feedIds.map((feedId) => chip(feedId, 'none'))}</p>
  </div>`;
};

const choicesFor = (pair: Kinship): readonly Choice[] => {
  const choice = (decision: 'merge' | 'split', text: string): Choice => ({
    text,
    order: (reason) => ({ what: 'review', body: { decision, incidentIds: [...pair.incidentIds], text: reason } }),
  });
  switch (pair.outcome) {
    case 'review':
      return [choice('merge', 'Merge: they are one'), choice('split', 'Keep apart: they are two')];
    case 'joined':
      return [
        choice('split', 'Keep apart: they are two'),
        ...(isDecided(pair) ? [] : [choice('merge', 'Confirm: they are one')]),
      ];
    case 'apart':
      return [choice('merge', 'Merge: they are one')];
  }
};

const pairView = (
  doing: Doing,
  pair: Kinship,
  summaries: ReadonlyMap<string, IncidentSummary>,
  reviews: readonly Review[],
): TemplateResult => {
  const review = reviewOfPair(reviews, pair.incidentIds);
  const key = pairKey(pair);
  const score = scoreWords(pair);
  const names = pair.incidents.map(({ title }) => title).join(' and ');
  return html`<li class="pair pair-${pair.outcome}">
    <article aria-label=${names}>
      <div class="pair-sides">${pair.incidents.map((side) => sideView(doing, side, summaries.get(side.id)))}</div>
      ${
        pair.outcome === 'joined' && pair.incidents.length === 1
          ? html`<p class="note">
              Two incidents of different feeds, shown as this one. Its page holds what each feed says.
            </p>`
          : nothing
      }
      <p>${score === null ? nothing : html`<strong>${score}:</strong>`} ${pair.reasons.map(reasonWords).join('; ')}</p>
      ${review === null ? nothing : reviewView(review)}
      ${reasonForm(doing, { key, label: 'Why (kept and shown)', deed: 'judge', choices: choicesFor(pair) })}
    </article>
  </li>`;
};

const queueView = (doing: Doing, state: State, kinships: readonly Kinship[]): TemplateResult => {
  const incidents = lastOf(state.reads.incidents)?.data ?? null;
  const summaries = new Map(
    (incidents ?? []).flatMap((incident) => [incident.id, ...incident.joinedIds].map((id) => [id, incident] as const)),
  );
  const reviews = reviewsAmong(lastOf(state.reads.deskClaims)?.data ?? []);
  const compared = html`<p class="note">
    Compared are incidents that different feeds tell, of one family of perils (natural, hostile, fire), that begin
    within three days of each other; incidents of a cloud region are not compared.
    ${incidents === null ? 'How many there are has not been read.' : `${comparedWords(incidents)}.`}
  </p>`;
  if (kinships.length === 0) {
    return html`<div class="empty">
        <p><strong>Nothing to look at:</strong> no two incidents of different feeds are alike enough.</p>
        <p>That says that no links await a decision. It does not say that nothing happened.</p>
      </div>
      ${compared}`;
  }
  return html`
    ${compared}
    ${repeat(
      queueOf(kinships),
      ({ outcome }) => outcome,
      ({ outcome, pairs }) => html`
        <section class="queue-group" aria-labelledby="queue-${outcome}">
          <h3 id="queue-${outcome}">${GROUPS[outcome].title} <span class="count">${pairs.length}</span></h3>
          <p class="note">${GROUPS[outcome].note}</p>
          <ul class="plain-list">
            ${repeat(pairs, pairKey, (pair) => pairView(doing, pair, summaries, reviews))}
          </ul>
        </section>
      `,
    )}
  `;
};

const whoView = (state: State): TemplateResult => {
  const permission = permissionFor(state.reads.session, 'judge');
  return permission.outcome === 'allowed'
    ? html`<p class="note">Signed in as <bdi>${permission.label}</bdi>. What you decide is kept under that name.</p>`
    : html`<p class=${permission.outcome === 'unread' ? 'note' : 'warning'}>
        ${permissionNote(permission)}
        ${permission.outcome === 'signed-out' ? 'Until then all of this can be read, and nothing decided.' : nothing}
      </p>`;
};

/** What is decided holds from now on; an answer as of before does not know it, and a pinned position never will. */
const pastNote = (doing: Doing, state: State): View => {
  const { asked } = state.address;
  if (asked.validAt === null && asked.publicAt === null && asked.position === null) return nothing;
  return html`<div class="warning">
    <p>
      You read the answer of ${asked.validAt === null ? 'a fixed position' : instant(toInstant(momentOf(state)))}. What
      is decided or entered here holds from now on, and does not show in it.
    </p>
    <button type="button" class="button" @click=${() => doing.send({ do: 'ask', asked: NOW_AND_HEAD })}>
      Go to now
    </button>
  </div>`;
};

/** The desk: the links to look at, and claims by hand. */
export const deskPage = (doing: Doing, state: State): TemplateResult => html`
  <div class="page" id="desk" tabindex="-1">
    <h2 id="panel-heading" tabindex="-1">Desk</h2>
    ${whoView(state)} ${pastNote(doing, state)}
    <div class="desk-columns">
      <section aria-labelledby="queue-title">
        <h2 id="queue-title">Told by several sources?</h2>
        ${readView(doing, 'The pairs to look at', state.reads.kinships, ({ data }) => queueView(doing, state, data))}
      </section>
      <section aria-labelledby="entry-title">
        <h2 id="entry-title">Enter a claim</h2>
        ${entryForm(doing, state)}
      </section>
    </div>
  </div>
`;
