import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KnownRegion } from '@faultline/workloads';

interface Listed extends Omit<KnownRegion, 'operatorId'> {
  readonly zoneIds: string[];
}

const DATA = path.resolve(import.meta.dirname, '../../data/regions');

/** The cloud regions of our own reference data, as the service knows them. */
export const KNOWN_REGIONS: readonly KnownRegion[] = ['aws', 'azure', 'gcp', 'oci'].flatMap((operatorId) => {
  const { regions } = JSON.parse(readFileSync(path.join(DATA, `${operatorId}.json`), 'utf8')) as { regions: Listed[] };
  return regions.map(({ id, name, metro, country, zoneIds, listed }) => ({
    id,
    name,
    operatorId,
    metro,
    country,
    zoneIds,
    listed,
  }));
});
