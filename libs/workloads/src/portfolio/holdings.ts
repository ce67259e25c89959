import { regionIdsOf, type Asset } from './asset.js';

/** What a tenant has in one cloud region. */
export interface Holding {
  readonly regionId: string;
  readonly assetCount: number;
  /** Zones by id, of those assets that say one. */
  readonly zoneIds: readonly string[];
  /** What a day without all of them costs, by currency; sums of different currencies are never made one. */
  readonly valuesPerDay: readonly { readonly currency: string; readonly amount: number }[];
  /** Assets of which no value is known. */
  readonly withoutValue: number;
  /** Assets elsewhere that name the region as their standby. */
  readonly standbyFor: number;
}

/** What a portfolio has where, in the order of the ids of the regions; own sites outside any region are in none. Pure. */
export function holdingsOf(assets: Iterable<Asset>): Holding[] {
  const here = new Map<string, Asset[]>();
  const standbys = new Map<string, number>();
  for (const asset of assets) {
    if (asset.regionId !== null) {
      const there = here.get(asset.regionId);
      if (there) there.push(asset);
      else here.set(asset.regionId, [asset]);
    }
    for (const standby of regionIdsOf(asset.standby)) {
      if (standby !== asset.regionId) standbys.set(standby, (standbys.get(standby) ?? 0) + 1);
    }
  }
  return [...new Set([...here.keys(), ...standbys.keys()])].sort().map((regionId) => {
    const own = here.get(regionId) ?? [];
    const sums = new Map<string, number>();
    for (const { currency, valuePerDay } of own) {
      if (valuePerDay !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + valuePerDay);
    }
    return {
      regionId,
      assetCount: own.length,
      zoneIds: [...new Set(own.flatMap(({ zoneId }) => zoneId ?? []))].sort(),
      valuesPerDay: [...sums].sort().map(([currency, amount]) => ({ currency, amount })),
      withoutValue: own.filter(({ valuePerDay }) => valuePerDay === null).length,
      standbyFor: standbys.get(regionId) ?? 0,
    };
  });
}
