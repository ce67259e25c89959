import { describe, expect, it } from '@jest/globals';
import { cancellationsIn } from './cancellations.js';
import { isoOfGroup } from './date-time-group.js';
import { seriesOf } from './series.js';
import { topicOf } from './topic.js';

const ISSUED = '2026-03-12T12:00:00.000Z';
const said = (text: string) => {
  const { cancelled, ...rest } = cancellationsIn(text, ISSUED);
  return { ...rest, cancelled: cancelled.map(({ series, year, number }) => `${series.code}-${year}-${number}`) };
};

describe('what a warning cancels', () => {
  it.each<[string, string[]]>([
    ['2. CANCEL NAVAREA IX 120/26.', ['9-2026-120']],
    ['2. CANCEL NAVAREA IV 1165/22.\n3. CANCEL THIS MSG 181954Z NOV 26.', ['4-2022-1165']],
    ['3. CANCEL NAVAREA XII 250/22, 289/22,\n   301/22.', ['12-2022-250', '12-2022-289', '12-2022-301']],
    ['CANCEL NAVAREA IV MSG 107/26 AND 108/26.', ['4-2026-107', '4-2026-108']],
    ['CANCEL HYDROLANT 3120/25(43) DTG 281200Z DEC, MSG PROMULGATED IN ERROR.', ['A-2025-3120']],
    ['CANCEL NAVAREA IV 9/2026, MSG NOT PROMULGATED.', ['4-2026-9']],
    ['CANCEL HYDROLANT 1/26, HYDROPAC 2/26.', ['A-2026-1', 'P-2026-2']],
    ['CANCEL HYDROPAC 5/99, 6/27.', ['P-1999-5']],
    ['CANCEL HYDROPAC 5/26, 5/26.', ['P-2026-5']],
    ['CANCEL HYDROPAC 5/26', ['P-2026-5']],
    ['DO NOT CANCEL HYDROPAC 5/26.', []],
    ['CANCELLED HYDROPAC 5/26.', []],
    ['HYDROPAC 5/26 REFERS.', []],
  ])('%s', (text, cancelled) => {
    expect(said(`SEA.\n1. WIDE BERTH REQUESTED.\n${text}\n`).cancelled).toEqual(cancelled);
  });

  it('tells when it ends itself', () => {
    expect(said('2. CANCEL THIS MSG 121200Z MAR 26.\n')).toMatchObject({
      endsAt: '2026-03-12T12:00:00Z',
      endsAtOnce: false,
      unread: 0,
    });
    expect(said('CANCEL HYDROLANT 277/26 AND THIS MSG.')).toMatchObject({
      cancelled: ['A-2026-277'],
      endsAt: undefined,
      endsAtOnce: true,
    });
    expect(said('CANCEL HYDROLANT 277/26 AND THIS MSG 131200Z MAR 26.')).toMatchObject({
      cancelled: ['A-2026-277'],
      endsAt: '2026-03-13T12:00:00Z',
      endsAtOnce: false,
    });
  });

  it.each(['CANCEL THIS MSG UPON COMPLETION.', 'CANCEL PARA 2 OF HYDROPAC 5/26.', 'CANCEL ALL.', 'CANCEL THIS MSG.'])(
    'counts what it cannot read: %s',
    (text) => expect(said(text)).toEqual({ cancelled: [], endsAt: undefined, endsAtOnce: false, unread: 1 }),
  );
});

describe('the words of warnings', () => {
  it.each([
    ['081653Z MAY 2024', '2024-05-08T16:53:00Z'],
    ['081653Z  may 24', '2024-05-08T16:53:00Z'],
    ['081653Z MAI 2024', undefined],
    ['081653 MAY 2024', undefined],
    ['8 MAY 2024', undefined],
    ['', undefined],
  ])('reads the group %s', (written, iso) => expect(isoOfGroup(written)).toBe(iso));

  it.each([
    ['4', '4', 'NAVAREA IV'],
    ['XII', '12', 'NAVAREA XII'],
    ['NAVAREA IX', '9', 'NAVAREA IX'],
    ['a', 'A', 'HYDROLANT'],
    ['HYDROARC', 'C', 'HYDROARC'],
  ])('knows the series %s', (written, code, name) => expect(seriesOf(written)).toEqual({ code, name }));
  it.each(['', '0', '22', 'XXII', 'B', 'NAVAREA', 'toString'])('does not know %s', (written) =>
    expect(seriesOf(written)).toBeUndefined(),
  );

  it.each([
    ['CABLE OPERATIONS IN PROGRESS BY BARGE', 'cable'],
    ['UNDERWATER OPERATIONS BY CABLESHIP TENEO', 'cable'],
    ['SUBMARINE\n  CABLE DAMAGED IN', 'cable'],
    ['SURVEY BY M/V X TOWING 14 11000 METER LONG CABLES', 'other'],
    ['TOWING 150 METER CABLE IN VICINITY', 'other'],
    ['GUNNERY AND MISSILE OPERATIONS', 'missile'],
    ['CONTACT PACIFIC MISSILE RANGE FACILITY', 'other'],
    ['GUNNERY EXERCISES', 'military'],
    ['MINES ADRIFT', 'military'],
    ['UNDERWATER MINE TRAINING EXERCISES', 'military'],
    ['DIAMOND MINING OPERATIONS. EXERCISE CAUTION', 'other'],
    ['HAZARDOUS OPERATIONS, ROCKET LAUNCHING', 'hazard'],
    ['SUBMARINE VOLCANIC ACTIVITY', 'hazard'],
    ['M/V X ATTACKED BY PIRATES', 'hazard'],
    ['GPS INTERFERENCE REPORTED', 'hazard'],
    ['LIGHT UNLIT', 'other'],
  ])('sees what it is about: %s', (text, topic) => expect(topicOf(text)).toBe(topic));
});
