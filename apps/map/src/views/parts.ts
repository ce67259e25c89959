import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Coordinates, Source } from '../api/types.js';
import { age, count, instant, whole } from '../state/phrase.js';

export type View = TemplateResult | typeof nothing;

/** A word with a colour behind it; the word says it all. */
export const chip = (text: string, tone: string): TemplateResult =>
  html`<span class="chip tone-${tone}">${text}</span>`;

/** Who says it, what kind of voice that is, and the grade of it. */
export const sourceWords = (source: Source): TemplateResult =>
  html`<bdi>${source.name}</bdi> <span class="quiet">(${source.class}, grade ${source.grade})</span>`;

export const moment = (iso: string): TemplateResult => html`<time datetime=${iso}>${instant(iso)}</time>`;

export const ageWords = (hours: number | null): string => (hours === null ? 'age unknown' : `${age(hours)} old`);

/**
 * What was said, in short: shown as it came, in its own direction, never as markup. Without quotation marks of ours,
 * because it may be our wording of it.
 */
export const quoted = (text: string): TemplateResult => html`<span class="said" dir="auto">${text}</span>`;

/** The address of a source: always as text; a link only where it is plainly one of the web. */
export const address = (url: string): TemplateResult => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return html`<span class="address" dir="ltr">${url}</span>`;
  const { href } = new URL(url);
  return html`<a class="address" dir="ltr" href=${href} target="_blank" rel="noopener noreferrer nofollow">${url}</a>`;
};

/** In one line: how much of the answer was written down later. */
export const basisWords = ({ basis, claims, backfilled }: Coordinates): string =>
  basis === 'contemporaneous'
    ? 'contemporaneous'
    : `reconstruction: ${whole(backfilled)} of ${count(claims, 'dated claim')} recorded later than published`;

export const failed = (what: string, reason: string, again: () => void): TemplateResult => html`
  <div class="failure" role="alert">
    <p><strong>${what} could not be read.</strong> That is not the same as nothing to report.</p>
    <p class="quiet" dir="auto">${reason}</p>
    <button type="button" class="button" @click=${again}>Try again</button>
  </div>
`;

/** The view of an answer; an answer that cannot be shown as agreed is a failed read, never a blank one. */
export const shown = (what: string, view: () => TemplateResult, again: () => void): TemplateResult => {
  try {
    return view();
  } catch {
    return failed(what, 'The answer does not have the agreed shape.', again);
  }
};

export const reading = (what: string): TemplateResult => html`
  <div class="reading" role="status"><span class="spinner" aria-hidden="true"></span>Reading ${what}…</div>
`;

export const empty = (text: string): TemplateResult => html`<p class="empty">${text}</p>`;

/** A pair of a definition list, left out where there is nothing to say. */
export const fact = (term: string, content: unknown): TemplateResult => html`
  <div class="fact">
    <dt>${term}</dt>
    <dd>${content}</dd>
  </div>
`;
