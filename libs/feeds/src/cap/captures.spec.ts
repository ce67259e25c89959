import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ParseOutcome } from '../model/adapter.js';
import { capFeed } from './index.js';

type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

/** Captures of real alerts and indexes, kept beside the project where there are any. */
const FOLDER = path.resolve(process.cwd(), '..', 'shared', 'data', 'feeds');
const describeIfThere = existsSync(path.join(FOLDER, 'cap')) ? describe : describe.skip;
const NOW = '2026-11-21T00:00:00.000Z';

const bytesOf = (file: string) => readFileSync(path.join(FOLDER, file));
function accepted(bytes: Uint8Array): Accepted {
  const outcome = capFeed.parse({ bytes, retrievedAt: NOW });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

describeIfThere('captures of alerts', () => {
  it.each<[string, object, readonly object[]]>([
    ['amber.atom', { items: 1, passedOver: { 'no-such-peril': 1 }, newestContentAt: '2010-06-04T00:15:00.000Z' }, []],
    [
      'ny_index.rss',
      { items: 2, passedOver: { 'alert-elsewhere': 2 }, newestContentAt: '2011-02-04T20:20:00.000Z' },
      [],
    ],
    [
      'weather_index.atom',
      { items: 2, passedOver: { 'alert-elsewhere': 2 }, newestContentAt: '2010-08-31T03:04:00.000Z' },
      [],
    ],
    [
      'australia.cap',
      { items: 1, passedOver: {} },
      [
        {
          place: { countries: ['AU'], position: { lonLat: [147.0598, -35.3888], precisionKm: 25 } },
          occurredAt: { begin: '2011-10-05T13:04:00.000Z', end: '2011-10-06T13:04:00.000Z' },
          value: { peril: 'fire', level: 'minor', certainty: 'observed', area: 'Yerong Creek Structure Fire' },
        },
      ],
    ],
    [
      'canada.cap',
      { items: 1, passedOver: {} },
      [
        {
          thread: 'cap@ec.gc.ca,2.49.0.1.124.a3f342a4.2012',
          place: { countries: ['CA'], position: { lonLat: [-82.2972, 42.3855], precisionKm: 81.7 } },
          occurredAt: { begin: '2012-05-02T23:20:00.000Z', end: '2012-05-02T23:21:04.000Z' },
          value: { peril: 'storm', level: 'minor', text: expect.stringMatching(/^severe thunderstorm watch\n/) },
        },
        { item: { id: 'cap@ec.gc.ca,2.49.0.1.124.a3f342a4.2012' }, occurredAt: { end: '2012-05-02T23:21:04.000Z' } },
        { item: { id: 'cap@ec.gc.ca,2.49.0.1.124.60f31a3a.2012' }, occurredAt: { end: '2012-05-02T23:21:04.000Z' } },
      ],
    ],
    [
      'earthquake.cap',
      { items: 1, passedOver: {} },
      [
        {
          place: { countries: [], position: { lonLat: [-173.274, -16.053], precisionKm: 10 } },
          value: { peril: 'earthquake', level: 'unknown', certainty: 'likely' },
        },
      ],
    ],
    [
      'wcatwc-warning.cap',
      { items: 1, passedOver: {} },
      [
        {
          place: { position: null },
          value: { peril: 'flood', level: 'extreme' },
          expiresAt: '2011-09-02T12:36:50.000Z',
        },
        { item: { id: 'http://newwcatwc.arh.noaa.gov/tsuPortal/,PAAQ-1-lqw6d6' } },
      ],
    ],
    [
      'weather.cap',
      { items: 1, passedOver: {} },
      [
        {
          place: { countries: ['US'], position: null },
          value: { peril: 'flood', level: 'severe', certainty: 'possible' },
        },
      ],
    ],
    [
      'weather.atom',
      { items: 1, passedOver: {} },
      [{ locator: '/feed/entry/0/content/alert', value: { peril: 'flood', level: 'severe', certainty: 'possible' } }],
    ],
  ])('%s', (file, outcome, drafts) => {
    const read = accepted(bytesOf(`cap/${file}`));
    expect(read).toMatchObject({ ...outcome, quarantined: [] });
    expect(read.drafts).toHaveLength(drafts.length);
    expect(read.drafts).toMatchObject(drafts);
  });

  it('names the files two of the indexes link to', () => {
    for (const file of ['cap/ny_index.rss', 'cap/weather_index.atom'])
      expect(capFeed.further!({ bytes: bytesOf(file), retrievedAt: NOW })).toHaveLength(2);
  });
});

describeIfThere('captures of the NWS whose times were replaced by tokens', () => {
  it.each([
    ['nws_alerts_testing.json', 38, 34],
    ['nws_alerts_e2e.json', 152, 148],
  ])('%s: every alert of ours is set aside for the time that cannot be read', (file, items, withoutSent) => {
    const outcome = accepted(bytesOf(file));
    expect(outcome).toMatchObject({ items, drafts: [], passedOver: { 'no-such-peril': 1 } });
    expect(outcome.quarantined).toHaveLength(items - 1);
    expect(new Set(outcome.quarantined.map(({ code }) => code))).toEqual(new Set(['field.invalid']));
    const places = outcome.quarantined.map(({ locator }) => locator.split('/').at(-1));
    expect(places.filter((place) => place === 'sent')).toHaveLength(withoutSent);
    expect(new Set(places)).toEqual(new Set(['sent', 'effective', 'onset']));
  });

  const TIMES: Readonly<Record<string, string>> = {
    sent: '2024-03-30T12:00:00Z',
    effective: '2024-03-30T12:00:00Z',
    onset: '2024-03-30T13:00:00Z',
    expires: '2024-03-30T22:00:00Z',
    ends: '2024-03-31T00:00:00Z',
  };
  /** The tokens replaced by times; those of references by one that is earlier. */
  const repaired = (file: string) =>
    JSON.stringify(JSON.parse(bytesOf(file).toString()), (name, value: unknown) => {
      if (name === 'references')
        return (value as { sent: string }[]).map((held) => ({ ...held, sent: '2024-01-01T00:00:00Z' }));
      return typeof value === 'string' && value.startsWith('date:') ? (TIMES[name] ?? value) : value;
    });

  it.each([
    ['nws_alerts_testing.json', 38, { storm: 18, flood: 4, wildfire: 4 }, 12, 0],
    ['nws_alerts_e2e.json', 152, { storm: 45, flood: 26, wildfire: 4, fire: 1, volcano: 3, earthquake: 1 }, 61, 10],
  ])('%s with times in their place', (file, items, perils, passedOver, conflicts) => {
    const outcome = accepted(new TextEncoder().encode(repaired(file)));
    const told = outcome.drafts.filter(({ item }) => !item.version.includes('replaced'));
    const counts: Record<string, number> = {};
    for (const { value } of told) if ('peril' in value) counts[value.peril!] = (counts[value.peril!] ?? 0) + 1;
    expect(counts).toEqual(perils);
    expect(outcome).toMatchObject({ items, passedOver: { 'no-such-peril': passedOver } });
    expect(outcome.quarantined.map(({ code }) => code)).toEqual(
      Array.from({ length: conflicts }, () => 'feed.id_conflict'),
    );
    expect(told.filter(({ place }) => place.position !== null)).toHaveLength(1);
    expect(told.every(({ place }) => place.countries.join() === 'US')).toBe(true);
  });
});
