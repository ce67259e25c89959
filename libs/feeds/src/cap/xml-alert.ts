import { childrenOf, pointerOf, textOf, type XmlElement } from '../document/index.js';
import type { CapAlert, CapInfo, CapShape, CapValue } from './alert.js';

const NAMESPACE = /^(?:urn:oasis:names:tc:emergency:cap:1\.\d|http:\/\/www\.incident\.com\/cap\/1\.0)$/;
/** How CAP 1.1 and 1.2 say to read an alert that states no language. */
const DEFAULT_LANGUAGE = 'en-US';

/** Whether an element is of CAP, of whatever version. */
export function isCap(element: XmlElement): boolean {
  return NAMESPACE.test(element.namespace);
}

/** Every alert message in `element` or below it, as in the content of a syndicated entry or a distribution envelope. */
export function alertsWithin(element: XmlElement, at: string): { element: XmlElement; at: string }[] {
  if (element.name === 'alert' && isCap(element)) return [{ element, at }];
  const seen = new Map<string, number>();
  return element.children.flatMap((child) => {
    const nth = seen.get(child.name) ?? 0;
    seen.set(child.name, nth + 1);
    return alertsWithin(child, nth === 0 ? pointerOf(at, child.name) : pointerOf(at, child.name, nth));
  });
}

/**
 * The fields of an `<alert>` as written. Elements of other namespaces are left out, an XML signature among them, which
 * we do not verify.
 */
export function alertOfXml(element: XmlElement, at: string, url?: string): CapAlert {
  const own = element.namespace;
  return {
    at,
    identifierAt: pointerOf(at, 'identifier'),
    msgTypeAt: pointerOf(at, 'msgType'),
    identifier: textOf(element, 'identifier', own),
    sender: textOf(element, 'sender', own),
    sent: textOf(element, 'sent', own),
    status: textOf(element, 'status', own),
    msgType: textOf(element, 'msgType', own),
    scope: textOf(element, 'scope', own),
    references: (textOf(element, 'references', own) ?? '').split(/\s+/).filter((triple) => triple !== ''),
    url,
    infos: childrenOf(element, 'info', own).map((info, index) => infoOfXml(info, pointerOf(at, 'info', index))),
  };
}

function infoOfXml(element: XmlElement, at: string): CapInfo {
  const own = element.namespace;
  const text = (name: string) => textOf(element, name, own);
  const areas = childrenOf(element, 'area', own);
  const parameters = valuesOf(element, 'parameter');
  return {
    at,
    language: text('language') ?? DEFAULT_LANGUAGE,
    categories: textsOf(element, 'category'),
    event: text('event'),
    responseTypes: textsOf(element, 'responseType'),
    severity: text('severity'),
    certainty: text('certainty'),
    effective: text('effective'),
    onset: text('onset'),
    expires: text('expires'),
    ends: parameters.find(({ name }) => name === 'eventEndingTime')?.value,
    headline: text('headline'),
    description: text('description'),
    web: text('web'),
    eventCodes: valuesOf(element, 'eventCode'),
    parameters,
    areaDescs: areas.flatMap((area) => textsOf(area, 'areaDesc')),
    shapes: areas.flatMap((area, index) => shapesOf(area, pointerOf(at, 'area', index))),
  };
}

function shapesOf(area: XmlElement, at: string): CapShape[] {
  const of = (name: string, form: CapShape['form']) =>
    childrenOf(area, name, area.namespace).map((shape, index) => ({
      form,
      value: shape.text.trim(),
      at: pointerOf(at, name, index),
    }));
  return [...of('polygon', 'polygon-text'), ...of('circle', 'circle-text')];
}

function textsOf(element: XmlElement, name: string): string[] {
  return childrenOf(element, name, element.namespace)
    .map((child) => child.text.trim())
    .filter((text) => text !== '');
}

/** Named values: `<parameter><valueName>…</valueName><value>…</value></parameter>`, or `name=value` as in CAP 1.0. */
function valuesOf(element: XmlElement, name: string): CapValue[] {
  return childrenOf(element, name, element.namespace).flatMap((child) => {
    const named = textOf(child, 'valueName', element.namespace);
    const value = textOf(child, 'value', element.namespace);
    if (named !== undefined && value !== undefined) return [{ name: named, value }];
    const [before = '', after = ''] = child.text.split('=', 2);
    return after.trim() === '' ? [] : [{ name: before.trim(), value: after.trim() }];
  });
}
