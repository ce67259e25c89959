import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Fault } from '../api/faults.js';
import { permissionFor } from '../state/desk.js';
import {
  claimOf,
  CLASSES,
  draftKey,
  ENTRY_KEY,
  entryOf,
  fieldOf,
  GRADES,
  HOSTILE,
  MODES,
  SEVERITY,
  sourceIdOf,
} from '../state/entry.js';
import type { Entry, Field } from '../state/entry.js';
import { countryName } from '../state/operators.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { permissionNote, faultWords, writingView } from './writing.js';

interface Form {
  readonly doing: Doing;
  readonly entry: Entry;
  readonly faults: readonly Fault[];
}

type Options = readonly (readonly [string, string])[];

const typed =
  ({ doing }: Form, field: Field) =>
  (event: Event): void => {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
    doing.send({ do: 'draft', key: draftKey(field), text: value });
  };

const fieldId = (field: Field): string => `entry-${field}`;

/** A field with its name, a hint, and what the service found wrong with it. */
const framed = (
  form: Form,
  field: Field,
  name: string,
  hint: unknown,
  control: (described: string | typeof nothing, invalid: 'true' | typeof nothing) => TemplateResult,
): TemplateResult => {
  const faults = form.faults.filter((fault) => fieldOf(fault) === field);
  const ids = [
    ...(hint === null ? [] : [`${fieldId(field)}-hint`]),
    ...(faults.length === 0 ? [] : [`${fieldId(field)}-fault`]),
  ];
  return html`<div class=${faults.length === 0 ? 'field' : 'field field-faulty'}>
    <label class="field-name" for=${fieldId(field)}>${name}</label>
    ${control(ids.length === 0 ? nothing : ids.join(' '), faults.length === 0 ? nothing : 'true')}
    ${hint === null ? nothing : html`<p class="field-hint" id="${fieldId(field)}-hint">${hint}</p>`}
    ${
      faults.length === 0
        ? nothing
        : html`<div class="field-fault" id="${fieldId(field)}-fault">
            ${faults.map((fault) => html`<p>${faultWords(fault)}</p>`)}
          </div>`
    }
  </div>`;
};

const textField = (
  form: Form,
  field: Field,
  name: string,
  options: { hint?: unknown; required?: boolean; list?: string; type?: 'url' | 'text'; placeholder?: string },
): TemplateResult =>
  framed(
    form,
    field,
    name,
    options.hint ?? null,
    (described, invalid) =>
      html`<input
        id=${fieldId(field)}
        type=${options.type ?? 'text'}
        list=${options.list ?? nothing}
        placeholder=${options.placeholder ?? nothing}
        maxlength="2000"
        autocomplete="off"
        spellcheck="false"
        ?required=${options.required === true}
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${form.entry[field]}
        @input=${typed(form, field)}
      />`,
  );

const choiceField = (form: Form, field: Field, name: string, options: Options): TemplateResult =>
  framed(
    form,
    field,
    name,
    null,
    (described, invalid) =>
      html`<select
        id=${fieldId(field)}
        required
        aria-describedby=${described}
        aria-invalid=${invalid}
        @change=${typed(form, field)}
      >
        <option value="" .selected=${form.entry[field] === ''}>Choose…</option>
        ${options.map(
          ([value, words]) => html`<option value=${value} .selected=${form.entry[field] === value}>${words}</option>`,
        )}
      </select>`,
  );

const KINDS: Options = [
  ['attack', 'An incident'],
  ['declared-threat', 'A declared threat'],
];

const kindField = (form: Form): TemplateResult => html`
  <fieldset class="kinds">
    <legend class="field-name">What is claimed</legend>
    ${KINDS.map(
      ([value, words]) =>
        html`<label class="kind">
          <input
            type="radio"
            name="entry-kind"
            value=${value}
            .checked=${form.entry.kind === value}
            @change=${typed(form, 'kind')}
          />
          ${words}
        </label>`,
    )}
  </fieldset>
`;

const attackFields = (form: Form): TemplateResult => html`
  ${choiceField(form, 'peril', 'What', HOSTILE)} ${choiceField(form, 'mode', 'How', MODES)}
  ${choiceField(
    form,
    'severity',
    'Severity',
    SEVERITY.map((words, figure) => [String(figure), `${figure}: ${words}`] as const),
  )}
`;

