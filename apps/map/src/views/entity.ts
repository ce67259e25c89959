import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Entity, StatedFact } from '../api/types.js';
import { amountWords, roleWords } from '../state/entities.js';
import { plain } from '../state/phrase.js';
import { named, refs, statedView } from './evidence.js';
import type { Evidence } from './evidence.js';
import { chip } from './parts.js';
import type { View } from './parts.js';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const idsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const HOSTING_TITLE = {
  'none-found': 'None found',
  'not-searched': 'Not searched',
  found: 'Somebody says where',
} as const;

/** Where it runs, as far as anybody says; what was searched where nobody does. */
export const hostingView = (evidence: Evidence, { hosting, hostedAt, kind }: Entity): View => {
  if (hostedAt.length === 0 && hosting.outcome === 'not-searched' && kind !== 'workload' && kind !== 'platform')
    return nothing;
  return html`<section aria-labelledby="hosting-title" class="card">
    <h3 id="hosting-title">Where it runs: ${HOSTING_TITLE[hosting.outcome].toLowerCase()}</h3>
    ${
      hostedAt.length === 0
        ? nothing
        : html`<ul class="plain-list">
            ${hostedAt.map((fact) => {
              const at = isRecord(fact.value['at']) ? fact.value['at'] : {};
              const id = textOf(at['id']) ?? '';
              return statedView(
                evidence,
                fact,
                html`${at['kind'] === 'region' ? 'At the cloud region' : 'In the partition, no region stated,'}
                ${named(evidence, id)}`,
              );
            })}
          </ul>`
    }
    ${
      hosting.outcome === 'not-searched'
        ? html`<p>Nobody has searched where it runs. That is not known; it is not “nowhere”.</p>`
        : html`<p dir="auto">${hosting.text} ${refs(evidence, hosting.claimIds)}</p>`
    }
    <p class="note">Authorised somewhere is not running there. A region is the finest that is ever said.</p>
  </section>`;
};

const asWorkload = (evidence: Evidence, fact: StatedFact): TemplateResult => {
  const { value } = fact;
  const [kind, customer, platform] = [textOf(value['class']), textOf(value['customerId']), textOf(value['platformId'])];
  return statedView(
    evidence,
    fact,
    html`
      ${kind === null ? html`<span class="quiet">class not stated</span>` : chip(plain(kind), 'none')}
      ${customer === null ? html`<span class="quiet">customer not stated</span>` : html`for ${named(evidence, customer)}`}
      ${platform === null ? html`<span class="quiet">platform not stated</span>` : html`on ${named(evidence, platform)}`}
    `,
  );
};

const SCHEMES: Readonly<Record<string, string>> = { fedramp: 'FedRAMP', 'dod-impact-level': 'DoD impact level' };

const asAuthorisation = (evidence: Evidence, fact: StatedFact): TemplateResult => {
  const { value } = fact;
  const notStated = (what: string) => html`<span class="quiet">${what} not stated</span>`;
  const [partition, platform] = [textOf(value['partitionId']), textOf(value['platformId'])];
  return statedView(
    evidence,
    fact,
    html`
      <strong>${SCHEMES[String(value['scheme'])] ?? 'Authorisation'} ${textOf(value['level'])}</strong>: by
      ${textOf(value['authority']) ?? notStated('whom')}, on ${textOf(value['grantedOn']) ?? notStated('which day')}, in
      ${partition === null ? notStated('which partition') : named(evidence, partition)}${platform === null ? nothing : html`, through ${named(evidence, platform)}`}
    `,
  );
};

const periodWords = (period: unknown): string | null => {
  if (!isRecord(period)) return null;
  const { from, to, years } = period;
  const span = [textOf(from), textOf(to)].filter((part) => part !== null).join(' to ');
  return [span, typeof years === 'number' ? `${years} years` : ''].filter((part) => part !== '').join(', ');
};

const asCommitment = (evidence: Evidence, fact: StatedFact): TemplateResult => {
  const { value } = fact;
  const [from, to] = [textOf(value['from']), textOf(value['to'])];
  const between = idsOf(value['between']);
  const condition = textOf(value['condition']);
  const period = periodWords(value['period']);
  return statedView(
    evidence,
    fact,
    html`
      <strong>${amountWords(value['amount'], value['unit'], value['bound'])}</strong>
      ${chip(String(value['state']), value['state'] === 'contested' ? 'status-disputed' : 'none')}
      ${plain(String(value['kind'])).toLowerCase()},
      ${
        from === null && to === null
          ? html`between ${between.map((id, index) => html`${index === 0 ? nothing : ' and '}${named(evidence, id)}`)},
            direction not stated`
          : html`from ${from === null ? 'whom is not stated' : named(evidence, from)} to
            ${to === null ? 'whom is not stated' : named(evidence, to)}`
      }${period === null ? nothing : `, ${period}`}${condition === null ? nothing : html`; <em>on condition:</em> <span dir="auto">${condition}</span>`}
    `,
  );
};

