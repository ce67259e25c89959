import { describe, expect, it } from '@jest/globals';
import { AsOfError, resolveCoordinates, type AsOfQuestion } from './resolve.js';

const NOW = '2026-11-21T05:00:00.000Z';
const SIZE = 40;
const refusalOf = (question: AsOfQuestion) => {
  try {
    resolveCoordinates(question, NOW, SIZE);
  } catch (error) {
    if (error instanceof AsOfError) return { code: error.code, parameter: error.parameter, message: error.message };
    throw error;
  }
  return undefined;
};

describe('the coordinates of a question', () => {
  it('are now and the head where nothing is asked', () => {
    expect(resolveCoordinates({}, NOW, SIZE)).toEqual({ validAt: NOW, publicAt: NOW, position: SIZE });
  });

  it('are both times at once by asOf, and either by its own name', () => {
    const march = '2026-03-01T13:00:00.000Z';
    expect(resolveCoordinates({ asOf: '2026-03-01T17:00+04:00' }, NOW, SIZE)).toEqual({
      validAt: march,
      publicAt: march,
      position: SIZE,
    });
    expect(resolveCoordinates({ validAt: march, position: '7' }, NOW, SIZE)).toEqual({
      validAt: march,
      publicAt: NOW,
      position: 7,
    });
    expect(resolveCoordinates({ publicAt: march, position: '0' }, NOW, SIZE)).toEqual({
      validAt: NOW,
      publicAt: march,
      position: 0,
    });
  });

  it('may be now itself and the head itself', () => {
    expect(resolveCoordinates({ asOf: NOW, position: `${SIZE}` }, NOW, SIZE).position).toBe(SIZE);
  });

  it.each<[string, AsOfQuestion, string, string]>([
    ['a day alone', { asOf: '2026-03-01' }, 'asof.format', 'asOf'],
    ['a local time', { validAt: '2026-03-01T13:00' }, 'asof.format', 'validAt'],
    ['an impossible day', { publicAt: '2026-02-30T13:00Z' }, 'asof.format', 'publicAt'],
    ['an empty text', { asOf: '' }, 'asof.format', 'asOf'],
    ['asOf beside validAt', { asOf: NOW, validAt: NOW }, 'asof.conflict', 'asOf'],
    ['asOf beside publicAt', { asOf: NOW, publicAt: NOW }, 'asof.conflict', 'asOf'],
    ['the future', { asOf: '2026-11-21T05:00:00.001Z' }, 'asof.future', 'asOf'],
    ['a future validAt', { validAt: '2027-01-01T00:00Z' }, 'asof.future', 'validAt'],
    ['a position beyond the head', { position: '41' }, 'asof.not_yet', 'position'],
    ['a position that is no number', { position: 'head' }, 'asof.format', 'position'],
    ['a negative position', { position: '-1' }, 'asof.format', 'position'],
    ['a position with a fraction', { position: '1.5' }, 'asof.format', 'position'],
    ['a position of more digits than a number keeps', { position: '9'.repeat(16) }, 'asof.format', 'position'],
  ])('refuses %s', (_, question, code, parameter) => {
    expect(refusalOf(question)).toMatchObject({ code, parameter });
  });

  it('says what it got and what it wanted, and repeats no more than sixty characters of it', () => {
    const message = refusalOf({ asOf: `<script>${'x'.repeat(500)}` })!.message;
    expect(message).toMatch(/^got "<script>x+", wanted an instant with its time of day and zone/);
    expect(message.length).toBeLessThan(200);
  });
});