const threatFields = (form: Form): TemplateResult => html`
  ${textField(form, 'operators', 'Operators named', {
    hint: 'Ids with a blank between them, such as aws azure; empty where none is named.',
  })}
  <p class="field-hint">A threat counts as severity 0, ${SEVERITY[0]}, and confirms nothing.</p>
`;

const places = (state: State): TemplateResult => {
  const regions = lastOf(state.reads.exposures)?.data ?? [];
  const countries = [...new Set(regions.map(({ country }) => country))].sort();
  return html`<datalist id="entry-places">
    ${countries.map((code) => html`<option value=${code}>${countryName(code)}</option>`)}
    ${regions.map(({ regionId, name }) => html`<option value=${regionId}>${name}</option>`)}
  </datalist>`;
};

const WHEN_HINT = html`With its zone: <code>2026-11-20T12:00Z</code> or <code>…T15:00+03:00</code>, or a date, which is
  any time of that day, anywhere.`;

/** The form for a claim by hand: what, where, when, who says so, and where that can be read. */
export const entryForm = (doing: Doing, state: State): TemplateResult => {
  const entry = entryOf(state.desk.drafts);
  const writing = state.desk.writings[ENTRY_KEY];
  const faults = writing?.phase === 'refused' ? writing.faults : [];
  const form: Form = { doing, entry, faults };
  const permission = permissionFor(state.reads.session, 'judge');
  const isAllowed = permission.outcome === 'allowed';
  const sourceId = sourceIdOf(entry.source);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isAllowed) return;
    const said = claimOf(entry, lastOf(state.reads.exposures)?.data ?? []);
    if (said.outcome === 'claim') doing.write(ENTRY_KEY, { what: 'claim', claim: said.claim });
    else doing.send({ do: 'write-refused', key: ENTRY_KEY, faults: said.faults });
  };
  const unplaced = faults.filter((fault) => fieldOf(fault) === null);
  const atFields = faults.length - unplaced.length;
  return html`<form class="entry" @submit=${submit}>
    <p class="note">Entered as public fact, with its source. Facts in your own words; no copied text.</p>
    <fieldset ?disabled=${!isAllowed}>
      ${kindField(form)}
      ${textField(form, 'where', 'Country or region', {
        required: true,
        list: 'entry-places',
        hint: html`Two letters such as <code>QA</code>, or a region we know, such as <code>aws:me-central-1</code>.`,
      })}
      ${places(state)} ${entry.kind === 'attack' ? attackFields(form) : threatFields(form)}
      ${framed(
        form,
        'text',
        'What was said, in short',
        null,
        (described, invalid) =>
          html`<textarea
            id=${fieldId('text')}
            rows="3"
            required
            maxlength="4000"
            aria-describedby=${described}
            aria-invalid=${invalid}
            .value=${entry.text}
            @input=${typed(form, 'text')}
          ></textarea>`,
      )}
      ${textField(form, 'occurred', 'When it happened', { hint: html`${WHEN_HINT} Empty where the source does not say.` })}
      ${textField(form, 'source', 'Who says so', {
        required: true,
        hint: sourceId === '' ? 'The name of the source.' : html`Counted as the source <code>${sourceId}</code>.`,
      })}
      <div class="field-row">
        ${choiceField(form, 'class', 'Kind of source', CLASSES)} ${choiceField(form, 'grade', 'Grade', GRADES)}
      </div>
      ${textField(form, 'url', 'Public address where it says so', { required: true, type: 'url', placeholder: 'https://' })}
      ${textField(form, 'published', 'Published', { required: true, hint: 'In the same way, as printed at that address.' })}
      <div class="choices"><button class="button button-main">Enter the claim</button></div>
    </fieldset>
    ${isAllowed ? nothing : html`<p class="note">${permissionNote(permission)}</p>`}
    ${writingView(writing, faults.length === 0 ? undefined : unplaced)}
    ${atFields === 0 ? nothing : html`<p class="field-fault" role="alert">See the ${atFields === 1 ? 'field' : `${atFields} fields`} marked above.</p>`}
    ${
      writing?.phase === 'placed'
        ? html`<p>
            <a href=${doing.linkTo({ page: 'map', tab: 'incidents', selection: null })}>See the incidents</a>
          </p>`
        : nothing
    }
  </form>`;
};
