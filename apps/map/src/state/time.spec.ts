import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bucketEdges,
  HOUR_MS,
  lastSpoken,
  nextFrame,
  parseInstant,
  spanHolding,
  spanOf,
  stepBy,
  stepHoursOf,
  ticksOf,
  unfinished,
} from './time.js';
import type { Bucket, SpanChoice } from './time.js';

const NOW = Date.parse('2026-11-21T05:03:00.000Z');
const at = (text: string): number => Date.parse(text);

const choices = fc.constantFrom<SpanChoice>('record', 'march', 'week');
const moments = fc.integer({ min: at('2025-06-01T00:00:00Z'), max: NOW });

describe('the span of the bar', () => {
  it('holds the moment, begins and ends on the hour, and has few buckets', () => {
    fc.assert(
      fc.property(choices, moments, (choice, moment) => {
        const span = spanOf(choice, moment, NOW);
        expect(span.begin).toBeLessThanOrEqual(moment);
        expect(span.end).toBeGreaterThanOrEqual(moment);
        expect(span.begin % HOUR_MS).toBe(0);
        expect(span.end % HOUR_MS).toBe(0);
        expect((span.end - span.begin) / HOUR_MS / stepHoursOf(span)).toBeLessThanOrEqual(900);
        expect(ticksOf(span, 9).length).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('leaves March with the moment', () => {
    expect(spanHolding('march', '2026-03-03T01:00:00.000Z')).toBe('march');
    expect(spanHolding('march', '2026-05-01T12:00:00.000Z')).toBe('record');
    expect(spanHolding('march', null)).toBe('record');
    expect(spanHolding('week', null)).toBe('week');
  });
});

describe('an instant', () => {
  it.each(['2026-03-01', '2026-03-01T18:00', 'now', '2026-13-01T00:00Z'])('is not %s', (text) =>
    expect(parseInstant(text)).toBeNull(),
  );
  it('says its zone', () => expect(parseInstant('2026-03-01T16:30+04:00')).toBe(at('2026-03-01T12:30:00Z')));
});

describe('a step', () => {
  it('lands on the hour', () => {
    expect(stepBy(at('2026-03-01T12:51:00Z'), 1, NOW)).toBe(at('2026-03-01T13:00:00Z'));
    expect(stepBy(at('2026-03-01T12:51:00Z'), -1, NOW)).toBe(at('2026-03-01T12:00:00Z'));
    expect(stepBy(at('2026-03-01T13:00:00Z'), -24, NOW)).toBe(at('2026-02-28T13:00:00Z'));
  });
  it('does not pass now', () => expect(stepBy(NOW - HOUR_MS, 24, NOW)).toBeNull());
});

const bucket = (begin: string, statements: number): Bucket => ({
  begin: new Date(at(begin) + 1).toISOString(),
  end: new Date(at(begin) + HOUR_MS + 1).toISOString(),
  statements,
  firstText: null,
});

describe('the replay', () => {
  const buckets = [bucket('2026-03-01T12:00Z', 3), bucket('2026-03-01T13:00Z', 0), bucket('2026-03-01T17:00Z', 1)];
  it('goes to the end of the next bucket in which something was said', () => {
    expect(nextFrame(at('2026-03-01T12:00Z'), buckets, NOW)).toBe(at('2026-03-01T13:00Z'));
    expect(nextFrame(at('2026-03-01T13:00Z'), buckets, NOW)).toBe(at('2026-03-01T18:00Z'));
  });
  it('goes half a day where nothing was said, and ends', () => {
    expect(nextFrame(at('2026-03-01T18:00Z'), buckets, NOW)).toBe(at('2026-03-02T06:00Z'));
    expect(nextFrame(at('2026-03-01T18:00Z'), buckets, at('2026-03-02T00:00Z'))).toBeNull();
  });
  it('tells of the last bucket that is over and in which something was said', () => {
    expect(lastSpoken(at('2026-03-01T18:00Z'), buckets)?.statements).toBe(1);
    expect(lastSpoken(at('2026-03-01T16:00Z'), buckets)?.statements).toBe(3);
    expect(lastSpoken(at('2026-03-01T12:00Z'), buckets)).toBeNull();
  });
  it('never tells from a bucket that is not over what may not have been said yet', () => {
    expect(lastSpoken(at('2026-03-01T17:59Z'), buckets)?.statements).toBe(3);
  });
  it('says when the moment lies in the middle of a bucket', () => {
    expect(unfinished(at('2026-03-01T17:30Z'), buckets)?.statements).toBe(1);
    expect(unfinished(at('2026-03-01T18:00Z'), buckets)).toBeNull();
    expect(unfinished(at('2026-03-01T13:30Z'), buckets)).toBeNull();
  });
  it('counts what was published on the hour to the hour it completes', () => {
    const edges = bucketEdges({ begin: at('2026-03-01T00:00Z'), end: at('2026-03-02T00:00Z') });
    expect(edges).toEqual({ from: '2026-03-01T00:00:00.001Z', to: '2026-03-02T00:00:00.001Z' });
  });
});
