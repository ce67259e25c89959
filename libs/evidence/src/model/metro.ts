import type { ClaimDraft, Position } from './claim.js';

const METRO_KM = 10;
/** How far the middle of a cell of a tenth of a degree may be from a point in it. */
const TENTH_DEGREE_KM = 8;
const SAID = '; infrastructure, kept to a tenth of a degree';
const METHOD_CHARACTERS = 200;

/**
 * A draft as it is kept. Where it speaks of infrastructure of others (an act of severity 2 or 3, or a cloud region or
 * zone by name) its position is the middle of a cell of a tenth of a degree, and no nearer than 10 km: fixed, so that
 * asking often tells no more than asking once, and before anything is stored, so that nothing finer is there to be found.
 */
export function keptAtMetro(draft: ClaimDraft): ClaimDraft {
  const { position } = draft.place;
  if (position === null || !speaksOfInfrastructure(draft) || isAtMetro(position)) return draft;
  return { ...draft, place: { ...draft.place, position: atMetro(position) } };
}

function speaksOfInfrastructure(draft: ClaimDraft): boolean {
  if (draft.predicate === 'attack' && draft.value.severity >= 2) return true;
  return draft.place.regionIds.length > 0 || draft.place.zoneIds.length > 0;
}

function isAtMetro({ lonLat, precisionKm, method }: Position): boolean {
  return method.endsWith(SAID) && precisionKm >= METRO_KM && lonLat.every((degrees) => tenth(degrees) === degrees);
}

function atMetro({ lonLat, precisionKm, method }: Position): Position {
  return {
    lonLat: [tenth(lonLat[0]), tenth(lonLat[1])],
    precisionKm: Math.max(METRO_KM, precisionKm + TENTH_DEGREE_KM),
    method: `${method.slice(0, METHOD_CHARACTERS - SAID.length)}${SAID}`,
  };
}

function tenth(degrees: number): number {
  return Math.round(degrees * 10) / 10 + 0;
}
