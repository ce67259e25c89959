const FIRST_MS = Date.UTC(2026, 9, 1);

/** A USGS document of `count` earthquakes, a minute apart from `first` on; each version revises every one of them. */
export function quakeDocument(prefix: string, count: number, version: number, first = FIRST_MS): Uint8Array {
  const features = Array.from({ length: count }, (_, index) => {
    const magnitude = 4 + ((index + version) % 30) / 10;
    return {
      type: 'Feature',
      id: `${prefix}${index}`,
      properties: {
        mag: magnitude,
        magType: 'mb',
        place: `${index} km N of somewhere`,
        time: first + index * 60_000,
        updated: first + index * 60_000 + version * 1000,
        url: `https://earthquake.usgs.gov/earthquakes/eventpage/${prefix}${index}`,
        status: version > 1 ? 'reviewed' : 'automatic',
        ids: `,${prefix}${index},`,
        type: 'earthquake',
        title: `M ${magnitude} - ${index} km N of somewhere`,
      },
      geometry: { type: 'Point', coordinates: [((index * 7) % 360) - 180, ((index * 3) % 120) - 59.5, 10] },
    };
  });
  const collection = { type: 'FeatureCollection', metadata: { generated: first + 86_400_000, count }, features };
  return new TextEncoder().encode(JSON.stringify(collection));
}
