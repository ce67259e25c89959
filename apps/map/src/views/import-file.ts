import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import type { ImportReport } from '../api/portfolio.js';
import { permissionFor } from '../state/desk.js';
import { findingsFirst } from '../state/findings.js';
import { count, whole } from '../state/phrase.js';
import { bodyOf } from '../state/portfolio.js';
import type { Columns, Inlet } from '../state/portfolio.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { mayNotNote, reviewsView } from './import-parts.js';
import { isRecorded } from '../state/writing.js';
import { writingView } from './writing.js';

/** What leaves room for base64 and the rest of the request. */
const LARGEST_BYTES = 190_000;
const SHOWN_FAULTS = 50;
const SHOWN_FINDINGS = 5;

const FIELD_WORDS: Readonly<Record<NonNullable<Columns[string]>, string>> = {
  asset_id: 'Id',
  name: 'Name',
  provider: 'Provider',
  region: 'Region',
  zone: 'Zone, by letter or id',
  zone_id: 'Zone id',
  longitude: 'Longitude',
  latitude: 'Latitude',
  value_per_day: 'Value per day',
  currency: 'Currency',
  residency: 'Residency lock',
  tags: 'Tags',
  standby: 'Standby regions',
  backups: 'Backups',
  keys: 'Keys',
  dns: 'DNS',
  identity: 'Identity',
  only_copy: 'Only copy',
  rto: 'Recovery time (RTO)',
};
type Field = keyof typeof FIELD_WORDS;
const isField = (text: string): text is Field => Object.hasOwn(FIELD_WORDS, text);

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

const take = async (doing: Doing, input: HTMLInputElement): Promise<void> => {
  const file = input.files?.[0];
  if (file === undefined) return;
  if (file.size > LARGEST_BYTES) {
    const detail = `${file.name} has ${whole(file.size)} bytes. From here at most ${whole(LARGEST_BYTES)} go; for a larger file use faultline import.`;
    doing.send({ do: 'inlet', inlet: 'file', change: { content: '', fileName: file.name } });
    doing.send({
      do: 'write-refused',
      key: 'file',
      faults: [{ code: 'file.too_large', pointer: null, got: null, wanted: null, detail }],
    });
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  doing.send({ do: 'form', key: 'file', drafts: {} });
  doing.send({ do: 'inlet', inlet: 'file', change: { content: base64(bytes), fileName: file.name.slice(0, 200) } });
};

const columnsView = (
  doing: Doing,
  inlet: Inlet,
  { headers, columns }: ImportReport,
): TemplateResult | typeof nothing =>
  headers.length === 0
    ? nothing
    : html`<details class="fold" ?open=${Object.keys(columns).length < headers.length}>
        <summary>Columns: ${Object.keys(columns).length} of ${headers.length} read</summary>
        <div class="column-fields">
          ${headers.map((header, index) => {
            const decided = inlet.columns[header];
            const field = decided === undefined ? (columns[header] ?? '') : (decided ?? '');
            return html`<div class="field">
              <label class="field-name" for="column-${index}" dir="auto">${header}</label>
              <select
                id="column-${index}"
                @change=${(event: Event) => {
                  const { value } = event.target as HTMLSelectElement;
                  const change = { columns: { ...inlet.columns, [header]: isField(value) ? value : null } };
                  doing.send({ do: 'inlet', inlet: 'file', change });
                }}
              >
                <option value="" .selected=${field === ''}>Not read</option>
                ${Object.entries(FIELD_WORDS).map(
                  ([value, words]) => html`<option value=${value} .selected=${field === value}>${words}</option>`,
                )}
              </select>
            </div>`;
          })}
        </div>
      </details>`;

/** What cannot be told from the file, asked only where it matters. */
const numbersView = (doing: Doing, inlet: Inlet, { faults }: ImportReport): TemplateResult | typeof nothing => {
  const hasAmbiguous = faults.some(({ code }) => code === 'field.number_ambiguous') || inlet.decimal !== '';
  const hasCurrency =
    faults.some(({ code, wanted }) => code === 'field.missing' && /currency/.test(wanted)) || inlet.currency !== '';
  if (!hasAmbiguous && !hasCurrency) return nothing;
  return html`<div class="field-row">
    ${
      hasAmbiguous
        ? html`<div class="field">
            <label class="field-name" for="file-decimal">Decimals in this file</label>
            <select
              id="file-decimal"
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                const decimal = value === '.' || value === ',' ? value : '';
                doing.send({ do: 'inlet', inlet: 'file', change: { decimal } });
              }}
            >
              <option value="" .selected=${inlet.decimal === ''}>Decide…</option>
              <option value="." .selected=${inlet.decimal === '.'}>A point: 1,234.5</option>
              <option value="," .selected=${inlet.decimal === ','}>A comma: 1.234,5</option>
            </select>
          </div>`
        : nothing
    }
    ${
      hasCurrency
        ? html`<div class="field">
            <label class="field-name" for="file-currency">Currency, where none is written</label>
            <input
              id="file-currency"
              maxlength="3"
              autocomplete="off"
              placeholder="USD"
              .value=${inlet.currency}
              @input=${(event: Event) => {
                const currency = (event.target as HTMLInputElement).value.toUpperCase();
                doing.send({ do: 'inlet', inlet: 'file', change: { currency } });
              }}
            />
          </div>`
        : nothing
    }
  </div>`;
};

