import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { StatedFact } from '../api/types.js';
import { lastOf } from '../state/read.js';
import { ownName } from '../state/operators.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { claimRefs } from './claim.js';
import { chip, quoted } from './parts.js';
import { subjectLink } from './subject-link.js';

/** What a page of the stake side needs to say who is meant and to lead to the claims. */
export interface Evidence {
  readonly doing: Doing;
  readonly state: State;
  readonly numbers: ReadonlyMap<string, number>;
  readonly showClaim: (claimId: string) => void;
}

export const refs = ({ numbers, showClaim }: Evidence, claimIds: readonly string[]) =>
  claimRefs(claimIds, numbers, showClaim);

const reached = ({ reads }: State, id: string): string | undefined =>
  [reads.radiusUp, reads.radiusDown].flatMap((read) => lastOf(read)?.data.nodes ?? []).find((node) => node.id === id)
    ?.name;

/** How an id is called: the name of the entity or region; the id itself where nobody named it. */
export const nameOf = (state: State, id: string): string =>
  lastOf(state.reads.entities)?.data.find((entity) => entity.id === id)?.name ??
  reached(state, id) ??
  lastOf(state.reads.incidents)?.data.find((incident) => incident.id === id)?.title ??
  (lastOf(state.reads.exposures)?.data.some(({ regionId }) => regionId === id) === true ? ownName(id) : id);

export const named = ({ doing, state }: Evidence, id: string): TemplateResult =>
  subjectLink(doing, id, nameOf(state, id));

/** One statement: its parts, what was said, how it stands, and the claims for and against it. */
export const statedView = (evidence: Evidence, fact: StatedFact, parts: unknown): TemplateResult => {
  const { status, claimIds, denialClaimIds, contradictedIn, value } = fact;
  const text = value['text'];
  return html`<li class="stated">
    <p>${parts}</p>
    ${typeof text === 'string' ? html`<p>${quoted(text)}</p>` : nothing}
    <p class="stated-foot">
      ${chip(status, `status-${status}`)} ${refs(evidence, claimIds)}
      ${denialClaimIds.length === 0 ? nothing : html`<span>denied by ${refs(evidence, denialClaimIds)}</span>`}
      ${contradictedIn.map((number) => chip(`contradicted, ${number}`, 'status-disputed'))}
    </p>
  </li>`;
};
