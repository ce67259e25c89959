import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Aspect, Statement } from '../api/types.js';
import { instant, plain } from '../state/phrase.js';
import { ageWords, chip, quoted, sourceWords } from './parts.js';

/** One thing said, with who says it, when, and how far it is borne out. */
export const statementView = (statement: Statement): TemplateResult => html`
  <div class="statement">
    <p>${quoted(statement.text)}</p>
    <p class="quiet">
      ${sourceWords(statement.source)}, ${statement.publishedAt === null ? 'undated' : instant(statement.publishedAt)},
      ${ageWords(statement.ageHours)} ${chip(statement.status, `status-${statement.status}`)}
    </p>
  </div>
`;

/** Statements that say the same stand together; those that disagree stand in columns of their own. */
const sides = (statements: readonly Statement[]): readonly (readonly [string, readonly Statement[]])[] => {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const side = statement.stance === 'denies' ? `Denied: ${plain(statement.key)}` : plain(statement.key);
    groups.set(side, [...(groups.get(side) ?? []), statement]);
  }
  return [...groups];
};

const body = (aspect: Aspect): TemplateResult => {
  switch (aspect.outcome) {
    case 'not-stated':
      return html`<p class="not-stated">Not stated</p>`;
    case 'stated':
      return html`${aspect.statements.map(statementView)}`;
    case 'contested':
      return html`<div class="sides">
        ${sides(aspect.statements).map(
          ([side, statements]) =>
            html`<div class="side">
              <p class="side-name" dir="auto">${side}</p>
              ${statements.map(statementView)}
            </div>`,
        )}
      </div>`;
  }
};

/** What has been said about each side of an incident, what has not, and what is contested, side by side. */
export const aspectsView = (aspects: readonly Aspect[]): TemplateResult => html`
  <ul class="aspects">
    ${aspects.map(
      (aspect) => html`
        <li class="aspect aspect-${aspect.outcome}">
          <div class="aspect-name">
            ${plain(aspect.aspect)} ${aspect.outcome === 'contested' ? chip('contested', 'now-contested') : nothing}
            ${
              aspect.outcome !== 'not-stated' && !aspect.statedByOperator
                ? html`<span class="quiet">not stated by the operator</span>`
                : nothing
            }
          </div>
          ${body(aspect)}
        </li>
      `,
    )}
  </ul>
`;
