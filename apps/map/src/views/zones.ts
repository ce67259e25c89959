import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Exposure, ZoneNow } from '../api/types.js';
import { count } from '../state/phrase.js';
import { claimRefs } from './claim.js';
import { ageWords, chip, quoted, sourceWords } from './parts.js';
import { ownName } from '../state/operators.js';

const zoneRow = (
  zone: ZoneNow,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
): TemplateResult => html`
  <li class="zone">
    <p class="zone-head">
      <strong class="zone-id"><bdi>${ownName(zone.id)}</bdi></strong>
      ${chip(zone.label, zone.state === 'no-statement' ? 'none' : `now-${zone.state}`)}
      ${zone.alreadyLost ? chip('already lost', 'now-permanently-lost') : nothing}
      ${zone.claimId === null ? nothing : claimRefs([zone.claimId], numbers, showClaim)}
    </p>
    ${zone.text === null ? nothing : html`<p>${quoted(zone.text)}</p>`}
    ${
      zone.source === null
        ? html`<p class="quiet">Nobody we read has said anything about this zone.</p>`
        : html`<p class="quiet">
            ${sourceWords(zone.source)}, ${ageWords(zone.ageHours)}${zone.freshness === 'stale' ? ', stale' : ''}
          </p>`
    }
  </li>
`;

/** Every zone with its own state, or the plain fact that there is no statement about it. */
export const zonesView = (
  exposure: Exposure,
  numbers: ReadonlyMap<string, number>,
  showClaim: (claimId: string) => void,
): TemplateResult => {
  const { zones, quorum, quorumText, zonesTotal, zonesDown, zonesLost } = exposure.now;
  const total = zonesTotal === null ? 'number of zones not known' : count(zonesTotal, 'zone');
  const lost = zonesLost > 0 ? `, ${zonesLost} already lost` : '';
  return html`
    <h4>Zones</h4>
    <p class="quorum quorum-${quorum}">
      <strong>${{ held: 'Quorum held', lost: 'Quorum lost', 'not-known': 'Quorum not known' }[quorum]}.</strong>
      ${quorumText} <span class="quiet">(${total}, ${zonesDown} stated down${lost})</span>
    </p>
    ${
      zones.length === 0
        ? html`<p class="empty">The operator’s zone ids are not in our records for this region.</p>`
        : html`<ul class="zones">
            ${zones.map((zone) => zoneRow(zone, numbers, showClaim))}
          </ul>`
    }
  `;
};
