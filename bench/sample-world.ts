import type { HazardIncident, SiteColumns } from '@faultline/scoring';

/** A seeded stream of uniform numbers in [0, 1) (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function around(next: () => number): number {
  return next() + next() + next() - 1.5;
}

/** Sites of a business with customers everywhere: 80 % in 500 cities of Zipf sizes, the others anywhere on land and sea. */
export function sampleSites(count: number, seed: number): SiteColumns & { readonly valueUsd: Float64Array } {
  const next = uniforms(seed);
  const cities = Array.from({ length: 500 }, () => [next() * 360 - 180, around(next) * 40 + 15] as const);
  const sizes = cities.map((_, rank) => 1 / (rank + 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let sum = 0;
  const cumulative = sizes.map((size) => (sum += size / total));
  const lonDegrees = new Float64Array(count);
  const latDegrees = new Float64Array(count);
  const valueUsd = new Float64Array(count);
  for (let site = 0; site < count; site++) {
    if (next() < 0.8) {
      const draw = next();
      const city = cities[cumulative.findIndex((share) => draw < share)] ?? cities[0] ?? [0, 0];
      lonDegrees[site] = city[0] + around(next) * 0.8;
      latDegrees[site] = Math.max(-89.9, Math.min(89.9, city[1] + around(next) * 0.6));
    } else {
      lonDegrees[site] = next() * 360 - 180;
      latDegrees[site] = (Math.asin(2 * next() - 1) * 180) / Math.PI;
    }
    valueUsd[site] = Math.round(1e5 * Math.exp(3 * around(next)));
  }
  return { lonDegrees, latDegrees, valueUsd };
}

/** Incidents around 60 hotspots over the 60 days before `asOfDay`, known to 0 to 50 km. */
export function sampleIncidents(count: number, seed: number, asOfDay: number, classes = 1): HazardIncident[] {
  const next = uniforms(seed);
  const hotspots = Array.from({ length: 60 }, () => [next() * 360 - 180, around(next) * 40 + 15] as const);
  const precisionsKm = [0, 1, 5, 25, 50];
  return Array.from({ length: count }, (_, number) => {
    const spot = hotspots[Math.floor(next() ** 2 * hotspots.length)] ?? [0, 0];
    return {
      id: `incident-${number}`,
      place: {
        kind: 'point',
        lonDegrees: spot[0] + around(next) * 4,
        latDegrees: Math.max(-89.9, Math.min(89.9, spot[1] + around(next) * 3)),
        precisionKm: precisionsKm[Math.floor(next() * precisionsKm.length)] ?? 0,
      },
      severityWeight: 10 ** (-0.5 * Math.floor(next() * 4)),
      confidence: 0.1 + 0.89 * next(),
      occurredDay: asOfDay - Math.floor(next() * 60),
      decayClass: Math.floor(next() * classes),
    };
  });
}
