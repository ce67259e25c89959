import { describe, expect, it } from '@jest/globals';
import { placeOfService, regionOfArn, regionsNamedIn, zonesIn } from './place.js';

describe('regionOfArn', () => {
  it.each([
    ['arn:aws:health:me-central-1::event/MULTIPLE_SERVICES/A/A_1', 'me-central-1'],
    ['arn:aws-us-gov:health:us-gov-west-1::event/EC2/A/A_1', 'us-gov-west-1'],
    ['arn:aws:health:global::event/IAM/A/A_1', null],
    ['arn:aws:health::event/IAM/A/A_1', null],
    ['arn:aws:health:atlantis::event/EC2/A/A_1', undefined],
    ['arn:aws:ec2:us-east-1::instance/i-1', undefined],
    ['', undefined],
  ])('%s', (arn, region) => {
    expect(regionOfArn(arn)).toBe(region);
  });
});

describe('placeOfService', () => {
  it.each([
    ['ec2-us-east-1', { service: 'ec2', region: 'us-east-1' }],
    ['management-console-us-gov-east-1', { service: 'management-console', region: 'us-gov-east-1' }],
    ['s3-cn-northwest-1', { service: 's3', region: 'cn-northwest-1' }],
    ['multipleservices-me-central-1', { service: 'multipleservices', region: 'me-central-1' }],
    ['s3-us-standard', { service: 's3', region: 'us-east-1' }],
    ['management-console', { service: 'management-console', region: null }],
    ['cloudfront', { service: 'cloudfront', region: null }],
  ])('%s', (service, place) => {
    expect(placeOfService(service)).toEqual(place);
  });
});

describe('zonesIn', () => {
  it.each([
    ['mec1-az2', 'aws:me-central-1'],
    ['MES1-AZ2', 'aws:me-south-1'],
    ['apne1-az1', 'aws:ap-northeast-1'],
    ['usgw1-az3', 'aws:us-gov-west-1'],
    ['cnnw1-az1', 'aws:cn-northwest-1'],
    ['use1-bos1-az1', 'aws:us-east-1'],
    ['ape1-az2', 'aws:ap-east-1'],
    ['euc1-az3', 'aws:eu-central-1'],
  ])('%s is of %s', (zone, regionId) => {
    expect(zonesIn(`(${zone})`)).toEqual([{ zoneId: `aws:${zone.toLowerCase()}`, regionId, at: 1 }]);
  });

  it('takes nothing else for a zone', () => {
    expect(zonesIn('us-east-1a, USGW-AZ3, xyz1-az1, premec1-az2, mec1-az22')).toEqual([]);
  });
});

describe('regionsNamedIn', () => {
  it.each([
    ['In ME-SOUTH-1, one zone is impaired', ['aws:me-south-1']],
    ['In the UAE, two facilities were struck', ['aws:me-central-1']],
    ['while in Bahrain, a strike close by', ['aws:me-south-1']],
    ['In the UAE and Bahrain, strikes', ['aws:me-central-1', 'aws:me-south-1']],
    ['between US-EAST-1 and US-WEST-2', ['aws:us-east-1', 'aws:us-west-2']],
    ['customers in London see errors', []],
    ['In July we said', []],
  ])('%s', (clause, regions) => {
    expect(regionsNamedIn(clause)).toEqual(regions);
  });
});
