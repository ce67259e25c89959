import type { Claim, Peril } from '@faultline/evidence';

/** Perils that can be accounts of one occurrence share a family. */
export type PerilFamily = 'hostile' | 'outage' | 'fire' | 'natural' | 'threat' | 'unknown';

export function familyOfPeril(peril: Peril): PerilFamily {
  switch (peril) {
    case 'drone-strike':
    case 'missile-strike':
    case 'armed-attack':
    case 'sabotage':
    case 'seizure':
    case 'unrest':
      return 'hostile';
    case 'provider-outage':
    case 'grid-failure':
    case 'cable-cut':
      return 'outage';
    case 'fire':
      return 'fire';
    case 'earthquake':
    case 'flood':
    case 'storm':
    case 'wildfire':
    case 'volcano':
      return 'natural';
    case 'declared-threat':
    case 'sanction':
      return 'threat';
  }
}

/** The family a claim speaks of; `unknown` where it names no peril, as most early statements do. */
export function familyOf(claim: Claim): PerilFamily {
  switch (claim.predicate) {
    case 'attack':
      return familyOfPeril(claim.value.peril);
    case 'cause':
      return claim.value.peril === null ? 'unknown' : familyOfPeril(claim.value.peril);
    case 'earthquake':
      return 'natural';
    case 'hazard':
      return familyOfPeril(claim.value.peril);
    case 'telemetry':
      return 'outage';
    case 'declared-threat':
      return 'threat';
    default:
      return 'unknown';
  }
}
