import { describe, expect, it } from '@jest/globals';
import { weaknessOf } from './weak-password.js';

const of = async (password: string) =>
  (await weaknessOf(password, { login: 'ann@acme.example', tenantId: 'acme' }))?.reason;

describe('a weak password', () => {
  it.each([
    '123456789012',
    'password1234',
    'Passw0rd2024',
    'qwertyuiop123',
    'iloveyou1234',
    'aaaaaaaaaaaaaaa',
    'letmeinletmein',
  ])('is refused where it is among the common and breached ones, or near one: %s', async (password) =>
    expect(await of(password)).toBe('guessable'),
  );

  it('is refused with a word of its surroundings in it, and which is said', async () => {
    expect(await weaknessOf('xK8 Faultline vQ2!', { login: 'ann', tenantId: 'acme' })).toEqual({
      reason: 'context',
      word: 'faultline',
    });
    expect(await of('xK8 ann@acme.example vQ2!')).toBe('context');
  });

  it('is none that is a phrase, or drawn by lot, of whatever characters', async () => {
    for (const password of [
      'correct horse battery',
      'tR8#kQ2!vXz9',
      'плотина весной шумит',
      'ocean violin thirteen fog',
    ])
      expect([password, await of(password)]).toEqual([password, undefined]);
  });
});
