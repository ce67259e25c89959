import { describe, expect, it } from '@jest/globals';
import type { QuarantineCode } from '../model/adapter.js';
import { utf16 } from '../document/fixtures/utf16.js';
import { asItStood, parsed } from './fixtures/gulf.js';
import { awsHealthFeed } from './index.js';

const NOW = '2026-03-01T15:00:00.000Z';
const text = JSON.stringify(asItStood(NOW));
const [sound] = asItStood(NOW);
const [entry] = sound!.event_log;
const parse = (document: string) => awsHealthFeed.parse({ bytes: utf16(document, 'be'), retrievedAt: NOW });

describe('a document that is refused whole', () => {
  it.each<[string, string, QuarantineCode]>([
    ['cut', text.slice(0, 700), 'feed.malformed'],
    ['a page', '<html><body>Please sign in</body></html>', 'feed.wrong_type'],
    ['empty', '', 'feed.empty'],
    ['of another kind', '{"message":"Forbidden"}', 'feed.wrong_type'],
    ['a number', '3', 'feed.wrong_type'],
    ['with a key twice', text.replace('"arn":', '"date":"1","arn":'), 'feed.duplicate_key'],
    ['too deep', text.replace('"UAE"', '['.repeat(100) + ']'.repeat(100)), 'feed.too_deep'],
    ['with a number beyond a double', text.replace('"UAE"', '1e999'), 'field.not_finite'],
    ['with half a character', text.replace('UAE', 'UAE\ud83d'), 'field.invalid_text'],
  ])('%s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });
});

describe('an event that is set aside while the others pass', () => {
  const bahrain = { ...sound!, arn: 'arn:aws:health:me-south-1::event/A/B/C', service: 'multipleservices-me-south-1' };
  it.each<[string, object, QuarantineCode, string]>([
    ['no arn and no service', { ...bahrain, arn: undefined, service: undefined }, 'field.missing', '/1'],
    ['a foreign arn', { ...bahrain, arn: 'arn:aws:s3:::bucket' }, 'field.invalid', '/1/arn'],
    ['an arn and a service of two regions', { ...bahrain, service: 'ec2-us-east-1' }, 'field.invalid', '/1/service'],
    ['a date in words', { ...bahrain, date: 'March 1' }, 'field.invalid', '/1/date'],
    ['no date', { ...bahrain, date: undefined }, 'time.missing', '/1/date'],
    ['the epoch', { ...bahrain, date: '0' }, 'time.out_of_range', '/1/date'],
    ['a date to come', { ...bahrain, date: '1772463600' }, 'time.future', '/1/date'],
    ['a status beyond 3', { ...bahrain, status: '4' }, 'field.enum', '/1/status'],
    ['a status that cannot become text', { ...bahrain, status: { toString: '' } }, 'field.enum', '/1/status'],
    ['no status', { ...bahrain, status: undefined }, 'field.missing', '/1/status'],
    ['a text with NUL', { ...bahrain, summary: 'a\u0000b' }, 'field.invalid_text', '/1/summary'],
    ['a text with half a character', { ...bahrain, summary: 'a\udc00b' }, 'field.invalid_text', '/1/summary'],
    ['an endless title', { ...bahrain, summary: 'x'.repeat(60_000) }, 'field.too_long', '/1/summary'],
    ['a log that is none', { ...bahrain, event_log: 'none' }, 'field.invalid', '/1/event_log'],
    ['nothing said', { ...bahrain, event_log: [], summary: '' }, 'field.missing', '/1/event_log'],
    ['no object', [1], 'field.invalid', '/1'],
  ])('%s', (_, event, code, locator) => {
    const outcome = parsed([sound, event, { ...bahrain, arn: `${bahrain.arn}2` }], NOW);
    expect(outcome).toMatchObject({ items: 3, quarantined: [{ code, locator }] });
    expect(new Set(outcome.drafts.map(({ item }) => item.id))).toEqual(new Set([sound!.arn, `${bahrain.arn}2`]));
  });

  it('sets aside an entry by itself', () => {
    const log = [
      entry!,
      { ...entry!, timestamp: 1772463600 },
      { ...entry!, status: 9 },
      { ...entry!, message: '', summary: '' },
    ];
    const outcome = parsed([{ ...sound!, event_log: log }], NOW);
    expect(outcome.quarantined.map(({ code, locator }) => [code, locator])).toEqual([
      ['time.future', '/0/event_log/1/timestamp'],
      ['field.enum', '/0/event_log/2/status'],
      ['field.missing', '/0/event_log/3/message'],
    ]);
    expect(outcome.drafts.map(({ locator }) => locator)).toContain('/0/event_log/0');
  });

  it('sets aside both events where one ARN tells two stories, and keeps one where they tell the same', () => {
    const [first] = asItStood('2026-03-01T13:00:00.000Z');
    expect(parsed([first, first], NOW)).toEqual({ ...parsed([first], NOW), items: 2 });
    const other = { ...first!, date: '1772368000' };
    const outcome = parsed([first, other], NOW);
    expect(outcome.drafts.filter(({ item }) => item.part !== 'board')).toEqual([]);
    expect(outcome.quarantined.every(({ code }) => code === 'feed.id_conflict')).toBe(true);
  });
});

describe('a text that means harm', () => {
  const withMessage = (message: string) =>
    parsed([{ ...sound!, impacted_services: {}, event_log: [{ ...entry!, message }] }], NOW).drafts[0]!;

  it('stays the text it is', () => {
    const markup = '<script>alert(1)</script> <img src=x onerror=alert(2)>';
    expect(withMessage(markup)).toMatchObject({ value: { text: markup }, locator: '/0/event_log/0' });
  });

  it('loses what is not seen, with a note', () => {
    expect(withMessage('We \u202eera\u202c fine\u200b')).toMatchObject({
      value: { text: 'We era fine' },
      locator: '/0/event_log/0 (3 hidden characters removed)',
    });
  });

  it('is cut, with a note, and read whole before', () => {
    const draft = withMessage(
      `${'We are working on it. '.repeat(300)}The ME-CENTRAL-1 Region is currently unavailable.`,
    );
    expect(draft).toMatchObject({
      value: { state: 'unavailable' },
      locator: '/0/event_log/0 (cut from 6649 to 4000 characters)',
    });
  });

  it('may name a thousand zones without making a thousand claims', () => {
    const many = Array.from(
      { length: 1000 },
      (_, index) => `use1-x${String.fromCharCode(97 + (index % 26))}y${index % 10}-az${index % 9}`,
    ).join(' ');
    expect(
      parsed([{ ...sound!, event_log: [{ ...entry!, message: `Errors affect ${many}.` }] }], NOW).drafts.length,
    ).toBeLessThan(10);
  });

  it('pollutes nothing through keys of its own', () => {
    const document = `[${JSON.stringify(sound).replace('"region_name":', '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"region_name":')}]`;
    const services = document.replace('"ec2-me-central-1":', '"__proto__":{"current":"3"},"ec2-me-central-1":');
    expect(parse(services)).toMatchObject({ outcome: 'accepted', items: 1, drafts: parsed([sound], NOW).drafts });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
