import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { conditionsSchema } from '@faultline/alerts';
import { WORKLOAD_CLASSES } from '@faultline/evidence';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly enum?: readonly unknown[] };
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses?: unknown;
}
interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const shipped = JSON.parse(readFileSync(path.join(process.cwd(), 'docs/openapi.json'), 'utf8')) as OpenApi;

/** Things of third parties below a cloud region, and what regions rest on. */
const FINE = 'zones|facilities|sites|landing-points|cables|chokepoints|supplies';
/** Who stands on something, by whatever name. */
const STAKE = 'workloads|entities|customers|tenants|hosting|hosted|blast-radius|portfolios?|assets';
const STAKE_SCHEMAS = [
  'Entity',
  'EntitySummary',
  'WorkloadSummary',
  'BlastRadius',
  'BlastRadiusNode',
  'HostingAnswer',
  'StatedFact',
  'Portfolio',
  'Asset',
];
const CLASSES = new Set<unknown>(WORKLOAD_CLASSES);

/** What the policy of docs/responsible-use.md does not let a route be, each with what breaks it. */
const RULES: Readonly<Record<string, (api: OpenApi) => string[]>> = {
  'no route from a zone, a site or a cable to who stands on it': ({ paths }) =>
    Object.keys(paths).filter((route) => new RegExp(`/(${FINE})/.*/(${STAKE})(/|$)`).test(route)),
  'no answer about a zone, a site or a cable with who stands on it in it': (api) =>
    operations(api)
      .filter(({ route }) => new RegExp(`/(${FINE})(/|$)`).test(route))
      .flatMap(({ route, operation }) =>
        [...schemasOf(api, operation.responses)]
          .filter((name) => STAKE_SCHEMAS.includes(name))
          .map((name) => `${route}: ${name}`),
      ),
  'no nearest site to a point, no range ring': (api) =>
    parametersOf(api)
      .filter(({ name }) =>
        /^(near|nearest|closest|within|radius.*|distance.*|range|ring|lat|lon|lng|latitude|longitude|point|polygon|geometry)$/i.test(
          name,
        ),
      )
      .map(({ at, name }) => `${at} ?${name}`)
      .concat(pathsWith(api, /\/(near|nearest|closest|proximity|rings?|range-rings?)(\/|$)/)),
  'no box but in the standard’s own collections': (api) =>
    parametersOf(api)
      .filter(({ name, at }) => /^bbox/i.test(name) && !at.startsWith('/ogc/'))
      .map(({ at }) => at),
  'no order of what others run or where it stands': (api) =>
    parametersOf(api)
      .filter(
        ({ name, at }) =>
          /^(sort|order|rank)/i.test(name) &&
          new RegExp(`/(${FINE}|workloads|entities|hosting|blast-radius)(/|$)`).test(at),
      )
      .map(({ at, name }) => `${at} ?${name}`)
      .concat(pathsWith(api, new RegExp(`/(${FINE}|workloads|entities)/(top|ranking|ranked|worst|most-.*)(/|$)`))),
  'no filter, order or condition by the class of what is hosted': (api) =>
    parametersOf(api)
      .filter(
        ({ name, schema }) =>
          /(^|[^a-z])(workload-?)?class(es)?$|workloadClass|hosted|hosting|customer|sensitivity/i.test(name) ||
          (schema?.enum ?? []).some((value) => value !== 'commercial' && CLASSES.has(value)),
      )
      .map(({ at, name }) => `${at} ?${name}`)
      .concat(
        bodiesOf(api).flatMap(({ at, body }) =>
          /"enum":\[[^\]]*"(military|intelligence)"/.test(JSON.stringify(body)) ? [`${at} body`] : [],
        ),
      ),
  'no next target, no ranking by vulnerability or attractiveness': (api) =>
    pathsWith(api, /(next-?targets?|predict|targets?(\/|$)|vulnerab|attractive|single-points?)/i).concat(
      parametersOf(api)
        .filter(({ name }) => /vulnerab|attractive|target/i.test(name))
        .map(({ at, name }) => `${at} ?${name}`),
    ),
};

function operations({ paths }: OpenApi): { route: string; operation: Operation }[] {
  return Object.entries(paths).flatMap(([route, methods]) =>
    Object.values(methods).map((operation) => ({ route, operation })),
  );
}

/** Of queries: what stands in a path is one thing asked for by its id. */
function parametersOf(api: OpenApi): (Parameter & { at: string })[] {
  return operations(api).flatMap(({ route, operation }) =>
    (operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .map((parameter) => ({ ...parameter, at: route })),
  );
}

/** Bodies that ask or subscribe, not those that tell: a claim may say of which class a workload is. */
function bodiesOf(api: OpenApi): { at: string; body: unknown }[] {
  return operations(api)
    .filter(
      ({ route, operation }) => operation.requestBody !== undefined && /subscri|search|quer|alert|silence/.test(route),
    )
    .map(({ route, operation }) => ({ at: route, body: [operation.requestBody, ...bodySchemas(api, operation)] }));
}

function bodySchemas(api: OpenApi, { requestBody }: Operation): unknown[] {
  return [...schemasOf(api, requestBody)].map((name) => api.components.schemas[name]);
}

function pathsWith({ paths }: OpenApi, pattern: RegExp): string[] {
  return Object.keys(paths).filter((route) => pattern.test(route));
}

/** Every named schema a piece of the document leads to, over any number of steps. */
function schemasOf({ components }: OpenApi, from: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const open: unknown[] = [from];
  while (open.length > 0) {
    for (const [, name] of JSON.stringify(open.pop() ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name!)) continue;
      found.add(name!);
      open.push(components.schemas[name!]);
    }
  }
  return found;
}

