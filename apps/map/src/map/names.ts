import { divIcon, latLng, layerGroup, marker, point, polyline } from 'leaflet';
import type { LayerGroup, Map as LeafletMap, Renderer } from 'leaflet';
import { isLoud, MARK_ORDER } from '../state/mark.js';
import { placeNames } from '../state/labels.js';
import type { Box, Name, Obstacle } from '../state/labels.js';
import { operatorName, ownName } from '../state/operators.js';
import type { RegionItem } from './items.js';
import type { Drawn } from './marks.js';
import type { Country } from './world.js';

/** From this zoom every region is named, not only those with a condition. */
const ALL_NAMED_FROM = 5;
const COUNTRIES_NAMED_FROM = 3;
const LINE = 14;

interface Text {
  readonly lines: readonly string[];
  readonly className: string;
  readonly home: readonly [number, number];
  readonly name: Name;
}

const context = document.createElement('canvas').getContext('2d');
const widths = new Map<string, number>();

const widthOf = (text: string, font: string): number => {
  const key = `${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (context === null) return text.length * 7;
  context.font = font;
  const width = Math.ceil(context.measureText(text).width) + 4;
  widths.set(key, width);
  return width;
};

const FONT = '"Inter Variable", system-ui, sans-serif';

const regionText = (item: RegionItem, drawn: Drawn, x: number, y: number, isSelected: boolean): Text => {
  const loud = isLoud(item.mark);
  const title = `${operatorName(item.summary.operatorId)} ${ownName(item.id)}`;
  const lines = loud ? [title, item.summary.now.label] : [title];
  const width = Math.max(
    ...lines.map((line, index) => widthOf(line, `${loud && index === 0 ? 600 : 450} ${loud ? 12 : 11}px ${FONT}`)),
  );
  return {
    lines,
    className: loud ? 'name name-loud' : 'name',
    home: item.lonLat,
    name: {
      id: item.id,
      x: x + drawn.offset.dx,
      y: y + drawn.offset.dy,
      clearance: drawn.radius + 4,
      width,
      height: lines.length * LINE,
      rank: isSelected ? -1 : loud ? MARK_ORDER.indexOf(item.mark.key) : 50,
      placement: loud || isSelected ? 'callout' : 'beside',
    },
  };
};

const countryText = (map: LeafletMap, country: Country, index: number): Text | null => {
  const zoom = map.getZoom();
  const [lon, lat] = country.lonLat;
  const kmPerPixel = (40_075 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** zoom);
  const text = zoom < 4 ? country.name.toUpperCase() : country.name;
  const width = widthOf(text, `450 11px ${FONT}`) * 1.12;
  if (Math.sqrt(country.areaKm2) / kmPerPixel < width * 0.6 && zoom < 6.5) return null;
  const at = map.project(latLng(lat, lon), zoom);
  return {
    lines: [text],
    className: 'name name-country',
    home: country.lonLat,
    name: {
      id: `country ${index}`,
      x: at.x,
      y: at.y,
      clearance: 0,
      width,
      height: LINE,
      rank: 1000 + index,
      placement: 'centred',
    },
  };
};

const element = (text: Text): HTMLElement => {
  const box = document.createElement('div');
  box.className = text.className;
  for (const line of text.lines) {
    const span = document.createElement('span');
    span.textContent = line;
    box.append(span);
  }
  return box;
};

/** What of the map can be seen, in the pixels of its zoom, and what lies over it: the legend and the buttons. */
const inView = (map: LeafletMap): { readonly frame: Box; readonly covered: readonly Obstacle[] } => {
  const origin = map.getPixelBounds().getTopLeft();
  const home = map.getContainer().getBoundingClientRect();
  const toBox = (rect: DOMRect): Box => ({
    left: rect.left - home.left + origin.x,
    top: rect.top - home.top + origin.y,
    right: rect.right - home.left + origin.x,
    bottom: rect.bottom - home.top + origin.y,
  });
  const over = map.getContainer().parentElement?.querySelectorAll('.legend-box, .leaflet-bar, .attribution') ?? [];
  const covered = [...over].map((element, index) => ({
    ...toBox(element.getBoundingClientRect()),
    ownerId: `cover ${index}`,
    kind: 'cover' as const,
  }));
  return { frame: toBox(home), covered };
};

/** Names for what is drawn, then for countries, as far as there is room at this zoom. */
export const drawNames = (
  map: LeafletMap,
  drawn: readonly Drawn[],
  countries: readonly Country[],
  selectedId: string | null,
  renderer: Renderer,
): LayerGroup => {
  const zoom = map.getZoom();
  const texts: Text[] = [];
  const obstacles: Obstacle[] = [];
  for (const one of drawn) {
    const at = map.project(latLng(one.item.lonLat[1], one.item.lonLat[0]), zoom);
    const [x, y] = [at.x + one.offset.dx, at.y + one.offset.dy];
    const { radius } = one;
    if (one.item.kind !== 'quake') {
      obstacles.push({
        left: x - radius,
        top: y - radius,
        right: x + radius,
        bottom: y + radius,
        ownerId: one.item.id,
        kind: one.item.kind === 'region' && isLoud(one.item.mark) ? 'loud' : 'marker',
      });
    }
    if (one.item.kind !== 'region') continue;
    const isSelected = one.item.id === selectedId;
    if (zoom >= ALL_NAMED_FROM || isLoud(one.item.mark) || isSelected) {
      texts.push(regionText(one.item, one, at.x, at.y, isSelected));
    }
  }
  if (zoom >= COUNTRIES_NAMED_FROM) {
    countries.forEach((country, index) => {
      const text = countryText(map, country, index);
      if (text !== null) texts.push(text);
    });
  }
  const { frame, covered } = inView(map);
  const placed = placeNames(
    texts.map(({ name }) => name),
    [...obstacles, ...covered],
    frame,
  );
  const group = layerGroup();
  for (const text of texts) {
    const spot = placed.get(text.name.id);
    if (spot === undefined) continue;
    const home = map.project(latLng(text.home[1], text.home[0]), zoom);
    if (spot.line !== null) {
      const ends = [point(text.name.x, text.name.y), point(spot.line.x, spot.line.y)];
      const line = ends.map((end) => map.unproject(end, zoom));
      polyline(line, { className: 'callout', interactive: false, renderer }).addTo(group);
    }
    marker(latLng(text.home[1], text.home[0]), {
      icon: divIcon({
        html: element(text),
        className: 'name-box',
        iconSize: point(text.name.width, text.name.height),
        iconAnchor: point(home.x - spot.left, home.y - spot.top),
      }),
      interactive: false,
      keyboard: false,
      pane: 'names',
    }).addTo(group);
  }
  return group;
};
