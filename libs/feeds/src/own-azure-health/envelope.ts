import { isRecord, memberOf, pointerOf, readJsonBytes } from '../document/index.js';

/** A region a notice speaks of, with the services it names there and the status it gives it. */
export interface StatedImpact {
  readonly service: unknown;
  readonly region: unknown;
  /** Where a row says how each region is; undefined where only the whole has a status. */
  readonly status: unknown;
}

/** One notice as some door of Azure Service Health gives it, under names of our own. */
export interface StatedNotice {
  readonly pointer: string;
  readonly trackingId: unknown;
  readonly kind: unknown;
  readonly status: unknown;
  readonly title: unknown;
  readonly words: unknown;
  readonly begunAt: unknown;
  readonly endedAt: unknown;
  readonly updatedAt: unknown;
  readonly isSynthetic: boolean;
  readonly impacts: readonly StatedImpact[];
}

type Named = Readonly<Record<string, unknown>>;

/**
 * The notices of a document: an alert of the activity log, in the common schema (`data.alertContext`) or the older one
 * (`data.context.activityLog`); rows of Resource Graph, bare or under `data` or `value`. Undefined where it is none.
 */
export function noticesOf(value: unknown): StatedNotice[] | undefined {
  const data = memberOf(value, 'data');
  for (const [path, log] of [
    [['data', 'alertContext'], memberOf(data, 'alertContext')],
    [['data', 'context', 'activityLog'], memberOf(memberOf(data, 'context'), 'activityLog')],
  ] as const) {
    if (isRecord(log) && isRecord(log['properties']))
      return isOfServiceHealth(value, log) ? [ofAlert(log, log['properties'], pointerOf('', ...path))] : undefined;
  }
  for (const [at, rows] of [
    ['', value],
    ['/data', data],
    ['/value', memberOf(value, 'value')],
  ] as const) {
    if (Array.isArray(rows))
      return rows.every(isRow) ? rows.map((row, index) => ofRow(row, pointerOf(at, index))) : undefined;
  }
  return isRow(value) ? [ofRow(value, '')] : undefined;
}

function isOfServiceHealth(value: unknown, log: Named): boolean {
  const service = memberOf(memberOf(memberOf(value, 'data'), 'essentials'), 'monitoringService');
  const { operationName, eventSource } = log;
  return (
    service === 'ServiceHealth' ||
    eventSource === 'ServiceHealth' ||
    (typeof operationName === 'string' && /^Microsoft\.ServiceHealth\//i.test(operationName))
  );
}

function ofAlert(log: Named, properties: Named, pointer: string): StatedNotice {
  const p = named(properties);
  return {
    pointer: pointerOf(pointer, 'properties'),
    trackingId: p['trackingid'],
    kind: p['incidenttype'],
    status: p['stage'] ?? log['status'],
    title: p['defaultlanguagetitle'] ?? p['title'],
    words: p['defaultlanguagecontent'] ?? p['communication'],
    begunAt: p['impactstarttime'],
    endedAt: p['impactmitigationtime'],
    updatedAt: log['submissionTimestamp'] ?? log['eventTimestamp'],
    isSynthetic: p['issynthetic'] === true || /^true$/i.test(textOf(p['issynthetic'])),
    impacts: impactsInText(p['impactedservices'], p['region'], p['service']),
  };
}

/** The services of an alert are JSON written as a text; where they are not to be read, the region and service it names. */
function impactsInText(text: unknown, region: unknown, service: unknown): StatedImpact[] {
  const whole = [{ service, region, status: undefined }];
  if (typeof text !== 'string') return Array.isArray(text) ? impactsIn(text) : whole;
  const inner = readJsonBytes(new TextEncoder().encode(text));
  return inner.outcome === 'read' && Array.isArray(inner.value) ? impactsIn(inner.value) : whole;
}

function isRow(value: unknown): value is Named {
  return isRecord(value) && isRecord(value['properties']) && /\/events$/i.test(textOf(value['type']));
}

function ofRow(row: Named, pointer: string): StatedNotice {
  const p = named(row['properties'] as Named);
  const { name } = row;
  return {
    pointer: pointerOf(pointer, 'properties'),
    trackingId: p['trackingid'] ?? name,
    kind: p['eventtype'],
    status: p['status'],
    title: p['title'],
    words: p['summary'] ?? p['description'],
    begunAt: p['impactstarttime'],
    endedAt: p['impactmitigationtime'],
    updatedAt: p['lastupdatetime'],
    isSynthetic: false,
    impacts: impactsIn(p['impact']),
  };
}

function impactsIn(impact: unknown): StatedImpact[] {
  if (!Array.isArray(impact)) return [];
  return impact.filter(isRecord).flatMap((one) => {
    const { impactedservice, servicename, impactedregions } = named(one);
    const regions = Array.isArray(impactedregions) ? impactedregions.filter(isRecord).map(named) : [];
    return regions.map((region) => ({
      service: impactedservice ?? servicename,
      region: region['impactedregion'] ?? region['regionname'],
      status: region['status'],
    }));
  });
}

/** By names in small letters: alerts, rows and the management API write the same names in three ways. */
function named(value: Named): Named {
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name.toLowerCase(), held]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
