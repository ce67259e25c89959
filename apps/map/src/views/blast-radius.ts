import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { BlastRadius, BlastRadiusEdge, BlastRadiusNode } from '../api/types.js';
import { edgeWords, EFFECTS, kindName, nodesByEffect } from '../state/entities.js';
import { redundancyWords } from './entity.js';
import { refs } from './evidence.js';
import type { Evidence } from './evidence.js';
import { chip, empty } from './parts.js';
import type { View } from './parts.js';
import { subjectLink } from './subject-link.js';

interface Drawn {
  readonly evidence: Evidence;
  readonly radius: BlastRadius;
}

const link = ({ evidence, radius }: Drawn, id: string): TemplateResult => {
  const node = radius.nodes.find((one) => one.id === id);
  return subjectLink(evidence.doing, id, node?.name ?? id);
};

/** One edge as words after the name of what was reached, with the claims that say so and those that deny it. */
const edgeView = (drawn: Drawn, edge: BlastRadiusEdge): TemplateResult => {
  const { evidence, radius } = drawn;
  const { from, to, claimIds, denialClaimIds, denied, credible, contradictedIn, kind } = edge;
  return html`<li class="edge">
    <span
      >${
        radius.direction === 'down'
          ? html`${edgeWords(edge)} ${link(drawn, from)}`
          : html`${link(drawn, to)} ${edgeWords(edge)} it`
      }</span
    >
    ${refs(evidence, claimIds)}
    ${claimIds.length === 0 ? html`<span class="quiet">by the reference data</span>` : nothing}
    ${kind === 'authorised' ? chip('not followed', 'none') : nothing} ${denied ? chip('denied', 'denies') : nothing}
    ${denialClaimIds.length === 0 ? nothing : html`<span>denied by ${refs(evidence, denialClaimIds)}</span>`}
    ${credible ? nothing : chip('not credible: decides nothing', 'none')}
    ${contradictedIn.map((number) => chip(`contradicted, ${number}`, 'status-disputed'))}
  </li>`;
};

/** Where there are alternatives, how many of them must be there, as somebody states it. */
const needsView = (drawn: Drawn, node: BlastRadiusNode): View => {
  const needs = node.needs.filter(({ on, redundancy }) => on.length > 1 || redundancy.length > 0);
  return needs.length === 0
    ? nothing
    : html`${needs.map(
        ({ group, on, redundancy }) =>
          html`<p class="quiet">
            Of “${group}” (${on.map((id, index) => html`${index === 0 ? nothing : ', '}${link(drawn, id)}`)}):
            ${redundancyWords(redundancy)}
            ${refs(
              drawn.evidence,
              redundancy.flatMap(({ claimIds }) => claimIds),
            )}
          </p>`,
      )}`;
};

const nodeView = (drawn: Drawn, node: BlastRadiusNode): TemplateResult => {
  const { radius } = drawn;
  const edges = radius.edges.filter(({ from, to }) => (radius.direction === 'down' ? to : from) === node.id);
  return html`<li class="reached">
    <p>${link(drawn, node.id)} <span class="quiet">${kindName(node.kind)}</span></p>
    <ul class="edges">
      ${edges.map((edge) => edgeView(drawn, edge))}
    </ul>
    ${radius.direction === 'down' ? needsView(drawn, node) : nothing}
  </li>`;
};

const downView = (drawn: Drawn, nodes: readonly BlastRadiusNode[]): TemplateResult =>
  html`${nodesByEffect(nodes).map(([effect, some]) => {
    const { title, note } = EFFECTS[effect];
    return html`<details class="section effect-${effect}" open>
      <summary>
        <h4>${title}</h4>
        <span class="section-note">${some.length}</span>
      </summary>
      <div class="section-body">
        <p class="note">${note}</p>
        <ul class="plain-list">
          ${some.map((node) => nodeView(drawn, node))}
        </ul>
      </div>
    </details>`;
  })}`;

const affectedView = ({ evidence, radius }: Drawn): View =>
  radius.affected.length === 0
    ? nothing
    : html`<div>
        <h4>Named as affected there</h4>
        <p class="note">That somebody was affected says nothing of what they run there.</p>
        <ul class="affected">
          ${radius.affected.map(
            ({ party, entityId, claimIds }) =>
              html`<li>
                ${entityId === null ? html`<span dir="auto">${party}</span>` : subjectLink(evidence.doing, entityId, party)}
                ${refs(evidence, claimIds)}
              </li>`,
          )}
        </ul>
      </div>`;

const hostingView = ({ evidence, radius }: Drawn): View => {
  if (radius.hosting.length === 0) return nothing;
  const isOfPlaces = radius.hosting.every(({ id }) => radius.subjects.some((subject) => subject.id === id));
  const title = isOfPlaces ? 'What was searched for here' : 'Where these run, as far as it was searched';
  return html`<details class="fold" ?open=${radius.nodes.length <= radius.subjects.length}>
    <summary>${title}</summary>
    <ul class="plain-list">
      ${radius.hosting.map(
        ({ id, name, outcome, text, claimIds }) =>
          html`<li>
            <p>
              <strong>${subjectLink(evidence.doing, id, name)}</strong>
              <span dir="auto">${outcome === 'not-searched' ? 'not searched' : text}</span>
              ${refs(evidence, claimIds)}
            </p>
          </li>`,
      )}
    </ul>
  </details>`;
};

/** What stands on a subject, or what it stands on, edge by edge, each with its evidence; and what this does not say. */
export const radiusView = (evidence: Evidence, radius: BlastRadius): TemplateResult => {
  const drawn = { evidence, radius };
  const subjects = new Set(radius.subjects.map(({ id }) => id));
  const reached = radius.nodes.filter(({ id }) => !subjects.has(id));
  const isDown = radius.direction === 'down';
  return html`<div class="radius">
    ${
      isDown
        ? html`<p class="note">
            If ${radius.subjects.map(({ name }) => name).join(', ')} were
            ${radius.severity === 'lost' ? 'lost' : 'impaired'}, with the redundancy that is stated.
          </p>`
        : nothing
    }
    ${
      reached.length === 0
        ? empty(
            isDown
              ? 'No claim says that anything stands on it. That is not “nothing”.'
              : 'No claim says what it stands on. That is not “nothing”.',
          )
        : isDown
          ? downView(drawn, reached)
          : html`<ul class="plain-list">
              ${reached.map((node) => nodeView(drawn, node))}
            </ul>`
    }
    ${affectedView(drawn)} ${hostingView(drawn)}
    <ul class="limits quiet">
      ${radius.limits.map((limit) => html`<li>${limit}</li>`)}
    </ul>
  </div>`;
};
