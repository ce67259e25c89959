import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KNOWN_REGIONS } from '../../../../test/support/regions.js';
import { RegionIndex } from './region-match.js';

const index = new RegionIndex(KNOWN_REGIONS);
const regionOf = (written: string, provider?: string) => {
  const match = index.match(written, provider);
  return match.outcome === 'matched' ? match.regionId : match.outcome;
};

describe('a region as people write it', () => {
  it.each([
    ['aws:me-central-1', 'aws:me-central-1'],
    ['me-central-1', 'aws:me-central-1'],
    ['aws me-central-1', 'aws:me-central-1'],
    ['AWS: me-central-1', 'aws:me-central-1'],
    ['Middle East (UAE)', 'aws:me-central-1'],
    ['Middle East (UAE) me-central-1', 'aws:me-central-1'],
    ['me-central-1 (UAE)', 'aws:me-central-1'],
    ['Amazon Web Services Middle East UAE', 'aws:me-central-1'],
    ['aws me central 1', 'aws:me-central-1'],
    ['UAE North', 'azure:uaenorth'],
    ['uaenorth', 'azure:uaenorth'],
    ['UAE-North', 'azure:uaenorth'],
    ['(Middle East) UAE North', 'azure:uaenorth'],
    ['Azure UAE Central', 'azure:uaecentral'],
    ['me-central1', 'gcp:me-central1'],
    ['Google Cloud Doha', 'gcp:me-central1'],
    ['us-east-1', 'aws:us-east-1'],
    ['us-east1', 'gcp:us-east1'],
    ['East US', 'azure:eastus'],
    ['East US 2', 'azure:eastus2'],
    ['Oracle me-dubai-1', 'oci:me-dubai-1'],
    ['UAE East (Dubai)', 'oci:me-dubai-1'],
    ['Europe (Zürich)', 'aws:eu-central-2'],
    ['mec1-az2', 'aws:me-central-1'],
  ])('%s is %s', (written, id) => {
    expect(regionOf(written)).toBe(id);
  });

  it.each([
    ['me central 1', 'of AWS or of Google'],
    ['UAE Central', 'of Azure, or what Oracle calls Abu Dhabi'],
    ['Frankfurt', 'of three operators'],
    ['Doha', 'of Google or of Azure'],
    ['Canada Central', 'of AWS or of Azure'],
    ['UAE', 'a country'],
    ['aws bahrain', 'a country is no name'],
    ['aws germany', 'Frankfurt, or the sovereign cloud'],
    ['azure me-central-1', 'a code of another operator'],
    ['gcp us-east-1', 'a code of another operator, nearly one of its own'],
    ['me-central-1 (Bahrain)', 'a code, and another place'],
  ])('%s is doubtful: %s', (written) => {
    expect(regionOf(written)).toBe('doubtful');
  });

  it.each(['', 'Atlantis', 'on the moon', '=1+1', 'mec1-az9', '__proto__', 'constructor'])(
    '%j is unknown',
    (written) => {
      expect(regionOf(written)).toBe('unknown');
    },
  );

  it('may have its operator in a column beside it, which decides and which can be in conflict', () => {
    expect(regionOf('UAE Central', 'Microsoft')).toBe('azure:uaecentral');
    expect(regionOf('Frankfurt', 'GCP')).toBe('gcp:europe-west3');
    expect(regionOf('Frankfurt', 'AWS')).toBe('doubtful');
    expect(regionOf('me-central-1', 'Azure')).toBe('doubtful');
    expect(regionOf('me-central-1', 'in-house')).toBe('aws:me-central-1');
  });

  it('says the letter of a zone and never makes an id of it', () => {
    expect(index.match('me-central-1a')).toMatchObject({ regionId: 'aws:me-central-1', zoneLetter: 'a', zoneId: null });
    expect(index.match('aws me-central-1c')).toMatchObject({ zoneLetter: 'c', zoneId: null });
    expect(index.match('MEC1-AZ2')).toMatchObject({ zoneLetter: null, zoneId: 'aws:mec1-az2', score: 1 });
    // What Google writes so is the zone itself.
    expect(index.match('me-central1-a')).toMatchObject({ zoneLetter: null, zoneId: 'gcp:me-central1-a' });
  });

  it('lists of a doubtful one what it may be, best first, with score and reasons', () => {
    const match = index.match('UAE Central');
    expect(match).toMatchObject({
      outcome: 'doubtful',
      candidates: [
        { regionId: 'azure:uaecentral', score: 0.95, reasons: ['its name', 'listed as restricted'] },
        { regionId: 'oci:me-abudhabi-1', score: 0.8, reasons: ['its name without the brackets'] },
        { regionId: 'aws:me-central-1', score: 0.5, reasons: ['all words of it are among its own'] },
      ],
    });
  });

  it('is every region by its id, by its code with its operator, and by operator and name', () => {
    for (const { id, name, operatorId } of KNOWN_REGIONS) {
      expect([id, regionOf(id)]).toEqual([id, id]);
      expect([id, regionOf(`${operatorId} ${id.slice(id.indexOf(':') + 1)}`)]).toEqual([id, id]);
      expect([id, name, regionOf(name, operatorId)]).toEqual([id, name, id]);
    }
  });

  it('never throws, and is matched to a known region or not at all', () => {
    const known = new Set(KNOWN_REGIONS.map(({ id }) => id));
    const part = fc.constantFrom(
      'aws',
      'azure',
      'me',
      'central',
      '1',
      '-',
      ' ',
      'UAE',
      'North',
      '(',
      ')',
      'é',
      '\u0000',
    );
    const written = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(written, (text) => {
        const match = index.match(text);
        if (match.outcome === 'matched') expect(known.has(match.regionId) && match.score >= 0.9).toBe(true);
      }),
    );
  });
});
