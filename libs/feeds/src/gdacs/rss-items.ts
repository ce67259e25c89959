import { childOf, pointerOf, textOf, type SyndicatedItem } from '../document/index.js';
import type { ListedEvent } from './listed.js';

const GDACS = 'http://www.gdacs.org';
const WGS84 = 'http://www.w3.org/2003/01/geo/wgs84_pos#';
const GEORSS = 'http://www.georss.org/georss';

/** One item of the GDACS RSS, by the namespaces of its elements. What stands inside `gdacs:resources` is not of the event. */
export function listedInRss({ locator, element, title, body, link, published }: SyndicatedItem): ListedEvent {
  const of = (name: string): string | undefined => textOf(element, name, GDACS);
  const severity = childOf(element, 'severity', GDACS);
  const { lon, lat } = positionOf(element);
  return {
    locator,
    fieldsAt: locator,
    positionAt: pointerOf(locator, 'Point'),
    shape: 'rss',
    eventtype: of('eventtype'),
    eventid: of('eventid'),
    episodeid: of('episodeid'),
    version: of('version'),
    alertlevel: of('alertlevel'),
    alertscore: of('alertscore'),
    episodealertlevel: of('episodealertlevel'),
    episodealertscore: of('episodealertscore'),
    iscurrent: of('iscurrent'),
    temporary: of('temporary'),
    fromdate: of('fromdate'),
    todate: of('todate'),
    datemodified: of('datemodified'),
    pubDate: published,
    lon,
    lat,
    severity: severity?.attributes.get('value'),
    severityUnit: severity?.attributes.get('unit'),
    severityText: of('severity'),
    population: of('population'),
    country: of('country'),
    iso3: of('iso3'),
    affected: [],
    title,
    description: body,
    link,
    observer: undefined,
  };
}

/** `geo:Point`, or `georss:point` with the latitude first. */
function positionOf(element: SyndicatedItem['element']): { lon: unknown; lat: unknown } {
  const point = childOf(element, 'Point', WGS84);
  if (point) return { lon: textOf(point, 'long', WGS84), lat: textOf(point, 'lat', WGS84) };
  const [lat, lon] = textOf(element, 'point', GEORSS)?.split(/\s+/) ?? [];
  return { lon, lat };
}
