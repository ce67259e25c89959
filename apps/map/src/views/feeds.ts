import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Coverage, Feed } from '../api/types.js';
import type { CoverageState } from '../api/words.js';
import { age, cadence, count, instant, plain } from '../state/phrase.js';
import { operatorName, ownName } from '../state/operators.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { address, chip, empty } from './parts.js';
import { readView } from './read-view.js';

const HEALTH_ORDER: readonly Feed['health'][] = [
  'failing',
  'stale',
  'degraded',
  'never-polled',
  'healthy',
  'not-configured',
  'not-polled',
];

const TELLS: Readonly<Record<Feed['tells'], string>> = {
  reports: '',
  leads: 'as leads: nobody has looked into them',
  data: 'as data, weeks or months later',
};

/** How long what the feed says takes to us. */
const lagWords = ({ lag }: Feed): TemplateResult | typeof nothing => {
  if (lag === null) return nothing;
  const { p50, p95 } = lag.publishedToRetrieved;
  return html`<span class="quiet cell-note"
    >here ${age(p50 / 3600)} after publication, one in twenty later than ${age(p95 / 3600)}</span
  >`;
};

const feedRow = (feed: Feed): TemplateResult => html`
  <tr>
    <th scope="row"><span dir="auto">${feed.title}</span><code class="quiet">${feed.id}</code></th>
    <td data-name="Health">
      ${chip(plain(feed.health), `health-${feed.health}`)}<span class="quiet cell-note" dir="auto">${feed.reason}</span>
    </td>
    <td data-name="Content">
      ${feed.contentAgeHours === null ? 'no dated content' : `${age(feed.contentAgeHours)} old`}
      ${
        feed.contentAgeBudgetSeconds === null
          ? nothing
          : html`<span class="quiet cell-note">budget ${age(feed.contentAgeBudgetSeconds / 3600)}</span>`
      }
    </td>
    <td data-name="Polls">
      ${feed.polled ? cadence(feed.cadenceSeconds) : 'not polled'}
      <span class="quiet cell-note">
        ${feed.lastSuccessAt === null ? 'never read' : `last read ${instant(feed.lastSuccessAt)}`}${
          feed.polls === 0 ? '' : `; ${feed.failures} of ${feed.polls} polls failed`
        }
      </span>
      ${lagWords(feed)}
    </td>
    <td data-name="Tells of">
      ${feed.covers.map(plain).join(', ') || 'nothing'}
      ${TELLS[feed.tells] === '' || feed.covers.length === 0 ? nothing : html`<span class="quiet cell-note">${TELLS[feed.tells]}</span>`}
    </td>
    <td class="num" data-name="Holds">
      ${count(feed.claims, 'claim')}${
        feed.quarantined === 0
          ? nothing
          : html`<span class="warning-inline cell-note">${feed.quarantined} quarantined</span>`
      }
    </td>
    <td data-name="Licence">
      <details>
        <summary>${feed.redistributable ? 'may be passed on' : 'not passed on'}</summary>
        ${feed.licence}<span class="quiet cell-note" dir="auto">${feed.attribution}</span>
        ${feed.url === null ? nothing : html`<span class="cell-note">${address(feed.url)}</span>`}
      </details>
    </td>
  </tr>
`;

const feedsTable = (feeds: readonly Feed[]): TemplateResult => {
  const ordered = [...feeds].sort(
    (a, b) => HEALTH_ORDER.indexOf(a.health) - HEALTH_ORDER.indexOf(b.health) || a.title.localeCompare(b.title),
  );
  return html`<div class="table-box" tabindex="0" role="region" aria-label="Feeds">
    <table class="feeds">
      <caption class="visually-hidden">
        Feeds, worst first
      </caption>
      <thead>
        <tr>
          <th scope="col">Feed</th>
          <th scope="col">Health</th>
          <th scope="col">Content</th>
          <th scope="col">Polls</th>
          <th scope="col">Tells of</th>
          <th scope="col" class="num">Holds</th>
          <th scope="col">Licence</th>
        </tr>
      </thead>
      <tbody>
        ${ordered.map(feedRow)}
      </tbody>
    </table>
  </div>`;
};

