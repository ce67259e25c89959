import type { CloudRegion, Places } from '@faultline/places';
import type { ScoreDocument } from '@faultline/scoring';
import type { Asset } from '@faultline/workloads';

/** What a tenant has in one cloud region, as the model takes it. */
export interface Holding {
  readonly regionId: string;
  readonly assets: number;
  readonly valuePerDayUsd: number;
  /** Share of that value with a standby in another country. */
  readonly failoverShare: number;
  /** Zones of the region that the tenant named as its own. */
  readonly zoneIds: readonly string[];
}

/** An asset that is not in the figure, and why, in tallies. */
export interface NotCounted {
  readonly reason: 'no-region' | 'region-not-known' | 'other-currency' | 'no-value';
  readonly assets: number;
  readonly text: string;
}

export interface Holdings {
  readonly holdings: readonly Holding[];
  readonly notCounted: readonly NotCounted[];
}

const WORDS: Record<NotCounted['reason'], string> = {
  'no-region': 'stand in no cloud region: the model scores cloud regions only',
  'region-not-known': 'name a cloud region that is not known at these coordinates',
  'other-currency': 'have their value in another currency than US dollars: nothing here converts it',
  'no-value': 'have no value per day: they are at risk with nothing to add up',
};

/**
 * A portfolio by cloud region. The buildings are the operator's, so only interruption counts. A standby counts where it is
 * in another country: one campaign reaches several regions of one.
 */
export function holdingsOf(assets: readonly Asset[], places: Places): Holdings {
  const byRegion = new Map<string, Asset[]>();
  const left = new Map<NotCounted['reason'], number>();
  const leave = (reason: NotCounted['reason']) => left.set(reason, (left.get(reason) ?? 0) + 1);
  for (const asset of assets) {
    if (asset.regionId === null) leave('no-region');
    else if (!places.regions.has(asset.regionId)) leave('region-not-known');
    else {
      if (asset.valuePerDay === null) leave('no-value');
      else if (asset.currency !== 'USD') leave('other-currency');
      const held = byRegion.get(asset.regionId);
      if (held) held.push(asset);
      else byRegion.set(asset.regionId, [asset]);
    }
  }
  const holdings = [...byRegion].map(([regionId, own]): Holding => {
    const region = places.regions.get(regionId)!;
    const total = own.reduce((sum, asset) => sum + usdPerDay(asset), 0);
    const safe = own.filter((asset) => failsOver(asset, region, places));
    const over = safe.reduce((sum, asset) => sum + usdPerDay(asset), 0);
    return {
      regionId,
      assets: own.length,
      valuePerDayUsd: total,
      failoverShare: total === 0 ? 0 : Math.min(1, over / total),
      zoneIds: [...new Set(own.flatMap(({ zoneId }) => zoneId ?? []))].sort(),
    };
  });
  return {
    holdings: holdings.sort((a, b) => (a.regionId < b.regionId ? -1 : 1)),
    notCounted: [...left].map(([reason, count]) => ({
      reason,
      assets: count,
      text: `${count} ${count === 1 ? 'asset' : 'assets'} of ${assets.length}: ${WORDS[reason]}.`,
    })),
  };
}

function usdPerDay({ valuePerDay, currency }: Asset): number {
  return currency === 'USD' ? (valuePerDay ?? 0) : 0;
}

function failsOver({ standby }: Asset, region: CloudRegion, { regions }: Places): boolean {
  return (standby ?? []).some((id) => {
    const other = regions.get(id);
    return other !== undefined && other.country !== region.country;
  });
}

/** The document of a region with the tenant’s own value in place of the region’s. */
export function ownDocument(document: ScoreDocument, holding: Holding): ScoreDocument {
  return {
    ...document,
    regions: (document.regions ?? []).map((region) => ({
      ...region,
      capacity_mw: 0,
      base_value_usd_per_day: holding.valuePerDayUsd,
      failover_share: holding.failoverShare,
    })),
  };
}