/** A document with one route planted in it. */
function planted(route: string, operation: Operation = {}, more: Record<string, unknown> = {}): OpenApi {
  return {
    paths: { ...shipped.paths, [route]: { ...shipped.paths[route], get: operation } },
    components: { schemas: { ...shipped.components.schemas, ...more } },
  };
}
const asking = (name: string, schema?: Parameter['schema']): Operation => ({
  parameters: [{ name, in: 'query', ...(schema ? { schema } : {}) }],
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** One document for each rule, and more where it can be broken in several ways. */
const FAULTS: readonly (readonly [rule: string, OpenApi])[] = [
  ['no route from a zone, a site or a cable to who stands on it', planted('/api/v1/zones/{zoneId}/workloads')],
  [
    'no route from a zone, a site or a cable to who stands on it',
    planted('/api/v1/facilities/{facilityId}/x/customers'),
  ],
  [
    'no answer about a zone, a site or a cable with who stands on it in it',
    planted(
      '/api/v1/zones/{zoneId}',
      { responses: { 200: ref('ZoneX') } },
      { ZoneX: { properties: { hosts: { items: ref('Entity') } } } },
    ),
  ],
  ['no nearest site to a point, no range ring', planted('/api/v1/facilities', asking('near'))],
  ['no nearest site to a point, no range ring', planted('/api/v1/regions', asking('radiusKm'))],
  ['no nearest site to a point, no range ring', planted('/api/v1/facilities/nearest')],
  ['no box but in the standard’s own collections', planted('/api/v1/zones', asking('bbox'))],
  ['no order of what others run or where it stands', planted('/api/v1/workloads', asking('sort'))],
  ['no order of what others run or where it stands', planted('/api/v1/zones', asking('orderBy'))],
  ['no order of what others run or where it stands', planted('/api/v1/facilities/top')],
  ['no filter, order or condition by the class of what is hosted', planted('/api/v1/regions', asking('class'))],
  [
    'no filter, order or condition by the class of what is hosted',
    planted('/api/v1/exposures', asking('hostedWorkload')),
  ],
  [
    'no filter, order or condition by the class of what is hosted',
    planted('/api/v1/incidents', asking('of', { enum: ['commercial', 'military'] })),
  ],
  [
    'no filter, order or condition by the class of what is hosted',
    planted(
      '/api/v1/subscriptions',
      { requestBody: ref('Wish') },
      { Wish: { properties: { of: { enum: ['military'] } } } },
    ),
  ],
  ['no next target, no ranking by vulnerability or attractiveness', planted('/api/v1/next-targets')],
  [
    'no next target, no ranking by vulnerability or attractiveness',
    planted('/api/v1/regions', asking('minVulnerability')),
  ],
];

describe('routes, filters and orders that policy forbids', () => {
  it('are looked for in a document that has routes', () => {
    expect(Object.keys(shipped.paths).length).toBeGreaterThan(40);
    expect(parametersOf(shipped).length).toBeGreaterThan(100);
    expect(schemasOf(shipped, shipped.paths['/api/v1/entities/{entityId}'])).toContain('Entity');
    for (const name of ['Entity', 'BlastRadius', 'HostingAnswer'])
      expect(Object.keys(shipped.components.schemas)).toContain(name);
  });

  it.each(Object.entries(RULES))('%s', (_rule, broken) => {
    expect(broken(shipped)).toEqual([]);
  });

  it.each(FAULTS.map(([rule, api], index) => [rule, index, api] as const))(
    'would be found: %s (%i)',
    (rule, _index, api) => {
      expect(RULES[rule]!(api).length).toBeGreaterThan(0);
      // And by that rule alone, so that a report names what is wrong.
      const others = Object.entries(RULES).filter(([name]) => name !== rule);
      expect(others.flatMap(([, broken]) => broken(api))).toEqual([]);
    },
  );

  it('no condition of an alert is by what a region hosts', () => {
    const conditions = Object.keys(conditionsSchema.parse({ quorum: true }));
    expect(conditions.length).toBeGreaterThan(4);
    expect(
      conditions.filter((name) => /class|workload|host|customer|military|attract|vulnerab|target/i.test(name)),
    ).toEqual([]);
    for (const name of ['class', 'workload', 'hosting', 'near'])
      expect(conditionsSchema.safeParse({ quorum: true, [name]: 'military' }).success).toBe(false);
  });
});
