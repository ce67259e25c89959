import { describe, expect, it } from '@jest/globals';
import { causesIn, damageIn, durationIn, facilitiesStruckIn, isAdvice, naturesIn } from './lexicon.js';

describe('naturesIn', () => {
  it.each([
    ['a localized power issue has affected a single Availability Zone', ['power']],
    ['We are investigating connectivity and power issues', ['power', 'connectivity']],
    ['some servers lost power', ['power']],
    ['increased packet loss between zones', ['connectivity']],
    ['an increase in ambient temperature in one room', ['cooling']],
    ['the cooling system failures continue', []],
    ['This is not a power issue', []],
    ['Power is back', []],
    ['powerful new instances', []],
  ])('%s', (clause, natures) => {
    expect(naturesIn(clause)).toEqual(natures);
  });
});

describe('causesIn', () => {
  it.each([
    ['was impacted by objects that struck the data center, creating sparks and fire', ['asserts struck-by-objects']],
    ['the building was struck by unidentified debris', ['asserts struck-by-objects']],
    ['physical impacts to infrastructure as a result of drone strikes', ['asserts drone-strike']],
    ['Due to the ongoing conflict, both regions were impacted as a result of drone strikes', ['asserts drone-strike']],
    ['a drone strike in close proximity to one of our facilities caused physical impacts', ['asserts drone-strike']],
    ['two facilities were directly struck by drones', ['asserts drone-strike']],
    ['our facility was hit by a cruise missile', ['asserts missile-strike']],
    ['the Region suffered damage as a result of the conflict', ['asserts conflict-damage']],
    ['the region was disrupted as a result of drone activity', ['asserts other']],
    ['a substation was struck by lightning', ['asserts other']],
    ['This was not caused by a drone strike', ['denies drone-strike']],
    ['The fire was not due to a missile attack', ['denies missile-strike']],
    // What nobody stated:
    ['a localized power issue has affected a single Availability Zone', []],
    ['two of our facilities were directly struck', []],
    ['We are aware of reports of drone strikes near our facilities', []],
    ['this may have been caused by a drone strike', []],
    ['We found no evidence that drone strikes caused this', []],
    ['Drone strikes in the country have not affected our facilities', []],
    ['There were drone strikes elsewhere in the country', []],
    ['the ongoing conflict in the region means that the environment remains unpredictable', []],
    ['On May 10 objects were stored twice', []],
    ['the S3 objects API was hit by elevated errors', []],
    ['customers may hit limits', []],
  ])('%s', (clause, causes) => {
    expect(causesIn(clause).map(({ cause, stance }) => `${stance} ${cause}`)).toEqual(causes);
  });
});

describe('damageIn', () => {
  it.each([
    [
      'The strikes caused structural damage, disrupted power delivery, and led to water damage',
      ['structural', 'power', 'water'],
    ],
    ['required fire suppression activities that resulted in additional water damage', ['water']],
    ['creating sparks and fire', ['fire']],
    ['The fire department shut off power to the facility', []],
    ['There was no structural damage', []],
    ['there may be water damage', []],
  ])('%s', (clause, kinds) => {
    expect(damageIn(clause)).toEqual(kinds);
  });
});

describe('facilitiesStruckIn', () => {
  it.each([
    ['two of our facilities were directly struck', 2],
    ['3 data centers in the UAE were struck', 3],
    ['one of our facilities was hit', 1],
    ['one of our facilities was damaged by a strike close by', null],
    ['none of our two facilities were not struck', null],
    ['two facilities may have been struck', null],
  ])('%s', (clause, count) => {
    expect(facilitiesStruckIn(clause)).toBe(count);
  });
});

describe('durationIn', () => {
  it.each([
    ['We expect recovery to take at least a day', 'at least a day'],
    ['Restoration is expected to take several months', 'several months'],
    ['It will take several hours to restore connectivity', 'several hours'],
    ['Recovery is still many hours away', 'many hours'],
    ['we expect errors to subside over the next 2-3 hours', 'the next 2-3 hours'],
    ['We expect to provide an update within 30 minutes', null],
    ['We do not expect this to take several days', null],
    ['Errors rose over the last two hours as expected', null],
    ['Between 1:30 AM and 1:55 AM we saw errors for 25 minutes', null],
    ['We have no estimate', null],
  ])('%s', (clause, phrase) => {
    expect(durationIn(clause)).toBe(phrase);
  });
});

describe('isAdvice', () => {
  it.each([
    ['We recommend that customers fail over to another AWS Region', true],
    ['customers should migrate their workloads', true],
    ['we advise recovering from remote backups', true],
    ['consider using the unaffected Availability Zones', true],
    ['We do not recommend moving to other Regions', false],
    ['The issue should be over soon', false],
    ['Other Availability Zones are working', false],
  ])('%s', (clause, advice) => {
    expect(isAdvice(clause)).toBe(advice);
  });
});