/** `needs 1 of 2 (models)`; that nobody states it where nobody does. */
export const redundancyWords = (stated: readonly { k: number; n: number }[]): string =>
  stated.length === 0
    ? 'how many it needs is not stated'
    : stated.map(({ k, n }) => `needs ${k} of ${n}`).join(', or ') +
      (stated.length > 1 ? ', as different sources say' : '');

const asDependency = (evidence: Evidence, fact: StatedFact): TemplateResult => {
  const { value, subject } = fact;
  const redundancy = isRecord(value['redundancy'])
    ? [{ k: Number(value['redundancy']['k']), n: Number(value['redundancy']['n']) }]
    : [];
  return statedView(
    evidence,
    fact,
    html`${named(evidence, subject)} ${roleWords(String(value['role']))} ${named(evidence, textOf(value['on']) ?? '')}
      <span class="quiet">among “${textOf(value['group'])}”: ${redundancyWords(redundancy)}</span>`,
  );
};

const factsOf = (
  evidence: Evidence,
  title: string,
  facts: readonly StatedFact[],
  view: (evidence: Evidence, fact: StatedFact) => TemplateResult,
  note?: string,
): View => {
  if (facts.length === 0) return nothing;
  return html`<section class="card">
    <h3>${title} ${facts.length > 1 ? html`<span class="count">${facts.length}</span>` : nothing}</h3>
    ${note === undefined ? nothing : html`<p class="note">${note}</p>`}
    <ul class="plain-list">
      ${facts.map((fact) => view(evidence, fact))}
    </ul>
  </section>`;
};

/** What is said of it, statement by statement; those that disagree stand side by side, and nothing is chosen. */
export const factsView = (evidence: Evidence, entity: Entity): TemplateResult => {
  const { workload, authorisations, commitments, dependencies } = entity;
  const isNothing = [workload, authorisations, commitments, dependencies].every((facts) => facts.length === 0);
  return html`
    ${factsOf(evidence, 'What it is said to be', workload, asWorkload)}
    ${factsOf(evidence, 'Authorisations', authorisations, asAuthorisation, 'Authorised is not hosted: no place follows from these.')}
    ${factsOf(evidence, 'Commitments', commitments, asCommitment, 'Paid and possible money are never added up.')}
    ${factsOf(evidence, 'Needs', dependencies, asDependency)}
    ${isNothing ? html`<p class="empty">Nothing is said of its class, authorisations, commitments or needs. The claims that name it are below.</p>` : nothing}
  `;
};

/** Statements that do not fit together, each with its sides, and our reading. */
export const disagreementsView = (evidence: Evidence, { disagreements }: Entity): View =>
  disagreements.length === 0
    ? nothing
    : html`<section class="card" aria-labelledby="disagreements-title">
        <h3 id="disagreements-title">Disagreements <span class="count">${disagreements.length}</span></h3>
        <ul class="plain-list">
          ${disagreements.map(
            ({ number, point, relation, sides, reading, hindsight, claimId }) => html`
              <li class="disagreement">
                <h4>
                  <span dir="auto">${point}</span>
                  ${chip(`${plain(relation)}, ${number}`, relation === 'contradiction' ? 'status-disputed' : 'none')}
                </h4>
                <div class="sides">
                  ${sides.map(
                    ({ says, claimIds }) =>
                      html`<div class="side">
                        <p dir="auto">${says}</p>
                        ${claimIds.length === 0 ? html`<p class="quiet">not visible yet</p>` : refs(evidence, claimIds)}
                      </div>`,
                  )}
                </div>
                ${
                  reading === null
                    ? html`<p class="quiet">Our reading is shown once every side of it is visible.</p>`
                    : html`<p>
                        <span class="quiet">Our reading${hindsight ? ', written later' : ''}:</span>
                        <span dir="auto">${reading}</span> ${refs(evidence, [claimId])}
                      </p>`
                }
              </li>
            `,
          )}
        </ul>
      </section>`;

/** What was looked for and not found, where and when: not known, which is not “none”. */
export const gapsView = (evidence: Evidence, { gaps }: Entity): View =>
  gaps.length === 0
    ? nothing
    : html`<section class="card" aria-labelledby="gaps-title">
        <h3 id="gaps-title">Unknown <span class="count">${gaps.length}</span></h3>
        <ul class="plain-list">
          ${gaps.map(
            ({ question, searchedIn, searchedOn, text, hindsight, claimId, topic }) => html`
              <li class="gap">
                <p><strong>Unknown:</strong> <span dir="auto">${question}</span> ${chip(plain(topic), 'none')}</p>
                <p class="quiet">
                  Searched: <span dir="auto">${searchedIn.join('; ')}</span>, on
                  <time datetime=${searchedOn}>${searchedOn}</time>${hindsight ? ', after the time you read at' : ''}
                </p>
                <p><span dir="auto">${text}</span> ${refs(evidence, [claimId])}</p>
              </li>
            `,
          )}
        </ul>
      </section>`;
