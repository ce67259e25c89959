import { html } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { opening } from './actions.js';
import type { Doing } from './actions.js';

/** A link to the page of an entity, or to what stands on a place, an operator or an incident. */
export const subjectLink = (doing: Doing, subject: string, text: unknown): TemplateResult =>
  html`<a
    class="inline-link"
    href=${doing.linkTo({ page: 'entities', subject })}
    dir="auto"
    @click=${opening(doing, subject)}
    >${text}</a
  >`;
