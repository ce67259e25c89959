import { feedsAt, type Claim, type Coordinates, type FeedDescriptor } from '@faultline/evidence';
import { exposureOf, type Exposure, type World } from '@faultline/exposures';
import { incidentsAt } from '@faultline/incidents';
import { canonicalJson, sha256, sha256Hex, type LedgerLeaf } from '@faultline/ledger';
import { placesOf } from '@faultline/places';
import {
  ADVERSARY,
  attack,
  AWS,
  AZ2,
  by,
  cause,
  condition,
  country,
  damage,
  instant,
  nature,
  PAPER,
  placeRegion,
  reason,
  search,
  UAE,
} from './claims.js';

const RECORD: FeedDescriptor = {
  id: 'record',
  title: 'The record',
  licence: 'CC0',
  attribution: 'transcribed',
  redistributable: true,
  url: null,
  cadenceSeconds: 3600,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage', 'armed-conflict'],
  operatorIds: null,
};

/** One strike in short: a region, an attack in its country, an impaired zone with its cause, a search, an allegation. */
export const STRIKE: readonly Claim[] = [
  by(AWS).says(placeRegion(), UAE),
  by(PAPER).at('2026-02-28T20:00Z').of('2026-02-28T10:00Z').says(attack('missile-strike', 1), country('AE')),
  by(AWS).at('2026-03-01T12:51Z').inThread('one').says(nature('power'), UAE),
  by(AWS).at('2026-03-01T14:09Z').inThread('one').says(condition('impaired'), AZ2),
  by(AWS).at('2026-03-01T14:09Z').inThread('one').says(condition('operational', 'other-zones'), UAE),
  by(AWS).at('2026-03-01T17:00Z').inThread('one').says(cause('struck-by-objects', 'armed-attack'), UAE),
  by(AWS).at('2026-03-01T17:00Z').inThread('one').says(damage('fire'), UAE),
  by(AWS).at('2026-03-02T20:00Z').inThread('one').of('2026-03-01T12:30Z').says(attack('drone-strike'), UAE),
  by(ADVERSARY).at('2026-03-05T09:00Z').says(reason('military-hosting'), UAE),
  by(PAPER).at('2026-03-06T09:00Z').says(search('workloads of a government'), UAE),
].map((claim, position) => ({ ...claim, position }));

/** The world made of these claims, all of them recorded. */
export function worldOf(claims: readonly Claim[], asOf: string, position = claims.length): World {
  const at = instant(asOf);
  const coordinates: Coordinates = { validAt: at, publicAt: at, position };
  const view = incidentsAt(sha256, claims, coordinates);
  const from = instant('2026-02-01T00:00Z');
  const watch = {
    ...{ feedId: 'record', countries: ['AE'], operatorIds: null, from, to: instant('2026-09-30T00:00Z') },
    ...{ classes: ['provider-outage', 'armed-conflict'] as const, text: 'Put together afterwards' },
  };
  return { coordinates, view, places: placesOf(view.visible), feeds: feedsAt([RECORD], [], at), watches: [watch] };
}

export function exposureIn(world: World, regionId = UAE.id): Exposure {
  return exposureOf(sha256, world.places.regions.get(regionId)!, world);
}

/** The leaves these claims would have in a ledger. */
export function leavesFor(claims: readonly Claim[]): Map<string, LedgerLeaf> {
  return new Map(
    claims.map((claim) => {
      const { id, tenantId: _tenantId, recordedAt: _recordedAt, position, ...content } = claim;
      const record = canonicalJson(content);
      const salt = sha256Hex(id).slice(0, 32);
      const leafHash = sha256Hex(Buffer.concat([Buffer.from([0]), Buffer.from(record), Buffer.from(salt, 'hex')]));
      return [id, { recordId: id, position, record, salt, leafHash }];
    }),
  );
}