const STATES: readonly CoverageState[] = [
  'watched',
  'silent',
  'stale',
  'failing',
  'record-only',
  'leads-only',
  'late-data',
  'unmonitored',
];

type ByClass = ReadonlyMap<string, ReadonlyMap<CoverageState, readonly string[]>>;

const byClass = (coverage: readonly Coverage[]): ByClass => {
  const classes = new Map<string, Map<CoverageState, string[]>>();
  for (const { regionId, classes: cells } of coverage) {
    for (const cell of cells) {
      const states = classes.get(cell.incidentClass) ?? new Map<CoverageState, string[]>();
      states.set(cell.state, [...(states.get(cell.state) ?? []), regionId]);
      classes.set(cell.incidentClass, states);
    }
  }
  return classes;
};

const unwatchedList = (doing: Doing, regionIds: readonly string[]): TemplateResult => {
  const operators = new Map<string, string[]>();
  for (const id of regionIds) {
    const operator = id.split(':')[0] ?? '';
    operators.set(operator, [...(operators.get(operator) ?? []), id]);
  }
  return html`<dl class="facts">
    ${[...operators].map(
      ([operator, ids]) =>
        html`<div class="fact">
          <dt>${operatorName(operator)} <span class="quiet">${ids.length}</span></dt>
          <dd>
            ${ids.map(
              (id) =>
                html`<a class="inline-link" href=${doing.linkTo({ page: 'map', selection: { kind: 'region', id } })}
                  ><bdi>${ownName(id)}</bdi></a
                > `,
            )}
          </dd>
        </div>`,
    )}
  </dl>`;
};

const coverageTable = (doing: Doing, coverage: readonly Coverage[]): TemplateResult => {
  const classes = byClass(coverage);
  return html`
    <div class="table-box" tabindex="0" role="region" aria-label="Coverage by class of incident">
      <table>
        <caption class="visually-hidden">
          Regions by class of incident and how they are watched
        </caption>
        <thead>
          <tr>
            <th scope="col">Class of incident</th>
            ${STATES.map((state) => html`<th scope="col" class="num">${plain(state)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${[...classes].map(
            ([name, states]) =>
              html`<tr>
                <th scope="row">${plain(name)}</th>
                ${STATES.map((state) => {
                  const total = states.get(state)?.length ?? 0;
                  return html`<td class="num">
                    ${total === 0 ? html`<span class="quiet">0</span>` : chip(String(total), `cover-${state}`)}
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <h3>What nobody watches</h3>
    <p class="note">Silence about these says nothing about them.</p>
    ${[...classes].map(([name, states]) => {
      const ids = states.get('unmonitored') ?? [];
      return ids.length === 0
        ? nothing
        : html`<details class="section">
            <summary>
              <h4 class="section-title">${plain(name)}</h4>
              <span class="section-note">${count(ids.length, 'region')} unmonitored</span>
            </summary>
            <div class="section-body">${unwatchedList(doing, ids)}</div>
          </details>`;
    })}
  `;
};

/** Which feeds are read, how they are doing, and what is not watched. */
export const feedsPage = (doing: Doing, state: State): TemplateResult => html`
  <div class="page" id="feeds" tabindex="-1">
    <h2 id="panel-heading" tabindex="-1">Feeds and coverage</h2>
    <p class="note">What is read, how old it is, and what nobody watches. A feed that fails is blindness, not calm.</p>
    ${readView(doing, 'The feeds', state.reads.feeds, ({ data }) =>
      data.length === 0 ? empty('No feed is set up: nothing is watched.') : feedsTable(data),
    )}
    <h2>Coverage of the regions</h2>
    ${readView(doing, 'The coverage', state.reads.coverage, ({ data }) =>
      data.length === 0 ? empty('No coverage statement exists: nothing is watched.') : coverageTable(doing, data),
    )}
  </div>
`;
