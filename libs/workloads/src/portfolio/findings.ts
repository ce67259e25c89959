import { regionIdsOf, type Asset, type Whereabouts } from './asset.js';
import type { FindingGround } from './finding-ground.js';
import type { KnownRegion } from './region-match.js';
import { otherCountryOf } from './register.js';

export type FindingCode =
  | 'standby.same-region'
  | 'standby.same-theatre'
  | 'standby.none'
  | 'copy.only'
  | 'backups.none'
  | 'backups.same-region'
  | 'backups.same-theatre'
  | 'keys.same-region'
  | 'dns.same-region'
  | 'identity.same-region'
  | 'residency.primary-outside'
  | 'residency.standby-outside'
  | 'residency.backups-outside'
  | 'register.country-differs'
  | 'zone.letter-without-id';

/** Something of an asset that does not hold when its region does not. */
export interface Finding {
  readonly assetId: string;
  readonly code: FindingCode;
  readonly text: string;
  /** The regions it rests on, the asset's own first. */
  readonly regionIds: readonly string[];
}

/** Members on 21 November 2026. */
const EU = new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '));
const EEA = new Set([...EU, 'IS', 'LI', 'NO']);

/**
 * What an asset's own entries say of how it stands: each is a plain reading of what was imported, and what was not said
 * is never held against it. Pure; in the order of the assets.
 */
export function findingsOf(assets: Iterable<Asset>, ground: FindingGround): Finding[] {
  return [...assets].flatMap((asset) => findingsOfOne(asset, ground));
}

function findingsOfOne(asset: Asset, ground: FindingGround): Finding[] {
  const found: Finding[] = [];
  const add = (code: FindingCode, text: string, ...regionIds: string[]) =>
    found.push({ assetId: asset.id, code, text, regionIds });
  const theatre = ground.theatreOf ?? (({ country }: Pick<KnownRegion, 'country'>) => country);
  const theatreOfId = (id: string) => {
    const region = ground.region(id);
    return region && theatre(region);
  };
  const { regionId } = asset;
  const said = (id: string) => `${id}${countrySaid(ground, id)}`;

  if (asset.zoneLetter !== null && asset.zoneId === null && regionId !== null) {
    add(
      'zone.letter-without-id',
      `zone ${asset.zoneLetter} of ${regionId} is a letter of your account: without the zone id behind it, a statement about a zone cannot be matched to it`,
      regionId,
    );
  }
  if (asset.standby?.includes('none')) add('standby.none', 'there is no standby', ...idsOf(regionId));
  if (asset.onlyCopy === true) {
    const where = regionId === null ? 'one site' : said(regionId);
    add('copy.only', `your only copy is in ${where}`, ...idsOf(regionId));
  } else if (asset.backups?.includes('none')) {
    add('backups.none', 'there is no backup', ...idsOf(regionId));
  }
  if (regionId !== null) {
    const own = theatreOfId(regionId);
    for (const standby of regionIdsOf(asset.standby)) {
      if (standby === regionId)
        add('standby.same-region', `your standby is in the region of your primary, ${said(regionId)}`, regionId);
      else if (own !== undefined && theatreOfId(standby) === own) {
        const text = `your standby ${standby} shares a theatre with your primary ${regionId} (${own}): not independent`;
        add('standby.same-theatre', text, regionId, standby);
      }
    }
    const backups = regionIdsOf(asset.backups);
    if (backups.length > 0 && backups.length === asset.backups?.length) {
      if (backups.every((id) => id === regionId))
        add('backups.same-region', `backups live in the region they are of, ${said(regionId)}`, regionId);
      else if (own !== undefined && backups.every((id) => theatreOfId(id) === own)) {
        const text = `all backups (${backups.join(', ')}) are in the theatre of your primary ${regionId} (${own})`;
        add('backups.same-theatre', text, regionId, ...backups.filter((id) => id !== regionId));
      }
    }
    for (const [what, places, words] of [
      ['keys', asset.keys, 'keys live'],
      ['dns', asset.dns, 'DNS lives'],
      ['identity', asset.identity, 'identity lives'],
    ] as const) {
      if (isOnly(places, regionId)) {
        const text = `${words} in ${said(regionId)} alone: a standby elsewhere cannot be used without`;
        add(`${what}.same-region`, text, regionId);
      }
    }
  }
  const country = regionId === null ? undefined : ground.region(regionId)?.country;
  const other = country === undefined ? undefined : otherCountryOf(asset, country);
  if (other !== undefined) {
    const text = `the register of information has its data at rest in ${other}, and ${regionId} is in ${country}`;
    add('register.country-differs', text, ...idsOf(regionId));
  }
  return [...found, ...residencyOf(asset, ground, said)];
}

function residencyOf(asset: Asset, ground: FindingGround, said: (id: string) => string): Finding[] {
  const { residency } = asset;
  if (residency === null || residency.length === 0) return [];
  const isOutside = (id: string) => {
    const region = ground.region(id);
    return region !== undefined && !residency.some((lock) => lockHolds(lock, region.country));
  };
  const lock = residency.join(', ');
  const finding = (code: FindingCode, text: string, id: string): Finding[] =>
    isOutside(id) ? [{ assetId: asset.id, code, text, regionIds: [...new Set([...idsOf(asset.regionId), id])] }] : [];
  return [
    ...idsOf(asset.regionId).flatMap((id) =>
      finding('residency.primary-outside', `locked to ${lock}, and runs in ${said(id)}`, id),
    ),
    ...regionIdsOf(asset.standby).flatMap((id) =>
      finding('residency.standby-outside', `locked to ${lock}: its standby ${said(id)} may not be used`, id),
    ),
    ...regionIdsOf(asset.backups).flatMap((id) =>
      finding('residency.backups-outside', `locked to ${lock}, and has backups in ${said(id)}`, id),
    ),
  ];
}

function lockHolds(lock: string, country: string): boolean {
  if (lock === 'EU') return EU.has(country);
  return lock === 'EEA' ? EEA.has(country) : lock === country;
}

function isOnly(places: Whereabouts, regionId: string): boolean {
  return places !== null && places.length > 0 && places.every((place) => place === regionId);
}

function idsOf(regionId: string | null): string[] {
  return regionId === null ? [] : [regionId];
}

function countrySaid(ground: FindingGround, id: string): string {
  const country = ground.region(id)?.country;
  return country === undefined ? '' : ` (${country})`;
}
