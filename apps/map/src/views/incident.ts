import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { SingleAnswer } from '../api/client.js';
import type { Incident } from '../api/types.js';
import { reasonWords } from '../state/desk.js';
import { SEVERITY } from '../state/entry.js';
import { count, instant, plain, precision } from '../state/phrase.js';
import { ownName } from '../state/operators.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import { selecting } from './actions.js';
import type { Doing } from './actions.js';
import { aspectsView } from './aspects.js';
import { claimRefs, claimView, numbersOf } from './claim.js';
import { coincidentView, incidentChips, whereWords } from './incident-parts.js';
import { basisWords, fact, failed, reading, shown } from './parts.js';
import { showClaimIn } from './reveal.js';
import { decisionsOn, takeOutForm, toldBy } from './judgements.js';
import { section } from './section.js';
import { subjectLink } from './subject-link.js';

const severityWords = (severity: number | null): string =>
  severity === null ? 'not stated' : `${severity}: ${SEVERITY[severity] ?? 'not described'}`;

const regionLinks = (doing: Doing, incident: Incident) =>
  incident.regionIds.map((id) => {
    const selection = { kind: 'region', id } as const;
    return html`<a class="inline-link" href=${doing.linkTo({ selection })} @click=${selecting(doing, selection)}
      ><bdi>${ownName(id)}</bdi></a
    > `;
  });

const answerView = (doing: Doing, { data: incident, coordinates }: SingleAnswer<Incident>): TemplateResult => {
  const numbers = numbersOf(incident.claims);
  const showClaim = showClaimIn(doing);
  const year = new Date(coordinates.validAt).getUTCFullYear();
  return html`
    <p class="item-chips">${incidentChips(incident)}</p>
    ${toldBy(doing, incident)} ${decisionsOn(doing, incident)}
    <dl class="facts">
      ${fact('Begin', incident.onset === null ? 'not stated' : instant(incident.onset))}
      ${fact('Last word', incident.lastStatementAt === null ? 'no dated statement' : instant(incident.lastStatementAt))}
      ${fact('Where', whereWords(incident))}
      ${incident.position === null ? nothing : fact('Precision', html`${precision(incident.position.precisionKm)} <span class="quiet">${incident.position.method}</span>`)}
      ${incident.regionIds.length === 0 ? nothing : fact('Regions', regionLinks(doing, incident))}
      ${incident.regionIds.length === 0 ? nothing : fact('Stands on them', subjectLink(doing, incident.id, 'Who depends on these regions'))}
      ${incident.zoneIds.length === 0 ? nothing : fact('Zones', incident.zoneIds.map(ownName).join(', '))}
      ${fact('Severity', severityWords(incident.severity))}
      ${fact('Evidence', `${count(incident.claimCount, 'claim')} of ${count(incident.originCount, 'independent origin')}, ${plain(incident.freshness).toLowerCase()}`)}
      ${incident.revision === null ? nothing : fact('Revision', String(incident.revision))}
    </dl>
    ${
      incident.lapse === null
        ? nothing
        : html`<p class="warning">Shown as last told, not as news: nobody keeps it up. ${incident.lapse}</p>`
    }
    <section class="answer" aria-labelledby="said-title">
      <h3 id="said-title">What has been said</h3>
      ${incident.aspects.length === 0 ? html`<p class="empty">No aspect of this incident is tracked.</p>` : aspectsView(incident.aspects)}
      ${
        incident.coincident.length === 0
          ? nothing
          : section(
              doing,
              {
                id: 'coincident',
                title: 'Coincident incidents',
                note: `${incident.coincident.length}, no link asserted`,
                open: incident.coincident.length <= 3,
              },
              () => coincidentView(doing, incident.coincident, year),
            )
      }
      ${section(
        doing,
        { id: 'links', title: 'Why these claims are one incident', note: String(incident.links.length) },
        () =>
          incident.links.length === 0
            ? html`<p class="empty">A single claim: nothing had to be linked.</p>`
            : html`<ul class="plain-list">
                ${incident.links.map(
                  (link) =>
                    html`<li class="cover">
                      <p>
                        Claim ${claimRefs([link.claimId], numbers, showClaim)} fits with ${link.score.toFixed(2)} of 1
                      </p>
                      <p class="quiet">${link.reasons.map(reasonWords).join(' · ')}</p>
                    </li>`,
                )}
              </ul>`,
      )}
      ${section(doing, { id: 'claims', title: 'Claims', note: String(incident.claims.length) }, () =>
        incident.claims.map((claim, index) =>
          claimView(doing, claim, index + 1, takeOutForm(doing, incident, claim.id)),
        ),
      )}
      ${section(
        doing,
        { id: 'coordinates', title: 'Read at', note: coordinates.basis },
        () =>
          html`<dl class="facts">
            ${fact('Valid at', instant(coordinates.validAt))} ${fact('Public at', instant(coordinates.publicAt))}
            ${fact('Position', String(coordinates.position))} ${fact('Basis', basisWords(coordinates))}
          </dl>`,
      )}
    </section>
  `;
};

/** The page of one incident. */
export const incidentPanel = (doing: Doing, state: State, incidentId: string): TemplateResult => {
  const read = state.reads.incident;
  const again = (): void => doing.send({ do: 'again' });
  const last = lastOf(read);
  const answer = last !== null && last.data.id === incidentId ? last : null;
  const summary = lastOf(state.reads.incidents)?.data.find(({ id }) => id === incidentId) ?? null;
  const title = answer?.data.title ?? summary?.title ?? 'Incident';
  return html`
    <div class="panel-title"><h2 id="panel-heading" tabindex="-1" dir="auto">${title}</h2></div>
    ${
      read.phase === 'failed'
        ? failed('This incident', read.reason, again)
        : (read.phase === 'found' || (read.phase === 'loading' && state.rereading)) && answer !== null
          ? shown('This incident', () => answerView(doing, answer), again)
          : reading('this incident')
    }
  `;
};
