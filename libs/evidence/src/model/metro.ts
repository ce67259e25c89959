import { z } from 'zod';
import { positionSchema, type ClaimDraft, type Position } from './claim.js';

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
  const severity = draft.predicate === 'attack' ? draft.value.severity : 0;
  if (position === null || !speaksOfInfrastructure(severity, draft.place)) return draft;
  return { ...draft, place: { ...draft.place, position: atMetro(position) } };
}

const entrySchema = z.object({
  predicate: z.string(),
  value: z.object({ severity: z.number().default(0) }),
  place: z.looseObject({
    regionIds: z.array(z.unknown()).default([]),
    zoneIds: z.array(z.unknown()).default([]),
    position: positionSchema,
  }),
});

/** As `keptAtMetro`, for a claim as somebody sent it and nobody has read it yet: what cannot be read is left as it is. */
export function sentAtMetro(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const read = entrySchema.safeParse(entry);
  if (!read.success) return entry;
  const { predicate, value, place } = read.data;
  if (!speaksOfInfrastructure(predicate === 'attack' ? value.severity : 0, place)) return entry;
  return { ...entry, place: { ...(entry['place'] as object), position: atMetro(place.position) } };
}

function speaksOfInfrastructure(
  severity: number,
  { regionIds, zoneIds }: { readonly regionIds: readonly unknown[]; readonly zoneIds: readonly unknown[] },
): boolean {
  return severity >= 2 || regionIds.length > 0 || zoneIds.length > 0;
}

function isAtMetro({ lonLat, precisionKm, method }: Position): boolean {
  return method.endsWith(SAID) && precisionKm >= METRO_KM && lonLat.every((degrees) => tenth(degrees) === degrees);
}

/** A position on infrastructure of others as it is kept; one that is kept so already as it is. */
export function atMetro(position: Position): Position {
  if (isAtMetro(position)) return position;
  const { lonLat, precisionKm, method } = position;
  return {
    lonLat: [tenth(lonLat[0]), tenth(lonLat[1])],
    precisionKm: Math.max(METRO_KM, precisionKm + TENTH_DEGREE_KM),
    method: `${method.slice(0, METHOD_CHARACTERS - SAID.length)}${SAID}`,
  };
}

function tenth(degrees: number): number {
  return Math.round(degrees * 10) / 10 + 0;
}
