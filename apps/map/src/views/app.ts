import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { filterOf, isFiltered, matchesRegion } from '../state/order.js';
import { lastOf } from '../state/read.js';
import type { State, Tab } from '../state/state.js';
import { accountLink, accountPage } from './account.js';
import type { Doing } from './actions.js';
import { announcement } from './coordinates.js';
import { deskPage } from './desk.js';
import { entitiesPage } from './entities.js';
import { feedsPage } from './feeds.js';
import { incidentPanel } from './incident.js';
import { legendView } from './legend.js';
import { incidentList, regionList } from './lists.js';
import { portfolioPage } from './portfolio.js';
import { regionPanel } from './region.js';
import { searchView } from './search.js';
import { timeBar } from './time-bar.js';

const TABS: readonly (readonly [Tab, string])[] = [
  ['regions', 'Regions'],
  ['incidents', 'Incidents'],
  ['legend', 'Legend'],
];

const header = (doing: Doing, state: State): TemplateResult => {
  const { page } = state.address;
  const link = (target: State['address']['page'], text: unknown) =>
    html`<a
      href=${doing.linkTo({ page: target, subject: null })}
      aria-current=${page === target ? 'page' : nothing}
      @click=${(event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        doing.send({ do: 'page', page: target });
      }}
      >${text}</a
    >`;
  return html`
    <header class="bar">
      <h1 class="brand">
        <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
          <path class="brand-line" d="M2 20h9l3.4-11 4.6 15 3.4-9H30" />
        </svg>
        <span class="brand-name">Faultline</span>
      </h1>
      <nav aria-label="Pages">
        ${link('map', 'Map')} ${link('portfolio', 'Portfolio')} ${link('entities', 'Entities')} ${link('desk', 'Desk')}
        ${link('feeds', html`<span>Feeds<span class="nav-more"> and coverage</span></span>`)}
      </nav>
      ${accountLink(doing, state)}
      <button type="button" class="button copy" @click=${(event: Event) => copy(doing, event)}>
        Copy<span class="nav-more"> link</span>
      </button>
    </header>
  `;
};

const copy = async (doing: Doing, event: Event): Promise<void> => {
  const button = event.currentTarget as HTMLButtonElement;
  const words = [...button.childNodes];
  const say = (text: string): void => {
    button.replaceChildren(text);
    setTimeout(() => button.replaceChildren(...words), 1800);
  };
  await doing.copyLink().then(
    () => say('Copied'),
    () => say('In the address bar'),
  );
};

const tabs = (doing: Doing, state: State): TemplateResult => html`
  <div class="tabs" role="group" aria-label="Lists">
    ${TABS.map(
      ([tab, text]) =>
        html`<button
          type="button"
          class="tab tab-${tab}"
          aria-pressed=${state.address.tab === tab ? 'true' : 'false'}
          @click=${() => doing.send({ do: 'tab', tab })}
        >
          ${text}
        </button>`,
    )}
  </div>
`;

const lists = (doing: Doing, state: State): TemplateResult => {
  const { tab } = state.address;
  return html`
    <h2 class="visually-hidden">${TABS.find(([name]) => name === tab)?.[1]}</h2>
    ${tabs(doing, state)} ${tab === 'legend' ? nothing : searchView(doing, state)}
    <div class="panel-body" id="lists">
      ${tab === 'regions' ? regionList(doing, state) : tab === 'incidents' ? incidentList(doing, state) : legendView(doing, state)}
    </div>
  `;
};

const placeOf = (state: State): readonly [number, number] | null => {
  const { selection } = state.address;
  if (selection === null) return null;
  return selection.kind === 'region'
    ? (lastOf(state.reads.exposures)?.data.find(({ regionId }) => regionId === selection.id)?.lonLat ?? null)
    : (lastOf(state.reads.incidents)?.data.find(({ id }) => id === selection.id)?.position?.lonLat ?? null);
};

const selected = (doing: Doing, state: State): TemplateResult => {
  const { selection } = state.address;
  const place = placeOf(state);
  return html`
    <div class="panel-bar">
      <button type="button" class="button back" @click=${() => doing.send({ do: 'select', selection: null })}>
        <span aria-hidden="true">←</span> All ${state.address.tab === 'incidents' ? 'incidents' : 'regions'}
      </button>
      ${
        place === null
          ? nothing
          : html`<button type="button" class="button to-map" @click=${() => doing.showOnMap(place)}>
              Show on map
            </button>`
      }
    </div>
    <div class="panel-body" id="detail">
      ${
        selection === null
          ? nothing
          : selection.kind === 'region'
            ? regionPanel(doing, state, selection.id)
            : incidentPanel(doing, state, selection.id)
      }
    </div>
  `;
};

const SHEET_NEXT = { peek: 'half', half: 'full', full: 'peek' } as const;
const SHEET_WORDS = { peek: 'Open the panel', half: 'Open the panel fully', full: 'Close the panel' } as const;

