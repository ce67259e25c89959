import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { CloudRegionPage } from '../api/types.js';
import { countryName, ownName } from '../state/operators.js';
import { count, plain } from '../state/phrase.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Doing } from './actions.js';
import { claimView } from './claim.js';
import { ageWords, chip, empty, failed, quoted, reading, shown, sourceWords } from './parts.js';
import { section } from './section.js';

const WHOSE = {
  region: 'said of the region',
  area: 'said of the country, not of the region',
  operator: 'said of the operator, not of the region',
} as const;
const INDEPENDENCE = {
  'same-theatre': 'not independent',
  'different-theatres': 'different theatres',
  'not-known': 'not known',
} as const;

const needRow = (need: CloudRegionPage['needs'][number]): TemplateResult => html`
  <li class="cover">
    <p>
      <strong>${need.onName}</strong> ${chip(plain(need.kind), 'none')} <span class="quiet">${WHOSE[need.of]}</span>
    </p>
    <p>${quoted(need.text)}</p>
    <p class="quiet">
      ${sourceWords(need.source)}${need.statedAt === null ? ', undated' : `, ${ageWords(need.ageHours)}`}
    </p>
  </li>
`;

const cableRow = ({ name, landings, standing }: CloudRegionPage['cables'][number]): TemplateResult => html`
  <li class="cover">
    <p><strong>${name}</strong> <span class="quiet">${landings.map((landing) => landing.name).join(', ')}</span></p>
    <p class="quiet">
      ${standing === null ? 'Its standing is not known.' : html`${quoted(standing.text)} ${standing.statedAt === null ? 'Undated.' : `Last word: ${ageWords(standing.ageHours)}.`}`}
    </p>
  </li>
`;

const pairRow =
  (regionId: string) =>
  (pair: CloudRegionPage['pairs'][number]): TemplateResult => html`
    <li class="cover">
      <p>
        <strong><bdi>${ownName(pair.regionId === regionId ? pair.withId : pair.regionId)}</bdi></strong>
        ${chip(INDEPENDENCE[pair.independence], pair.independence === 'same-theatre' ? 'fresh-stale' : 'none')}
        <span class="quiet"
          >${pair.direction === 'mutual' ? 'each is the other’s' : 'one way'}, for ${pair.purpose}</span
        >
      </p>
      <p>${pair.finding}</p>
    </li>
  `;

const answer = (doing: Doing, region: CloudRegionPage): TemplateResult => html`
  ${section(
    doing,
    { id: 'needs', title: 'Power, water, cables, shared fate', note: count(region.needs.length, 'statement') },
    () =>
      html`<p>${region.needsText}</p>
        ${
          region.needs.length === 0
            ? nothing
            : html`<ul class="plain-list">
                ${region.needs.map(needRow)}
              </ul>`
        }`,
  )}
  ${section(
    doing,
    { id: 'cables', title: `Submarine cables of ${countryName(region.country)}`, note: String(region.cables.length) },
    () =>
      html`<p>${region.cablesText}</p>
        ${
          region.cables.length === 0
            ? nothing
            : html`<ul class="plain-list">
                ${region.cables.map(cableRow)}
              </ul>`
        }`,
  )}
  ${section(
    doing,
    {
      id: 'pairs',
      title: 'Pairs for failover',
      note: region.pairs.some(({ independence }) => independence === 'same-theatre')
        ? 'not independent'
        : region.pairs.length === 0
          ? 'none found'
          : String(region.pairs.length),
    },
    () =>
      region.pairs.length === 0
        ? empty(region.pairsText)
        : html`<ul class="plain-list">
            ${region.pairs.map(pairRow(region.id))}
          </ul>`,
  )}
  ${section(doing, { id: 'footing-claims', title: 'Claims behind these', note: String(region.claims.length) }, () =>
    region.claims.map((claim, index) => claimView(doing, claim, index + 1)),
  )}
`;

/** What a region rests on that its operator does not run, and with which region it is paired. */
export const footingView = (doing: Doing, state: State, regionId: string): TemplateResult => {
  const read = state.reads.footing;
  const again = (): void => doing.send({ do: 'again' });
  const last = lastOf(read);
  const found = last !== null && last.data.id === regionId ? last.data : null;
  const isCurrent = read.phase === 'found' || (read.phase === 'loading' && state.rereading);
  return html`
    <section class="answer" aria-labelledby="footing-title">
      <h3 id="footing-title">What the place rests on</h3>
      ${
        read.phase === 'failed'
          ? failed('What the place rests on', read.reason, again)
          : isCurrent && found !== null
            ? shown('What the place rests on', () => answer(doing, found), again)
            : reading('what the place rests on')
      }
    </section>
  `;
};
