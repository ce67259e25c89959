import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Fault } from '../api/faults.js';
import { faultWords } from './writing.js';

export interface FieldOptions {
  readonly id: string;
  readonly name: string;
  readonly hint?: unknown;
  readonly faults: readonly Fault[];
}

export type Described = string | typeof nothing;
export type Invalid = 'true' | typeof nothing;

/** A field with its name, a hint, and what was found wrong with it. */
export const framedField = (
  { id, name, hint, faults }: FieldOptions,
  control: (described: Described, invalid: Invalid) => TemplateResult,
): TemplateResult => {
  const ids = [...(hint === undefined ? [] : [`${id}-hint`]), ...(faults.length === 0 ? [] : [`${id}-fault`])];
  return html`<div class=${faults.length === 0 ? 'field' : 'field field-faulty'}>
    <label class="field-name" for=${id}>${name}</label>
    ${control(ids.length === 0 ? nothing : ids.join(' '), faults.length === 0 ? nothing : 'true')}
    ${hint === undefined ? nothing : html`<p class="field-hint" id="${id}-hint">${hint}</p>`}
    ${
      faults.length === 0
        ? nothing
        : html`<div class="field-fault" id="${id}-fault">
            ${faults.map((fault) => html`<p>${faultWords(fault)}</p>`)}
          </div>`
    }
  </div>`;
};