const sheetHandle = (doing: Doing, state: State): TemplateResult => html`
  <button
    type="button"
    class="sheet-handle"
    aria-expanded=${state.sheet === 'peek' ? 'false' : 'true'}
    aria-controls="panel"
    @click=${() => doing.send({ do: 'sheet', sheet: SHEET_NEXT[state.sheet] })}
  >
    <span class="sheet-grip" aria-hidden="true"></span>
    <span class="visually-hidden">${SHEET_WORDS[state.sheet]}</span>
  </button>
`;

const readFailure = (doing: Doing, state: State): TemplateResult | typeof nothing => {
  const { exposures } = state.reads;
  if (exposures.phase !== 'failed') return nothing;
  return html`<div class="map-failure" role="alert">
    <p><strong>The regions could not be read.</strong> Nothing on this map says that a region is calm.</p>
    <p class="quiet" dir="auto">${exposures.reason}</p>
    <button type="button" class="button" @click=${() => doing.send({ do: 'again' })}>Try again</button>
  </div>`;
};

const incidentsUnread = (state: State): TemplateResult | typeof nothing =>
  state.reads.incidents.phase === 'failed' && state.reads.exposures.phase !== 'failed'
    ? html`<p class="map-note" role="status">
        Incidents could not be read: none are drawn, which does not mean there are none.
      </p>`
    : nothing;

const isAnythingLoading = ({ reads }: State): boolean => Object.values(reads).some(({ phase }) => phase === 'loading');

/** What a filter hides from the map is said on the map: an empty coast must not look like a calm one. */
const hidden = (doing: Doing, state: State): TemplateResult | typeof nothing => {
  const { exposures } = state.reads;
  const filter = filterOf('regions', state.address.tab, state.address.filter);
  if (exposures.phase !== 'found' || !isFiltered(filter)) return nothing;
  const { data } = exposures.value;
  const total = data.filter((summary) => !matchesRegion(summary, filter)).length;
  if (total === 0) return nothing;
  return html`<p class="map-note" role="status">
    The search and the filters hide ${total} of ${data.length} regions.
    <button type="button" class="button" @click=${() => doing.send({ do: 'clear-filter' })}>Show all</button>
  </p>`;
};

const pageView = (doing: Doing, state: State): TemplateResult => {
  const { page, selection } = state.address;
  switch (page) {
    case 'feeds':
      return feedsPage(doing, state);
    case 'desk':
      return deskPage(doing, state);
    case 'portfolio':
      return portfolioPage(doing, state);
    case 'entities':
      return entitiesPage(doing, state);
    case 'sign-in':
      return accountPage(doing, state);
    case 'map':
      return html`<section
        class="panel"
        id="panel"
        aria-label=${selection === null ? 'Lists' : 'Selection'}
        tabindex="-1"
      >
        ${sheetHandle(doing, state)} ${selection === null ? lists(doing, state) : selected(doing, state)}
      </section>`;
  }
};

/** The whole page. The map's own element is left to the map: nothing is ever rendered into it from here. */
export const appView = (doing: Doing, state: State): TemplateResult => {
  const { page } = state.address;
  const isReading = state.reads.exposures.phase === 'loading';
  return html`
    <a class="skip" href=${page === 'map' ? '#panel' : `#${page}`} @click=${skipTo}>Skip to the content</a>
    ${header(doing, state)}
    ${
      state.notice === null
        ? nothing
        : html`<div class="notice" role="alert">
            <p>${state.notice}</p>
            <button type="button" class="button" @click=${() => doing.send({ do: 'dismiss-notice' })}>Dismiss</button>
          </div>`
    }
    <main class="stage stage-${page} sheet-${state.sheet}" aria-busy=${isAnythingLoading(state) ? 'true' : 'false'}>
      <div class="map-box" ?hidden=${page !== 'map'}>
        <div id="map" class=${isReading ? 'is-reading' : ''}></div>
        <div class=${isReading ? 'progress is-on' : 'progress'} aria-hidden="true"></div>
        ${readFailure(doing, state)} ${incidentsUnread(state)} ${hidden(doing, state)}
        <details class="legend-box" ?open=${legendOpen}>
          <summary>Legend</summary>
          ${legendView(doing, state)}
        </details>
        <p class="attribution">
          Base map: Natural Earth, public domain<span class="attribution-more"
            >. De facto boundaries, no position on sovereignty.</span
          >
        </p>
      </div>
      ${pageView(doing, state)}
    </main>
    ${timeBar(doing, state)}
    <p class="visually-hidden" role="status" aria-live="polite">${announcement(state)}</p>
  `;
};

const legendOpen = matchMedia('(min-width: 1000px) and (min-height: 700px)').matches;

const skipTo = (event: Event): void => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#panel, #feeds, #desk, #sign-in, #portfolio, #entities')?.focus();
};
