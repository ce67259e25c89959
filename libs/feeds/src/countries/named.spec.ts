import { describe, expect, it } from '@jest/globals';
import { COUNTRY_NAMES, JOINT_NAMES } from './country-names.js';
import { countriesNamed, countryName, isCountryCode, nameKey } from './named.js';

describe('the table of countries', () => {
  it('has the 249 codes of ISO 3166-1 and XK', () => {
    expect(Object.keys(COUNTRY_NAMES)).toHaveLength(250);
    expect(Object.keys(COUNTRY_NAMES).filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual([]);
  });

  it('gives no name to two countries', () => {
    const owners = new Map<string, string>();
    for (const [code, names] of Object.entries(COUNTRY_NAMES))
      for (const name of names) {
        expect([name, owners.get(nameKey(name)) ?? code]).toEqual([name, code]);
        owners.set(nameKey(name), code);
      }
    for (const [name, codes] of Object.entries(JOINT_NAMES)) {
      expect(owners.get(nameKey(name))).toBeUndefined();
      expect(codes.every(isCountryCode)).toBe(true);
    }
  });

  it.each([
    ['United Arab Emirates', 'AE'],
    ['Bosnia-Herzegovina', 'BA'],
    ['Kingdom of eSwatini', 'SZ'],
    ['Yemen (North Yemen)', 'YE'],
    ['U.S. Virgin Islands', 'VI'],
    ['The Bahamas', 'BS'],
    ['The Gambia', 'GM'],
    ['Cote d Ivoire', 'CI'],
    ["Côte d'Ivoire (Ivory Coast)", 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['Burma (Myanmar)', 'MM'],
    ['Myanmar (Burma)', 'MM'],
    ['The Kyrgyz Republic', 'KG'],
    ['Turkey (Türkiye)', 'TR'],
    ['TÜRKIYE', 'TR'],
    ['Curacao', 'CW'],
    ['St Vincent & the Grenadines', 'VC'],
    ['Saint Vincent and the Grenadines', 'VC'],
    ['South Korea (Republic of Korea)', 'KR'],
    ["North Korea (Democratic People's Republic of Korea)", 'KP'],
    ['Congo (Democratic Republic)', 'CD'],
    ['Democratic Republic of the Congo', 'CD'],
    ['Republic of the Congo', 'CG'],
    ['Federated States of Micronesia (FSM)', 'FM'],
    ['The Occupied Palestinian Territories', 'PS'],
    ['Antarctica/British Antarctic Territory', 'AQ'],
    ['Bonaire/St Eustatius/Saba', 'BQ'],
    ['USA', 'US'],
    ['Kosovo', 'XK'],
    ['Georgia', 'GE'],
    ['Palau (an archipelago)', 'PW'],
  ])('knows %s', (name, code) => {
    expect(countriesNamed(name)).toEqual([code]);
  });

  it.each([
    '',
    'Ruritania',
    'Korea',
    'Congo (Elsewhere)',
    'Georgia (Atlanta) and more',
    'Iraq (Iran)',
    'Guinea Conakry',
    '__proto__',
    'constructor',
  ])('does not know %j', (name) => {
    expect(countriesNamed(name)).toBeUndefined();
  });

  it('knows joint pages', () => {
    expect(countriesNamed('Mainland China, Hong Kong & Macau')).toEqual(['CN', 'HK', 'MO']);
    expect(countriesNamed('Israel, the West Bank and Gaza')).toEqual(['IL', 'PS']);
  });

  it('names a code and leaves another as it is', () => {
    expect([countryName('AE'), countryName('XX'), isCountryCode('ae'), isCountryCode('constructor')]).toEqual([
      'United Arab Emirates',
      'XX',
      false,
      false,
    ]);
  });
});
