import { describe, expect, it } from '@jest/globals';
import {
  attack,
  AWS,
  AZ2,
  BAHRAIN,
  by,
  condition,
  country,
  earthquake,
  operator,
  PAPER,
  placeRegion,
  retraction,
  threat,
  UAE,
  USGS,
  zone,
} from '../../../../test/support/claims.js';
import { blockOf } from './block.js';

const quake = operator('usgs:us7000abcd');

describe('the block a claim is compared in', () => {
  it.each([
    ['a cloud region for what is said of it', by(AWS).says(condition('impaired'), UAE), 'region:aws:me-central-1'],
    ['the same for its zones', by(AWS).says(condition('impaired'), AZ2), 'region:aws:me-central-1'],
    ['a country', by(PAPER).says(attack('missile-strike'), country('AE')), 'country:AE'],
    ['the subject for the rest', by(AWS).says(condition('impaired'), operator('aws')), 'subject:aws'],
    ['the world for threats', by(PAPER).says(threat(['aws'], ['AE']), operator('aws', 'AE')), 'threat'],
    [
      'its own thread for an earthquake',
      by(USGS).inThread('us7000abcd').says(earthquake(5), quake),
      'thread:us7000abcd',
    ],
    ['the places for a place', by(AWS).says(placeRegion(), UAE), 'place'],
  ])('is %s', (_, claim, block) => {
    expect(blockOf(claim)).toBe(block);
  });

  it('tells regions apart whose ids begin alike', () => {
    const longer = { ...UAE, id: 'aws:me-central-10', regionIds: ['aws:me-central-10'] };
    expect(blockOf(by(AWS).says(condition('impaired'), longer))).toBe('region:aws:me-central-10');
    expect(blockOf(by(AWS).says(condition('impaired'), zone(longer, 'aws:mec10-az1')))).toBe(
      'region:aws:me-central-10',
    );
  });

  it('of a statement of two regions is that of the one it is about', () => {
    const both = { ...BAHRAIN, regionIds: [...UAE.regionIds, ...BAHRAIN.regionIds] };
    expect(blockOf(by(PAPER).says(condition('unavailable'), both))).toBe('region:aws:me-south-1');
  });

  it('of a retraction is that of the claim it takes back', () => {
    const said = [
      by(AWS).inItem('x').inThread('arn').says(condition('impaired'), UAE),
      by(AWS).inItem('x').says(condition('impaired'), AZ2),
      by(PAPER).inItem('x').says(attack('missile-strike'), country('AE')),
      by(USGS).inItem('x').inThread('us7000abcd').says(earthquake(5), quake),
      by(PAPER).inItem('x').says(condition('impaired'), operator('aws')),
    ];
    for (const claim of said) {
      const takenBack = { ...claim, ...retraction('x') };
      expect(blockOf(takenBack)).toBe(blockOf(claim));
    }
  });
});