/** What this page lets one decide at once, where the service speaks of a mapping. */
const FIXES: Readonly<Record<string, string>> = {
  'region.doubtful': 'decide it above',
  'field.number_ambiguous': 'say above what marks decimals',
};

const faultsView = ({ faults, faultCount }: ImportReport): TemplateResult | typeof nothing =>
  faultCount === 0
    ? nothing
    : html`<details class="fold" open>
        <summary>${count(faultCount, 'fault')}, line by line</summary>
        <div class="table-box" tabindex="0" role="region" aria-label="Faults">
          <table class="feeds faults">
            <caption class="visually-hidden">
              What keeps rows out
            </caption>
            <thead>
              <tr>
                <th scope="col" class="num">Line</th>
                <th scope="col">Column</th>
                <th scope="col">Got</th>
                <th scope="col">Wanted, and what to do</th>
              </tr>
            </thead>
            <tbody>
              ${faults.slice(0, SHOWN_FAULTS).map(
                ({ line, column, value, wanted, fix, code }) =>
                  html`<tr>
                    <th scope="row" class="num">${line}</th>
                    <td data-name="Column"><span dir="auto">${column}</span></td>
                    <td data-name="Got"><span dir="auto">${value}</span></td>
                    <td data-name="Wanted">
                      <span>${wanted}; ${FIXES[code] ?? fix} <code>${code}</code></span>
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        ${faultCount > SHOWN_FAULTS ? html`<p class="note">Shown are the first ${SHOWN_FAULTS}.</p>` : nothing}
      </details>`;

const outcomeView = (report: ImportReport): TemplateResult => {
  const { file, rows, assets, faultyRows, findings, findingCount } = report;
  if (file !== null) {
    return html`<div class="failure">
      <p><strong>This file cannot be read</strong>, at ${file.at} <code>${report.code}</code></p>
      <p>Got <span dir="auto">${file.got}</span>, wanted ${file.wanted}. <span dir="auto">${file.fix}</span></p>
    </div>`;
  }
  return html`
    <p class=${faultyRows === 0 ? 'written' : 'written written-waiting'}>
      <strong>Tried, nothing kept yet:</strong> ${count(rows, 'row')}, ${count(assets, 'asset')},
      ${faultyRows === 0 ? 'all of them right' : `${count(faultyRows, 'row')} not right`}.
    </p>
    ${
      findingCount === 0
        ? nothing
        : html`<p>${count(findingCount, 'thing')} would stand out:</p>
            <ul class="limits">
              ${findingsFirst(findings)
                .slice(0, SHOWN_FINDINGS)
                .map(({ assetId, text }) => html`<li dir="auto"><strong>${assetId}</strong>: ${text}</li>`)}
            </ul>`
    }
  `;
};

const partialView = (doing: Doing, inlet: Inlet, { faultyRows, assets }: ImportReport) =>
  faultyRows === 0 || assets === 0
    ? nothing
    : html`<label class="kind">
        <input
          type="checkbox"
          .checked=${inlet.partial}
          @change=${(event: Event) =>
            doing.send({ do: 'inlet', inlet: 'file', change: { partial: (event.target as HTMLInputElement).checked } })}
        />
        Leave out the ${count(faultyRows, 'row')} that ${faultyRows === 1 ? 'is' : 'are'} not right
      </label>`;

/** A file: tried first, its columns and doubts decided, then imported as a whole. `held`: assets there are now. */
export const importView = (doing: Doing, state: State, held: number): TemplateResult => {
  const inlet = state.portfolio.inlets.file;
  const permission = permissionFor(state.reads.session, 'judge');
  const isAllowed = permission.outcome === 'allowed' && state.address.asked.position === null;
  const { report } = inlet;
  const found = inlet.content === '' ? null : lastOf(report);
  const body = bodyOf('file', inlet);
  const isReady = report.phase === 'found' && report.value.outcome === 'dry-run' && body !== null;
  return html`<details class="section" ?open=${found !== null}>
    <summary>
      <h3 class="section-title">Import a file</h3>
      <span class="section-note">CSV, XLSX or GeoJSON</span>
    </summary>
    <div class="section-body import-body">
      <p class="note">
        The file is tried first: you see what would be kept and what is wrong.
        ${held === 0 ? '' : `It takes the place of the ${count(held, 'asset')} there are now; the revision before stays on record.`}
      </p>
      <fieldset class="plain-fieldset" ?disabled=${!isAllowed}>
        <div class="field">
          <label class="field-name" for="file-input">File</label>
          <input
            id="file-input"
            type="file"
            accept=".csv,.tsv,.txt,.xlsx,.json,.geojson"
            ${ref((element) => {
              // What was imported is done with: the same file can be chosen again.
              if (inlet.content === '' && element instanceof HTMLInputElement && element.value !== '')
                element.value = '';
            })}
            @change=${(event: Event) => void take(doing, event.target as HTMLInputElement)}
          />
        </div>
        ${
          report.phase === 'failed' && inlet.content !== ''
            ? html`<div class="failure" role="alert">
                <p>The file could not be tried: <span dir="auto">${report.reason}</span></p>
              </div>`
            : nothing
        }
        ${
          found === null
            ? nothing
            : html`<div class=${report.phase === 'loading' ? 'report is-reading' : 'report'}>
                <div role="status">${outcomeView(found)}</div>
                ${columnsView(doing, inlet, found)} ${numbersView(doing, inlet, found)}
                ${reviewsView(doing, state, 'file', found.reviews)} ${faultsView(found)}
                ${partialView(doing, inlet, found)}
                <div class="choices">
                  <button
                    type="button"
                    class="button button-main"
                    ?disabled=${!isReady}
                    @click=${() => {
                      if (body !== null) doing.write('file', { what: 'import', body });
                    }}
                  >
                    Import ${count(found.assets, 'asset')}
                  </button>
                </div>
              </div>`
        }
      </fieldset>
      ${isAllowed ? nothing : html`<p class="note">${permission.outcome === 'allowed' ? 'Go to now to import.' : mayNotNote(permission)}</p>`}
      ${held > 0 && isRecorded(state.desk.writings['file']) ? nothing : writingView(state.desk.writings['file'])}
    </div>
  </details>`;
};
