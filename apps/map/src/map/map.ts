import { control, latLngBounds, map as createMap, svg as createSvg, tooltip } from 'leaflet';
import type { LatLng, LayerGroup, LeafletMouseEvent, Map as LeafletMap, Point } from 'leaflet';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Store } from '../state/store.js';
import { spread } from '../state/spread.js';
import { itemsOf, radiusOf, rankOf } from './items.js';
import type { Item } from './items.js';
import { drawMarks } from './marks.js';
import type { Drawn } from './marks.js';
import { drawNames } from './names.js';
import { tipElement } from './tooltip.js';
import { drawWorld, loadCountries } from './world.js';
import type { Country } from './world.js';

const HOME = latLngBounds([-38, -124], [60, 153]);
const NEAR_ZOOM = 6;
/** Where a link that names a place but no view opens. */
const LINKED_ZOOM = 4.5;
/** How near a pointer or a fingertip must come, in pixels. */
const POINTER_REACH = 7;
const TOUCH_REACH = 20;

export interface MapHandle {
  readonly showAt: (lonLat: readonly [number, number]) => void;
}

const isCalmMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const build = (element: HTMLElement): LeafletMap => {
  const isCalm = isCalmMotion();
  const map = createMap(element, {
    zoomControl: false,
    attributionControl: false,
    minZoom: 0.5,
    maxZoom: 9,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 110,
    maxBounds: [
      [-66, -220],
      [86, 220],
    ],
    maxBoundsViscosity: 0.9,
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    inertia: !isCalm,
  });
  control.zoom({ position: 'topright' }).addTo(map);
  for (const pane of ['shapes', 'marks', 'names']) map.createPane(pane).classList.add(`pane-${pane}`);
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', 'Map of cloud regions. The list beside it holds the same data.');
  for (const pane of ['marks', 'names', 'shapes']) map.getPane(pane)?.setAttribute('aria-hidden', 'true');
  return map;
};

/** What the picture depends on: a change elsewhere in the state leaves it as it is. */
const picture = ({ reads, address }: State): readonly unknown[] => [
  reads.exposures,
  reads.incidents,
  reads.portfolio,
  address.filter,
  address.tab,
  address.selection?.id ?? null,
];

