import { circle, circleMarker, divIcon, latLng, layerGroup, marker, point, polyline } from 'leaflet';
import type { Layer, LayerGroup, Map as LeafletMap, Renderer } from 'leaflet';
import { render, svg } from 'lit/html.js';
import { isLoud } from '../state/mark.js';
import type { Mark } from '../state/mark.js';
import type { Offset } from '../state/spread.js';
import { brackets, burst, countryBadge, glyphBody } from '../views/glyph.js';
import type { IncidentItem, Item } from './items.js';

/** Drawing box of a marker in units; its shape is about 20 of them wide. */
const BOX = 30;

const incidentBody = ({ incident }: IncidentItem) => {
  const isOver = incident.lifecycle === 'resolved' || incident.lifecycle === 'retracted';
  const isThreat = incident.peril === 'declared-threat';
  const isStale = incident.freshness === 'stale';
  return burst(`${isOver ? 'burst-over' : ''} ${isThreat ? 'burst-threat' : ''} ${isStale ? 'burst-stale' : ''}`);
};

const zOf = (mark: Mark): number => (isLoud(mark) ? 1000 : 0);

const icon = (item: Item, radius: number, offset: Offset, isSelected: boolean): Layer | null => {
  if (item.kind === 'quake') return null;
  const size = (radius * BOX) / 10;
  const element = document.createElement('div');
  element.className = isSelected ? 'mark is-selected' : 'mark';
  element.dataset['id'] = item.id;
  const body =
    item.kind === 'region'
      ? glyphBody(item.mark)
      : item.kind === 'country'
        ? countryBadge(String(item.incidents.length))
        : incidentBody(item);
  const own = item.kind === 'region' && item.holding !== null ? brackets : svg``;
  const halo = isSelected ? svg`<circle class="halo" r="13.5" />` : svg``;
  render(
    svg`<svg viewBox="-15 -15 30 30" width=${size} height=${size} aria-hidden="true" focusable="false">${halo}${body}${own}</svg>`,
    element,
  );
  return marker(latLng(item.lonLat[1], item.lonLat[0]), {
    icon: divIcon({
      html: element,
      className: 'mark-box',
      iconSize: point(size, size),
      iconAnchor: point(size / 2 - offset.dx, size / 2 - offset.dy),
    }),
    interactive: false,
    keyboard: false,
    pane: 'marks',
    zIndexOffset: isSelected ? 2000 : item.kind === 'region' ? zOf(item.mark) : 500,
  });
};

/** A thin line from a marker that was moved aside to the place it stands for. */
const leader = (map: LeafletMap, item: Item, radius: number, offset: Offset, renderer: Renderer): Layer | null => {
  if (Math.hypot(offset.dx, offset.dy) < radius * 1.5) return null;
  const home = latLng(item.lonLat[1], item.lonLat[0]);
  const moved = map.project(home, map.getZoom()).add([offset.dx, offset.dy]);
  return polyline([home, map.unproject(moved, map.getZoom())], {
    className: 'leader',
    interactive: false,
    renderer,
  });
};

const quake = ({ incident, lonLat }: IncidentItem, renderer: Renderer, isSelected: boolean): Layer =>
  circleMarker(latLng(lonLat[1], lonLat[0]), {
    radius: 2.5 + Math.max(0, incident.severity ?? 0),
    className: `quake ${incident.freshness === 'stale' ? 'is-stale' : ''} ${isSelected ? 'is-selected' : ''}`,
    interactive: false,
    renderer,
  });

/** How far off a position may be, drawn as the circle it is. */
const precisionCircle = (lonLat: readonly [number, number], km: number, className: string, renderer: Renderer): Layer =>
  circle(latLng(lonLat[1], lonLat[0]), { radius: km * 1000, className, interactive: false, renderer });

/** The radius within which something may be, where it is worth drawing. */
const circleOf = (item: Item, isSelected: boolean, renderer: Renderer): Layer | null => {
  if (item.kind === 'region') {
    return isSelected ? precisionCircle(item.lonLat, item.summary.precisionKm, 'precision', renderer) : null;
  }
  if (item.kind === 'country' || item.incident.position === null) return null;
  if (item.kind === 'quake' && !isSelected) return null;
  const name = isSelected ? 'footprint is-selected' : 'footprint';
  return precisionCircle(item.lonLat, item.incident.position.precisionKm, name, renderer);
};

export interface Drawn {
  readonly item: Item;
  readonly radius: number;
  readonly offset: Offset;
}

/** One group of layers for everything that stands on the map. */
export const drawMarks = (
  map: LeafletMap,
  drawn: readonly Drawn[],
  selectedId: string | null,
  renderer: Renderer,
): LayerGroup => {
  const group = layerGroup();
  const add = (layer: Layer | null): void => {
    if (layer !== null) group.addLayer(layer);
  };
  for (const { item } of drawn) add(circleOf(item, item.id === selectedId, renderer));
  for (const { item, radius, offset } of drawn) {
    add(leader(map, item, radius, offset, renderer));
    if (item.kind === 'quake') add(quake(item, renderer, item.id === selectedId));
  }
  for (const { item, radius, offset } of drawn) add(icon(item, radius, offset, item.id === selectedId));
  return group;
};
