import { html, list, minute, percent, rows, when, Html } from './markup.js';
import type { CitedClaim, Report } from './report-schema.js';
import { STYLE } from './style.js';

/** report.html: the report to read and to print, made from report.json alone. Nothing in it runs, nothing is loaded. */
export function reportHtml(report: Report): string {
  const numberOf = new Map(report.claims.map(({ id }, index) => [id, index + 1]));
  const cite = citing(numberOf);
  const { subject, coordinates } = report;
  const band = (tag: 'header' | 'footer') =>
    new Html(
      `<${tag} class="tlp ${tlpClass(report.tlp)}">${html`<div><strong>${report.tlp}</strong><span>${subject.id}, ${minute(coordinates.publicAt)}, ledger ${coordinates.position}</span></div>`.text}</${tag}>`,
    );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>Exposure report: ${subject.id}, ${minute(coordinates.publicAt)}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        ${band('header')}
        <main>
          ${headPart(report)} ${nowHtml(report, cite)} ${incidentsHtml(report, cite)} ${aheadHtml(report, cite)}
          ${modelHtml(report)} ${coverageHtml(report)} ${knowledgeHtml(report, cite)}
          <h2>Claims</h2>
          <p class="note">
            Who said what, as recorded. A leaf hash is SHA-256(0x00 ‖ record ‖ salt); records and salts are in
            report.json.
          </p>
          ${report.claims.map((claim, index) => claimHtml(claim, index + 1))}
        </main>
        ${band('footer')}
      </body>
    </html>`;
  return `${page.text}\n`;
}

type Cite = (claimIds: readonly (string | null)[]) => Html;

function citing(numberOf: ReadonlyMap<string, number>): Cite {
  return (claimIds) => {
    const numbers = claimIds.flatMap((id) => {
      const number = id === null ? undefined : numberOf.get(id);
      return number === undefined ? [] : [number];
    });
    if (numbers.length === 0) return html``;
    const links = numbers.map(
      (number, index) => html`${index === 0 ? '' : ' '}<a href="#claim-${number}">${number}</a>`,
    );
    return html`<small>[${links}]</small>`;
  };
}

function tlpClass(tlp: Report['tlp']): string {
  switch (tlp) {
    case 'TLP:CLEAR':
      return 'clear';
    case 'TLP:GREEN':
      return 'green';
    case 'TLP:AMBER':
    case 'TLP:AMBER+STRICT':
      return 'amber';
    case 'TLP:RED':
      return 'red';
  }
}

function headPart({ subject, coordinates, basis, oldestInput }: Report): Html {
  const oldest = oldestInput && `${minute(oldestInput.publishedAt)}, ${oldestInput.ageHours} h before`;
  return html`<h1>Exposure report: ${subject.name}</h1>
    ${rows([
      ['Cloud region', `${subject.id}, ${subject.metro}, ${subject.country}, ± ${subject.precisionKm} km`],
      ['Valid at', minute(coordinates.validAt)],
      ['Published by', minute(coordinates.publicAt)],
      ['Ledger size', coordinates.position],
      ['Basis', `${basis.basis}. ${basis.text} ${basis.undated} undated reference facts.`],
      ['Oldest dated input', oldest],
    ])}`;
}

function nowHtml({ now }: Report, cite: Cite): Html {
  return html`<h2>Now</h2>
    <p class="big">${now.label}${now.demoted ? ' (stale: not news)' : ''} ${cite([now.claimId])}</p>
    ${rows([
      ['Since', when(now.since)],
      ['Quorum', html`${now.quorum}. ${now.quorumText} ${cite(now.quorumClaimIds)}`],
      [
        'Stated to last until',
        now.reach &&
          html`${minute(now.reach.until)}${now.reach.assumed ? ', assumed' : ''} ${cite([now.reach.claimId])}`,
      ],
      ['Statements against', now.against.length === 0 ? 'none' : cite(now.against)],
    ])}
    <table>
      <tr>
        <th>Zone</th>
        <th>State</th>
        <th>Since</th>
        <th>Claims</th>
      </tr>
      ${now.zones.map(
        (zone) =>
          html`<tr>
            <td>${zone.id}</td>
            <td>${zone.label}${zone.alreadyLost ? ', already lost' : ''}</td>
            <td>${zone.since === null ? null : minute(zone.since)}</td>
            <td>${cite([zone.claimId, ...zone.against])}</td>
          </tr>`,
      )}
    </table>`;
}

function incidentsHtml({ incidents, coincident }: Report, cite: Cite): Html {
  const none = html`<p>None of which a claim is visible.</p>`;
  return html`<h2>Incidents</h2>
    ${incidents.length === 0 ? none : ''}
    ${incidents.map(
      (incident) =>
        html`<h3>${incident.title}</h3>
          <p class="note">
            ${incident.peril}, ${incident.status}, ${incident.lifecycle}; since ${when(incident.onset)}; last statement
            ${when(incident.lastStatementAt)}; ${incident.originCount} independent origins
            ${cite(incident.links.map(({ claimId }) => claimId))}
          </p>
          <table>
            <tr>
              <th>Question</th>
              <th>Answer</th>
              <th>What is said</th>
            </tr>
            ${incident.aspects.map(
              ({ aspect, outcome, statedByOperator, statements }) =>
                html`<tr>
                  <td>${aspect}</td>
                  <td>${outcome.replaceAll('-', ' ')}${statedByOperator ? ', by the operator' : ''}</td>
                  <td>
                    ${statements.map(
                      ({ claimId, key, stance, status }) =>
                        html`${stance === 'denies' ? 'denied: ' : ''}${key} (${status}) ${cite([claimId])}<br />`,
                    )}
                  </td>
                </tr>`,
            )}
          </table>`,
    )}
    <h3>Coincident, no link asserted</h3>
    ${coincident.length === 0 ? html`<p>None.</p>` : ''}
    <ul>
      ${coincident.map(
        ({ title, status, onset, reason, claimIds }) =>
          html`<li>${title}, ${status}, ${when(onset)} (${reason}) ${cite(claimIds)}</li>`,
      )}
    </ul>`;
}

function aheadHtml({ ahead }: Report, cite: Cite): Html {
  const scored = (name: string, score: Report['ahead']['likelihood']) =>
    score === null
      ? html``
      : html`<h3>${name}: ${score.shownScore}, ${score.band}</h3>
          ${
            score.interval === null
              ? ''
              : html`<p>
                  90 % interval ${score.interval.p05.toFixed(1)} to ${score.interval.p95.toFixed(1)}, median
                  ${score.interval.p50.toFixed(1)}
                </p>`
          }
          <table>
            <tr>
              <th>Part</th>
              <th class="n">Points</th>
              <th>Claims</th>
            </tr>
            <tr>
              <td>Reference region</td>
              <td class="n">${score.shownReference}</td>
              <td></td>
            </tr>
            ${score.contributions.map(
              ({ label, shownPoints, claimIds, parts }) =>
                html`<tr>
                    <td>${label}</td>
                    <td class="n">${shownPoints}</td>
                    <td>${cite(claimIds)}</td>
                  </tr>
                  ${parts.map(
                    (part) =>
                      html`<tr>
                        <td class="note">– ${part.label}</td>
                        <td class="n note">${part.points.toFixed(2)}</td>
                        <td>${cite(part.claimIds)}</td>
                      </tr>`,
                  )}`,
            )}
          </table>`;
  return html`<h2>Ahead</h2>
    <p>${ahead.outcome}${ahead.reason === '' ? '' : `: ${ahead.reason}`}</p>
    ${scored('Likelihood L', ahead.likelihood)}
    ${scored('Exposure E, at reference size', ahead.exposureAtReferenceSize)}
    <table>
      <tr>
        <th>Within</th>
        <th class="n">Damage to a zone</th>
        <th class="n">90 % interval</th>
        <th class="n">Outage of the region</th>
      </tr>
      ${ahead.probabilities.map(
        ({ horizonDays, pDamage, p05, p95, pOutage }) =>
          html`<tr>
            <td>${horizonDays} days</td>
            <td class="n">${percent(pDamage)}</td>
            <td class="n">${percent(p05)} to ${percent(p95)}</td>
            <td class="n">${percent(pOutage)}</td>
          </tr>`,
      )}
    </table>
    ${rows([
      ['Model', ahead.modelVersion],
      ['Parameters', html`<code>${ahead.parameterHash}</code>`],
      ['Input', html`<code>${ahead.inputHash}</code>`],
    ])}`;
}

function modelHtml({ model, defaulted, leftOut }: Report): Html {
  return html`<h3>Defaulted: no claim gave these</h3>
    ${list(
      defaulted.map(({ field, value, reason }) => html`<li>${field}: ${value} (${reason})</li>`),
      'Nothing.',
    )}
    <h3>Left out of the model</h3>
    ${list(
      leftOut.map(({ text, reason }) => html`<li>${text} (${reason})</li>`),
      'Nothing.',
    )}
    <h3>What the model cannot do</h3>
    ${list(
      model.limits.map((limit) => html`<li>${limit}</li>`),
      'Not stated.',
    )}`;
}

function coverageHtml({ coverage, feeds }: Report): Html {
  return html`<h2>Who was looking</h2>
    <table>
      <tr>
        <th>Class of incident</th>
        <th>State</th>
        <th>In words</th>
        <th>Nobody looked</th>
      </tr>
      ${coverage.map(
        ({ incidentClass, state, text, gaps }) =>
          html`<tr>
            <td>${incidentClass}</td>
            <td>${state}</td>
            <td>${text}</td>
            <td>
              ${gaps.map(
                ({ begin, end, reason }) =>
                  html`${begin === null ? 'up to' : `${minute(begin)} to`} ${minute(end)} (${reason})<br />`,
              )}
            </td>
          </tr>`,
      )}
    </table>
    <table>
      <tr>
        <th>Feed</th>
        <th>Health then</th>
        <th>Last accepted answer</th>
        <th>Licence</th>
      </tr>
      ${feeds.map(
        ({ title, health, reason, lastSuccessAt, licence }) =>
          html`<tr>
            <td>${title}</td>
            <td>${health}: ${reason}</td>
            <td>${lastSuccessAt === null ? 'never' : minute(lastSuccessAt)}</td>
            <td>${licence}</td>
          </tr>`,
      )}
    </table>`;
}

function knowledgeHtml(report: Report, cite: Cite): Html {
  const { notKnown, hosting, hindsight, reviewerDecisions, challenges } = report;
  return html`<h2>Not known</h2>
    ${list(
      notKnown.map(({ text }) => html`<li>${text}</li>`),
      'Nothing is listed.',
    )}
    <h2>Hosting: ${hosting.outcome === 'found' ? 'what is claimed' : 'searched and not found'}</h2>
    <p>${hosting.text}</p>
    ${
      hosting.claims.length === 0
        ? html``
        : list(
            hosting.claims.map(
              ({ claimId, subject, stance, text }) =>
                html`<li>${subject}${stance === 'denies' ? ', denied' : ''}: ${text} ${cite([claimId])}</li>`,
            ),
            '',
          )
    }
    ${list(
      hosting.searches.map(
        ({ claimId, searchedFor, searchedIn, retrievedAt }) =>
          html`<li>${searchedFor}, in ${searchedIn.join('; ')}, on ${minute(retrievedAt)} ${cite([claimId])}</li>`,
      ),
      'No search is recorded.',
    )}
    <h2>Hindsight</h2>
    <p class="note">Decided after the time this report speaks of, and in it all the same.</p>
    ${list(
      hindsight.map(({ text, claimIds }) => html`<li>${text} ${cite(claimIds)}</li>`),
      'None.',
    )}
    <p>${reviewerDecisions.text}</p>
    ${list(
      reviewerDecisions.items.map(
        ({ claimId, decision, text, by }) => html`<li>${decision}, by ${by}: ${text} ${cite([claimId])}</li>`,
      ),
      'None.',
    )}
    <h2>Challenges</h2>
    <p>${challenges.text}</p>
    ${list(
      challenges.items.map(
        ({ claimId, ofClaimId, state, text, by, since }) =>
          html`<li>
            ${state}, by ${by}${since === null ? '' : `, ${minute(since)}`}: ${text} ${cite([claimId, ofClaimId])}
          </li>`,
      ),
      'None.',
    )}`;
}

/** What is read of a recorded claim; a report is shown also where a field is missing. */
interface Shown {
  readonly predicate?: string;
  readonly subject?: string;
  readonly stance?: string;
  readonly value?: { readonly text?: string; readonly name?: string };
  readonly source?: { readonly name?: string; readonly class?: string; readonly grade?: string };
  readonly origin?: string;
  readonly url?: string | null;
  readonly locator?: string | null;
  readonly publishedAt?: { readonly earliest: string; readonly latest: string; readonly basis: string } | null;
  readonly occurredAt?: { readonly begin: string | null } | null;
  readonly retrievedAt?: string;
  readonly captureClass?: string;
  readonly captureHash?: string;
  readonly tlp?: string;
}

function claimHtml({ id, status, freshness, ageHours, backfilled, claim, ledger }: CitedClaim, number: number): Html {
  const { value, source, publishedAt, occurredAt, url, ...shown } = claim as Shown;
  const published = publishedAt
    ? `${minute(publishedAt.latest)} at the latest (${publishedAt.basis})`
    : 'undated: visible at every time';
  return html`<section class="claim" id="claim-${number}">
    <h3>${number}. ${shown.subject ?? id}: ${shown.predicate ?? ''}${shown.stance === 'denies' ? ', denied' : ''}</h3>
    <p>${value?.text ?? value?.name ?? ''}</p>
    ${rows([
      ['Source', `${source?.name}, ${source?.class}, grade ${source?.grade}; origin ${shown.origin}`],
      ['Status', `${status}, ${freshness}${ageHours === null ? '' : `, ${ageHours} h old`}`],
      ['Published', published],
      ['Held in the world from', occurredAt?.begin ? minute(occurredAt.begin) : 'not stated'],
      ['Retrieved', shown.retrievedAt === undefined ? null : minute(shown.retrievedAt)],
      ['Recorded', `${minute(ledger.recordedAt)}${backfilled ? ', backfilled' : ''}, position ${ledger.position}`],
      ['Where', html`${addressHtml(url ?? null)} ${shown.locator ?? ''}`],
      ['Capture', html`${shown.captureClass ?? null}, <code>${shown.captureHash ?? null}</code>`],
      ['Leaf', html`<code>${ledger.leafHash}</code>`],
      ['Id', html`<code>${id}</code>, ${shown.tlp ?? null}`],
    ])}
  </section>`;
}

/** An address from outside: a link where it is one of the web, text otherwise. */
function addressHtml(url: string | null): Html {
  if (url === null) return html`no address`;
  return /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer noopener">${url}</a>` : html`${url}`;
}