/** The map: draws the state, and turns pointing at it into selections. */
export const keepMap = (store: Store, element: HTMLElement, onWorldFailure: () => void): MapHandle => {
  const map = build(element);
  const renderer = createSvg({ pane: 'shapes', padding: 0.5 });
  let marks: LayerGroup | null = null;
  let names: LayerGroup | null = null;
  let drawn: readonly Drawn[] = [];
  let countries: readonly Country[] = [];
  let byCode: ReadonlyMap<string, Country> = new Map();
  const tip = tooltip({ direction: 'top', className: 'tip-box', opacity: 1, offset: [0, -8] });
  let tipId: string | null = null;

  const toPoint = ({ item, offset }: Drawn): Point =>
    map.latLngToContainerPoint([item.lonLat[1], item.lonLat[0]]).add([offset.dx, offset.dy]);

  const draw = (): void => {
    const state = store.state();
    const zoom = map.getZoom();
    const items = itemsOf(state, byCode, zoom);
    const discs = items
      .filter(({ kind }) => kind !== 'quake')
      .map((item) => {
        const { x, y } = map.project([item.lonLat[1], item.lonLat[0]], zoom);
        return { id: item.id, x, y, radius: radiusOf(item, zoom), rank: rankOf(item) };
      });
    const offsets = spread(discs);
    drawn = items.map((item) => ({
      item,
      radius: radiusOf(item, zoom),
      offset: offsets.get(item.id) ?? { dx: 0, dy: 0 },
    }));
    const selectedId = state.address.selection?.id ?? null;
    marks?.remove();
    marks = drawMarks(map, drawn, selectedId, renderer).addTo(map);
    drawNamesAgain();
  };
  const drawNamesAgain = (): void => {
    names?.remove();
    names = drawNames(map, drawn, countries, store.state().address.selection?.id ?? null, renderer).addTo(map);
  };

  let isDrawPending = false;
  const drawSoon = (): void => {
    if (isDrawPending) return;
    isDrawPending = true;
    requestAnimationFrame(() => {
      isDrawPending = false;
      draw();
    });
  };

  const nearest = (at: Point, reach: number): Drawn | null => {
    let best: Drawn | null = null;
    let bestDistance = Infinity;
    for (const one of drawn) {
      const distance = toPoint(one).distanceTo(at) - one.radius;
      if (distance < reach && distance < bestDistance) [best, bestDistance] = [one, distance];
    }
    return best;
  };

  const hideTip = (): void => {
    tipId = null;
    tip.remove();
    element.classList.remove('is-pointing');
  };

  const showTip = (one: Drawn): void => {
    element.classList.add('is-pointing');
    if (tipId === one.item.id) return;
    tipId = one.item.id;
    const at: LatLng = map.containerPointToLatLng(toPoint(one));
    tip.options.direction = toPoint(one).y < 170 ? 'bottom' : 'top';
    tip.options.offset = tip.options.direction === 'top' ? [0, -one.radius - 4] : [0, one.radius + 4];
    tip.setContent(tipElement(one.item)).setLatLng(at).addTo(map);
  };

  const follow = (item: Item): void => {
    switch (item.kind) {
      case 'region':
        return store.send({ do: 'select', selection: { kind: 'region', id: item.id } });
      case 'incident':
      case 'quake':
        return store.send({ do: 'select', selection: { kind: 'incident', id: item.id } });
      case 'country':
        store.send({ do: 'select', selection: null });
        store.send({ do: 'tab', tab: 'incidents' });
        return store.send({ do: 'search', text: item.name });
    }
  };

  map.on('mousemove', ({ containerPoint }: LeafletMouseEvent) => {
    const one = nearest(containerPoint, POINTER_REACH);
    if (one === null) hideTip();
    else showTip(one);
  });
  map.on('mouseout zoomstart movestart', hideTip);
  map.on('click', ({ containerPoint }: LeafletMouseEvent) => {
    const isTouch = matchMedia('(pointer: coarse)').matches;
    const one = nearest(containerPoint, isTouch ? TOUCH_REACH : POINTER_REACH);
    if (one !== null) follow(one.item);
  });

  let isMovedByState = false;
  const goTo = (lonLat: readonly [number, number], zoom: number): void => {
    map.setView([lonLat[1], lonLat[0]], zoom, { animate: !isCalmMotion() });
  };
  const placeSelection = (state: State, isFirst: boolean): void => {
    const { selection } = state.address;
    if (selection === null) return;
    const lonLat =
      selection.kind === 'region'
        ? lastOf(state.reads.exposures)?.data.find(({ regionId }) => regionId === selection.id)?.lonLat
        : lastOf(state.reads.incidents)?.data.find(({ id }) => id === selection.id)?.position?.lonLat;
    if (lonLat === undefined) return;
    const isInView = map.getBounds().pad(-0.12).contains([lonLat[1], lonLat[0]]);
    if (isFirst || !isInView) goTo(lonLat, Math.max(map.getZoom(), isFirst ? LINKED_ZOOM : 4));
  };

  const { view } = store.state().address;
  // The open legend covers the lower left: the inhabited world begins right of it.
  const legend = element.parentElement?.querySelector<HTMLDetailsElement>('.legend-box');
  const covered = legend?.open === true ? legend.offsetWidth + 12 : 0;
  if (view === null) map.fitBounds(HOME, { paddingTopLeft: [covered, 0] });
  else map.setView([view.lat, view.lon], view.zoom);
  drawWorld(map, onWorldFailure);
  map.on('zoomend', drawSoon);
  legend?.addEventListener('toggle', drawNamesAgain);
  map.on('moveend', () => {
    drawNamesAgain();
    if (isMovedByState) return;
    const { lat, lng } = map.getCenter();
    store.send({ do: 'look', view: { lat, lon: lng, zoom: map.getZoom() } });
  });

  let waitsForPlace = store.state().address.selection !== null && view === null;
  store.onChange((state, before, action) => {
    if (picture(state).some((part, index) => part !== picture(before)[index])) drawSoon();
    if (action.do === 'go' && state.address.view !== null && state.address.view !== before.address.view) {
      isMovedByState = true;
      map.setView([state.address.view.lat, state.address.view.lon], state.address.view.zoom, { animate: false });
      isMovedByState = false;
    }
    const isSelected = state.address.selection !== null && state.address.selection.id !== before.address.selection?.id;
    if (isSelected || (waitsForPlace && action.do === 'read-found')) placeSelection(state, waitsForPlace);
    if (waitsForPlace && state.reads.exposures.phase === 'found') waitsForPlace = false;
  });
  // While another page is shown the map has no size, and what it showed must be there on return.
  new ResizeObserver(() => {
    if (element.offsetWidth > 0) map.invalidateSize({ animate: false });
  }).observe(element);
  void loadCountries().then((loaded) => {
    countries = loaded;
    byCode = new Map(
      [...loaded].reverse().flatMap((country) => (country.code === null ? [] : [[country.code, country]])),
    );
    drawSoon();
  });
  void document.fonts.ready.then(drawSoon);
  draw();
  return { showAt: (lonLat) => goTo(lonLat, Math.max(map.getZoom(), NEAR_ZOOM)) };
};
