import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Fault } from '../api/faults.js';
import { ASSET_KEY, assetDraftKey, assetEntryOf, assetFieldOf, assetOf } from '../state/asset-form.js';
import type { AssetEntry, AssetField } from '../state/asset-form.js';
import type { Editing } from '../state/portfolio.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import { isOneRevision } from '../state/yours.js';
import type { Doing } from './actions.js';
import { framedField } from './field.js';
import type { View } from './parts.js';
import { writingView } from './writing.js';

interface Form {
  readonly doing: Doing;
  readonly entry: AssetEntry;
  readonly faults: readonly Fault[];
}

const fieldId = (field: AssetField): string => `asset-${field}`;

const typed =
  ({ doing }: Form, field: AssetField) =>
  (event: Event): void => {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    doing.send({ do: 'draft', key: assetDraftKey(field), text: value });
  };

const textField = (
  form: Form,
  field: AssetField,
  name: string,
  more: { hint?: unknown; list?: string; required?: boolean } = {},
): TemplateResult =>
  framedField(
    {
      id: fieldId(field),
      name,
      ...(more.hint === undefined ? {} : { hint: more.hint }),
      faults: form.faults.filter((fault) => assetFieldOf(fault) === field),
    },
    (described, invalid) =>
      html`<input
        id=${fieldId(field)}
        list=${more.list ?? nothing}
        maxlength="2000"
        autocomplete="off"
        spellcheck="false"
        ?required=${more.required === true}
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${form.entry[field]}
        @input=${typed(form, field)}
      />`,
  );

const COPIES: readonly (readonly [string, string])[] = [
  ['', 'Not said'],
  ['yes', 'Yes: there is no other'],
  ['no', 'No'],
];

const onlyCopyField = (form: Form): TemplateResult =>
  framedField(
    {
      id: fieldId('onlyCopy'),
      name: 'Only copy',
      faults: form.faults.filter((fault) => assetFieldOf(fault) === 'onlyCopy'),
    },
    (described, invalid) =>
      html`<select
        id=${fieldId('onlyCopy')}
        aria-describedby=${described}
        aria-invalid=${invalid}
        @change=${typed(form, 'onlyCopy')}
      >
        ${COPIES.map(
          ([value, words]) => html`<option value=${value} .selected=${form.entry.onlyCopy === value}>${words}</option>`,
        )}
      </select>`,
  );

const PLACES_HINT = html`Regions with a semicolon between them; or <code>none</code>, <code>global</code>,
  <code>own-site</code>. Empty: not said.`;

/** Everything that can be said of an asset; what is left empty is not known. */
const fields = (form: Form): TemplateResult => html`
  <div class="asset-fields">
    ${textField(form, 'id', 'Id', { required: true, hint: 'No other asset has it.' })}
    ${textField(form, 'name', 'Name', { hint: 'Empty: the id.' })}
    ${textField(form, 'regionId', 'Cloud region', {
      list: 'asset-regions',
      hint: html`An id or a name: <code>me-central-1</code>, UAE North.`,
    })}
    ${textField(form, 'zoneId', 'Zone id', { hint: html`Such as <code>mec1-az2</code>: beside the letter in your account.` })}
    ${textField(form, 'zoneLetter', 'Zone letter', { hint: 'Of your account; alone it names no zone.' })}
    ${textField(form, 'standby', 'Standby regions', { hint: PLACES_HINT })} ${onlyCopyField(form)}
    ${textField(form, 'backups', 'Backups live in')} ${textField(form, 'keys', 'Keys live in')}
    ${textField(form, 'dns', 'DNS lives in')} ${textField(form, 'identity', 'Sign-in lives in')}
    ${textField(form, 'valuePerDay', 'A day without it costs', { hint: 'Digits only.' })}
    ${textField(form, 'currency', 'Currency', { hint: 'Its code: USD, EUR.' })}
    ${textField(form, 'rtoMinutes', 'Back within (RTO)', { hint: '4 h, 30 min, 2 days' })}
    ${textField(form, 'residency', 'Residency lock', { hint: html`Country codes, EU, EEA, <code>yes</code> or <code>none</code>.` })}
    ${textField(form, 'tags', 'Tags', { hint: 'With a semicolon between them.' })}
    ${textField(form, 'longitude', 'Own site, longitude', { hint: 'Exact for you; nobody else reads it.' })}
    ${textField(form, 'latitude', 'Own site, latitude')}
  </div>
`;

