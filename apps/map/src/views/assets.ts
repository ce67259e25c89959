import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Asset, Portfolio } from '../api/types.js';
import { rtoWords } from '../state/asset-form.js';
import { permissionFor } from '../state/desk.js';
import { countryName, ownName } from '../state/operators.js';
import { whole } from '../state/phrase.js';
import { FIND_KEY } from '../state/portfolio.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import { isOneRevision } from '../state/yours.js';
import { selecting } from './actions.js';
import type { Doing } from './actions.js';
import { chip, empty } from './parts.js';
import { readView } from './read-view.js';

const NOT_SAID = html`<span class="quiet">not said</span>`;

const placesWords = (places: readonly string[] | null): unknown =>
  places === null ? NOT_SAID : html`<span dir="auto">${places.join(', ')}</span>`;

/** What a day without it costs: `USD 1,000`. */
export const valueWords = (value: number | null, currency: string | null): string | null =>
  value === null ? null : `${currency ?? ''} ${whole(value)}`.trim();

export const regionLink = (doing: Doing, regionId: string): TemplateResult => {
  const selection = { kind: 'region', id: regionId } as const;
  return html`<a
    class="inline-link"
    href=${doing.linkTo({ page: 'map', subject: null, selection })}
    @click=${selecting(doing, selection)}
    ><bdi>${ownName(regionId)}</bdi></a
  >`;
};

const whereView = (doing: Doing, state: State, asset: Asset): TemplateResult => {
  const { regionId, zoneId, zoneLetter, site } = asset;
  const country = lastOf(state.reads.exposures)?.data.find((region) => region.regionId === regionId)?.country;
  return html`
    ${regionId === null ? nothing : html`${regionLink(doing, regionId)}${country === undefined ? nothing : html` <span class="quiet">${countryName(country)}</span>`}`}
    ${zoneId === null ? nothing : html` ${chip(ownName(zoneId), 'zone')}`}
    ${zoneLetter === null ? nothing : html` ${chip(zoneId === null ? `zone ${zoneLetter}, id unknown` : `zone ${zoneLetter}`, 'none')}`}
    ${site === null ? nothing : html`<span class="quiet cell-note">own site ${site[1]}, ${site[0]}</span>`}
  `;
};

const copiesView = ({ onlyCopy, backups }: Asset): unknown =>
  onlyCopy === true ? chip('only copy', 'status-disputed') : placesWords(backups);

const row = (doing: Doing, state: State, asset: Asset, mayEdit: boolean, revision: number): TemplateResult => html`
  <tr>
    <th scope="row" dir="auto">
      ${asset.name}${asset.name === asset.id ? nothing : html`<span class="quiet cell-note">${asset.id}</span>`}
    </th>
    <td data-name="Where"><span>${whereView(doing, state, asset)}</span></td>
    <td data-name="Standby"><span>${placesWords(asset.standby)}</span></td>
    <td data-name="Backups"><span>${copiesView(asset)}</span></td>
    <td data-name="A day" class="num"><span>${valueWords(asset.valuePerDay, asset.currency) ?? NOT_SAID}</span></td>
    <td data-name="Back in"><span>${asset.rtoMinutes === null ? NOT_SAID : rtoWords(asset.rtoMinutes)}</span></td>
    <td data-name="">
      <button
        type="button"
        class="button"
        ?disabled=${!mayEdit}
        aria-label="Edit ${asset.name}"
        @click=${() => doing.send({ do: 'edit', asset, revision })}
      >
        Edit
      </button>
    </td>
  </tr>
`;

/** The assets as a table, those that are sought, and the way to change them. */
export const assetsView = (doing: Doing, state: State, { revision }: Portfolio): TemplateResult => {
  const permission = permissionFor(state.reads.session, 'judge');
  const mayEdit = permission.outcome === 'allowed' && state.address.asked.position === null;
  const read = revision?.revision ?? 0;
  // Until what was recorded from here is read, the rows are those of before it.
  const isCurrent = read >= state.portfolio.written && isOneRevision(state);
  const sought = state.desk.drafts[FIND_KEY] ?? '';
  return html`<section aria-labelledby="assets-title" class="assets">
    <h3 id="assets-title" tabindex="-1">Assets</h3>
    <div class="assets-bar">
      <label class="field assets-find">
        <span class="visually-hidden">Find an asset by id, name or tag</span>
        <input
          type="search"
          autocomplete="off"
          maxlength="200"
          placeholder="Find by id, name or tag"
          .value=${sought}
          @input=${(event: Event) =>
            doing.send({ do: 'draft', key: FIND_KEY, text: (event.target as HTMLInputElement).value })}
        />
      </label>
      <button
        type="button"
        class="button button-main"
        ?disabled=${!mayEdit}
        @click=${() => doing.send({ do: 'edit', asset: null, revision: Math.max(read, state.portfolio.written) })}
      >
        Add an asset
      </button>
    </div>
    ${readView(doing, 'The assets', state.reads.assets, ({ data, isCut }) =>
      data.length === 0
        ? empty(sought.trim() === '' ? 'There is no asset left in it.' : 'No asset has that in its id, name or tags.')
        : html`
            <div class="table-box" tabindex="0" role="region" aria-label="Assets">
              <table class="feeds assets-table">
                <caption class="visually-hidden">
                  What you run, where it stands and what it falls back on
                </caption>
                <thead>
                  <tr>
                    <th scope="col">Asset</th>
                    <th scope="col">Where</th>
                    <th scope="col">Standby</th>
                    <th scope="col">Backups</th>
                    <th scope="col" class="num">A day without it</th>
                    <th scope="col">Back within</th>
                    <th scope="col"><span class="visually-hidden">Change</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${repeat(
                    data,
                    ({ id }) => id,
                    (asset) => row(doing, state, asset, mayEdit && isCurrent, read),
                  )}
                </tbody>
              </table>
            </div>
            ${isCut ? html`<p class="note">Shown are the first ${whole(data.length)}: search to see the others.</p>` : nothing}
          `,
    )}
  </section>`;
};
