import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOf } from './faults.js';

describe('what a refusal says', () => {
  it('is taken apart into place, got and wanted', () => {
    const body = { code: 'time.no_zone', detail: '/claims/0/publishedAt: got "2026-11-20T12:00", wanted a zone' };
    expect(faultsOf(422, body)).toEqual([
      {
        code: 'time.no_zone',
        pointer: '/claims/0/publishedAt',
        got: '"2026-11-20T12:00"',
        wanted: 'a zone',
        detail: body.detail,
      },
    ]);
  });

  it('is not misled by what was sent', () => {
    const [fault] = faultsOf(422, { code: 'x', detail: '/a: got "b, wanted c", wanted a date' });
    expect(fault).toMatchObject({ got: '"b, wanted c"', wanted: 'a date' });
  });

  it('names every place where several are wrong', () => {
    const errors = [{ pointer: '/text', detail: 'Too small' }, { pointer: '/incidentIds/0' }];
    expect(faultsOf(400, { code: 'query.invalid', errors }).map(({ pointer }) => pointer)).toEqual([
      '/text',
      '/incidentIds/0',
    ]);
  });

  it('is never nothing, whatever was answered', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        const faults = faultsOf(500, body);
        expect(faults.length).toBeGreaterThan(0);
        for (const { code, detail } of faults) expect([typeof code, detail === '']).toEqual(['string', false]);
      }),
    );
  });
});
