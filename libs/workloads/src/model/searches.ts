import type { Claim } from '@faultline/evidence';
import type { Entity, Stake } from './stake.js';

/** What is known of where something runs, or of what runs somewhere. "None found" names what was searched and when; it is never "none". */
export interface HostingAnswer {
  readonly outcome: 'found' | 'none-found' | 'not-searched';
  readonly text: string;
  readonly claims: readonly Claim[];
}

const NOT_SEARCHED = 'Not known: no search for it has been recorded.';

/** Where an entity is said to run, region or partition, or what was searched for it. */
export function hostingOf(entity: Entity): HostingAnswer {
  if (entity.hosting.length > 0) {
    const claims = entity.hosting.flatMap((statement) => [...statement.claims, ...statement.denials]);
    const places = entity.hosting.map(({ value, status }) => `${value.at.id} (${status})`);
    return { outcome: 'found', text: `Said to run in ${places.join(', ')}.`, claims };
  }
  return searched(entity.gaps.filter(({ value }) => value.topic === 'hosting'));
}

/** What is said to run in a cloud region, or what was searched for it. */
export function hostedIn(stake: Stake, regionId: string): HostingAnswer {
  const here = stake.hosting.filter(({ value }) => value.at.kind === 'region' && value.at.id === regionId);
  const claims = here.flatMap((statement) => [...statement.claims, ...statement.denials]);
  const gaps = stake.gaps.filter(({ value }) => value.topic === 'hosting' && value.about.includes(regionId));
  const looked = stake.searches.filter(({ place }) => place.regionIds.includes(regionId));
  const none = searched(gaps, looked);
  if (here.length === 0) return none;
  const names = [...new Set(here.map(({ subject }) => nameOf(stake, subject)))];
  const rest = none.outcome === 'none-found' ? ` Besides: ${none.text}` : '';
  return {
    outcome: 'found',
    text: `Said to run here: ${names.join(', ')}.${rest}`,
    claims: [...claims, ...none.claims],
  };
}

export function nameOf(stake: Stake, id: string): string {
  const { operators, partitions, regions } = stake.places;
  return (
    stake.entities.get(id)?.name ?? regions.get(id)?.name ?? partitions.get(id)?.name ?? operators.get(id)?.name ?? id
  );
}

function searched(gaps: Stake['gaps'], searches: Stake['searches'] = []): HostingAnswer {
  if (gaps.length + searches.length === 0) return { outcome: 'not-searched', text: NOT_SEARCHED, claims: [] };
  const texts = [
    ...gaps.map(({ value }) => sentence(value.question, value.searchedIn, value.searchedOn)),
    ...searches.map(({ value, retrievedAt }) =>
      sentence(value.searchedFor, value.searchedIn, retrievedAt.slice(0, 10)),
    ),
  ];
  return { outcome: 'none-found', text: [...new Set(texts)].join(' '), claims: [...gaps, ...searches] };
}

function sentence(question: string, searchedIn: readonly string[], on: string): string {
  return `None found: ${question}; searched ${searchedIn.join('; ')} on ${on}.`;
}
