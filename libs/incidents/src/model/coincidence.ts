import { msOf } from '@faultline/evidence';
import type { IncidentAccount } from './account.js';

/** Shown beside an incident because it happened there and then. Nobody in the evidence links the two, and neither do we. */
export interface Coincidence {
  readonly incident: IncidentAccount;
  readonly reason: 'same-country-same-time' | 'same-region-same-time';
}

const WINDOW_HOURS = 96;
const HOUR_MS = 3_600_000;

/** The other incidents in the countries of `incident` with an onset within four days of its own. */
export function coincidentWith(incident: IncidentAccount, others: readonly IncidentAccount[]): Coincidence[] {
  if (incident.onset === null) return [];
  const onsetMs = msOf(incident.onset);
  return others.flatMap((other): Coincidence[] => {
    if (other.id === incident.id || other.onset === null || other.lifecycle === 'retracted') return [];
    if (Math.abs(onsetMsOf(other, other.onset) - onsetMs) > WINDOW_HOURS * HOUR_MS) return [];
    if (other.regionIds.some((id) => incident.regionIds.includes(id)))
      return [{ incident: other, reason: 'same-region-same-time' }];
    const shared = other.countries.some((country) => incident.countries.includes(country));
    return shared ? [{ incident: other, reason: 'same-country-same-time' }] : [];
  });
}

const onsets = new WeakMap<IncidentAccount, number>();

/** Read once: each incident is looked at beside every other. */
function onsetMsOf(incident: IncidentAccount, onset: string): number {
  const held = onsets.get(incident);
  if (held !== undefined) return held;
  const ms = msOf(onset);
  onsets.set(incident, ms);
  return ms;
}
