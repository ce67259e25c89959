import { describe, expect, it } from '@jest/globals';
import {
  isClosedInWords,
  isMarkedResolved,
  onlyInvestigates,
  regionInWords,
  saysOtherZonesWork,
  zonesSpokenOf,
} from './condition-words.js';
import { clausesOf, isReadable, sentencesOf } from './sentences.js';

const zones = (text: string) => zonesSpokenOf(clausesOf(text)).map(({ zoneId, words }) => `${zoneId} ${words}`);

describe('sentencesOf', () => {
  it('ends a sentence at a stop, a line and a bar, and not after an abbreviation', () => {
    expect(sentencesOf('It began at 4 a.m. Pacific in N. Virginia. It ended.\nNext | 復旧しました。次')).toEqual([
      'It began at 4 a.m. Pacific in N. Virginia.',
      'It ended.',
      'Next',
      '復旧しました。',
      '次',
    ]);
  });

  it('reads no sentence with letters that are not Latin', () => {
    expect(['São Paulo – fine', 'drone strike 드론', '123'].map(isReadable)).toEqual([true, false, false]);
  });
});

describe('zonesSpokenOf', () => {
  it.each([
    ['A localized power issue has affected a single Availability Zone (mec1-az2).', ['aws:mec1-az2 impaired']],
    ['A power issue affects some instances in one zone (MEC1-AZ2).', ['aws:mec1-az2 troubled']],
    [
      'Two of our zones (mec1-az2 and mec1-az3) remain significantly impaired.',
      ['aws:mec1-az2 impaired', 'aws:mec1-az3 impaired'],
    ],
    [
      'mec1-az2 remains impaired, while mec1-az1 is operating normally.',
      ['aws:mec1-az1 operational', 'aws:mec1-az2 impaired'],
    ],
    [
      'mec1-az2 is impaired, and mec1-az1 continues to operate normally.',
      ['aws:mec1-az1 operational', 'aws:mec1-az2 impaired'],
    ],
    [
      'mec1-az1, mec1-az2, and mec1-az3 are impaired.',
      ['aws:mec1-az1 impaired', 'aws:mec1-az2 impaired', 'aws:mec1-az3 impaired'],
    ],
    ['The third zone (mec1-az1) is not affected by this issue.', ['aws:mec1-az1 operational']],
    ['The zone mec1-az1 is not operating normally.', ['aws:mec1-az1 troubled']],
    ['The Availability Zone (mec1-az2) is currently unavailable.', ['aws:mec1-az2 unavailable']],
    ['Customers are not impacted by the issue in mec1-az2.', []],
    ['We recommend that you fail over from mec1-az2 to mec1-az1 or another Region.', []],
    ['Traffic was moved from mec1-az2 to mec1-az3.', []],
    ['An issue affects us-east-1a.', []],
  ])('%s', (text, spoken) => {
    expect(zones(text)).toEqual(spoken);
  });

  it('keeps the worst that is said of a zone', () => {
    expect(zones('mec1-az1 is operating normally. Errors affect mec1-az1.')).toEqual(['aws:mec1-az1 troubled']);
  });
});

describe('the words for the whole', () => {
  it.each([
    ['The other AZs in the region are functioning normally.', true],
    ['Other Availability Zones remain unaffected by this issue.', true],
    ['Other Availability Zones are also affected.', false],
    ['Other zones are not operating normally.', false],
    ['All zones are operating normally.', false],
  ])('other zones: %s', (text, works) => {
    expect(saysOtherZonesWork(clausesOf(text)) !== null).toBe(works);
  });

  it.each([
    ['The issue has been resolved and the service is operating normally.', true],
    ['The issue has been resolved for non-VPC functions.', false],
    ['We see errors in the console. All AWS services are operating normally.', false],
    ['The issue has been resolved. We continue to recover some volumes.', false],
    ['Please wait until the issue has been resolved.', false],
    ['The issue has not been resolved.', false],
  ])('closed: %s', (text, closed) => {
    expect(isClosedInWords(clausesOf(text))).toBe(closed);
  });

  it.each([
    ['We are investigating increased error rates.', true],
    ['We continue to investigate. We have identified the root cause.', false],
    ['We are experiencing errors.', false],
    ['오류를 조사하고 있습니다.', false],
  ])('only investigates: %s', (text, only) => {
    expect(onlyInvestigates(clausesOf(text))).toBe(only);
  });

  it.each([
    ['The Region (ME-SOUTH-1) is unable to support customer applications.', 'unavailable'],
    ['The ME-SOUTH-1 Region is currently unavailable.', 'unavailable'],
    ['One Availability Zone in the ME-SOUTH-1 Region is unavailable.', null],
    ['mes1-az2 cannot support customer workloads.', null],
    ['Some instances are unavailable.', null],
  ])('region: %s', (text, state) => {
    expect(regionInWords(clausesOf(text))).toBe(state);
  });

  it.each([
    ['[RESOLVED] Errors', true],
    ['[解決済み]SQS', true],
    ['Unresolved errors', false],
    ['Errors [Investigating]', false],
  ])('marked: %s', (summary, marked) => {
    expect(isMarkedResolved(summary)).toBe(marked);
  });
});
