import {
  ClaimLog,
  feedsAt,
  lapsed,
  lapsesAt,
  type Coordinates,
  type FeedDescriptor,
  type Poll,
  type Watch,
} from '@faultline/evidence';
import { incidentsAt } from '@faultline/incidents';
import { sha256 } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import { placesOf } from '@faultline/places';
import { exposureOf, type Exposure, type World } from './model/exposure.js';

const KEPT_WORLDS = 24;

/** The world at some coordinates with what was computed of it so far. */
export class WorldAt {
  private readonly exposures = new Map<string, Exposure>();

  constructor(readonly world: World) {}

  /** Exposure of one region. Undefined where no such region is known at the coordinates. */
  exposure(regionId: string): Exposure | undefined {
    const held = this.exposures.get(regionId);
    if (held) return held;
    const region = this.world.places.regions.get(regionId);
    if (!region) return undefined;
    const made = exposureOf(sha256, region, this.world);
    this.exposures.set(regionId, made);
    return made;
  }
}

/**
 * Reads the world as of any coordinates, as the tenant of the transaction may know it. Facts only ever append, so what was made for some coordinates stays right; the
 * last few are kept.
 */
export class WorldReader {
  private readonly log = new ClaimLog();
  private readonly kept = new Map<string, WorldAt>();

  constructor(
    readonly feeds: readonly FeedDescriptor[],
    readonly watches: readonly Watch[],
  ) {}

  async at(tx: Tx, coordinates: Coordinates): Promise<WorldAt> {
    const { tenantId, claims, polls } = await this.log.below(tx, coordinates.position);
    const key = keyOf(tenantId, coordinates);
    const held = this.kept.get(key);
    const world = held ?? new WorldAt(this.make(coordinates, claims, polls));
    this.kept.delete(key);
    this.kept.set(key, world);
    for (const old of [...this.kept.keys()].slice(0, -KEPT_WORLDS)) this.kept.delete(old);
    return world;
  }

  /** As `at`, for an instant that is asked of in passing: it pushes none out of those kept. */
  async passing(tx: Tx, coordinates: Coordinates): Promise<WorldAt> {
    const { tenantId, claims, polls } = await this.log.below(tx, coordinates.position);
    return this.kept.get(keyOf(tenantId, coordinates)) ?? new WorldAt(this.make(coordinates, claims, polls));
  }

  /** Every poll below ledger size `position`. */
  async polls(tx: Tx, position: number): Promise<readonly Poll[]> {
    return (await this.log.below(tx, position)).polls;
  }

  private make(coordinates: Coordinates, claims: Parameters<typeof incidentsAt>[1], polls: readonly Poll[]): World {
    const view = incidentsAt(sha256, claims, coordinates);
    const feeds = feedsAt(this.feeds, polls, coordinates.publicAt);
    const lapses = lapsesAt(feeds, coordinates.publicAt);
    const incidents = view.incidents.map((incident) => {
      const lapse = lapses(incident.links.map(({ claim }) => claim));
      return lapse ? { ...incident, freshness: lapsed(incident.freshness, lapse), lapse: lapse.reason } : incident;
    });
    return {
      coordinates,
      view: { ...view, incidents },
      places: placesOf(view.visible),
      feeds,
      lapses,
      watches: this.watches,
    };
  }
}

function keyOf(tenantId: string, { validAt, publicAt, position }: Coordinates): string {
  return `${tenantId} ${validAt} ${publicAt} ${position}`;
}
