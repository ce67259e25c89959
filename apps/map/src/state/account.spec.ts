import { describe, expect, it } from '@jest/globals';
import { providerRefusal } from './account.js';

describe('why the identity provider lets nobody in', () => {
  it('is said in our own words, whatever the address says', () => {
    expect(providerRefusal('#/sign-in?refused=unknown-user')).toMatch(/no account here/);
    const foreign = providerRefusal('#/sign-in?refused=call%200900%20now');
    expect(foreign).toMatch(/^You are not signed in/);
    expect(foreign).not.toMatch(/0900/);
  });

  it('is nothing on other pages and without a reason', () => {
    expect([providerRefusal('#/sign-in'), providerRefusal('#/map?refused=disabled'), providerRefusal('')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
