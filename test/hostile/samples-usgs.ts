import type { SampleOf } from './sample.js';

interface Feature {
  readonly id?: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: unknown;
}

const point = (...coordinates: readonly unknown[]) => ({ type: 'Point', coordinates });

export function usgs(fixture: (feedId: string, name: string) => string): SampleOf {
  const sound = fixture('usgs', 'week-2026.json');
  const collection = JSON.parse(sound) as { features: [Feature, ...Feature[]] };
  const [first] = collection.features;
  const odd = (properties: object, change: object = {}) => {
    const feature = { ...first, id: 'us7000odd1', properties: { ...first.properties, ...properties }, ...change };
    return () => JSON.stringify({ ...collection, features: [...collection.features, feature] });
  };
  return {
    id: 'usgs',
    format: 'json',
    sound,
    retrievedAt: '2026-07-08T08:00:00.000Z',
    odd: {
      'no id': odd({}, { id: undefined }),
      'one id and version, two contents': odd({ mag: 5.3 }, { id: first.id }),
      'no time': odd({ time: null }),
      'a time to come': odd({ time: Date.UTC(2026, 6, 8, 8, 6) }),
      'a time of 1970': odd({ updated: 0 }),
      'a time of the year 275760': odd({ time: 8.64e15 }),
      'a time in words': odd({ time: '2026-07-08' }),
      'no position': { text: odd({}, { geometry: null }), code: 'field.invalid' },
      'latitude 91': odd({}, { geometry: point(10, 91, 5) }),
      'longitude 181': odd({}, { geometry: point(-181, 9, 5) }),
      'position 0, 0': odd({}, { geometry: point(0, -0, 5) }),
      'a position in words': odd({}, { geometry: point('54', '26') }),
      'a word that is none of the list': odd({ status: 'final' }),
      'a number below its range': odd({}, { geometry: point(54, 26, -16) }),
      'a number above its range': odd({ mag: 11 }),
      'a number in words': odd({ mag: 'NaN' }),
      'a text with NUL': odd({ title: 'M 5\u0000' }),
      'a text with half a character': odd({ place: 'Iran \ud800' }),
      'a text of ten million characters': odd({ title: 'x'.repeat(10_000_000) }),
      'an item that is none': {
        text: () => JSON.stringify({ ...collection, features: [...collection.features, 'odd', [first]] }),
        code: 'field.invalid',
      },
      'an object that cannot become text': { text: odd({ status: { toString: 1 } }), code: 'field.invalid' },
    },
    harmless: {
      'markup in a text': odd({ title: '<img src=x onerror=alert(1)>' }),
      'hidden characters in a text': odd({ title: 'M 5 \u202e- Iran\u200b\ufeff' }),
      'five thousand emoji in a text': odd({ title: '🌋'.repeat(1990) }),
      'line ends in a text': odd({ title: 'M 5\r\n2026-07-08 ERROR root logged in' }),
      'a formula in a text': odd({ title: '=HYPERLINK("http://127.0.0.1:1")' }),
      'a link to a script': odd({ url: 'javascript:alert(1)' }),
      'a link with a password': odd({ url: 'https://user:secret@example.org/' }),
      'keys of every object': () =>
        odd({})().replaceAll('"mag":', '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"mag":'),
    },
  };
}
