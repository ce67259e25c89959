import type { Parameters } from './document.js';
import { distanceKm, footprintDistanceKm } from '@faultline/geo';
import type { Incident, Region, Zone } from './inputs.js';

/** Mass of the kernel is 2π·d₀² whatever the blur: an imprecise incident is spread, not deleted. */
export function blurredKernel(distance: number, blurSquaredKm2: number, d0Km: number): number {
  const lengthKm = Math.sqrt(d0Km ** 2 + blurSquaredKm2);
  return (d0Km / lengthKm) ** 2 * Math.exp(-distance / lengthKm);
}

/** What a hit on the very zone says, in nearby strikes: the reciprocal of the highest chance of being hit. */
export function directHitWeight(parameters: Parameters): number {
  return 1 / (parameters.q0 * parameters.a_max);
}

/**
 * How much of one nearby strike an incident is for a zone: by distance, by theatre for standoff attacks, by being
 * named as a target. At least 0; at most 1 unless named.
 */
export function relevance(incident: Incident, zone: Zone, region: Region, parameters: Parameters): number {
  const near = nearness(incident, zone, parameters.d0_km);
  const isSharedTheatre = incident.mode === 'standoff' && incident.theatreId === region.theatre.id;
  const floor = isSharedTheatre ? parameters.theatre_share : 0;
  const byPlace = floor + (1 - floor) * near;
  if (incident.targets.has(`${region.id}/${zone.id}`)) return Math.max(byPlace, directHitWeight(parameters));
  if (incident.targets.has(region.id)) {
    return Math.max(byPlace, directHitWeight(parameters) / region.zones.length);
  }
  return byPlace;
}

function nearness(incident: Incident, zone: Zone, d0Km: number): number {
  const { place } = incident;
  switch (place.kind) {
    case 'nowhere':
      return 0;
    case 'point':
      return blurredKernel(distanceKm(zone.at, place.at), zone.precisionKm ** 2 + place.precisionKm ** 2, d0Km);
    case 'footprint':
      return blurredKernel(footprintDistanceKm(zone.at, place.vertices), zone.precisionKm ** 2, d0Km);
  }
}
