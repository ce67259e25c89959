import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { positionIn } from './coordinates.js';

const found = (text: string) => {
  const where = positionIn(text);
  if (where.outcome !== 'found') throw new Error(`${where.outcome} in ${text}`);
  return where.position;
};

describe('coordinates in a text', () => {
  it.each<[string, [number, number], number]>([
    ['IN 26-05.5N 056-30.0E.', [56.5, 26.09167], 0.185],
    ['IN 26-05.55S 056-30.25W.', [-56.50417, -26.0925], 0.019],
    ['IN 45-05N 012-30E.', [12.5, 45.08333], 1.852],
    ['LIGHT 20-03-44N 072-58-02W UNLIT', [-72.96722, 20.06222], 0.031],
    ['BUOY 13-55-18.5N\n   090-47-53.5W', [-90.79819, 13.92181], 0.003],
    ['LIGHT 10-29.50S 36-23.20W', [-36.38667, -10.49167], 0.019],
    ['CABLE 40-30.5N/030-15.2E', [30.25333, 40.50833], 0.185],
    ['RIG 09-60.0N 060-31.9W', [-60.53167, 10], 0.185],
    ['pole 90-00N 000-00E', [0, 90], 1.852],
    ['(35-53N 014-27E)', [14.45, 35.88333], 1.852],
  ])('reads %s, precise to its last digit', (text, lonLat, precisionKm) => {
    expect(found(text)).toEqual({ lonLat, precisionKm, method: 'the position in the text' });
  });

  it('gives the centre of several, out to the farthest, across the antimeridian too', () => {
    expect(found('BOUND BY 10-00.00N 179-00.00E, 10-00.00N 179-00.00W.')).toEqual({
      lonLat: [180, 10.00149],
      precisionKm: 109.524,
      method: 'centre of the 2 positions in the text, out to the farthest',
    });
  });

  it.each<[string, number]>([
    ['WITHIN 150 MILES OF 37-35.15N 045-40.37W.', 277.819],
    ['WITHIN THREE MILES OF 37-35.15N 045-40.37W.', 5.575],
    ['WITHIN A RADIUS OF 10NM OF 37-35.15N 045-40.37W.', 18.539],
    ['WITHIN 1000 METERS OF 37-35.15N 045-40.37W.', 1.019],
    ['WITHIN 2.5 KM OF 37-35.15N 045-40.37W.', 2.519],
    ['WITHIN 200M OF TRACKLINE 37-35.15N 045-40.37W.', 0.219],
  ])('widens it by what is stated: %s', (text, precisionKm) => {
    const position = found(text);
    expect(position.precisionKm).toBe(precisionKm);
    expect(position.method).toMatch(/^the position in the text, and [\d.]+ km around as stated$/);
  });

  it('takes no berth for an area', () => {
    expect(found('IN 37-35.15N 045-40.37W. FIVE MILE BERTH REQUESTED.').precisionKm).toBe(0.019);
  });

  it.each([
    '20-26.10S 057-43.1E0',
    '26-61.0N 056-30.0E',
    '91-00N 056-30.0E',
    '26-05.5N 181-30.0E',
    '90-01N 000-00E',
    '26-05.5N AND 056-30.0E',
    'NORTH OF 26-05.5N',
    '26-05-99N 056-30-00E',
    '10-00N 050-00E, 20-26.10S 057',
  ])('gives none where one cannot be read: %s', (text) => {
    expect(positionIn(`IN AREA BOUND BY ${text}.`).outcome).toBe('unreadable');
  });

  it.each(['NO POSITION', 'WEST OF 017-58.1W', '121606Z TO 121854Z NOV', 'PHONE 571-557-5455', 'DNC 10-11 SEA'])(
    'gives none where there is none: %s',
    (text) => expect(positionIn(text).outcome).toBe('none'),
  );

  it('gives none for points all around the globe', () => {
    expect(positionIn('00-00N 000-01E, 00-00N 120-01E, 00-00N 119-59W').outcome).toBe('none');
  });

  it('reads any position written out, and holds every one of several', () => {
    const angle = (limit: number) => fc.integer({ min: 0, max: limit * 6000 - 1 });
    const point = fc.record({ lat: angle(90), lon: angle(180), south: fc.boolean(), west: fc.boolean() });
    const written = (size: number, digits: number) =>
      `${String(Math.floor(size / 6000)).padStart(digits, '0')}-${((size % 6000) / 100).toFixed(2).padStart(5, '0')}`;
    fc.assert(
      fc.property(point, ({ lat, lon, south, west }) => {
        const { lonLat } = found(`IN ${written(lat, 2)}${south ? 'S' : 'N'} ${written(lon, 3)}${west ? 'W' : 'E'}.`);
        expect(lonLat[0]).toBeCloseTo(((west ? -1 : 1) * lon) / 6000, 4);
        expect(lonLat[1]).toBeCloseTo(((south ? -1 : 1) * lat) / 6000, 4);
      }),
    );
  });

  it('answers any text', () => {
    const pieces = fc.constantFrom(
      '26-05.5N ',
      '056-30.0E',
      'WITHIN ',
      '9'.repeat(9),
      ' MILES OF ',
      '-',
      '.',
      'N',
      '1-1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        expect(['found', 'none', 'unreadable']).toContain(positionIn(parts.join('')).outcome);
      }),
      { numRuns: 300 },
    );
  });
});
