import { describe, expect, it } from '@jest/globals';
import { KeyBody, SignInBody, UserBody, UserChange } from './access.js';

const of = (password: string) => UserBody.safeParse({ login: 'ann', role: 'viewer', password });

describe('a password', () => {
  it('has 12 to 200 characters of any kind', () => {
    const any = [
      'aaaaaaaaaaaa',
      '111111111111',
      '            ',
      'pâssé 密码 🔥🔥 ok',
      'x'.repeat(64),
      `${'y'.repeat(200)}`,
    ];
    for (const password of any) {
      expect([password, of(password).data?.password]).toEqual([password, password]);
      expect(SignInBody.safeParse({ login: 'ann', password }).success).toBe(true);
    }
    for (const password of ['', 'short', 'x'.repeat(11), 'x'.repeat(201)])
      expect([password.length, of(password).success]).toEqual([password.length, false]);
    expect(UserChange.safeParse({ password: 'x'.repeat(11) }).success).toBe(false);
  });
});

describe('an account or a key', () => {
  it('is made with the fields there are and no others', () => {
    const user = { login: 'ann', role: 'viewer' };
    expect(UserBody.safeParse(user).success).toBe(true);
    for (const more of [{ tenantId: 'other' }, { id: 'x' }, { disabledAt: null }, { passwordHash: 'x' }])
      expect([more, UserBody.safeParse({ ...user, ...more }).success]).toEqual([more, false]);
    expect(UserChange.safeParse({ login: 'bob' }).success).toBe(false);
    expect(KeyBody.safeParse({ label: 'tool', role: 'viewer', secret: 'mine' }).success).toBe(false);
  });
});
