import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Exposure, Incident } from '../api/types.js';
import { age, count, shortInstant } from '../state/phrase.js';
import type { Mark } from '../state/mark.js';
import type { Doing } from './actions.js';
import { aspectsView, statementView } from './aspects.js';
import { claimRefs } from './claim.js';
import { glyph } from './glyph.js';
import { coincidentView, incidentChips, whereWords } from './incident-parts.js';
import { ageWords, moment, quoted, sourceWords } from './parts.js';
import { section } from './section.js';
import { zonesView } from './zones.js';

const incidentOf = (doing: Doing, incident: Incident, year: number): TemplateResult => html`
  <article class="incident">
    <h5 class="incident-title">
      <a dir="auto" href=${doing.linkTo({ selection: { kind: 'incident', id: incident.id } })}>${incident.title}</a>
    </h5>
    <p class="item-chips">${incidentChips(incident)}</p>
    <p class="quiet">
      ${incident.onset === null ? 'Begin not stated' : `Since ${shortInstant(incident.onset, year)}`} ·
      ${whereWords(incident)} · ${count(incident.claimCount, 'claim')} of
      ${count(incident.originCount, 'independent origin')}
    </p>
    ${aspectsView(incident.aspects)}
  </article>
`;

/** First answer: what is impaired, since when, and who says so. */
export const nowView = (
  doing: Doing,
  exposure: Exposure,
  mark: Mark,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
  year: number,
): TemplateResult => {
  const { now } = exposure;
  const isUnwatched = mark.key === 'unmonitored';
  const silence = exposure.coverage.find(
    ({ incidentClass, state }) => incidentClass === 'provider-outage' && state === 'silent',
  );
  return html`
    <section class="answer" aria-labelledby="now-title">
      <h3 id="now-title">Now</h3>
      <div class="state-line state-${now.state}">
        ${glyph(mark, 40)}
        <div>
          <p class="state-words">${now.label}</p>
          <p>
            ${now.since === null ? html`Since when: not stated.` : html`Since ${moment(now.since)}.`}
            ${
              now.statedBy === null
                ? html`Nobody we read says so; it is what the absence of statements amounts to.`
                : html`Says ${sourceWords(now.statedBy)}, ${ageWords(now.ageHours)}.`
            }
          </p>
        </div>
      </div>
      ${
        now.disagreement === null
          ? nothing
          : html`<p class="warning">
              ${now.disagreement.text} ${claimRefs(now.disagreement.claimIds, numbers, showClaim)}
            </p>`
      }
      ${
        isUnwatched
          ? html`<p class="warning">
              ${
                silence === undefined
                  ? 'Not monitored: no feed we read would tell us of an outage here.'
                  : `Not monitored: ${silence.text}.`
              }
              This is no statement that the region is well.
            </p>`
          : nothing
      }
      ${
        now.demoted || now.freshness === 'stale'
          ? html`<p class="warning">
              The statement is stale: shown as the last word known, not as
              news.${now.lapse === null ? '' : ` ${now.lapse}`}
            </p>`
          : nothing
      }
      ${
        now.against.length === 0
          ? nothing
          : html`<h4>Against this stands</h4>
              <div class="sides">
                ${now.against.map((statement) => html`<div class="side">${statementView(statement)}</div>`)}
              </div>`
      }
      ${zonesView(exposure, numbers, showClaim)}
      <h4>The operator’s last word</h4>
      ${
        now.operatorsWord === null
          ? html`<p class="empty">No statement by the operator is in our records at this time.</p>`
          : html`<blockquote class="word">
              <p>${quoted(now.operatorsWord.text)}</p>
              <p class="quiet">
                ${moment(now.operatorsWord.publishedAt)}, ${age(now.operatorsWord.ageHours)} old
                ${claimRefs([now.operatorsWord.claimId], numbers, showClaim)}
              </p>
            </blockquote>`
      }
      <h4>Incidents here <span class="count">${now.incidents.length}</span></h4>
      ${
        now.incidents.length === 0
          ? html`<p class="empty">No incident at this region is on record at this time.</p>`
          : now.incidents.map((incident) => incidentOf(doing, incident, year))
      }
      ${
        now.coincident.length === 0
          ? nothing
          : section(
              doing,
              {
                id: 'coincident',
                title: 'Coincident incidents',
                note: `${now.coincident.length}, no link asserted`,
                open: now.coincident.length <= 3,
              },
              () => coincidentView(doing, now.coincident, year),
            )
      }
    </section>
  `;
};
