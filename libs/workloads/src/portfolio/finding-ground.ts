import type { KnownRegion } from './region-match.js';

/** What is judged by: the regions, and the theatre of each. */
export interface FindingGround {
  readonly region: (id: string) => Pick<KnownRegion, 'id' | 'country'> | undefined;
  /** One space of campaign; a country where nothing else is given. */
  readonly theatreOf?: ((region: Pick<KnownRegion, 'id' | 'country'>) => string) | undefined;
}
