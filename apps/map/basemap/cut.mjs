import { createRequire } from 'node:module';
import { geoArea, geoCentroid, geoContains, geoEquirectangular } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import { feature } from 'topojson-client';
import { ALPHA2 } from './iso.mjs';

const require = createRequire(import.meta.url);
const ANTARCTICA = '010';

const round = (value, digits) => Number(value.toFixed(digits));

/** A ring with coordinates rounded and points that fell together dropped; null where nothing is left of it. */
const roundRing = (ring, digits) => {
  const out = [];
  for (const [x, y] of ring) {
    const point = [round(x, digits), round(y, digits)];
    const last = out.at(-1);
    if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) out.push(point);
  }
  return out.length < 4 ? null : out;
};

const polygonsOf = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);

const roundPolygons = (geometry, digits) =>
  polygonsOf(geometry)
    .map((rings) => rings.map((ring) => roundRing(ring, digits)).filter((ring) => ring !== null))
    .filter((rings) => rings.length > 0);

/** Where the name of a country goes: inside its largest part, in steradian terms; with that part's area. */
const labelPoint = (geometry) => {
  const parts = polygonsOf(geometry).map((coordinates) => ({ type: 'Polygon', coordinates }));
  const largest = parts.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best));
  const centre = geoCentroid(largest);
  const inside = geoContains(largest, centre) ? centre : largest.coordinates[0][0];
  return { lonLat: [round(inside[0], 2), round(inside[1], 2)], area: geoArea(largest) };
};

/**
 * The world as GeoJSON in plain longitude and latitude, cut at the antimeridian. world-atlas stitches shapes across
 * it, which a flat map draws as lines over the whole world. Antarctica is left out: the map ends at 62° south.
 *
 * @param {'110m' | '50m'} scale @param {number} digits decimal places kept
 */
export const cutWorld = (scale, digits) => {
  const topology = require(`world-atlas/countries-${scale}.json`);
  const countries = feature(topology, topology.objects.countries);
  const plain = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .reflectY(true)
    .precision(0);
  const projected = geoProject(countries, plain);
  const features = [];
  projected.features.forEach((shape, index) => {
    const source = countries.features[index];
    if (shape.geometry === null || source.id === ANTARCTICA) return;
    const coordinates = roundPolygons(shape.geometry, digits);
    if (coordinates.length === 0) return;
    features.push({
      type: 'Feature',
      properties: { code: ALPHA2.get(source.id) ?? null },
      geometry: { type: 'MultiPolygon', coordinates },
    });
  });
  return { type: 'FeatureCollection', features };
};

/** Name, alpha-2 code, label point and size rank of every country, largest first. */
export const countryLabels = () => {
  const topology = require('world-atlas/countries-50m.json');
  const countries = feature(topology, topology.objects.countries);
  return countries.features
    .filter((country) => country.id !== ANTARCTICA)
    .map((country) => ({
      code: ALPHA2.get(country.id) ?? null,
      name: country.properties.name,
      ...labelPoint(country.geometry),
    }))
    .sort((a, b) => b.area - a.area)
    .map(({ code, name, lonLat, area }) => ({ code, name, lonLat, areaKm2: Math.round(area * 6371 ** 2) }));
};
