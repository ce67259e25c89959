import type { SampleOf } from './sample.js';

interface Event {
  readonly event_log: readonly { readonly status: number }[];
}

export function awsHealth(fixture: (feedId: string, name: string) => string): SampleOf {
  const events = (JSON.parse(fixture('aws-health', 'gulf-2026.json')) as [Event, ...Event[]]).map((event) => ({
    ...event,
    status: String(event.event_log.at(-1)?.status ?? 0),
  }));
  const [first] = events;
  const [entry] = first!.event_log;
  const arn = 'arn:aws:health:me-central-1::event/A/B/C';
  const odd = (change: object) => () => JSON.stringify([...events, { ...first, arn, ...change }]);
  const posted = (change: object) => odd({ event_log: [entry, { ...entry, ...change }] });
  return {
    id: 'aws-health',
    format: 'json',
    sound: JSON.stringify(events),
    retrievedAt: '2026-05-01T12:00:00.000Z',
    odd: {
      'no id': odd({ arn: undefined, service: undefined }),
      'one id and version, two contents': () => JSON.stringify([...events, { ...first, date: '1772368000' }]),
      'no time': odd({ date: null }),
      'a time to come': posted({ timestamp: Date.UTC(2026, 4, 1, 12, 6) / 1000 }),
      'a time of 1970': odd({ date: '0' }),
      'a time of the year 275760': odd({ date: '8640000000000' }),
      'a time in words': odd({ date: '1 March 2026' }),
      'a word that is none of the list': odd({ status: '4' }),
      'a number below its range': { text: posted({ status: -1 }), code: 'field.enum' },
      'a number in words': { text: posted({ status: 'three' }), code: 'field.enum' },
      'a text with NUL': posted({ message: 'We are\u0000 fine' }),
      'a text with half a character': odd({ summary: 'Errors \udc00' }),
      'a text of ten million characters': odd({ summary: 'x'.repeat(10_000_000) }),
      'an item that is none': () => JSON.stringify([...events, 'odd', null, [first]]),
      'an object that cannot become text': { text: odd({ status: { toString: 1 } }), code: 'field.enum' },
    },
    harmless: {
      'markup in a text': posted({ message: 'We <img src=x onerror=alert(1)> are <script>alert(2)</script> fine.' }),
      'hidden characters in a text': posted({ message: 'We \u202eera\u202c fine\u200b\ufeff.' }),
      'five thousand emoji in a text': posted({ message: '🔥'.repeat(5000) }),
      'line ends in a text': posted({ message: 'fine\r\n2026-03-01 ERROR root logged in' }),
      'a formula in a text': posted({ message: '=HYPERLINK("http://127.0.0.1:1")' }),
      'keys of every object': () =>
        odd({})().replaceAll(
          '"event_log":',
          '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"event_log":',
        ),
    },
  };
}
