import { describe, expect, it } from '@jest/globals';
import type { CapInfo } from './alert.js';
import { perilOfInfo, perilOfWords } from './peril.js';

const info = (given: Partial<CapInfo>): CapInfo => ({
  at: '',
  language: 'en',
  categories: [],
  event: undefined,
  responseTypes: [],
  severity: undefined,
  certainty: undefined,
  effective: undefined,
  onset: undefined,
  expires: undefined,
  ends: undefined,
  headline: undefined,
  description: undefined,
  web: undefined,
  eventCodes: [],
  parameters: [],
  areaDescs: [],
  shapes: [],
  ...given,
});

describe('the peril of an alert', () => {
  it.each([
    ['Severe Thunderstorm Warning', 'storm'],
    ['High Wind Watch', 'storm'],
    ['Heavy rain', 'storm'],
    ['Storm Surge Warning', 'flood'],
    ['tsunami warning', 'flood'],
    ['Dam Break', 'flood'],
    ['Red Flag Warning', 'wildfire'],
    ['Bush Fire', 'wildfire'],
    ['Forest fire danger', 'wildfire'],
    ['Fire Warning', 'fire'],
    ['Ashfall Advisory', 'volcano'],
    ['Volcanic eruption', 'volcano'],
    ['Earthquake', 'earthquake'],
    ['Power Outage', 'grid-failure'],
    ['Civil unrest', 'unrest'],
    ['Missile alert', 'missile-strike'],
    ['Drone attack', 'drone-strike'],
    ['Air raid', 'armed-attack'],
    ['Wind Chill Warning', null],
    ['Geomagnetic Storm Watch', null],
  ])('of "%s" is %s', (event, peril) => {
    expect(perilOfInfo(info({ event }))).toBe(peril);
  });

  it.each([
    'Child Abduction Emergency',
    'Air Quality Alert',
    'Rip Current Statement',
    'Dense Fog Advisory',
    '911 Telephone Outage',
    'Heat Advisory',
    'Special Weather Statement',
    'Small Craft Advisory',
    'Window',
    '',
  ])('is not in the words "%s"', (words) => {
    expect(perilOfWords(words)).toBeUndefined();
    expect(perilOfInfo(info({ event: words, categories: ['Met'] }))).toBeNull();
  });

  it('is that of a code where the words are not known', () => {
    expect(perilOfInfo(info({ event: 'orages', eventCodes: [{ name: 'SAME', value: 'SVA' }] }))).toBe('storm');
    const parameters = [{ name: 'awareness_type', value: '12; flooding' }];
    expect(perilOfInfo(info({ event: 'Hochwasser', parameters }))).toBe('flood');
    expect(perilOfInfo(info({ event: 'Incendie', categories: ['Safety', 'Fire'] }))).toBe('fire');
    expect(perilOfInfo(info({ event: 'Nebel', eventCodes: [{ name: 'SAME', value: 'constructor' }] }))).toBeNull();
  });
});