/** Somebody was quicker: nothing is overwritten, and what was typed is still there. */
const staleView = (doing: Doing, state: State, editing: Editing): View => {
  const writing = state.desk.writings[ASSET_KEY];
  if (writing?.phase !== 'refused' || !writing.faults.some(({ code }) => code === 'revision.stale')) return nothing;
  const latest = lastOf(state.reads.portfolio)?.data.revision?.revision ?? 0;
  const { asset } = editing;
  const now = asset === null ? null : (lastOf(state.reads.assets)?.data.find(({ id }) => id === asset.id) ?? null);
  return html`<div class="warning stale">
    <p><strong>The portfolio was changed since you opened this form.</strong> Nothing of yours is lost.</p>
    ${
      latest > editing.revision && isOneRevision(state)
        ? html`
            ${
              asset === null
                ? nothing
                : now === null
                  ? html`<p>This asset is not among those shown of revision ${latest}.</p>`
                  : JSON.stringify(now) === JSON.stringify(asset)
                    ? html`<p>This asset is in revision ${latest} as it was when you opened it.</p>`
                    : html`<p>
                        This asset is another in revision ${latest}: look at it before you put yours in its place.
                      </p>`
            }
            <button type="button" class="button" @click=${() => doing.send({ do: 'edit-on', revision: latest })}>
              Put mine on revision ${latest}
            </button>
            ${now === null ? nothing : html`<button type="button" class="button" @click=${() => doing.send({ do: 'edit', asset: now, revision: latest })}>Take what is there now</button>`}
          `
        : html`<button type="button" class="button" @click=${() => doing.send({ do: 'again' })}>Read it again</button>`
    }
  </div>`;
};

/** The form for one asset: a new one, or one to be changed or removed. */
export const assetForm = (doing: Doing, state: State, editing: Editing): TemplateResult => {
  const { asset, revision } = editing;
  const writing = state.desk.writings[ASSET_KEY];
  const faults = writing?.phase === 'refused' ? writing.faults : [];
  const form: Form = { doing, entry: assetEntryOf(state.desk.drafts), faults };
  const unplaced = faults.filter((fault) => assetFieldOf(fault) === null);
  const regions = lastOf(state.reads.exposures)?.data ?? [];
  const submit = (event: Event): void => {
    event.preventDefault();
    const said = assetOf(form.entry);
    if (said.outcome === 'unsaid') return doing.send({ do: 'write-refused', key: ASSET_KEY, faults: said.faults });
    doing.write(
      ASSET_KEY,
      asset === null
        ? { what: 'asset-add', revision, asset: said.asset }
        : { what: 'asset-change', revision, assetId: asset.id, asset: said.asset },
    );
  };
  return html`<section class="asset-box" aria-labelledby="asset-title">
    <h3 id="asset-title" tabindex="-1">${asset === null ? 'Add an asset' : html`Edit <bdi>${asset.name}</bdi>`}</h3>
    <form class="entry" @submit=${submit}>
      ${fields(form)}
      <datalist id="asset-regions">
        ${regions.map(({ regionId, name }) => html`<option value=${regionId}>${name}</option>`)}
      </datalist>
      ${
        faults.length === unplaced.length
          ? nothing
          : html`<p class="field-fault" role="alert">See the fields marked above.</p>`
      }
      ${staleView(doing, state, editing)} ${writingView(writing, faults.length === 0 ? undefined : unplaced)}
      <div class="choices">
        <button class="button button-main" ?disabled=${writing?.phase === 'sending'}>
          ${asset === null ? 'Add it' : 'Save it'}
        </button>
        <button type="button" class="button" @click=${() => doing.send({ do: 'edit-end' })}>Cancel</button>
      </div>
    </form>
    ${
      asset === null
        ? nothing
        : html`<details class="fold">
            <summary>Remove this asset</summary>
            <p class="note">Earlier revisions keep it.</p>
            <button
              type="button"
              class="button"
              @click=${() => doing.write(ASSET_KEY, { what: 'asset-remove', revision, assetId: asset.id })}
            >
              Remove <bdi>${asset.name}</bdi>
            </button>
          </details>`
    }
  </section>`;
};
