import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import type { Doing } from './actions.js';

/** A part of the panel that opens and closes, and that a link can point into. */
export const section = (
  doing: Doing,
  options: { id: string; title: string; note?: string; open?: boolean },
  content: () => unknown,
): TemplateResult => {
  const isLinked = doing.store.state().address.section === options.id;
  return html`
    <details
      class="section"
      id="section-${options.id}"
      ?open=${options.open === true}
      ${ref((element) => {
        // Opened for a link, never closed by one: what the reader opened stays open.
        if (isLinked && element instanceof HTMLDetailsElement) element.open = true;
      })}
      @toggle=${(event: Event) => {
        const { open } = event.currentTarget as HTMLDetailsElement;
        const { section: linked } = doing.store.state().address;
        if (open && options.open !== true && linked !== options.id) doing.send({ do: 'section', section: options.id });
        if (!open && linked === options.id) doing.send({ do: 'section', section: null });
      }}
    >
      <summary>
        <h4>${options.title}</h4>
        ${options.note === undefined ? nothing : html`<span class="section-note">${options.note}</span>`}
      </summary>
      <div class="section-body">${content()}</div>
    </details>
  `;
};
