import { read, refused, shown, type Reading } from '../document/index.js';

/** A cloud region as Radar names it. */
export type OriginReading =
  | { readonly outcome: 'region'; readonly regionId: string }
  | { readonly outcome: 'passed-over'; readonly reason: 'origin-not-known' };

/** Radar's names of operators whose regions it writes with the operator's own names; the others' are not verified. */
const AMAZON = /^amazon-([a-z]{2,8}(?:-[a-z]{2,12}){1,3}-\d{1,2})$/;

/** Reads the slug of an origin, `amazon-me-central-1`, into the id of a cloud region. */
export function readOrigin(slug: unknown, locator: string): Reading<OriginReading> {
  if (typeof slug !== 'string' || !/^[A-Za-z0-9-]{1,80}$/.test(slug))
    return refused('field.invalid', locator, shown(slug), 'the slug of an origin');
  const region = AMAZON.exec(slug.toLowerCase())?.[1];
  return read(
    region === undefined
      ? { outcome: 'passed-over', reason: 'origin-not-known' }
      : { outcome: 'region', regionId: `aws:${region}` },
  );
}
