import { countries as countriesUrl, world110, world50 } from 'virtual:basemap';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { canvas, geoJSON, latLng, layerGroup, polyline } from 'leaflet';
import type { GeoJSON, LayerGroup, Map as LeafletMap, PathOptions } from 'leaflet';

export interface Country {
  readonly code: string | null;
  readonly name: string;
  readonly lonLat: readonly [number, number];
  readonly areaKm2: number;
}

type World = FeatureCollection<MultiPolygon, { code: string | null }>;

/** From this zoom on the finer coast is loaded. */
const FINE_FROM = 3.75;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const landStyle = (): PathOptions => ({
  fillColor: colour('--land'),
  fillOpacity: 1,
  color: colour('--border'),
  weight: 0.8,
  opacity: 1,
});

const graticuleStyle = (): PathOptions => ({ color: colour('--graticule'), weight: 0.6, interactive: false });

const graticule = (renderer: L.Renderer): LayerGroup => {
  const lines = layerGroup();
  const options = { ...graticuleStyle(), renderer };
  for (let lon = -180; lon <= 180; lon += 30) polyline([latLng(-62, lon), latLng(84, lon)], options).addTo(lines);
  for (let lat = -60; lat <= 60; lat += 30) polyline([latLng(lat, -180), latLng(lat, 180)], options).addTo(lines);
  return lines;
};

const json = async <T>(url: string): Promise<T> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await response.json()) as T;
};

/** The country names and label points, largest first; none where they could not be read: only names are missing then. */
export const loadCountries = (): Promise<readonly Country[]> =>
  json<readonly Country[]>(countriesUrl).catch((): readonly Country[] => []);

/** Draws the world below everything else: the coarse one at once, the fine one once the reader is near enough. */
export const drawWorld = (map: LeafletMap, onFailure: () => void): void => {
  const pane = map.createPane('world');
  pane.classList.add('pane-world');
  const renderer = canvas({ pane: 'world', padding: 0.4 });
  const lines = graticule(renderer).addTo(map);
  let land: GeoJSON | null = null;
  let fine: 'no' | 'coming' | 'yes' = 'no';
  const show = (world: World): void => {
    land?.remove();
    land = geoJSON(world, { style: landStyle, interactive: false, pane: 'world', renderer } as L.GeoJSONOptions).addTo(
      map,
    );
  };
  const refine = async (): Promise<void> => {
    if (fine !== 'no' || map.getZoom() < FINE_FROM) return;
    fine = 'coming';
    try {
      show(await json<World>(world50));
      fine = 'yes';
    } catch {
      fine = 'no';
    }
  };
  const isFine = (): boolean => fine === 'yes';
  json<World>(world110).then((world) => {
    if (!isFine()) show(world);
  }, onFailure);
  map.on('zoomend', () => void refine());
  void refine();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    land?.setStyle(landStyle);
    lines.eachLayer((line) => (line as L.Polyline).setStyle(graticuleStyle()));
  });
};
