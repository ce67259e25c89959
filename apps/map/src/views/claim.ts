import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Claim } from '../api/types.js';
import { instant, plain } from '../state/phrase.js';
import type { Doing } from './actions.js';
import { address, ageWords, chip, fact, moment, quoted, sourceWords } from './parts.js';
import { foldedForm } from './writing.js';

const published = (claim: Claim): TemplateResult => {
  if (claim.publishedAt === null) return html`undated reference fact`;
  const { earliest, latest, basis } = claim.publishedAt;
  return earliest === latest
    ? html`${moment(latest)} <span class="quiet">(${basis})</span>`
    : html`between ${moment(earliest)} and ${moment(latest)}
        <span class="quiet">(${basis}; counts from the later)</span>`;
};

const occurred = ({ occurredAt }: Claim): string | null => {
  if (occurredAt === null) return null;
  const { begin, end } = occurredAt;
  if (begin !== null && end !== null && begin !== end) return `${instant(begin)} to ${instant(end)}`;
  const one = begin ?? end;
  return one === null ? null : instant(one);
};

const disputeForm = (doing: Doing, { id }: Claim): TemplateResult =>
  foldedForm(doing, 'Dispute this claim', {
    key: `challenge:${id}`,
    label: 'What is wrong with it (kept and shown with the claim)',
    deed: 'dispute',
    choices: [{ text: 'Dispute it', order: (text) => ({ what: 'challenge', claimId: id, text }) }],
  });

/** One claim with everything needed to check it, and what can be done about it: `more` beside disputing it. */
export const claimView = (doing: Doing, claim: Claim, number: number, more: unknown = nothing): TemplateResult => html`
  <article class="claim" id="claim-${claim.id}" tabindex="-1" aria-label="Claim ${number}">
    <p class="claim-head">
      <span class="claim-number">${number}</span>
      ${chip(claim.status, `status-${claim.status}`)} ${claim.stance === 'denies' ? chip('denies', 'denies') : nothing}
      ${chip(claim.freshness === 'unknown' ? 'age unknown' : claim.freshness, `fresh-${claim.freshness}`)}
      ${claim.tlp === 'TLP:CLEAR' ? nothing : chip(claim.tlp, 'tlp')}
    </p>
    <p>${quoted(claim.text)}</p>
    <p>${sourceWords(claim.source)}, ${ageWords(claim.ageHours)}</p>
    ${claim.lapse === null ? nothing : html`<p class="quiet">No longer kept up. ${claim.lapse}</p>`}
    ${claim.challenges.map(
      ({ state, text, by, since }) =>
        html`<p class="challenge">
          ${chip(`challenge ${state}`, state === 'open' || state === 'upheld' ? 'status-disputed' : 'quiet')}
          <bdi>${by}</bdi>${since === null ? nothing : html`, ${moment(since)}`}: ${quoted(text)}
        </p>`,
    )}
    <dl class="facts">
      ${fact('Says', html`${plain(claim.predicate)} of <bdi>${claim.subject}</bdi>`)}
      ${fact('Published', published(claim))} ${occurred(claim) === null ? nothing : fact('Occurred', occurred(claim))}
      ${fact('Origin', html`<bdi>${claim.origin}</bdi>`)}
      ${fact(
        'Held as',
        html`${plain(claim.captureClass)}
        ${
          claim.backfilled
            ? html`<span class="quiet">recorded later than it was published (backfilled)</span>`
            : html`<span class="quiet">recorded as it came</span>`
        }`,
      )}
      ${fact('Recorded', html`${moment(claim.recordedAt)}, ledger position ${claim.position}`)}
      ${claim.url === null ? nothing : fact('Check it at', address(claim.url))}
      ${claim.locator === null ? nothing : fact('Place in it', html`<span dir="auto">${claim.locator}</span>`)}
      ${fact('Capture', html`<code class="hash">${claim.captureHash}</code>`)}
      ${fact('Claim', html`<code class="hash">${claim.id}</code>`)}
    </dl>
    ${disputeForm(doing, claim)} ${more}
  </article>
`;

/** Numbered references to claims: a press opens the list of claims at that one. */
export const claimRefs = (
  claimIds: readonly string[],
  numbers: ReadonlyMap<string, number>,
  show: (claimId: string) => void,
): TemplateResult | typeof nothing => {
  const known = claimIds.filter((id) => numbers.has(id));
  if (known.length === 0) return nothing;
  return html`<span class="refs"
    >${known.map(
      (id) =>
        html`<button type="button" class="ref" aria-label="Claim ${numbers.get(id)}" @click=${() => show(id)}>
          ${numbers.get(id)}
        </button>`,
    )}</span
  >`;
};

export const numbersOf = (claims: readonly Claim[]): ReadonlyMap<string, number> =>
  new Map(claims.map((claim, index) => [claim.id, index + 1]));
