import { alpha2Of, alpha2OfState, countryNamed } from '../countries/index.js';

/**
 * The country a row names, as ISO 3166-1 alpha-2: by its ISO code, else its Gleditsch-Ward number, else its name, which
 * may have a former one in brackets: `Yemen (North Yemen)`. Kosovo's `XKX` is of no list of ISO.
 */
export function countryOf({ iso3, countryId, country }: Record<'iso3' | 'countryId' | 'country', string>) {
  const code = iso3.toUpperCase();
  return (code === 'XKX' ? 'XK' : alpha2Of(code)) ?? alpha2OfState(countryId) ?? countryNamed(country);
}
