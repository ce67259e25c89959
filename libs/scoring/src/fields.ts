import { parseInstantDays } from './instants.js';
import { isWellFormed } from './identity.js';
import type { Range } from './parameters.js';
import { describe, ScoreInputError } from './score-input-error.js';
import type { ScoreErrorCode } from './score-input-error.js';

/** One JSON object of the document and where it stands, as `regions[0].azs[1]`. The root's path is empty. */
export interface Fields {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export function refuse(code: ScoreErrorCode, path: string, value: unknown, wanted: string): never {
  throw new ScoreInputError(code, path, describe(value), wanted);
}

export function pathTo(fields: Fields, name: string): string {
  return fields.path === '' ? name : `${fields.path}.${name}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, path: string): Fields {
  if (!isObject(value)) return refuse('E5', path, value, 'an object');
  return { path, values: value };
}

/** The field, or undefined where it is missing or null. */
export function optional(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields.values, name) ? (fields.values[name] ?? undefined) : undefined;
}

export function required(fields: Fields, name: string, wanted: string): unknown {
  const value = optional(fields, name);
  if (value === undefined) return refuse('E4', pathTo(fields, name), fields.values[name], wanted);
  return value;
}

function asNumber(value: unknown, path: string, range: Range, code: ScoreErrorCode): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || !range.holds(value)) {
    return refuse(code, path, value, range.wanted);
  }
  return value;
}

export function requiredNumber(fields: Fields, name: string, range: Range): number {
  return asNumber(required(fields, name, range.wanted), pathTo(fields, name), range, 'E5');
}

export function numberOr(
  fields: Fields,
  name: string,
  range: Range,
  fallback: number,
  code: ScoreErrorCode = 'E5',
): number {
  const value = optional(fields, name);
  return value === undefined ? fallback : asNumber(value, pathTo(fields, name), range, code);
}

function asName(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '' || !isWellFormed(value)) {
    return refuse('E5', path, value, 'a non-empty Unicode string');
  }
  return value;
}

export function requiredName(fields: Fields, name: string): string {
  return asName(required(fields, name, 'a non-empty string'), pathTo(fields, name));
}

export function optionalName(fields: Fields, name: string): string | undefined {
  const value = optional(fields, name);
  return value === undefined ? undefined : asName(value, pathTo(fields, name));
}

const instantWanted = 'YYYY-MM-DD or an ISO 8601 date-time with Z or an offset';

function asInstant(value: unknown, path: string): number {
  const days = typeof value === 'string' ? parseInstantDays(value) : undefined;
  return days ?? refuse('E3', path, value, instantWanted);
}

export function requiredInstant(fields: Fields, name: string): number {
  return asInstant(required(fields, name, instantWanted), pathTo(fields, name));
}

export function optionalInstant(fields: Fields, name: string): number | undefined {
  const value = optional(fields, name);
  return value === undefined ? undefined : asInstant(value, pathTo(fields, name));
}

/** The instant every score is about: unlike elsewhere, a missing one is a bad one. */
export function asOf(fields: Fields): { readonly text: string; readonly day: number } {
  const text = optional(fields, 'as_of');
  return { day: asInstant(text, pathTo(fields, 'as_of')), text: String(text) };
}

export function oneOf<T extends string | number>(fields: Fields, name: string, list: readonly T[]): T {
  const wanted = `one of ${list.join(', ')}`;
  const value = required(fields, name, wanted);
  const found = list.find((item) => item === value);
  return found ?? refuse('E12', pathTo(fields, name), value, wanted);
}

/** A list field, empty where it is missing or null. */
export function listOr(fields: Fields, name: string): readonly unknown[] {
  const value = optional(fields, name) ?? [];
  return Array.isArray(value) ? (value as readonly unknown[]) : refuse('E5', pathTo(fields, name), value, 'a list');
}

export function requiredList(fields: Fields, name: string): readonly unknown[] {
  required(fields, name, 'a list');
  return listOr(fields, name);
}

/** Reads a list of objects, in its own order. */
export function records<T>(list: readonly unknown[], path: string, read: (fields: Fields) => T): readonly T[] {
  return list.map((value, index) => read(objectAt(value, `${path}[${String(index)}]`)));
}
