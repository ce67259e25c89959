import type { ExposureSummary, IncidentSummary } from '../api/types.js';
import { markOf, NOW_ORDER } from './mark.js';
import type { MarkKey } from './mark.js';
import { countryName, operatorName } from './operators.js';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Worst first: by Now, then likelihood (no score last), then id. E at reference size plays no part. */
export const worstFirst = (a: ExposureSummary, b: ExposureSummary): number =>
  NOW_ORDER.indexOf(a.now.state) - NOW_ORDER.indexOf(b.now.state) ||
  (b.ahead.likelihoodScore ?? -1) - (a.ahead.likelihoodScore ?? -1) ||
  compareText(a.regionId, b.regionId);

/** What the reader narrowed the lists and the map to. Empty means everything. */
export interface Filter {
  readonly text: string;
  readonly operators: readonly string[];
  readonly marks: readonly MarkKey[];
}

export const NO_FILTER: Filter = { text: '', operators: [], marks: [] };

export const isFiltered = (filter: Filter): boolean =>
  filter.text.trim() !== '' || filter.operators.length > 0 || filter.marks.length > 0;

/** The words searched for narrow what the open list holds; the other kind of thing stays as it is. */
export const filterOf = (kind: 'regions' | 'incidents', tab: string, filter: Filter): Filter =>
  (tab === 'incidents') === (kind === 'incidents') ? filter : { ...filter, text: '' };

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

const holdsAll = (haystack: string, needle: string): boolean => {
  const lower = haystack.toLowerCase();
  return words(needle).every((word) => lower.includes(word));
};

export const matchesRegion = (summary: ExposureSummary, filter: Filter): boolean => {
  if (filter.operators.length > 0 && !filter.operators.includes(summary.operatorId)) return false;
  if (filter.marks.length > 0 && !filter.marks.includes(markOf(summary).key)) return false;
  const { regionId, name, metro, country, now } = summary;
  return holdsAll(
    [regionId, name, metro, country, countryName(country), operatorName(summary.operatorId), now.label].join(' '),
    filter.text,
  );
};

export const matchesIncident = (incident: IncidentSummary, filter: Filter): boolean => {
  const { regionIds, countries } = incident;
  const operators = regionIds.map((regionId) => regionId.split(':')[0] ?? '');
  if (filter.operators.length > 0 && !operators.some((operator) => filter.operators.includes(operator))) return false;
  const places = [...regionIds, ...incident.zoneIds, ...countries, ...countries.map(countryName)];
  return holdsAll([incident.title, incident.peril, incident.lifecycle, ...places].join(' '), filter.text);
};

/** Natural hazards that happen all the time: drawn small, listed last. */
const QUIET_PERILS = new Set(['earthquake', 'storm', 'flood', 'wildfire', 'volcano']);

export const isQuietPeril = (peril: string): boolean => QUIET_PERILS.has(peril);

/** Incidents that name a region first, then the rest, natural hazards last; within each the latest word first. */
export const incidentOrder = (a: IncidentSummary, b: IncidentSummary): number =>
  Number(isQuietPeril(a.peril)) - Number(isQuietPeril(b.peril)) ||
  Number(b.regionIds.length > 0) - Number(a.regionIds.length > 0) ||
  compareText(b.lastStatementAt ?? b.onset ?? '', a.lastStatementAt ?? a.onset ?? '') ||
  compareText(a.id, b.id);

/** How many regions carry each marker of the legend. */
export const countMarks = (summaries: readonly ExposureSummary[]): ReadonlyMap<MarkKey, number> => {
  const counts = new Map<MarkKey, number>();
  for (const summary of summaries) {
    const { key } = markOf(summary);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};
